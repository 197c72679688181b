"""Fixtures: one term with every field, and terms made to break a format."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

import pytest
from hypothesis import strategies as st
from pydantic import BaseModel

import genai_terms as gt
from genai_terms.export._page import lines, paragraphs

_PIECES = (
    *("# ", "- ", "+ ", "1. ", "2) ", "> ", "---", "===", "~~~", "```", "````", ": ", "%", "    "),
    *("**", "_", "~~", "$$", "^", "[a](b)", "![a](b)", "[a]: http://b", "[^1]", "|", "\\", "`"),
    *("<b>", "</article>", "<!--", "-->", "<script>alert(1)</script>", "<a href=x>", "]]>", "&"),
    *("&amp;", "&#0;", "&copy", "javascript:alert(1)", "http://x.org", "www.x.org", "a@b.org"),
    *("=1+1", "+1", "-1", "@A1", "＝1", "'", "''", '"', '""', ",", ";", "\t", "\r", "\n", "\r\n"),
    *("\n\n", " ", "\x00", "\x07", "\x1b[31m", "\x1c", "\x7f", "\x85", "\x9b", "\u2028", "\ufeff"),
    *(
        "\ufffe",
        "\U0010ffff",
        "\u200b",
        "\xa0",
        "{id}",
        "{{",
        "{role}`x`",
        ":smile:",
        "@me",
        "==x==",
    ),
    *("é", "漢字", "🤖", "word", "Two words", "id", "term"),
)
_DRAWN = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map("".join) | st.text(
    st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8
)
_TEXT = _DRAWN.map(lambda text: re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)).filter(str.strip)
_LINE = _TEXT.map(lambda text: re.sub(r"[\t\n]", " ", text).strip()).filter(bool)
_SLUG = st.sampled_from(["a", "b", "a-b", "faq-1", "a-faq-1", "1", "index", "x" * 80])
_KEPT = frozenset({"id", "term_id", "category", "arxiv", "doi", "isbn", "url"})
_MAYBE = st.none() | _TEXT


def _few(items: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(items, max_size=2).map(tuple)


@st.composite
def _references(draw) -> gt.Reference:
    key = draw(st.sampled_from(["arxiv", "doi", "isbn", "url"]))
    address = st.sampled_from(["https://x.org/a b?c=(d)&e=<f>", "javascript:alert(1)", "/a"])
    return gt.Reference(
        title=draw(_LINE),
        authors=draw(_LINE),
        year=draw(st.integers(1600, 2100)),
        kind=draw(st.sampled_from(gt.ReferenceKind)),
        **{key: draw(_LINE | address)},
    )


@st.composite
def _terms(draw) -> gt.Term:
    term_id = draw(_SLUG)
    return gt.Term(
        id=term_id,
        name=draw(_LINE),
        abbreviations=draw(_few(_LINE)),
        aliases=draw(_few(_LINE)),
        covers=draw(_few(_LINE)),
        category=draw(_SLUG),
        kind=draw(st.sampled_from(gt.Kind)),
        level=draw(st.sampled_from(gt.Level)),
        tier=draw(st.integers(1, 3)),
        introduced=draw(st.none() | st.integers(1600, 2100)),
        definition=draw(_TEXT),
        overview=draw(_MAYBE),
        deep_dive=draw(_MAYBE),
        career_relevance=draw(_MAYBE),
        misconceptions=draw(_few(st.builds(gt.Misconception, claim=_TEXT, correction=_TEXT))),
        examples=draw(_few(st.builds(gt.Example, name=_LINE, text=_TEXT))),
        formula=draw(st.none() | st.builds(gt.Formula, latex=_TEXT, meaning=_TEXT)),
        faqs=draw(_few(st.builds(gt.FAQ, question=_LINE, answer=_TEXT, term_id=st.just(term_id)))),
        related=draw(
            _few(
                st.builds(
                    gt.RelatedConcept,
                    id=_SLUG,
                    relation=st.sampled_from(gt.Relation),
                    note=st.none() | _LINE,
                    name=_LINE,
                    definition=_TEXT,
                )
            )
        ),
        references=draw(_few(_references())),
        search_phrases=draw(_few(_LINE)),
        common_word=draw(st.booleans()),
        reviewed=draw(st.none() | st.dates()),
    )


@pytest.fixture(scope="session")
def hostile_terms() -> st.SearchStrategy:
    """Valid terms whose every text may be syntax of some format."""
    return _terms()


@pytest.fixture(scope="session")
def hostile_glossaries() -> st.SearchStrategy:
    """Glossaries of such terms, also empty ones."""
    listed = st.lists(_terms(), max_size=2, unique_by=lambda term: term.id)
    return listed.map(gt.Glossary)


class Twin:
    """A term with the same parts in which every paragraph is a word without any syntax.

    The pages of a term and of its twin must have the same structure, and the same text once
    the words are replaced by what they stand for.
    """

    def __init__(self, term: gt.Term) -> None:
        self.meaning: dict[str, str] = {}
        self.term = self._tamed(term)

    def _tamed(self, value, key=""):
        if isinstance(value, BaseModel):
            own = {
                name: self._tamed(getattr(value, name), name) for name in type(value).model_fields
            }
            return value.model_copy(update=own)
        if isinstance(value, tuple):
            return tuple(self._tamed(item, key) for item in value)
        if not isinstance(value, str) or key in _KEPT or isinstance(value, StrEnum):
            return value
        if key == "latex":
            return self._word("\n".join(lines(value)))
        return "\n\n".join(map(self._word, paragraphs(value))) or value

    def _word(self, text):
        word = f"zq{len(self.meaning)}zq"
        self.meaning[word] = text
        return word

    def restored(self, text: str) -> str:
        """Return *text* with the words replaced by what they stand for."""
        return re.sub("zq[0-9]+zq", lambda match: self.meaning[match[0]], text)


@pytest.fixture(scope="session")
def twin() -> type[Twin]:
    """Makes the twin of a term."""
    return Twin


@pytest.fixture(scope="session")
def full() -> gt.Term:
    """A term that has everything an entry can have."""
    return gt.Term(
        id="dropout",
        name="Dropout",
        abbreviations=("DO",),
        aliases=("unit dropout",),
        covers=("spatial dropout",),
        category="training",
        kind=gt.Kind.TECHNIQUE,
        level=gt.Level.INTERMEDIATE,
        tier=1,
        introduced=2012,
        definition="A regularizer that switches random units off.",
        overview="It is like training with absent colleagues.\n\nNobody may be relied on.",
        how_it_works="A mask of zeros is drawn for every example.",
        deep_dive="Outputs are divided by 1 - p.",
        why_it_matters="Networks overfit less.",
        considerations="Training takes longer.",
        career_relevance="Asked in every interview.",
        origin="Named after what units do.",
        misconceptions=(gt.Misconception(claim="It is used at inference.", correction="No."),),
        examples=(gt.Example(name="AlexNet", text="It dropped half of its units."),),
        formula=gt.Formula(latex=r"y = m \odot x", meaning="m is the mask."),
        faqs=(
            gt.FAQ(question="Which rate is usual?", answer="0.1 to 0.5.", term_id="dropout"),
            gt.FAQ(question="Is it still used?", answer="Less.", term_id="dropout"),
        ),
        related=(
            gt.RelatedConcept(
                id="regularization",
                relation=gt.Relation.BROADER,
                note="It is one kind.",
                name="Regularization",
                definition="What keeps a model from overfitting.",
            ),
            gt.RelatedConcept(
                id="ml-engineer",
                relation=gt.Relation.PRACTICED_BY,
                name="ML engineer",
                definition="Somebody who trains models.",
            ),
        ),
        references=(
            gt.Reference(
                title="Dropout",
                authors="Srivastava et al.",
                year=2014,
                kind="paper",
                url="https://jmlr.org/x",
            ),
            gt.Reference(
                title="Improving",
                authors="Hinton et al.",
                year=2012,
                kind="paper",
                arxiv="1207.0580",
            ),
            gt.Reference(
                title="A book", authors="N. N.", year=2020, kind="book", isbn="978-3-16-148410-0"
            ),
            gt.Reference(title="A study", authors="N. N.", year=2020, kind="paper", doi="10.1/x"),
            gt.Reference(
                title="A file", authors="N. N.", year=2020, kind="paper", url="ftp://x.org"
            ),
        ),
        search_phrases=("switch neurons off",),
        common_word=True,
        reviewed=date(2026, 11, 1),
    )

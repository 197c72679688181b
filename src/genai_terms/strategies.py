"""Hypothesis strategies for terms, glossaries, names and queries.

For users who property-test code that takes glossary data. Everything that is drawn is
valid: ids are slugs, links lead to terms of the same glossary, no name is borne twice.
Needs the extra `testing`.

    >>> from hypothesis import given
    >>> from genai_terms import strategies as gts
    >>> @given(gts.glossaries())
    ... def test_every_id_is_found(glossary):
    ...     assert all(glossary.lookup(term.id) is term for term in glossary)
    >>> test_every_id_is_found()
"""

from __future__ import annotations

from functools import cache
from typing import Final, TypeVar

from genai_terms import (
    FAQ,
    Example,
    Formula,
    Glossary,
    Kind,
    Level,
    Misconception,
    Reference,
    ReferenceKind,
    RelatedConcept,
    Relation,
    Term,
)
from genai_terms._errors import MissingExtraError
from genai_terms._text import fold

try:
    from hypothesis import strategies as st
except ModuleNotFoundError as error:
    raise MissingExtraError("genai_terms.strategies", "testing", "hypothesis") from error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["faqs", "glossaries", "lines", "names", "prose", "queries", "references", "slugs",
           "terms"]  # fmt: skip

T = TypeVar("T")

_AUTHORED: Final = [relation for relation in Relation if relation.authored]
_VISIBLE: Final = st.characters(
    codec="utf-8",
    exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cf", "Co", "Cn"),
    include_characters=" ",
)


@cache
def slugs() -> SearchStrategy[str]:
    """Draw ids of terms and categories; shrinks to "a"."""
    word = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
    return st.lists(word, min_size=1, max_size=4).map("-".join)


@cache
def lines(*, min_size: int = 1, max_size: int = 20) -> SearchStrategy[str]:
    """Draw one line of visible text without space at its ends; shrinks to "0".

    Args:
        min_size: The fewest characters, 1 or more.
        max_size: The most characters.
    """
    inner = st.text(_VISIBLE, min_size=min_size, max_size=max_size)
    return inner.map(str.strip).filter(lambda text: len(text) >= min_size)


@cache
def names() -> SearchStrategy[str]:
    """Draw names that fold to something; shrinks to "0"."""
    return lines(max_size=16).filter(fold)


@cache
def prose() -> SearchStrategy[str]:
    """Draw one or two paragraphs; shrinks to "0"."""
    return st.lists(lines(max_size=24), min_size=1, max_size=2).map("\n\n".join)


@cache
def queries() -> SearchStrategy[str]:
    """Draw what somebody may type, sensible or not: any text at all; shrinks to ""."""
    return st.text(max_size=200) | lines()


@cache
def references() -> SearchStrategy[Reference]:
    """Draw references, each with exactly one identifier."""
    identifier = st.one_of(
        st.fixed_dictionaries({"arxiv": st.from_regex(r"[0-2][0-9](0[1-9]|1[0-2])\.[0-9]{5}",
                                                      fullmatch=True)}),
        st.fixed_dictionaries({"doi": st.from_regex(r"10\.[0-9]{4}/[a-z0-9]{1,9}",
                                                    fullmatch=True)}),
        st.fixed_dictionaries({"url": st.from_regex(r"https://[a-z]{1,9}\.org/[a-z]{0,9}",
                                                    fullmatch=True)}),
    )  # fmt: skip
    described = st.fixed_dictionaries(
        {
            "title": lines(),
            "authors": lines(),
            "year": st.integers(1600, 2100),
            "kind": st.sampled_from(ReferenceKind),
        }
    )
    return st.tuples(described, identifier).map(
        lambda parts: Reference.model_validate({**parts[0], **parts[1]})
    )


@cache
def faqs(term_id: SearchStrategy[str] | None = None) -> SearchStrategy[FAQ]:
    """Draw questions with answers.

    Args:
        term_id: Draws the id that they belong to; `slugs()` if left out.
    """
    return st.builds(
        FAQ,
        question=lines().map(lambda text: f"{text}?"),
        answer=prose(),
        term_id=slugs() if term_id is None else term_id,
    )


def _few(items: SearchStrategy[T]) -> SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=2).map(tuple)


_OPTIONAL: Final = st.none() | prose()
_OTHERS: Final = ("abbreviations", "aliases", "covers")
_NAMES: Final = st.lists(names(), min_size=1, max_size=4, unique_by=fold)
_SHELVES: Final = st.sampled_from(["general", "models", "risks"])
_KINDS: Final = st.sampled_from(Kind)
_LEVELS: Final = st.sampled_from(Level)
_YEARS: Final = st.none() | st.integers(1600, 2100)
_DATES: Final = st.none() | st.dates()
_MISCONCEPTIONS: Final = _few(st.builds(Misconception, claim=prose(), correction=prose()))
_EXAMPLES: Final = _few(st.builds(Example, name=lines(), text=prose()))
_QUESTIONS: Final = _few(faqs())
_REFERENCES: Final = _few(references())
_PHRASES: Final = _few(lines())
_FORMULAS: Final = st.none() | st.builds(Formula, latex=lines(), meaning=prose())


@st.composite
def terms(draw: DrawFn, *, ids: SearchStrategy[str] | None = None) -> Term:
    """Draw terms without links; shrinks to one with nothing but a name and a definition.

    Args:
        ids: Draws their ids; `slugs()` if left out.
    """
    term_id = draw(slugs() if ids is None else ids)
    listed = draw(_NAMES)
    short = draw(st.integers(1, len(listed)))
    other = draw(st.integers(short, len(listed)))
    return Term(
        id=term_id,
        name=listed[0],
        abbreviations=tuple(listed[1:short]),
        aliases=tuple(listed[short:other]),
        covers=tuple(listed[other:]),
        category=draw(_SHELVES),
        kind=draw(_KINDS),
        level=draw(_LEVELS),
        tier=draw(st.integers(1, 3)),
        introduced=draw(_YEARS),
        definition=draw(prose()),
        overview=draw(_OPTIONAL),
        how_it_works=draw(_OPTIONAL),
        deep_dive=draw(_OPTIONAL),
        why_it_matters=draw(_OPTIONAL),
        considerations=draw(_OPTIONAL),
        career_relevance=draw(_OPTIONAL),
        origin=draw(_OPTIONAL),
        misconceptions=draw(_MISCONCEPTIONS),
        examples=draw(_EXAMPLES),
        formula=draw(_FORMULAS),
        faqs=tuple(faq.model_copy(update={"term_id": term_id}) for faq in draw(_QUESTIONS)),
        references=draw(_REFERENCES),
        search_phrases=draw(_PHRASES),
        common_word=draw(st.booleans()),
        reviewed=draw(_DATES),
    )


@st.composite
def glossaries(draw: DrawFn, *, min_size: int = 0, max_size: int = 4) -> Glossary:
    """Draw glossaries whose links lead to their own terms and whose names are borne once.

    Args:
        min_size: The fewest terms, 0 or more.
        max_size: The most terms.
    """
    drawn = draw(
        st.lists(terms(), min_size=min_size, max_size=max_size, unique_by=lambda term: term.id)
    )
    taken = {fold(term.id) for term in drawn}
    kept: list[Term] = []
    for term in drawn:
        name = term.id if fold(term.name) in taken else term.name
        own = {"name": name} | {field: _free(getattr(term, field), taken) for field in _OTHERS}
        taken.update(fold(text) for text in (*term.names, *term.covers))
        kept.append(term.model_copy(update=own))
    return Glossary([_linked(draw, term, kept) for term in kept])


def _free(listed: tuple[str, ...], taken: set[str]) -> tuple[str, ...]:
    return tuple(name for name in listed if fold(name) not in taken)


def _linked(draw: DrawFn, term: Term, among: list[Term]) -> Term:
    others = [other for other in among if other.id != term.id]
    if not others:
        return term
    targets = draw(st.lists(st.sampled_from(others), max_size=3, unique_by=lambda t: t.id))
    links = tuple(
        RelatedConcept(
            id=target.id,
            relation=draw(st.sampled_from(_AUTHORED)),
            note=draw(st.none() | lines()),
            name=target.name,
            definition=target.definition,
        )
        for target in targets
    )
    return term.model_copy(update={"related": links})


def __dir__() -> list[str]:
    return __all__

"""Rules about prose: lengths by tier, plain text, no filler, nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from genai_terms._errors import MissingExtraError
from genai_terms.checks._rules import Corpus, Draft, Fault, Where, entry_rule, rule

_WORDS: Final = {
    "overview": ((90, 180), (60, 120), (40, 80)),
    "how_it_works": ((80, 160), (60, 120), (40, 80)),
    "deep_dive": ((120, 240), (80, 160), (50, 110)),
    "why_it_matters": ((40, 90), (30, 70), (25, 50)),
    "considerations": ((50, 120), (40, 90), (25, 60)),
    "career_relevance": ((40, 90), (30, 70), (20, 50)),
}
_COUNTS: Final = {
    "misconceptions": ((1, 3), (0, 2), (0, 1)),
    "examples": ((3, 8), (2, 5), (1, 4)),
    "faqs": ((4, 6), (3, 4), (2, 3)),
    "related": ((6, 14), (5, 10), (4, 8)),
    "references": ((2, 5), (1, 4), (1, 3)),
    "search_phrases": ((4, 8), (3, 6), (2, 4)),
}
_PARTS: Final = {
    "misconceptions": ("claim", "correction"),
    "examples": ("name", "text"),
    "faqs": ("question", "answer"),
    "related": ("note",),
}
_FEWER_REFERENCES: Final = frozenset({"role", "task"})
_BANNED: Final = re.compile(
    r"\b(?:delv(?:e|es|ing)|landscape|realm|tapestry|game-?chang(?:er|ing)|revolutioni[sz]\w*"
    r"|cutting-edge|unlock\w*|harness(?:es|ing|ed)|leverag(?:e|es|ing|ed)|seamless\w*|pivotal"
    r"|crucial\w*|ever-(?:evolving|changing)|stands as|testament to|plays? an? \w+ role"
    r"|it is (?:important|worth) (?:to note|noting)|in today's world|not only"
    r"|see (?:above|below)|as (?:mentioned|noted) (?:above|earlier))\b",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"\*\*|`|\]\(|</?[a-z]+[ >]|^#+ |^[-*] ", re.MULTILINE)
_BRITISH: Final = re.compile(
    r"\b(?:colour|behaviour|favour|labour|neighbour|labelled|labelling|modelling|modelled"
    r"|(?:optim|organ|token|summar|general|recogn|special|minim|maxim|normal|regular|visual)"
    r"is(?:e|ed|es|ing|ation)|centre|artefact|catalogue|grey|defence|learnt"
    r"|whilst|judgement|travelled|cancelled)\w*|\banaly(?:se[dr]?|sing)\b",
    re.IGNORECASE,
)
_RUN: Final = 10
_WORD: Final = re.compile(r"\w+")
_HARDEST_GRADE: Final = 14.0


def prose(draft: Draft) -> Iterator[tuple[Where, str]]:
    """Yield every text of an entry that a reader sees, with its place; headwords excepted."""
    term = draft.term
    for field in ("definition", *_WORDS, "origin"):
        text = getattr(term, field)
        if text:
            yield (field,), text
    for field, parts in _PARTS.items():
        for at, item in enumerate(getattr(term, field)):
            for part in parts:
                yield (field, at, part), getattr(item, part) or ""
    if term.formula:
        yield ("formula", "meaning"), term.formula.meaning


@entry_rule("W701", "A section that is shorter or longer than its tier asks for.")
def _length(draft: Draft) -> Iterator[Fault]:
    for field, ranges in _WORDS.items():
        text = getattr(draft.term, field)
        low, high = ranges[draft.term.tier - 1]
        if text and not low <= len(text.split()) <= high:
            yield Fault(draft, (field,), f"{len(text.split())} words", f"write {low} to {high}")


@entry_rule("W702", "A section that its tier asks for is missing.")
def _missing(draft: Draft) -> Iterator[Fault]:
    for field in (*_WORDS, "reviewed"):
        if getattr(draft.term, field) is None:
            yield Fault(draft, (field,), "is missing", "write it; see the content guide")


@entry_rule("W703", "More or fewer items than the tier asks for.")
def _count(draft: Draft) -> Iterator[Fault]:
    for field, ranges in _COUNTS.items():
        low, high = ranges[draft.term.tier - 1]
        if field == "references" and draft.term.kind in _FEWER_REFERENCES:
            low = 1
        count = len(getattr(draft.term, field))
        if not low <= count <= high:
            yield Fault(draft, (field,), f"{count} items", f"write {low} to {high}")


@entry_rule("W704", "A phrase that says nothing, or points elsewhere on a page.")
def _banned(draft: Draft) -> Iterator[Fault]:
    for where, text in prose(draft):
        match = _BANNED.search(text)
        if match:
            yield Fault(draft, where, f"{match.group()!r}", "say what is meant")


@rule("W705", "Two entries share a run of ten words.")
def _shared_run(corpus: Corpus) -> Iterator[Fault]:
    owner: dict[int, str] = {}
    for draft in corpus.drafts:
        told: set[str] = set()
        for where, run in _runs(draft):
            other = owner.setdefault(hash(run), draft.term.id)
            if other != draft.term.id and other not in told:
                told.add(other)
                yield Fault(draft, where, f"shares {' '.join(run)!r} with {other!r}",
                            "say it once, in its own words")  # fmt: skip


@entry_rule("W706", "A run of ten words stands twice in one entry.")
def _repeated_run(draft: Draft) -> Iterator[Fault]:
    seen: set[tuple[str, ...]] = set()
    for where, run in _runs(draft):
        if run in seen:
            yield Fault(draft, where, f"repeats {' '.join(run)!r}", "say it once")
            return
        seen.add(run)


def _runs(draft: Draft) -> Iterator[tuple[Where, tuple[str, ...]]]:
    for where, text in prose(draft):
        found = _WORD.findall(text.lower())
        for at in range(len(found) - _RUN + 1):
            yield where, tuple(found[at : at + _RUN])


@entry_rule("W707", "Markup in plain text.")
def _markup(draft: Draft) -> Iterator[Fault]:
    for where, text in prose(draft):
        match = _MARKUP.search(text)
        if match:
            yield Fault(draft, where, f"markup {match.group()!r}", "write plain text")


@entry_rule("W708", "An overview that asks for more than 14 years of schooling.")
def _readability(draft: Draft) -> Iterator[Fault]:
    try:
        import textstat
    except ImportError as error:
        raise MissingExtraError("The readability check", "authoring", "textstat") from error

    measure: Any = textstat
    grade: float = measure.flesch_kincaid_grade(draft.term.overview or "Yes.")
    if grade > _HARDEST_GRADE:
        yield Fault(draft, ("overview",), f"Flesch-Kincaid grade {grade:.1f}",
                    f"shorter sentences and words, at most {_HARDEST_GRADE:.0f}")  # fmt: skip


@entry_rule("W709", "British spelling; the glossary is written in American English.")
def _spelling(draft: Draft) -> Iterator[Fault]:
    for where, text in prose(draft):
        match = _BRITISH.search(text)
        if match:
            yield Fault(draft, where, f"{match.group()!r} is British", "write the American form")

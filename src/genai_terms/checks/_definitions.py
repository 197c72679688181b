"""Rules about definitions: the form that ISO 704 asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from genai_terms._names import derived_keys
from genai_terms._text import fold, words
from genai_terms.checks._rules import Corpus, Draft, Fault, entry_rule, rule

_SHORTEST: Final = 80
_LONGEST: Final = 320
_OPENING: Final = re.compile(
    r"(?:is|are|was|were|it|this|refers? to|means|describes)\b(?: an?\b| the\b)?"
    r"|(?:an? |the )?(?:term|word|name|expression)s? (?:used|for|that|given|describing)\b",
    re.IGNORECASE,
)
_QUALIFIER: Final = re.compile(r"\s*\([^)]*\)$")


@entry_rule("W301", "The definition is shorter than 80 or longer than 320 characters.")
def _length(draft: Draft) -> Iterator[Fault]:
    length = len(draft.term.definition)
    if not _SHORTEST <= length <= _LONGEST:
        yield Fault(draft, ("definition",), f"{length} characters",
                    f"write {_SHORTEST} to {_LONGEST}")  # fmt: skip


@entry_rule("W302", "The definition contains the name that it defines.")
def _circular(draft: Draft) -> Iterator[Fault]:
    text = f" {' '.join(words(draft.term.definition))} "
    for name in draft.term.names:
        bare = " ".join(words(_QUALIFIER.sub("", name)))
        if bare and (f" {bare} " in text or f" {bare}s " in text):
            yield Fault(draft, ("definition",), f"uses the name {name!r} that it defines",
                        "say it in other words")  # fmt: skip
            return


@entry_rule("W303", "The definition opens with a phrase that only announces a definition.")
def _opening(draft: Draft) -> Iterator[Fault]:
    match = _OPENING.match(draft.term.definition)
    if match:
        yield Fault(draft, ("definition",), f"opens with {match.group()!r}",
                    "begin with the class that the thing belongs to")  # fmt: skip


@entry_rule("W304", "The definition does not begin with a capital and end with a full stop.")
def _form(draft: Draft) -> Iterator[Fault]:
    text = draft.term.definition
    if not text.endswith("."):
        yield Fault(draft, ("definition",), "does not end with a full stop",
                    "write a whole sentence")  # fmt: skip
    if text[0].islower():
        yield Fault(draft, ("definition",), "does not begin with a capital letter",
                    "write a whole sentence")  # fmt: skip


@rule("W305", "Two entries define each other by little but each other.")
def _mutual(corpus: Corpus) -> Iterator[Fault]:
    owner = {key: d.term.id for d in corpus.drafts for key in derived_keys(d.term)}
    owner |= {fold(name): d.term.id for d in corpus.drafts for name in d.term.names}
    rests_on = {d.term.id: _rests_on(d, owner) for d in corpus.drafts}
    for draft in corpus.drafts:
        for other in sorted(rests_on[draft.term.id]):
            if draft.term.id in rests_on.get(other, ()):
                yield Fault(draft, ("definition",), f"it and {other!r} are defined by each other",
                            "let one of them stand on its own")  # fmt: skip


def _rests_on(draft: Draft, owner: dict[str, str]) -> set[str]:
    """The terms whose names are the bulk of a definition's own words."""
    found = words(draft.term.definition)
    content = [word for word in found if len(word) > 3]
    resting: set[str] = set()
    for size in (1, 2, 3, 4):
        for at in range(len(found) - size + 1):
            target = owner.get("".join(found[at : at + size]))
            if target and target != draft.term.id and size * 3 >= len(content):
                resting.add(target)
    return resting

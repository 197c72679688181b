"""The forms in which a name is looked for, and whether their case counts."""

from __future__ import annotations

from collections import namedtuple

from genai_terms._text import variants

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final, NamedTuple

    from genai_terms._names import Surface

    class Form(NamedTuple):
        """A spelling of a name; `rank` says how it came about, the lower the surer."""

        text: str
        rank: int
        by_case: bool

else:  # typing costs more than the rest of a first annotation
    Form = namedtuple("Form", ["text", "rank", "by_case"])  # noqa: PYI024

__all__ = ["PROPER_KINDS", "Form", "forms"]

PROPER_KINDS: Final = frozenset(("benchmark", "dataset", "model", "organization", "product"))
"""Kinds of terms whose names are proper names."""

_ABBREVIATION: Final = 1
_PARTICLES: Final = frozenset("a an and at by for from in is of on or the to v via vs with".split())
_GIVEN: Final = 0  # the rank of a name as it was given; one more is that of a derived form
_BARE: Final = 2


def forms(surface: Surface, siblings: Sequence[Surface], *, proper: bool) -> Iterator[Form]:
    """Yield the forms of one name of a term whose names are *siblings*.

    They are the name itself, its plural and its British spellings; then, less sure, the
    same of the part before a qualifier, as in "Policy (reinforcement learning)".
    """
    given, kind = surface
    short = kind == _ABBREVIATION
    bare, qualifier, _ = given.partition(" (")
    parts = [(given, _GIVEN)]
    if qualifier and given.endswith(")"):
        parts.append((bare, _BARE))
    for name, rank in parts:
        by_case = _case_counts(name, siblings, short=short, proper=proper)
        yield Form(name, rank, by_case)
        for text in _plurals(name, short=short) if by_case else variants(name):
            yield Form(text, rank + 1, by_case)


def _plurals(name: str, *, short: bool) -> Iterator[str]:
    """The plural of a name whose case counts (LLMs), and the singular of an abbreviation."""
    if name[-1:].isupper() or (short and name[-1:].isalpha() and name[-1] != "s"):
        yield f"{name}s"
    elif short and name.endswith("s") and name[-2:-1].isupper():
        yield name[:-1]


def _case_counts(name: str, siblings: Sequence[Surface], *, short: bool, proper: bool) -> bool:
    """Tell whether *name* is only itself in the case in which it is written.

    Abbreviations and proper names are. A name of a proper kind is yet a common noun where
    it has a lower-case word ("Training data"), or where another name of the same term
    writes it so ("Chatbot", "AI chatbot"). Elsewhere a word with a capital inside is no
    ordinary word: ReAct is not "react".
    """
    if name == name.lower():
        return (short or proper) and len(name) < 3
    if short:
        return True
    words = _words(name)
    if not proper:
        return name.isalpha() and name[1:] != name[1:].lower()
    if len(words) == 1:
        common = name.lower()
        return not any(common in _words(sibling) for sibling, _ in siblings)
    return not any(w.isalpha() and w.islower() and w not in _PARTICLES for w in words)


def _words(name: str) -> list[str]:
    return "".join(c if c.isalnum() else "" if c in "'’" else " " for c in name).split()

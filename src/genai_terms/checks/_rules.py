"""What a rule is, and how all of them are run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from genai_terms._models import Category, Term

__all__ = ["RULES", "Corpus", "Declared", "Draft", "Fault", "Finding", "entry_rule", "rule", "run"]

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its code, what is wrong, where, and what to do about it."""

    __module__ = "genai_terms.checks"

    code: str
    message: str
    suggestion: str = ""
    term_id: str | None = None
    field: str = ""
    path: str | None = None
    line: int | None = None

    @property
    def is_error(self) -> bool:
        """Whether it keeps a glossary from being compiled."""
        return self.code.startswith("E")

    @property
    def location(self) -> str:
        """File and line where they are known, otherwise the id of the term."""
        if self.path is None:
            return self.term_id or "glossary"
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        advice = f" ({self.suggestion})" if self.suggestion else ""
        return f"{self.location}: {self.code} {where}{self.message}{advice}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A term with the file that it was read from and the line of each of its values."""

    __module__ = "genai_terms.checks"

    term: Term
    path: str | None = None
    lines: Mapping[Where, int] = field(default_factory=dict[Where, int])

    def line(self, where: Where) -> int | None:
        """Return the line of the value at *where*, or of the nearest value around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where)


class Declared(NamedTuple):
    """A name that one of the files beside the categories declares something about."""

    file: str
    name: str


class Fault(NamedTuple):
    """What a rule yields; the runner adds code, file and line."""

    at: Draft | Declared
    where: Where
    message: str
    suggestion: str


@dataclass(frozen=True)
class Corpus:
    """All that the rules look at: the terms and what was declared about them."""

    drafts: tuple[Draft, ...]
    categories: tuple[Category, ...] = ()
    planned: frozenset[str] = frozenset()
    retired: Mapping[str, str] = field(default_factory=dict[str, str])
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    unread: frozenset[str] = frozenset()
    faults: tuple[Finding, ...] = ()
    path: str = ""
    lines: Mapping[Declared, int] = field(default_factory=dict[Declared, int])

    @classmethod
    def of(cls, content: object) -> Corpus:
        """Return the corpus of a `Source`, a `Glossary` or any iterable of terms."""
        drafts = getattr(content, "drafts", None)
        if drafts is None:
            terms: tuple[Term, ...] = tuple(content)  # type: ignore[arg-type]
            if not all(isinstance(term, Term) for term in terms):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError("checks are made of a Glossary, of Term objects or of content")
            return cls(
                tuple(Draft(term) for term in terms),
                categories=tuple(getattr(content, "categories", ())),
            )
        return cls(
            tuple(drafts),
            content.categories,  # type: ignore[attr-defined]
            frozenset(content.planned),  # type: ignore[attr-defined]
            content.retired,  # type: ignore[attr-defined]
            content.ambiguous,  # type: ignore[attr-defined]
            frozenset(content.unread),  # type: ignore[attr-defined]
            tuple(content.faults),  # type: ignore[attr-defined]
            content.path,  # type: ignore[attr-defined]
            content.lines,  # type: ignore[attr-defined]
        )

    @property
    def by_id(self) -> dict[str, Draft]:
        """The drafts by the ids of their terms."""
        return {draft.term.id: draft for draft in self.drafts}

    @property
    def known(self) -> set[str]:
        """The ids that a link may lead to: an entry, a planned one, one that has yet to be read.

        What is wrong with an entry that cannot be read is said once, not at each link to it.
        """
        return {*self.by_id, *self.planned, *self.unread}

    def unsure(self, file: str) -> bool:
        """Whether *file* has a fault, so that nobody can say now what else it declares."""
        path = os.path.join(self.path, file)
        return any(finding.path == path for finding in self.faults)

    def finding(self, code: str, fault: Fault) -> Finding:
        """Return *fault* with the file and line where it stands."""
        at, where, message, suggestion = fault
        if isinstance(at, Declared):
            path = os.path.join(self.path, at.file)
            return Finding(code, message, suggestion, path=path, line=self.lines.get(at))
        named = ".".join(map(str, where))
        return Finding(code, message, suggestion, at.term.id, named, at.path, at.line(where))


Rule = Callable[[Corpus], Iterable[Fault]]
EntryRule = Callable[[Draft], Iterable[Fault]]

_RUN: Final[dict[str, Rule]] = {}
_MEANING: Final[dict[str, str]] = {
    "E101": "The file cannot be read: encoding, size, or not strict YAML.",
    "E102": "A key that the format does not have.",
    "E103": "A value of the wrong type or form.",
    "E104": "A key that every entry has is missing.",
    "E105": "A file or folder whose name is not an id.",
    "E107": "The folder has no entry.",
}

RULES: Final[Mapping[str, str]] = MappingProxyType(_MEANING)
"""Every code and what it means."""


def rule(code: str, meaning: str) -> Callable[[Rule], Rule]:
    """Register a rule about the whole corpus."""

    def register(function: Rule) -> Rule:
        _RUN[code], _MEANING[code] = function, meaning
        return function

    return register


def entry_rule(code: str, meaning: str) -> Callable[[EntryRule], EntryRule]:
    """Register a rule that looks at one entry at a time."""

    def register(function: EntryRule) -> EntryRule:
        def over_all(corpus: Corpus) -> Iterator[Fault]:
            for draft in corpus.drafts:
                yield from function(draft)

        rule(code, meaning)(over_all)
        return function

    return register


def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> set[str]:
    for selector in (*select, *ignore):
        if not selector or not any(code.startswith(selector) for code in RULES):
            raise ValueError(
                f"no check has a code that begins with {selector!r}; "
                f"the codes are {', '.join(sorted(RULES))}"
            )
    return {
        code
        for code in RULES
        if (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))
    }


def run(corpus: Corpus, select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Finding, ...]:
    """Run the chosen rules over *corpus*; return what they find, in order of place."""
    chosen = _chosen(select, ignore)
    findings = [finding for finding in corpus.faults if finding.code in chosen]
    for code in sorted(chosen & _RUN.keys()):
        findings += (corpus.finding(code, fault) for fault in _RUN[code](corpus))
    return tuple(
        sorted(findings, key=lambda f: (f.path or f.term_id or "", f.line or 0, f.code, f.message))
    )

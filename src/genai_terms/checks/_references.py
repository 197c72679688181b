"""Rules about references: identifiers that can be followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urlsplit

from genai_terms._text import fold
from genai_terms.checks._rules import Corpus, Draft, Fault, entry_rule, rule

_ARXIV: Final = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}")
_NEW_ARXIV: Final = re.compile(r"(\d\d)(\d\d)\.")
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_PART: Final = re.compile(r", (?:Articles?|Annex|recitals?|chapters?|sections?)\b", re.IGNORECASE)
_ISBN_10: Final = 10
_ISBN_13: Final = 13


def _each(draft: Draft, key: str, valid: Callable[[str], bool], form: str) -> Iterator[Fault]:
    for at, reference in enumerate(draft.term.references):
        value = getattr(reference, key)
        if value is not None and not valid(value):
            yield Fault(draft, ("references", at, key), f"{value!r} is no {form}",
                        "copy it from the source")  # fmt: skip


@entry_rule("E602", "An arXiv identifier that cannot exist.")
def _arxiv(draft: Draft) -> Iterator[Fault]:
    return _each(draft, "arxiv", _is_arxiv, "arXiv identifier such as 1706.03762")


def _is_arxiv(value: str) -> bool:
    if not _ARXIV.fullmatch(value):
        return False
    dated = _NEW_ARXIV.match(value)
    return dated is None or 1 <= int(dated.group(2)) <= 12


@entry_rule("E603", "A DOI that cannot exist.")
def _doi(draft: Draft) -> Iterator[Fault]:
    return _each(
        draft, "doi", lambda doi: bool(_DOI.fullmatch(doi)), "DOI such as 10.1038/nature14539"
    )


@entry_rule("E604", "An ISBN whose check digit is wrong.")
def _isbn(draft: Draft) -> Iterator[Fault]:
    return _each(draft, "isbn", _is_isbn, "ISBN; its check digit does not fit")


def _is_isbn(value: str) -> bool:
    digits = value.replace("-", "").replace(" ", "")
    if len(digits) == _ISBN_13 and digits.isdecimal():
        return sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10 == 0
    if len(digits) == _ISBN_10 and digits[:9].isdecimal() and digits[9] in "0123456789X":
        numbers = [*map(int, digits[:9]), 10 if digits[9] == "X" else int(digits[9])]
        return sum((10 - at) * number for at, number in enumerate(numbers)) % 11 == 0
    return False


@entry_rule("E605", "An address that is not http or https with a host.")
def _url(draft: Draft) -> Iterator[Fault]:
    return _each(draft, "url", _is_url, "http or https address")


def _is_url(value: str) -> bool:
    if any(c.isspace() for c in value):
        return False
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host


@entry_rule("E606", "A reference dated before what it is about, or after the review.")
def _year(draft: Draft) -> Iterator[Fault]:
    reviewed = draft.term.reviewed
    for at, reference in enumerate(draft.term.references):
        arxiv = _NEW_ARXIV.match(reference.arxiv or "")
        posted = 2000 + int(arxiv.group(1)) if arxiv else None
        if reviewed and reference.year > reviewed.year:
            yield Fault(draft, ("references", at, "year"),
                        f"{reference.year} is after the review of {reviewed}",
                        "check the year")  # fmt: skip
        elif posted is not None and not posted - 1 <= reference.year <= posted + 4:
            yield Fault(draft, ("references", at, "year"),
                        f"{reference.year}, but arXiv {reference.arxiv} was posted in {posted}",
                        "check year and identifier")  # fmt: skip


@entry_rule("W607", "The same source stands twice in one entry.")
def _twice(draft: Draft) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, reference in enumerate(draft.term.references):
        if reference.href in seen:
            yield Fault(draft, ("references", at), f"{reference.href} stands twice", "keep one")
        seen.add(reference.href)


def _whole(text: str) -> str:
    """The folded title of a work, without the part of it that is cited."""
    return fold(_PART.split(text)[0])


@rule("W608", "Two entries give the same source another title, author or year.")
def _disagreement(corpus: Corpus) -> Iterator[Fault]:
    first: dict[str, tuple[Draft, int]] = {}
    for draft in corpus.drafts:
        for at, reference in enumerate(draft.term.references):
            other, place = first.setdefault(reference.href.lower(), (draft, at))
            known = other.term.references[place]
            for field in ("title", "authors", "year"):
                here, there = getattr(reference, field), getattr(known, field)
                if _whole(str(here)) != _whole(str(there)):
                    yield Fault(draft, ("references", at, field),
                                f"{here!r}, but {there!r} in {other.term.id!r}",
                                "copy it from the source in both")  # fmt: skip

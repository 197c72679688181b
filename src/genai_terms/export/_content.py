"""What every format starts from: a glossary, and its terms as they are stored."""

# A bundle is the private part of a glossary that holds the stored bytes; writing them
# again without decoding them is what this module is for.
# pyright: reportPrivateUsage=false
# ruff: noqa: SLF001

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from genai_terms._bundle import StoredBundle
from genai_terms._glossary import Glossary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_terms._models import Term

__all__ = ["glossary_of", "json_lines", "records"]


def glossary_of(terms: object) -> Glossary:
    """Return what is to be written as a glossary; one that is given stays itself.

    Raises:
        TypeError: It is neither a Glossary, nor a Term, nor an iterable of terms.
        ValueError: Two terms have the same id.
    """
    if isinstance(terms, Glossary):
        return terms
    from genai_terms._models import Term

    if isinstance(terms, Term):
        return Glossary([terms])
    if not isinstance(terms, Iterable):
        found = type(terms).__name__
        raise TypeError(f"expected a Glossary, a Term or an iterable of Term, found {found}")
    return Glossary(cast("Iterable[Term]", terms))


def records(glossary: Glossary) -> Iterator[bytes]:
    """Yield the JSON of every term, in order of id."""
    return map(glossary._bundle.record, glossary._positions())


def json_lines(glossary: Glossary) -> Iterator[bytes | memoryview]:
    """Yield the JSON of every term, each with a line feed behind it."""
    bundle = glossary._bundle
    if isinstance(bundle, StoredBundle) and glossary._chosen is None:
        return bundle.lines()
    return (record + b"\n" for record in records(glossary))

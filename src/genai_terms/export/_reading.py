"""From parsed records to a glossary, with faults that say where and what."""

from __future__ import annotations

from genai_terms._errors import FormatError, shown
from genai_terms._glossary import Glossary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import ValidationError

    from genai_terms._models import Category, Term

__all__ = ["fault", "glossary_from"]

_SCALARS = (str, int, float, bool)


def fault(error: ValidationError) -> str:
    """Return the first fault of *error* in one line, and how many more there are."""
    first, *more = error.errors(include_url=False, include_context=False)
    field = ".".join(map(str, first["loc"]))
    said = first["msg"].removeprefix("Value error, ")
    value = first["input"]
    broken = first["type"] == "json_invalid" or not isinstance(value, _SCALARS)
    seen = "" if broken else f", found {shown(value) if isinstance(value, str) else repr(value)}"
    others = f" (and {len(more)} more)" if more else ""
    return f"{field}: {said}{seen}{others}" if field else f"{said}{seen}{others}"


def glossary_from(
    placed: Iterable[tuple[str, Term]], categories: Iterable[Category] = ()
) -> Glossary:
    """Return the glossary of terms that come each with the place where it was read.

    Raises:
        FormatError: Two of them have the same id.
    """
    places: dict[str, str] = {}
    terms: list[Term] = []
    for place, term in placed:
        if term.id in places:
            raise FormatError(
                f"{place}: the id {term.id!r} was already used by {places[term.id]}; "
                "ids are unique, keep one of the two"
            )
        places[term.id] = place
        terms.append(term)
    return Glossary(terms, categories=categories)

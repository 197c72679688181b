"""What the verbs of a glossary may be called with, and what they say of anything else."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

__all__ = ["expect", "expect_query", "expect_terms", "not_a_name", "several"]


def expect_terms(terms: tuple[object, ...]) -> None:
    """Refuse what is no Term, and two terms of one id."""
    from genai_terms._models import Term

    seen: set[str] = set()
    for term in terms:
        if not isinstance(term, Term):
            raise TypeError(f"a glossary is made of Term objects, found {type(term).__name__}")
        if term.id in seen:
            raise ValueError(
                f"two terms have the id {term.id!r}; join glossaries with g | mine, "
                "where the right one wins"
            )
        seen.add(term.id)


def expect_query(argument: str, query: object, limit: object) -> None:
    """Refuse a query that is no text, and a limit that is no count."""
    if not isinstance(query, str):
        raise TypeError(f"{argument}: expected a str, found {type(query).__name__}")
    if not isinstance(limit, int) or limit < 0:
        raise ValueError(f"limit: expected a whole number from 0 on, found {limit!r}")


def several(values: str | Iterable[str]) -> tuple[str, ...]:
    """Return *values*, of which one may stand by itself."""
    return (values,) if isinstance(values, str) else tuple(values)


def not_a_name(name: object) -> TypeError:
    """Return the error about a name that is no text."""
    return TypeError(f"a name is a str, found {type(name).__name__}")


def expect(facet: str, found: Iterable[object], allowed: AbstractSet[object]) -> None:
    """Refuse values that *allowed* does not hold, and tell which it holds."""
    unknown = sorted(repr(value) for value in found if value not in allowed)
    if unknown:
        values = ", ".join(sorted(map(str, allowed)))
        raise ValueError(f"{facet}: unknown {', '.join(unknown)}; expected one of {values}")

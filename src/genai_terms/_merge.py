"""Two glossaries made one."""

from __future__ import annotations

from genai_terms._made import MemoryBundle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_terms._glossary import Glossary
    from genai_terms._models import Term

__all__ = ["merged"]


def merged(left: Glossary, right: Glossary) -> MemoryBundle:
    """Return the terms of both; where ids are equal, *right* wins."""
    terms = {term.id: term for term in (*left, *right)}
    categories = {c.id: c for c in (*left._shelves(), *right._shelves())}
    renumbered = (
        category.model_copy(update={"order": order})
        for order, category in enumerate(categories.values(), 1)
    )
    retired = left._retired() | right._retired()
    return MemoryBundle(
        _with_current_cards(terms),
        tuple(renumbered),
        {old: new for old, new in retired.items() if new in terms},
    )


def _with_current_cards(terms: dict[str, Term]) -> Iterator[Term]:
    """Yield *terms* with every link's card as its target now is."""
    for term in terms.values():
        related = tuple(
            link.model_copy(update={"name": target.name, "definition": target.definition})
            if target is not None
            and (target.name, target.definition) != (link.name, link.definition)
            else link
            for link in term.related
            for target in [terms.get(link.id)]
        )
        yield term if related == term.related else term.model_copy(update={"related": related})

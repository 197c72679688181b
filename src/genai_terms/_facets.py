"""Category, kind, level and tier: by which terms are filtered and shelved."""

from __future__ import annotations

from genai_terms._arguments import expect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from genai_terms._bundle import Bundle
    from genai_terms._models import Category

    Values = str | int | Iterable[object]

__all__ = ["chosen", "shelves"]


def chosen(
    bundle: Bundle, positions: Iterable[int], facets: Mapping[str, Values | None]
) -> tuple[int, ...]:
    """Return those of *positions* whose terms have one of the values of every facet.

    The facets are in the order in which `names.idx` has their columns; None takes any value.

    Raises:
        ValueError: A value does not exist.
    """
    conditions = [
        (column, _numbers(bundle, facet, values))
        for column, (facet, values) in enumerate(facets.items())
        if values is not None
    ]
    meta = bundle.names.meta
    return tuple(
        at
        for at in positions
        if all(meta[4 * at + column] in numbers for column, numbers in conditions)
    )


def _numbers(bundle: Bundle, facet: str, values: Values) -> frozenset[int]:
    """The numbers by which `names.idx` stores the *values* of a facet."""
    several = {values} if isinstance(values, int | str) else {*values}
    if facet == "tier":
        expect(facet, several, {1, 2, 3})
        return frozenset(tier for tier in several if isinstance(tier, int))
    asked = {str(value) for value in several}
    strings = bundle.names.container.strings(facet)
    present = {strings.text(at): at for at in range(len(strings))}
    expect(facet, asked, present.keys() | _known(bundle, facet))
    return frozenset(present[value] for value in asked if value in present)


def _known(bundle: Bundle, facet: str) -> frozenset[str]:
    """Values that may be asked for although no term has them."""
    from genai_terms._vocabulary import Kind, Level

    if facet == "category":
        return frozenset(category.id for category in bundle.categories())
    return frozenset(Kind if facet == "kind" else Level)


def shelves(bundle: Bundle, positions: Iterable[int]) -> tuple[Category, ...]:
    """Return the categories of the terms at *positions*: the declared ones first, in order."""
    from genai_terms._models import Category

    declared = {category.id: category for category in bundle.categories()}
    names = bundle.names
    strings = names.container.strings("category")
    used = {strings.text(number) for number in {names.meta[4 * at] for at in positions}}
    listed = [category for key, category in declared.items() if key in used]
    for order, key in enumerate(sorted(used - declared.keys()), len(declared) + 1):
        title = key.replace("-", " ").capitalize()
        listed.append(Category(id=key, title=title, scope=title, order=order))
    return tuple(listed)

"""Where elements end whose end tags may be left out (HTML standard, 13.1.2.4).

Such an element ends with a start tag that cannot stand in it, or with its parent. The
parents are known as long as they are certain: what a browser might see in another way is
forgotten, and an element that no certain parent ends goes on.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from typing import Final

__all__ = [
    "BLOCKS",
    "CELLS",
    "DEEPEST",
    "NOTED",
    "OMISSIBLE",
    "SOFT",
    "STARTS",
    "Ancestors",
    "ends_before",
]

# Formatting and ordinary elements: an end tag of an element around them closes them.
SOFT: Final = frozenset(
    "abbr acronym b bdi bdo big cite data del dfn em font i ins mark nobr optgroup option output q "
    "ruby s small span strike strong sub sup time tt u var".split()
)
CELLS: Final = frozenset("caption col colgroup tbody td tfoot th thead tr".split())
DEEPEST: Final = 512  # where browsers stop, too

_CELL: Final = frozenset({"caption", "td", "th"})
_SECTION: Final = frozenset({"tbody", "tfoot", "thead"})
_IN_SECTION: Final = frozenset({"td", "th", "tr"})
_ITEMS: Final = frozenset({"dd", "dt", "li"})
_LISTS: Final = frozenset({"dir", "dl", "menu", "ol", "ul"})
# What all parsers close a paragraph for, and an end tag of which closes what is in it.
BLOCKS: Final = _LISTS | frozenset(
    "address article aside blockquote center details div fieldset figcaption figure footer header "
    "main nav section".split()
)
_BOUNDARIES: Final = frozenset({"applet", "marquee", "object", "table"}) | _CELL
_KNOWN: Final = BLOCKS | _BOUNDARIES | _ITEMS | _SECTION | {"tr"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A table closes no paragraph in a document without a doctype, nor a form in a form.
_AFTER_PARAGRAPH: Final = (
    BLOCKS | _HEADINGS | _ITEMS | frozenset("hgroup hr listing p pre summary".split())
)
STARTS: Final = {
    **dict.fromkeys(_HEADINGS, _HEADINGS),
    "p": _AFTER_PARAGRAPH,
    "li": frozenset({"li"}),
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
    "option": frozenset({"optgroup", "option"}),
    **dict.fromkeys(_CELL, CELLS),
    **dict.fromkeys(_SECTION, CELLS - {"td", "th", "tr"}),
    "tr": CELLS - {"td", "th"},
    "colgroup": CELLS - {"col"},
}
"""Start tags that end an element, by its name, if nothing else is open in it."""

OMISSIBLE: Final = frozenset(STARTS) - _HEADINGS
"""Elements whose end tags may be left out."""

NOTED: Final = _KNOWN | CELLS | _AFTER_PARAGRAPH
"""Elements whose tags tell something about what is around."""

_PASSED: Final = SOFT | {"address", "div", "p"}
# In these, the tags of a table are of their own, or what is open goes on behind the table.
_HOLDING: Final = frozenset("a code math select svg table template".split())


class Ancestors:
    """The open elements that are certain, as far as they tell where others end."""

    __slots__ = ("_names",)

    def __init__(self) -> None:
        self._names: list[str] = []

    def start(self, name: str) -> None:
        """Take note of the start tag of *name*."""
        names = self._names
        if name in CELLS:
            self._start_part(name)
        elif name in _ITEMS:
            self._end_item(STARTS[name])
            names.append(name)
        elif name in BLOCKS or name in _BOUNDARIES:
            if name == "table" and self._table_part() == "table":
                names.clear()
            names.append(name)
        if len(names) > DEEPEST:
            names.clear()

    def _start_part(self, name: str) -> None:
        """Close the parts of a table that the part *name* cannot stand in."""
        within = self._back_to(_stops(name))
        if within == "table" and name in _IN_SECTION:
            self._names.append("tbody")
        if within and name in _CELL | _SECTION:
            self._names.append(name)

    def _end_item(self, alike: AbstractSet[str]) -> None:
        """Close the item of a list, and the divisions in it, before one that is *alike*."""
        names = self._names
        at = len(names) - 1
        while at >= 0 and names[at] in {"address", "div"}:
            at -= 1
        if at < 0 or names[at] in alike:
            del names[max(at, 0) :]

    def start_inside(self, name: str, open_names: list[str]) -> bool:
        """Forget what the start tag of *name* may close, in elements that are not noted here.

        Return whether it may close one of those, too.
        """
        in_cell = not _CELL.isdisjoint(open_names)
        if name in CELLS:
            if "table" in open_names:
                return False
            self._back_to(frozenset() if in_cell else _stops(name))
            return in_cell or open_names[0] not in CELLS
        if name == "table":
            doubtful = self._table_part() == "table" and not in_cell
        else:
            doubtful = name in _ITEMS and open_names[-1] not in _LISTS | _ITEMS
        if doubtful:
            self._names.clear()
        # Within a line, the paragraph around may be closed.
        in_line = open_names[0] not in NOTED
        return doubtful or (in_line and name in _AFTER_PARAGRAPH)

    def end(self, name: str) -> None:
        """Take note of the end tag of *name*."""
        if name == "tr":
            self._back_to(_stops(name))
        elif name in _KNOWN and self._back_to(_limits(name) | {name}) == name:
            self._names.pop()

    def _back_to(self, stops: AbstractSet[str]) -> str:
        """Forget what is above one of the *stops*; return which, or "" if there is none."""
        names = self._names
        while names and names[-1] not in stops:
            names.pop()
        return names[-1] if names else ""

    def end_inside(self, name: str, open_names: list[str]) -> None:
        """Forget what an end tag may close that closed none of the elements that are open."""
        if name in CELLS and name not in open_names and _CELL.isdisjoint(open_names):
            self._back_to({"table"})
        elif name in _KNOWN or name in open_names:
            self._names.clear()

    def ends_at(self, name: str) -> bool:
        """Whether what stands in all of these ends at the end tag of *name*."""
        if name == "tr":
            return self._table_part() in _CELL
        if name not in _KNOWN:
            return False
        limits = _limits(name)
        found = next((own for own in reversed(self._names) if own == name or own in limits), None)
        return found == name

    def in_table(self) -> bool:
        """Whether a table is around."""
        return bool(self._table_part())

    def _table_part(self) -> str:
        parts = (own for own in reversed(self._names) if own == "table" or own in _CELL)
        return next(parts, "")


def _stops(name: str) -> AbstractSet[str]:
    """What the part *name* of a table stands in."""
    return _SECTION | {"table"} if name in _IN_SECTION else frozenset({"table"})


def _limits(name: str) -> AbstractSet[str]:
    """What an end tag of *name* has no effect beyond."""
    if name in CELLS or name == "table":
        return frozenset({"table"})
    return _BOUNDARIES | {"ol", "ul"} if name == "li" else _BOUNDARIES


def _closing(root: str, around: Ancestors) -> Iterator[str]:
    """Yield the parts of a table that are around the part *root* for certain."""
    if root in _CELL:
        yield "tr"
    yield from (name for name in _SECTION if around.ends_at(name))


def ends_before(
    root: str, inner: Iterator[str], name: str, around: Ancestors, *, is_start: bool
) -> bool:
    """Tell whether an element *root*, in which *inner* ones are open, ends before a tag.

    Args:
        root: One of `OMISSIBLE`.
        inner: The names of the elements that are open in it.
        name: What the tag is of.
        around: What *root* stands in.
        is_start: Whether the tag is a start tag.
    """
    if root in CELLS:
        ending = STARTS[root] if is_start else {root, "table", *_closing(root, around)}
        # Without a table around there is no such element, but there is what stands in it.
        fits = _HOLDING.isdisjoint if around.in_table() else CELLS.issuperset
        return name in ending and fits(inner)
    if is_start:
        ends = name in STARTS[root] or (name in CELLS and around.in_table())
    else:
        ends = around.ends_at(name)
    passed = frozenset[str]() if root == "option" else _PASSED - {name}
    return ends and passed.issuperset(inner)


def __dir__() -> list[str]:
    return __all__

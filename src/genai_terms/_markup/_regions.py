"""Which elements of an HTML document are open, as far as it matters to a link.

A link may stand where no element of `NEVER` is open. To know that for certain in every
document takes the whole tree construction of the HTML standard, whose time is quadratic.
What is here is linear and errs on one side: whatever a browser may take for the inside of
such an element is inside; and where a document is so broken that the two could part, what
follows is `lost`, that is: left alone.
"""

from __future__ import annotations

from genai_terms._markup._omitted import (
    BLOCKS,
    CELLS,
    DEEPEST,
    NOTED,
    OMISSIBLE,
    SOFT,
    STARTS,
    Ancestors,
    ends_before,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

__all__ = ["INLINE", "RAW", "Regions"]

RAW: Final = frozenset("iframe noembed noframes script style textarea title xmp".split())
"""Elements whose content is not parsed as markup."""

# Phrasing that no link belongs into, or that is not prose, or that no parser agrees on.
NEVER: Final = frozenset(
    "a button code datalist h1 h2 h3 h4 h5 h6 kbd label listing math noscript pre samp select "
    "summary svg template".split()
)

_HEADS: Final = frozenset({"th", "thead"})
"""The head of a table is a heading."""

INLINE: Final = SOFT | {"a", "code", "kbd", "label", "samp", "wbr"}
"""Elements that do not part words."""

_ITEMS: Final = SOFT | {"dd", "dt", "li", "p"}
_ROWS: Final = 3  # as deep as the parts of one table are: rows, row, cell
_MARKED: Final = frozenset("applet caption marquee object td th".split())
_CLOSED_THROUGH: Final = {
    **dict.fromkeys(BLOCKS | _MARKED | {"dd", "dt", "li"}, _ITEMS),
    "form": frozenset({"dd", "dt", "li", "option", "p"}),  # what else is open in it stays open
    **dict.fromkeys(["table", "tbody", "tfoot", "thead", "tr"], _ITEMS | CELLS),
}
_VOID: Final = frozenset(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param "
    "source track wbr".split()
)
_WHOLE_PAGE: Final = frozenset({"html", "body"})
_FOREIGN: Final = frozenset({"math", "svg"})
_INTEGRATION: Final = frozenset("annotation-xml desc foreignobject mi mn mo ms mtext title".split())
# Start tags that end foreign content (HTML standard, 13.2.6.5).
_BREAKOUT: Final = frozenset(
    "b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i "
    "img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul "
    "var".split()
)
_IN_SELECT: Final = SOFT | {"hr", "option", "optgroup"}


class Regions:
    """The open elements that no link may stand in.

    Attributes:
        lost: Whether nothing that follows may be linked.
    """

    __slots__ = ("_around", "_between_cells", "_depth", "_doubtful", "_open", "_tables", "lost")

    def __init__(self) -> None:
        # The name, whether it is foreign, and whether no end tag but its own surely closes it.
        self._open: list[tuple[str, bool, bool]] = []
        self._depth: dict[str, int] = {}
        self._around = Ancestors()
        self._between_cells = False
        self._doubtful = False
        self._tables = 0
        self.lost = False

    @property
    def inside(self) -> bool:
        """Whether a link is out of place here."""
        return bool(self._open) or self._between_cells or self.lost

    @property
    def foreign(self) -> bool:
        """Whether this is SVG or MathML, where other rules hold for markup."""
        return bool(self._open) and self._open[-1][1]

    def is_open(self, name: str) -> bool:
        """Whether an element *name* is among the open ones."""
        return bool(self._depth.get(name))

    def start(self, name: str, *, closed: bool, math: bool = False) -> None:
        """Take note of the start tag of *name*.

        It is *closed* if it ends with a slash, and *math* if its class says that it holds some.
        """
        self.leave(name)
        while self._open and name in STARTS.get(self._open[-1][0], ()):
            self._pop(len(self._open) - 1)
        math = math and name not in _VOID and name not in _WHOLE_PAGE
        self._note_around(name)
        if self._open or not (math and name == "table"):
            self._note_table(name, is_start=True)
        if name == "frameset" or (self.is_open("select") and name not in _IN_SELECT):
            self.lost = True
        elif self.foreign:
            self.lost |= name in _BREAKOUT
            if not closed:
                self._push(name)
        elif self._open:
            # What a template holds is parsed by rules of its own after these two.
            self.lost |= self.is_open("template") and name in {"col", "colgroup"}
            if name not in _VOID and not (closed and name in _FOREIGN):
                self._push(name, barred=math or name in _HEADS)
        elif math or name in _HEADS or (name in NEVER and not (closed and name in _FOREIGN)):
            self._push(name)

    def leave(self, name: str, *, is_start: bool = True) -> bool:
        """Close the outermost of the open elements that a tag of *name* ends, if it does."""
        for at, (element, _, _) in enumerate(self._open[:_ROWS]):
            if element not in OMISSIBLE or (at and element not in CELLS):
                break
            inner = ("math" if kept else name for name, _, kept in self._open[at + 1 :])
            if ends_before(element, inner, name, self._around, is_start=is_start):
                return self._pop(at)
        return False

    def _note_around(self, name: str) -> None:
        if not self._open:
            self._around.start(name)
        elif name in NOTED:
            self._doubtful |= self._around.start_inside(name, self._names())

    def _names(self) -> list[str]:
        return [name for name, _, _ in self._open]

    def _push(self, name: str, *, barred: bool = False) -> None:
        self.lost |= len(self._open) == DEEPEST
        foreign = name in _FOREIGN or (self.foreign and name not in _INTEGRATION)
        kept = barred and (self._doubtful or name not in OMISSIBLE)
        self._open.append((name, foreign, kept))
        self._depth[name] = self._depth.get(name, 0) + 1

    def end(self, name: str) -> bool:
        """Take note of the end tag of *name*; return whether it closed one of the open ones."""
        left = self.leave(name, is_start=False)
        self._note_table(name, is_start=False)
        closed = left or (bool(self._open) and self._close(name))
        if not self._open:
            self._around.end(name)
        elif not closed and (name in NOTED or self.is_open(name)):
            self._around.end_inside(name, self._names())
            self._doubtful = True
        return closed

    def _close(self, name: str) -> bool:
        if self.is_open("svg") or self.is_open("math"):
            if self._open[-1][0] != name:
                self.lost = True
                return False
            return self._pop(len(self._open) - 1)
        if not self.is_open(name):
            return False
        through = _CLOSED_THROUGH.get(name, SOFT)
        if name in CELLS and not self.is_open("table") and not self._around.in_table():
            through = CELLS
        at = len(self._open) - 1
        while self._open[at][0] != name:
            if self._open[at][0] not in through or self._open[at][2]:
                return False
            at -= 1
        return self._pop(at)

    def _pop(self, at: int) -> bool:
        for name, _, _ in self._open[at:]:
            self._depth[name] -= 1
        del self._open[at:]
        self._doubtful &= at > 0
        return True

    def _note_table(self, name: str, *, is_start: bool) -> None:
        """Text between the cells of a table is moved in front of it, piece by piece."""
        is_table = name == "table"
        if not is_table and name not in CELLS:
            return
        if self._open:
            # A table in here is a matter of its own; anything else may belong to one around.
            own = self.is_open("table") or (is_table and is_start)
            self._between_cells |= self._tables > 0 and not own
            return
        opens = name in {"caption", "td", "th"} if is_start else is_table
        self._between_cells = not opens
        if is_table:
            self._tables = max(0, self._tables + (1 if is_start else -1))


def __dir__() -> list[str]:
    return __all__

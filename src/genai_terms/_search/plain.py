"""Names by their beginnings and by their words: one table of all places where words begin."""

from __future__ import annotations

from bisect import bisect_left

from genai_terms._container import Sorted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from genai_terms._container import Container

__all__ = ["PlainNames"]

_AFTER_ALL: Final = b"\xff"


class _Starts:
    """The table of word beginnings as a sequence of byte strings, fit for bisection."""

    __slots__ = ("_numbers", "_offsets", "_plain")

    def __init__(self, container: Container) -> None:
        self._plain = container.strings("plain")
        self._numbers = container.array("start.n", "I")
        self._offsets = container.array("start.at", "H")

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: int) -> bytes:
        return self._plain[self._numbers[at]][self._offsets[at] :]


class PlainNames:
    """Every name as plain words, with the term that bears it."""

    __slots__ = ("_sorted", "_starts", "kinds", "numbers", "offsets", "owners", "surfaces",
                 "texts")  # fmt: skip

    def __init__(self, container: Container) -> None:
        self.texts = container.strings("plain")
        self.owners = container.array("plain.t", "I")
        self.surfaces = container.array("plain.s", "I")
        self.kinds = container.array("plain.k", "B")
        self.numbers = container.array("start.n", "I")
        self.offsets = container.array("start.at", "H")
        self._starts = _Starts(container)
        self._sorted = Sorted(self._starts)

    def beginning(self, text: str) -> range:
        """Return the places in the table at which a name goes on with *text*."""
        wanted = text.encode("utf-8", "replace")
        left = self._sorted.left
        return range(left(wanted), left(wanted + _AFTER_ALL))

    def with_word(self, word: str, *, unfinished: bool = False) -> set[int]:
        """Return the numbers of the names that hold *word*, or a word that begins with it."""
        places = self.beginning(word)
        if unfinished:
            return {self.numbers[at] for at in places}
        size = len(word.encode("utf-8", "replace"))
        return {
            self.numbers[at]
            for at in places
            if len(self._starts[at]) == size or self._starts[at][size] == ord(" ")
        }

    def of(self, position: int) -> Iterator[str]:
        """Yield the plain names of the term at *position*, headword first."""
        at = bisect_left(self.owners, position)
        while at < len(self.owners) and self.owners[at] == position:
            yield self.texts.text(at)
            at += 1

"""Strings near a misspelt one, found without looking at all of them.

Partition-based similarity join (Pass-Join; Li, Deng, Wang and Feng, VLDB 2011). A string
is cut into τ + 1 segments; whatever lies within τ edits of it must hold at least one of
them unchanged, near its place. The hashes of all segments lie in one sorted array, so
that some tens of bisections replace a scan, with nothing to build when a bundle is opened.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from zlib import crc32

from genai_terms._container import pack_array

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from genai_terms._container import Container

__all__ = ["Near", "Pattern", "build_near", "tolerance"]

_MASK_BITS: Final = 32
_MOST_EDITS: Final = 4
_STAGES: Final = (1, 2, _MOST_EDITS)
_OFTEN: Final = 4
_HUGE: Final = 2**17


def tolerance(length: int) -> int:
    """Return how many edits a string of *length* characters forgives: 0 to 4."""
    if length < 3:
        return 0
    return 1 if length < 5 else 2 if length < 10 else 3 if length < 14 else _MOST_EDITS


class Pattern:
    """A string prepared to be compared with many others.

    The optimal string alignment distance (insertion, deletion, substitution and swapping two
    neighbors cost 1 each), computed for a whole column at once in the bits of an integer
    (Hyyrö, 2003).

    >>> Pattern("transformer").distance("transfromer"), Pattern("llama").distance("lambda")
    (1, 3)
    """

    __slots__ = ("_full", "_last", "_places", "_size")

    def __init__(self, string: str) -> None:
        self._size = len(string)
        self._full = (1 << self._size) - 1
        self._last = 1 << (self._size - 1) if string else 0
        self._places: dict[str, int] = {}
        for at, char in enumerate(string):
            self._places[char] = self._places.get(char, 0) | 1 << at

    def distance(self, other: str) -> int:
        """Return the distance to *other*, 0 if it is the same string."""
        if not self._size:
            return len(other)
        full, last, get = self._full, self._last, self._places.get
        distance, up, down, diagonal, before = self._size, full, 0, 0, 0
        for char in other:
            here = get(char, 0)
            swapped = ((~diagonal & here) << 1) & before
            diagonal = (((here & up) + up) ^ up) | here | down | swapped
            right = down | ~(diagonal | up)
            left = diagonal & up
            if right & last:
                distance += 1
            elif left & last:
                distance -= 1
            right = right << 1 | 1
            up = (left << 1 | ~(diagonal | right)) & full
            down = right & diagonal & full
            before = here
        return distance


@cache
def _cuts(length: int, edits: int) -> tuple[tuple[int, int, int], ...]:
    """The number, start and size of each of edits + 1 segments, the longer ones last."""
    size, longer = divmod(length, edits + 1)
    cuts: list[tuple[int, int, int]] = []
    start = 0
    for number in range(edits + 1):
        width = size + (number > edits - longer)
        cuts.append((number, start, width))
        start += width
    return tuple(cuts)


def _segment_hash(segment: str, length: int, number: int) -> int:
    return crc32(segment.encode("utf-8", "replace"), length << 3 | number)


def _mask(string: str) -> int:
    """The set of characters of *string*, as bits; unequal bits bound the edit distance."""
    mask = 0
    for char in string:
        mask |= 1 << (ord(char) % _MASK_BITS)
    return mask


def build_near(name: str, strings: list[str], chosen: Iterable[int]) -> dict[str, bytes]:
    """Return the sections that `Near` reads, over the *chosen* positions of *strings*."""
    owners = [at for at in chosen if tolerance(len(strings[at]))]
    segments = sorted(
        (_segment_hash(string[start : start + width], len(string), segment), owner)
        for owner, at in enumerate(owners)
        for string in [strings[at]]
        for segment, start, width in _cuts(len(string), tolerance(len(string)))
    )
    return {
        f"{name}.h": pack_array("I", (segment for segment, _ in segments)),
        f"{name}.k": pack_array("H" if len(owners) < 2**16 else "I", (k for _, k in segments)),
        f"{name}.s": pack_array("I", owners),
        f"{name}.m": pack_array("I", (_mask(strings[at]) for at in owners)),
    }


class Near:
    """Reader of a near index: the positions of strings within a few edits of another."""

    __slots__ = ("_asked", "_hashes", "_masks", "_owners", "_places", "_segments", "_strings")

    def __init__(self, container: Container, name: str, strings: str) -> None:
        self._strings = container.strings(strings)
        self._hashes = container.array(f"{name}.h", "I")
        self._owners = container.array(f"{name}.s", "I")
        self._masks = container.array(f"{name}.m", "I")
        self._asked = 0
        self._places: dict[int, int] | None = None
        self._segments = container.array(f"{name}.k", "H" if len(self._owners) < 2**16 else "I")

    def find(self, wanted: str, most: int = _MOST_EDITS) -> list[tuple[int, int]]:
        """Return (edits, position) of every string near *wanted*, in no order.

        A string forgives as many edits as its `tolerance`, and at most *most*.
        """
        mask = _mask(wanted)
        pattern = Pattern(wanted)
        found: list[tuple[int, int]] = []
        for owner in self._sharing(wanted, most):
            differing = (mask ^ self._masks[owner]).bit_count()
            if differing > 2 * most:
                continue
            at = self._owners[owner]
            string = self._strings.text(at)
            allowed = min(tolerance(len(string)), most)
            if differing <= 2 * allowed:
                edits = pattern.distance(string)
                if edits <= allowed:
                    found.append((edits, at))
        return found

    def stages(self, wanted: str) -> Iterator[list[tuple[int, int]]]:
        """Yield what `find` finds within few edits, then within more, as far as asked on."""
        return (self.find(wanted, most) for most in _STAGES)

    def _first(self, segment: int) -> int | None:
        """The first place of a segment's hash in the sorted array, None if it is not there.

        An index that is asked often, and is not huge, is turned into a dict.
        """
        if self._places is not None:
            return self._places.get(segment)
        hashes = self._hashes
        at = bisect_left(hashes, segment)
        return at if at < len(hashes) and hashes[at] == segment else None

    def _sharing(self, wanted: str, most: int) -> set[int]:
        """The strings that share a segment with *wanted* where Pass-Join says they must."""
        self._asked += 1
        if self._asked == _OFTEN and len(self._hashes) < _HUGE:
            self._places = {h: at for at, h in reversed([*enumerate(self._hashes)])}
        found: set[int] = set()
        hashes, owners, first = self._hashes, self._segments, self._first
        size, total = len(wanted), len(hashes)
        encoded = wanted.encode("utf-8", "replace")
        ascii_only = len(encoded) == size
        for length in range(max(3, size - most), size + most + 1):
            segments = tolerance(length)
            edits = min(segments, most)
            shift = size - length
            if abs(shift) > edits:
                continue
            # Of τ + 1 segments, an edit spoils one: looking for edits + 1 of them is enough.
            for number, start, width in _cuts(length, segments)[segments - edits :]:
                # What moved it left or right costs edits, and so does moving the rest back.
                slack = (edits - abs(shift)) // 2
                low = max(start + min(0, shift) - slack, 0)
                high = min(start + max(0, shift) + slack, size - width)
                if edits == segments:
                    # Multi-match-aware selection, section 4.3 of the paper.
                    low = max(low, start - number, start + shift - (edits - number))
                    high = min(high, start + number, start + shift + (edits - number))
                for begin in range(low, high + 1):
                    if ascii_only:
                        segment = crc32(encoded[begin : begin + width], length << 3 | number)
                    else:
                        segment = _segment_hash(wanted[begin : begin + width], length, number)
                    at = first(segment)
                    if at is not None:
                        while at < total and hashes[at] == segment:
                            found.add(owners[at])
                            at += 1
        return found

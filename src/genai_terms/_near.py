"""Strings near a misspelt one, found without looking at all of them.

Partition-based similarity join (Pass-Join; Li, Deng, Wang and Feng, VLDB 2011). A string
is cut into τ + 1 segments; whatever lies within τ edits of it must hold at least one of
them unchanged, near its place. The hashes of all segments lie in one sorted array, so
that some tens of bisections replace a scan, with nothing to build when a bundle is opened.
"""

from __future__ import annotations

from bisect import bisect_left
from zlib import crc32

from genai_terms._container import pack_array

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Final

    from genai_terms._container import Container

__all__ = ["Near", "build_near", "distance", "tolerance"]

_MASK_BITS: Final = 32
_MOST_EDITS: Final = 4


def tolerance(length: int) -> int:
    """Return how many edits a string of *length* characters forgives: 0 to 4."""
    if length < 3:
        return 0
    return 1 if length < 5 else 2 if length < 10 else 3 if length < 14 else _MOST_EDITS


def distance(a: str, b: str, limit: int) -> int:
    """Return the optimal string alignment distance of *a* and *b*, or limit + 1 if above.

    Insertion, deletion, substitution and swapping two neighbors cost 1 each.

    >>> distance("transformer", "transfromer", 2), distance("llama", "lambda", 1)
    (1, 2)
    """
    start = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            if char == other:
                cost = above[j - 1]
            else:
                cost = 1 + min(above[j - 1], above[j], row[j - 1])
                if i > 1 and j > 1 and char == b[j - 2] and other == a[i - 2]:
                    cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, above = above, row
    return above[-1]


def _cuts(length: int, edits: int) -> list[tuple[int, int]]:
    """The start and size of each of edits + 1 segments, the longer ones last."""
    size, longer = divmod(length, edits + 1)
    cuts: list[tuple[int, int]] = []
    start = 0
    for number in range(edits + 1):
        width = size + (number > edits - longer)
        cuts.append((start, width))
        start += width
    return cuts


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
        for segment, (start, width) in enumerate(_cuts(len(string), tolerance(len(string))))
    )
    return {
        f"{name}.h": pack_array("I", (segment for segment, _ in segments)),
        f"{name}.k": pack_array("H" if len(owners) < 2**16 else "I", (k for _, k in segments)),
        f"{name}.s": pack_array("I", owners),
        f"{name}.m": pack_array("I", (_mask(strings[at]) for at in owners)),
    }


class Near:
    """Reader of a near index: the positions of strings within a few edits of another."""

    __slots__ = ("_hashes", "_masks", "_owners", "_segments", "_strings")

    def __init__(self, container: Container, name: str, strings: str) -> None:
        self._strings = container.strings(strings)
        self._hashes = container.array(f"{name}.h", "I")
        self._owners = container.array(f"{name}.s", "I")
        self._masks = container.array(f"{name}.m", "I")
        self._segments = container.array(f"{name}.k", "H" if len(self._owners) < 2**16 else "I")

    def find(self, wanted: str, most: int = _MOST_EDITS) -> list[tuple[int, int]]:
        """Return (edits, position) of every string near *wanted*, in no order.

        A string forgives as many edits as its `tolerance`, and at most *most*.
        """
        mask = _mask(wanted)
        found: list[tuple[int, int]] = []
        for owner in self._sharing(wanted, most):
            if (mask ^ self._masks[owner]).bit_count() > 2 * most:
                continue
            at = self._owners[owner]
            string = self._strings.text(at)
            allowed = min(tolerance(len(string)), most)
            edits = distance(wanted, string, allowed)
            if edits <= allowed:
                found.append((edits, at))
        return found

    def _sharing(self, wanted: str, most: int) -> set[int]:
        """The strings that share a segment with *wanted* where Pass-Join says they must."""
        found: set[int] = set()
        hashes, owners = self._hashes, self._segments
        size, total = len(wanted), len(hashes)
        for length in range(max(3, size - most), size + most + 1):
            segments = tolerance(length)
            edits = min(segments, most)
            shift = size - length
            if abs(shift) > edits:
                continue
            # Of τ + 1 segments, an edit spoils one: looking for edits + 1 of them is enough.
            for number, (start, width) in enumerate(_cuts(length, segments)):
                if number < segments - edits:
                    continue
                # Multi-match-aware substring selection, section 4.3 of the paper.
                low = max(start - number, start + shift - (edits - number), 0)
                high = min(start + number, start + shift + (edits - number), size - width)
                for begin in range(low, high + 1):
                    segment = _segment_hash(wanted[begin : begin + width], length, number)
                    at = bisect_left(hashes, segment)
                    while at < total and hashes[at] == segment:
                        found.add(owners[at])
                        at += 1
        return found

"""Strings near a misspelt one, found without looking at all of them.

Partition-based similarity join (Pass-Join; Li, Deng, Wang and Feng, VLDB 2011). A string
is cut into τ + 1 segments; whatever lies within τ edits of it must hold at least one of
them unchanged, near its place. The hashes of all segments lie in one table, sorted into
buckets, so that some tens of probes replace a scan, with nothing to build in memory.
"""

from __future__ import annotations

from itertools import accumulate
from zlib import crc32

from genai_terms._container import pack_array
from genai_terms._memory import keep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from genai_terms._container import Container

    Probe = tuple[int, int, int]

__all__ = ["Near", "Pattern", "build_near", "tolerance"]

_MASK_BITS: Final = 32
_FEW_EDITS: Final = 2
_MOST_EDITS: Final = 4
_ANY: Final = 2**31
_HASH_BITS: Final = 32
_REMEMBERED: Final = 256
_KEPT: Final = 0xFFFF
"""The part of a hash that is stored; a bucket is told by its highest bits."""


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

    __slots__ = ("_places", "mask", "string")

    def __init__(self, string: str) -> None:
        self.string = string
        self.mask = _mask(string)
        self._places: dict[str, int] = {}

    def _find_places(self) -> None:
        """Note where each character stands, which most strings are never asked for."""
        places = self._places
        for at, char in enumerate(self.string):
            places[char] = places.get(char, 0) | 1 << at

    def distance(self, other: str, most: int = _ANY) -> int:
        """Return the distance to *other*; if it is more than *most*, one above that."""
        string, get = self.string, self._places.get
        begin, end, stop = 0, len(string), len(other)
        for one, two in zip(string, other, strict=False):
            if one != two:
                break
            begin += 1
        while begin < end and begin < stop and string[end - 1] == other[stop - 1]:
            end -= 1
            stop -= 1
        if begin == end:
            return min(stop - begin, most + 1)
        if not self._places:
            self._find_places()
        full, last = (1 << end - begin) - 1, 1 << end - begin - 1
        distance, up, down, diagonal, before = end - begin, full, 0, 0, 0
        # Every character of the rest can bring it nearer by one, and what does not is lost.
        spare = most + stop - end
        for char in other[begin:stop]:
            here = get(char, 0) >> begin & full
            swapped = ((~diagonal & here) << 1) & before
            diagonal = (((here & up) + up) ^ up) | here | down | swapped
            right = down | ~(diagonal | up)
            left = diagonal & up
            if left & last:
                distance -= 1
            else:
                spare -= 1
                if right & last:
                    distance += 1
                    spare -= 1
                if spare < 0:
                    return most + 1
            right = right << 1 | 1
            up = (left << 1 | ~(diagonal | right)) & full
            down = right & diagonal & full
            before = here
        return min(distance, most + 1)


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


def _encoded(segment: str) -> bytes:
    return segment.encode("utf-8", "replace")


def _salt(length: int, number: int) -> int:
    """What makes equal segments of different lengths of string, or places in it, differ."""
    return length << 3 | number


def _placed(size: int, most: int) -> Iterator[Probe]:
    """Yield where a string of *size* may hold segments of others: begin, end, salt."""
    for length in range(max(3, size - most), size + most + 1):
        segments = tolerance(length)
        edits = min(segments, most)
        shift = size - length
        # What moves a segment left or right costs edits, and so does moving the rest back.
        slack = (edits - abs(shift)) // 2
        first, last = min(0, shift) - slack, max(0, shift) + slack
        # Of τ + 1 segments, an edit spoils one: looking for edits + 1 of them is enough. One of
        # them is whole and has as many edits as segments before it (section 4.3 of the paper).
        for before, (number, start, width) in enumerate(
            _cuts(length, segments)[segments - edits :]
        ):
            low = start + max(first, -before, shift + before - edits)
            high = start + min(last, before, shift - before + edits)
            for begin in range(max(low, 0), min(high, size - width) + 1):
                yield begin, begin + width, _salt(length, number)


def _swap(size: int, most: int) -> tuple[int, int]:
    """Where the last segment of a string of *size* begins, and its salt; (0, 0) if not needed.

    Two neighbors that changed places are one edit, which spoils two segments where it lies
    across their border. If no other edit is forgiven, the last one is looked for as it was.
    """
    segments = tolerance(size)
    if min(segments, most) != 1:
        return 0, 0
    number, start, _ = _cuts(size, segments)[-1]
    return start, _salt(size, number)


class _Probes(dict["tuple[int, int]", "tuple[list[Probe], int, int]"]):
    """What to look for, by the size of a string and the edits: segments, and those of a swap."""

    def __missing__(self, key: tuple[int, int]) -> tuple[list[Probe], int, int]:
        return keep(self, key, ([*_placed(*key)], *_swap(*key)), _REMEMBERED)


_probes: Final = _Probes()


def _mask(string: str) -> int:
    """The set of characters of *string*, as bits; unequal bits bound the edit distance."""
    mask = 0
    for char in {*string}:
        mask |= 1 << ord(char) % _MASK_BITS
    return mask


def build_near(name: str, strings: list[str], chosen: Iterable[int]) -> dict[str, bytes]:
    """Return the sections that `Near` reads, over the *chosen* positions of *strings*."""
    owners = [at for at in chosen if tolerance(len(strings[at]))]
    segments = sorted(
        (crc32(_encoded(string[start : start + width]), _salt(len(string), number)), owner)
        for owner, at in enumerate(owners)
        for string in [strings[at]]
        for number, start, width in _cuts(len(string), tolerance(len(string)))
    )
    bits = max(0, len(segments).bit_length() - 1)
    sizes = [0] * 2**bits
    for segment, _ in segments:
        sizes[segment >> _HASH_BITS - bits] += 1
    return {
        f"{name}.b": pack_array("I", accumulate(sizes, initial=0)),
        f"{name}.h": pack_array("H", (segment & _KEPT for segment, _ in segments)),
        f"{name}.k": pack_array("H" if len(owners) < 2**16 else "I", (k for _, k in segments)),
        f"{name}.s": pack_array("I", owners),
        f"{name}.m": pack_array("I", (_mask(strings[at]) for at in owners)),
    }


class Near:
    """Reader of a near index: the positions of strings within a few edits of another."""

    __slots__ = ("_buckets", "_hashes", "_masks", "_owners", "_positions", "_shift", "_strings")

    def __init__(self, container: Container, name: str, strings: str) -> None:
        self._strings = container.strings(strings)
        self._buckets = container.array(f"{name}.b", "I")
        self._shift = _HASH_BITS + 1 - (len(self._buckets) - 1).bit_length()
        self._hashes = container.array(f"{name}.h", "H")
        self._positions = container.array(f"{name}.s", "I")
        self._masks = container.array(f"{name}.m", "I")
        self._owners = container.array(f"{name}.k", "H" if len(self._positions) < 2**16 else "I")

    def find(self, wanted: str, most: int = _MOST_EDITS) -> list[tuple[int, int]]:
        """Return (edits, position) of every string near *wanted*, in no order.

        A string forgives as many edits as its `tolerance`, and at most *most*.
        """
        sharing = self._sharing(wanted, most)
        return self._near(Pattern(wanted), most, sharing) if sharing else []

    def stages(self, wanted: str) -> Iterator[list[tuple[int, int]]]:
        """Yield what `find` finds within one edit, within two and within all, as far as asked on.

        Looking for two at once costs less than for one, in vain, and then for two.
        """
        pattern = Pattern(wanted)
        found = self._near(pattern, _FEW_EDITS, self._sharing(wanted, _FEW_EDITS))
        yield [near for near in found if near[0] <= 1]
        yield found
        yield self._near(pattern, _MOST_EDITS, self._sharing(wanted, _MOST_EDITS))

    def _near(self, pattern: Pattern, most: int, sharing: Iterable[int]) -> list[tuple[int, int]]:
        mask, size = pattern.mask, len(pattern.string)
        found: list[tuple[int, int]] = []
        for owner in sharing:
            differing = (mask ^ self._masks[owner]).bit_count()
            if differing > 2 * most:
                continue
            at = self._positions[owner]
            string = self._strings.text(at)
            length = len(string)
            allowed = min(tolerance(length), most)
            # An edit changes at most two characters of the set, one if it changes the length.
            if differing + abs(length - size) <= 2 * allowed:
                edits = pattern.distance(string, allowed)
                if edits <= allowed:
                    found.append((edits, at))
        return found

    def _sharing(self, wanted: str, most: int) -> set[int]:
        """The strings that share a segment with *wanted* where Pass-Join says they must."""
        encoded = wanted.encode("utf-8", "replace")
        ascii_only = len(encoded) == len(wanted)
        probes, at, swapped = _probes[len(wanted), most]
        hashed = [
            crc32(encoded[begin:stop] if ascii_only else _encoded(wanted[begin:stop]), salt)
            for begin, stop, salt in probes
        ]
        if at:
            hashed.append(crc32(_encoded(wanted[at - 1] + wanted[at + 1 :]), swapped))
        return self._holding(hashed)

    def _holding(self, hashed: list[int]) -> set[int]:
        found: set[int] = set()
        buckets, shift, hashes, owners = self._buckets, self._shift, self._hashes, self._owners
        for segment in hashed:
            bucket, kept = segment >> shift, segment & _KEPT
            at, end = buckets[bucket], buckets[bucket + 1]
            while at < end:
                if hashes[at] == kept:
                    found.add(owners[at])
                at += 1
        return found

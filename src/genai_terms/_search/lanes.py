"""Add up the scores of all documents of a small index at once, in the lanes of one integer.

An integer of any length is a row of lanes, 16 bits for each document, and one addition adds
all of them (Lamport, 1975: multiple byte processing with full-word instructions). The
highest bit of a lane stays free: where a number is subtracted from every lane, it tells which
documents have at least so much.
"""

from __future__ import annotations

from itertools import accumulate, islice

from genai_terms._container import integers
from genai_terms._memory import keep
from genai_terms._search.rank import COVERED, COVERED_BITS, RERANKED, Postings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container as Membership
    from collections.abc import Iterable
    from typing import Final

    from genai_terms._container import Container

__all__ = ["MOST", "FewPostings", "open_postings"]

MOST: Final = 4096
"""How many documents an index may have for its scores to be added up in lanes."""

_TOP: Final = 1 << 15
_SIGN: Final = b"\x80"
_STEPS: Final = 6
_SPARE: Final = 12
_KEPT: Final = 2**22

Row = tuple[int, int, int, int]
"""The impacts of a list, what it covers in each of its documents, the greatest impact, and that
of the last of the first `RERANKED` documents; 0 where there are not so many."""


class FewPostings(Postings):
    """Postings of documents so few that no list needs to be left out."""

    __slots__ = ("_most", "_ones", "_rows", "_signs", "_size")

    def __init__(self, container: Container, prefix: str) -> None:
        super().__init__(container, prefix)
        self._size = 2 * self.total
        self._ones = int.from_bytes(b"\1\0" * self.total, "little")
        self._signs = self._ones * _TOP
        self._rows: dict[tuple[int, float], Row] = {}
        self._most = _KEPT // max(1, self._size)

    def of(self, lists: dict[int, float], documents: Iterable[int]) -> dict[int, int]:
        """Return the scores of *documents*."""
        if len(lists) < 2:
            return super().of(lists, documents)
        impacts, covered, most, _ = self._summed(lists)
        if most >= _TOP:
            return super().of(lists, documents)
        summed, parts = self._values(impacts), self._values(covered)
        return {at: summed[at] << COVERED_BITS | parts[at] for at in documents}

    def top(
        self, lists: dict[int, float], limit: int, allowed: Membership[int] | None = None
    ) -> list[tuple[int, int]]:
        """Return (document, score) of the best *limit* documents, best first."""
        if allowed is not None or [*lists.values()] == [1.0]:
            return super().top(lists, limit, allowed)
        impacts, covered, most, likely = self._summed(lists)
        if most >= _TOP:
            return super().top(lists, limit, allowed)
        leading = self._leading(impacts, limit, likely)
        summed, parts = self._values(impacts), self._values(covered)
        ranked = sorted([(-(summed[at] << COVERED_BITS | parts[at]), at) for at in leading])
        return [(document, -score) for score, document in ranked[:limit]]

    def _summed(self, lists: dict[int, float]) -> Row:
        """The rows of *lists*, added up; lanes overflow where the greatest is `_TOP` or more."""
        rows = self._rows
        impacts = covered = most = likely = 0
        for key in lists.items():
            values, parts, greatest, usual = rows.get(key) or self._row(key)
            impacts += values
            covered += parts
            most += greatest
            likely += usual
        return impacts, covered, most, likely

    def _row(self, key: tuple[int, float]) -> Row:
        found = self._read(*key, *self._offsets[key[0] : key[0] + 2])
        impacts, parts = bytearray(self._size), bytearray(self._size)
        for document, score in found.items():
            impacts[2 * document] = score >> COVERED_BITS
            parts[2 * document] = score & COVERED
        last = next(islice(found.values(), RERANKED - 1, None), 0)
        row = (
            int.from_bytes(impacts, "little"),
            int.from_bytes(parts, "little"),
            self._strongest[key[0]],
            last >> COVERED_BITS,
        )
        return keep(self._rows, key, row, self._most)

    def _values(self, row: int) -> memoryview:
        return integers(row.to_bytes(self._size, "little"), "H")

    def _leading(self, row: int, limit: int, likely: int) -> list[int]:
        """The documents of the *limit* greatest lanes, and few that have less.

        The search for a bound begins near *likely*, above what most of them have.
        """
        ones, signs = self._ones, self._signs
        row |= signs
        floor, ceiling, middle = 1, likely + likely // 8 + 2, likely - likely // 4 or 1
        over = 0
        for _ in range(_STEPS):
            some = (row - middle * ones) & signs
            count = some.bit_count()
            if count < limit:
                ceiling = middle
            else:
                floor, over = middle, some
                if count <= limit + _SPARE:
                    break
            middle = (floor + ceiling) // 2 if over else ceiling - ceiling // 4
        gaps = (over or (row - ones) & signs).to_bytes(self._size, "little")[1::2].split(_SIGN)
        return [at + before for before, at in enumerate(accumulate(map(len, gaps[:-1])))]


def open_postings(container: Container, prefix: str) -> Postings:
    """Return a reader of the posting lists of one index."""
    total = container.array(f"{prefix}total", "I")[0]
    return (FewPostings if 0 < total <= MOST else Postings)(container, prefix)

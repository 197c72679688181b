"""Rank documents by summed impacts, term at a time, stopping early (MaxScore).

Lists are taken in order of their greatest impact. Once the best documents found so far
cannot be overtaken by any that is new (Turtle and Flood, 1995), the lists that are left
only add to those documents.
"""

from __future__ import annotations

from bisect import bisect_left
from heapq import nlargest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container as Membership
    from typing import Final

    from genai_terms._container import Container

__all__ = ["Postings"]

_CACHED: Final = 2**18
_LONG: Final = 64

Weighted = tuple[int, float]


class Postings:
    """Reader of the posting lists of one index: which documents hold a word, how strongly."""

    __slots__ = (
        "_cache",
        "_cached",
        "_dense",
        "_documents",
        "_impacts",
        "_offsets",
        "_rows",
        "_strongest",
        "scale",
        "total",
    )

    def __init__(self, container: Container, prefix: str) -> None:
        self.total, scale = container.array(f"{prefix}total", "I")
        self.scale = scale / 2**16 or 1.0
        self._offsets = container.array(f"{prefix}post.o", "I")
        self._documents = container.array(f"{prefix}post.d", "H" if self.total < 2**16 else "I")
        self._impacts = container.bytes(f"{prefix}post.w")
        self._strongest = container.bytes(f"{prefix}post.m")
        self._dense = container.bytes(f"{prefix}dense")
        dense = container.array(f"{prefix}dense.n", "I")
        self._rows = {number: row for row, number in enumerate(dense)}
        self._cache: dict[int, tuple[list[int], bytes]] = {}
        self._cached = 0

    def spread(self, number: int) -> int:
        """Return how many documents list *number* names."""
        spread: int = self._offsets[number + 1] - self._offsets[number]
        return spread

    def _list(self, number: int) -> tuple[list[int], bytes]:
        """The documents of a list and its impacts, kept for the next query."""
        found = self._cache.get(number)
        if found is None:
            start, end = self._offsets[number], self._offsets[number + 1]
            found = (self._documents[start:end].tolist(), self._impacts[start:end].tobytes())
            if self._cached + end - start > _CACHED:
                self._cache.clear()
                self._cached = 0
            self._cached += end - start
            self._cache[number] = found
        return found

    def scores(
        self, lists: list[Weighted], limit: int, allowed: Membership[int] | None = None
    ) -> dict[int, int]:
        """Return summed impacts by document: those of the best *limit*, and of some others.

        *lists* are numbers with a weight from 0 to 1. Where *allowed* is given, only its
        documents count.
        """
        strongest = self._strongest
        ordered = sorted(
            ((int(strongest[number] * weight), number, weight) for number, weight in lists),
            reverse=True,
        )
        remaining = sum(bound for bound, _, _ in ordered)
        scores: dict[int, int] = {}
        get = scores.get
        for at, (bound, number, weight) in enumerate(ordered):
            size = self.spread(number)
            if size > _LONG and len(scores) >= limit and size > len(scores):
                floor = nlargest(limit, scores.values())[-1]
                if floor >= remaining:
                    left = [(n, w) for _, n, w in ordered[at:]]
                    return self._only_add(scores, left, floor - remaining)
            documents, impacts = self._list(number)
            if weight != 1.0:
                impacts = impacts.translate(_scaled(weight))
            if allowed is None:
                for document, impact in zip(documents, impacts, strict=True):
                    scores[document] = get(document, 0) + impact
            else:
                for document, impact in zip(documents, impacts, strict=True):
                    if document in allowed:
                        scores[document] = get(document, 0) + impact
            remaining -= bound
        return scores

    def _only_add(
        self, scores: dict[int, int], lists: list[Weighted], floor: int
    ) -> dict[int, int]:
        """Add *lists* to the documents that may still be among the best."""
        kept = {document: score for document, score in scores.items() if score >= floor}
        for number, weight in lists:
            row = self._rows.get(number)
            if row is not None:
                impacts = self._dense[row * self.total : (row + 1) * self.total]
                for document in kept:
                    kept[document] += int(impacts[document] * weight)
                continue
            documents, weights = self._list(number)
            size = len(documents)
            for document in kept:
                at = bisect_left(documents, document)
                if at < size and documents[at] == document:
                    kept[document] += int(weights[at] * weight)
        return kept

    def impact(self, number: int, document: int) -> int:
        """Return what the word of list *number* contributes to *document*."""
        documents, impacts = self._list(number)
        at = bisect_left(documents, document)
        return impacts[at] if at < len(documents) and documents[at] == document else 0


_TABLES: dict[float, bytes] = {}


def _scaled(weight: float) -> bytes:
    """The table by which impacts are multiplied with *weight*, for bytes.translate."""
    table = _TABLES.get(weight)
    if table is None:
        table = _TABLES[weight] = bytes(int(impact * weight) for impact in range(256))
    return table


def best(scores: dict[int, int], limit: int, total: int) -> list[tuple[int, int]]:
    """Return (score, document) of the *limit* best, ties in order of document."""
    packed = nlargest(limit, [score * total - doc for doc, score in scores.items()])
    return [(-(-value // total), -value % total) for value in packed]

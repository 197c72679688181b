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
_CHAMPIONS: Final = 50
_MANY: Final = 4096

Weighted = tuple[int, float]


class Postings:
    """Reader of the posting lists of one index: which documents hold a word, how strongly."""

    __slots__ = (
        "_breaks",
        "_cache",
        "_cached",
        "_documents",
        "_impacts",
        "_offsets",
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
        self._breaks = container.array(f"{prefix}post.c", "I")
        self._cache: dict[tuple[int, bool], tuple[list[int], bytes]] = {}
        self._cached = 0

    def spread(self, number: int) -> int:
        """Return how many documents list *number* names."""
        spread: int = self._offsets[number + 1] - self._offsets[number]
        return spread

    def _list(self, number: int, *, whole: bool) -> tuple[list[int], bytes]:
        """The documents of a list and its impacts, kept for the next query."""
        found = self._cache.get((number, whole))
        if found is None:
            start = self._offsets[number]
            end = self._offsets[number + 1] if whole else self._breaks[number]
            found = (self._documents[start:end].tolist(), self._impacts[start:end].tobytes())
            if self._cached + end - start > _CACHED:
                self._cache.clear()
                self._cached = 0
            self._cached += end - start
            self._cache[number, whole] = found
        return found

    def scores(
        self, lists: dict[int, float], limit: int, allowed: Membership[int] | None = None
    ) -> dict[int, int]:
        """Return summed impacts by document: those of the best *limit*, and of some others.

        *lists* are numbers with weights from 0 to 1. Where *allowed* is given, only its
        documents count.
        """
        strongest = self._strongest
        whole = allowed is not None or limit > _CHAMPIONS
        ordered = sorted(
            [(int(strongest[n] * weight), n, weight) for n, weight in lists.items()], reverse=True
        )
        remaining = sum(bound for bound, _, _ in ordered)
        scores: dict[int, int] = {}
        get = scores.get
        for at, (bound, number, weight) in enumerate(ordered):
            size = self.spread(number)
            if not whole and size > _LONG and len(scores) >= limit and size > len(scores):
                floor = _floor(scores, limit)
                if floor >= remaining:
                    left = [(n, w) for _, n, w in ordered[at:]]
                    return self._only_add(scores, left, floor - remaining)
            documents, impacts = self._list(number, whole=whole)
            if weight != 1.0:
                impacts = impacts.translate(_scaled(weight))
            if allowed is None and not scores:
                scores.update(zip(documents, impacts, strict=True))
            elif allowed is None:
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
            documents, weights = self._list(number, whole=False)
            size = len(documents)
            for document in kept:
                at = bisect_left(documents, document)
                if at < size and documents[at] == document:
                    kept[document] += int(weights[at] * weight)
        return kept


_TABLES: dict[float, bytes] = {}


def _scaled(weight: float) -> bytes:
    """The table by which impacts are multiplied with *weight*, for bytes.translate."""
    table = _TABLES.get(weight)
    if table is None:
        table = _TABLES[weight] = bytes(int(impact * weight) for impact in range(256))
    return table


def _floor(scores: dict[int, int], limit: int) -> int:
    """The score of the best but *limit* - 1; there are at least *limit*."""
    if len(scores) > _MANY:
        return nlargest(limit, scores.values())[-1]
    return sorted(scores.values())[-limit]


def best(scores: dict[int, int], limit: int) -> list[tuple[int, int]]:
    """Return (score, document) of the *limit* best, ties in order of document."""
    floor = _floor(scores, limit) if 0 < limit < len(scores) else 0
    ranked = sorted([(-score, doc) for doc, score in scores.items() if score >= floor])
    return [(-score, document) for score, document in ranked[:limit]]

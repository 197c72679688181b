"""Rank documents by summed impacts, list at a time, leaving out what cannot matter (MaxScore).

A list begins with its strongest documents, in that order. Lists are taken in order of their
greatest impact; once the best documents found so far cannot be overtaken by any that is new
(Turtle and Flood, 1995), the lists that are left only add to those documents.

A score is one integer: the summed impacts, and below them, in bits of their own, the greatest
impacts of the lists that were met, which tell how much of the query a document covers.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from genai_terms._memory import keep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container as Membership
    from collections.abc import Iterable
    from typing import Final

    from genai_terms._container import Container

__all__ = [
    "CHAMPIONS",
    "COVERED",
    "COVERED_BITS",
    "FEWEST_CHAMPIONS",
    "RERANKED",
    "Postings",
    "best",
]

COVERED_BITS: Final = 17
"""How many of the lower bits of a score tell what it covers."""
COVERED: Final = (1 << COVERED_BITS) - 1

FEWEST_CHAMPIONS: Final = 64
"""How many of its strongest documents a list begins with, in this order, if it has so many."""
CHAMPIONS: Final = 256
"""How many it begins with in a large index.

What is behind them, in order of documents, is read to complete the scores of those that the
champions have brought to the front, and where documents are filtered.
"""

RERANKED: Final = 14
"""How many documents may change places by how much of the query they cover."""

_CACHED: Final = 2**16
_MANY: Final = 4096
_COMPLETED: Final = 64
_SHORT: Final = 512
_REMEMBERED: Final = 512

Key = tuple[int, float] | tuple[int, float, bool]
"""A list and its weight; a third item is there for what is behind its champions."""
Bounded = tuple[int, int, float]
"""The greatest impact of a list under its weight, its number, its weight."""


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
        self._cache: dict[Key, dict[int, int]] = {}
        self._cached = 0

    def spread(self, number: int) -> int:
        """Return how many documents list *number* names."""
        spread: int = self._offsets[number + 1] - self._offsets[number]
        return spread

    def champions(self, number: int, weight: float = 1.0) -> dict[int, int]:
        """Return the strongest documents of a list, in this order, with their scores."""
        return self._cache.get((number, weight)) or self._remembered(
            (number, weight), self._offsets[number], self._breaks[number]
        )

    def _remembered(self, key: Key, start: int, end: int) -> dict[int, int]:
        found = self._read(key[0], key[1], start, end)
        if self._cached + len(found) > max(_CACHED, 2 * self.total):
            self._cache.clear()
            self._cached = 0
        self._cached += len(found)
        self._cache[key] = found
        return found

    def _read(self, number: int, weight: float, start: int, end: int) -> dict[int, int]:
        packed = _packed[self._strongest[number], weight]
        scores = map(packed.__getitem__, self._impacts[start:end].tobytes())
        return dict(zip(self._documents[start:end].tolist(), scores, strict=True))

    def of(self, lists: dict[int, float], documents: Iterable[int]) -> dict[int, int]:
        """Return the scores of *documents*."""
        scores = dict.fromkeys(documents, 0)
        for number, weight in lists.items():
            champions = self.champions(number, weight)
            for document in scores:
                scores[document] += champions.get(document, 0)
            self._complete(scores, number, weight)
        return scores

    def weighed(
        self, lists: dict[int, float], found: Iterable[tuple[int, int]], coverage: float
    ) -> dict[int, float]:
        """Return numbers for documents *found* as (document, score).

        The share *coverage* of a number goes to how much of the query is covered.
        """
        if not coverage:
            unit = 1 / self.scale
            return {document: (score >> COVERED_BITS) * unit for document, score in found}
        whole = sum([int(self._strongest[n] * weight) for n, weight in lists.items()]) or 1
        most, part = (1 - coverage) / self.scale, coverage / (whole * self.scale)
        return {
            document: (score >> COVERED_BITS) * (most + part * (score & COVERED))
            for document, score in found
        }

    def first(
        self, lists: dict[int, float], limit: int, allowed: Membership[int] | None = None
    ) -> list[tuple[int, int]]:
        """Return (document, score) of the best *limit* documents; fewer are the first of more.

        `top` reads the deeper the more is asked for, so those that only a deeper reading
        brings up stand behind, none with a greater score; behind the first `RERANKED`, a
        score says nothing of what is covered.
        """
        leaders = self.top(lists, RERANKED, allowed)
        if limit <= RERANKED:
            return leaders[:limit]
        found = dict(leaders)
        floor = min(found.values(), default=0)
        for fewer, depth in ((RERANKED, FEWEST_CHAMPIONS), (FEWEST_CHAMPIONS, limit)):
            for document, score in self.top(lists, depth, allowed) if limit > fewer else ():
                if document not in found:
                    found[document] = floor = min(floor, score) & ~COVERED
        return [*found.items()][:limit]

    def top(
        self, lists: dict[int, float], limit: int, allowed: Membership[int] | None = None
    ) -> list[tuple[int, int]]:
        """Return (document, score) of about the best *limit* documents, best first.

        *lists* are numbers with weights from 0 to 1. Where *allowed* is given, only its
        documents count.
        """
        few = allowed is None and limit <= FEWEST_CHAMPIONS
        if few and [*lists.values()] == [1.0]:  # a weight makes scores equal that are in order
            return [*islice(self.champions(*lists).items(), limit)]
        strongest = self._strongest
        ordered = sorted(
            [(int(strongest[n] * weight), n, weight) for n, weight in lists.items()], reverse=True
        )
        if not few:
            return best(self._all(ordered, allowed), limit)
        cut = [n for _, n, _ in ordered if self._breaks[n] < self._offsets[n + 1]]
        wanted = max(limit, min(_COMPLETED, self.total // _COMPLETED)) if cut else limit
        scores = self._best(ordered, wanted)
        if cut and len(scores) > max(wanted, _COMPLETED):
            scores = dict(best(scores, wanted))
        for number in cut:
            self._complete(scores, number, lists[number])
        return best(scores, limit)

    def _all(self, ordered: list[Bounded], allowed: Membership[int] | None) -> dict[int, int]:
        """The scores of all documents, or of those that are *allowed*."""
        scores: dict[int, int] = {}
        for _, number, weight in ordered:
            found = self._read(number, weight, *self._offsets[number : number + 2])
            for document, score in found.items():
                if allowed is None or document in allowed:
                    scores[document] = scores.get(document, 0) + score
        return scores

    def _best(self, ordered: list[Bounded], limit: int) -> dict[int, int]:
        """The scores that the champions of all lists add up to, of what may be among the best.

        *floor* is what the best *limit* documents have at least.
        """
        scores: dict[int, int] = {}
        floor, remaining = 0, sum([bound for bound, _, _ in ordered]) + 1 << COVERED_BITS
        for bound, number, weight in ordered:
            found = self.champions(number, weight)
            if len(found) >= limit:
                floor = max(floor, next(islice(found.values(), limit - 1, None)))
            if not scores:
                scores = found.copy()
            elif floor < remaining:
                get = scores.get
                for document, score in found.items():
                    scores[document] = get(document, 0) + score
            else:
                for document in scores.keys() & found.keys():
                    scores[document] += found[document]
            remaining -= bound << COVERED_BITS
        if floor and len(scores) > _COMPLETED:
            return {document: score for document, score in scores.items() if score >= floor}
        return scores

    def _complete(self, scores: dict[int, int], number: int, weight: float) -> None:
        """Add what a list says of documents that are not among its champions."""
        first, end = self._breaks[number], self._offsets[number + 1]
        if first == end:
            return
        champions = self.champions(number, weight)
        if end - first <= _SHORT:
            key = (number, weight, True)
            rest = self._cache.get(key) or self._remembered(key, first, end)
            for document in scores:
                if document not in champions:
                    scores[document] += rest.get(document, 0)
            return
        documents, impacts = self._documents, self._impacts
        packed = _packed[self._strongest[number], weight]
        for document in scores:
            if document not in champions:
                at = bisect_left(documents, document, first, end)
                if at < end and documents[at] == document:
                    scores[document] += packed[impacts[at]]


class _Packed(dict[tuple[int, float], list[int]]):
    """The score that each impact makes in a list of this greatest impact, under a weight."""

    def __missing__(self, key: tuple[int, float]) -> list[int]:
        strongest, weight = key
        covered = int(strongest * weight)
        scores = [max(1, int(impact * weight)) << COVERED_BITS | covered for impact in range(256)]
        return keep(self, key, scores, _REMEMBERED)


_packed: Final = _Packed()


def _nth(scores: dict[int, int], limit: int) -> int:
    """The score of the best but *limit* - 1; there are at least *limit*."""
    if len(scores) > _MANY:
        from heapq import nlargest

        return nlargest(limit, scores.values())[-1]
    return sorted(scores.values(), reverse=True)[limit - 1]


def best(scores: dict[int, int], limit: int) -> list[tuple[int, int]]:
    """Return (document, score) of the *limit* best, ties in order of document."""
    floor = _nth(scores, limit) if 0 < limit < len(scores) else 0
    ranked = sorted([(-score, doc) for doc, score in scores.items() if score >= floor])
    return [(document, -score) for score, document in ranked[:limit]]

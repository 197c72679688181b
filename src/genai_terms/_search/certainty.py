"""Which terms a query names, and how certainly.

The order of certainty: the query is a name; it sets names against each other; a name begins
with it; a name holds all its words; the whole query is a name misspelt. Nothing fuzzy stands
above an exact name.
"""

from __future__ import annotations

from genai_terms._text import fold, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Final

    from genai_terms._names import Names
    from genai_terms._search.plain import PlainNames
    from genai_terms._search.query import Query, Vocabulary
    from genai_terms._search.rank import Postings

__all__ = ["Certainty"]

_EXACT: Final = 4000.0
_BEGINS: Final = 3000.0
_COMPARED: Final = 3500.0
_SIDE: Final = 50.0
_MOST_SIDES: Final = 9
_HOLDS: Final = 2000.0
_MISSPELT: Final = 1000.0
_MENDED: Final = 700.0
_HALF: Final = 350.0
_SLIP: Final = 100.0
_TIER: Final = 10.0
_LETTER: Final = 2.0
_INSIDE: Final = 500.0
_POPULARITY: Final = 60.0

_BEGIN_LIMIT: Final = 64
_MOST_NAME_WORDS: Final = 6
_LONGEST_NAME: Final = 200
_NEAR_LIMIT: Final = 24
_RARE: Final = 4
"""A word is rare that stands in less than one of so many documents."""

Certain = dict[int, float]


class _Back(dict[int, float]):
    """How far a name stands back among those that go on from a query, by its place's rank."""

    def __missing__(self, rank: int) -> float:
        inside, popularity, length = rank >> 14, rank >> 12 & 3, rank & 4095
        back = _INSIDE * inside + _POPULARITY * popularity + _LETTER * min(length, 150)
        self[rank] = back
        return back


_BACK: Final = _Back()


class Certainty:
    """The names of a bundle, to be found in queries."""

    __slots__ = ("_names", "_plain", "_postings", "_vocabulary")

    def __init__(
        self, names: Names, plain: PlainNames, vocabulary: Vocabulary, postings: Postings
    ) -> None:
        self._names = names
        self._plain = plain
        self._vocabulary = vocabulary
        self._postings = postings

    def of(self, text: str, query: Query, allowed: AbstractSet[int] | None) -> Certain:
        """Return how certain it is that each term is meant whose name stands in the query."""
        found: Certain = {}
        key = fold(text[:_LONGEST_NAME])
        find = self._names.find
        if query.plain and len(query.content) <= _MOST_NAME_WORDS:
            self._by_words(found, query.plain, query.content, (_BEGINS, _HOLDS), allowed)
            if not found and query.mended:
                self._mended(found, key, query, allowed)
            elif not found and len(query.content) > 1:
                self._slipped(found, key, query, allowed)
        sides = [find(side) for side in query.sides]
        if len(sides) > 1 and all(sides):
            for number, side in reversed([*enumerate(sides)]):
                found.update(dict.fromkeys(side, _COMPARED - _SIDE * min(number, _MOST_SIDES)))
        for position in find(key) or self._asked_about(query):
            found[position] = _EXACT - _TIER * self._names.tier(position)
        if allowed is None:
            return found
        return {position: found[position] for position in found.keys() & allowed}

    def _asked_about(self, query: Query) -> tuple[int, ...]:
        """The terms that a question asks about, unless a name begins as the whole query does."""
        found = self._names.find(query.asked)
        if found:
            first, last = self._plain.places(query.plain)
            return found if first == last else ()
        return found

    def _by_words(
        self,
        found: Certain,
        whole: str,
        content: list[str],
        tops: tuple[float, float],
        allowed: AbstractSet[int] | None,
    ) -> None:
        """Take names that begin with the *whole* text, and names that hold all its words."""
        plain = self._plain
        begins, holds = tops
        if len(content) > 1:
            numbers = plain.with_word(content[-1], unfinished=len(content[-1]) > 2)
            for word in content[:-1]:
                if not numbers:
                    break
                numbers &= plain.with_word(word)
            owners, texts = plain.owners, plain.texts
            for number in numbers:
                certainty = holds - _LETTER * min(len(texts[number]), 99)
                position = owners[number]
                if certainty > found.get(position, 0.0):
                    found[position] = certainty
        if len(whole) > 1:
            first, last = plain.places(whole)
            if first == last:
                return
            if allowed is None:
                last = min(last, first + _BEGIN_LIMIT)
            owned = plain.place_owners[first:last].tolist()
            back = map(_BACK.__getitem__, plain.place_ranks[first:last].tolist())
            for position, behind in zip(owned, back, strict=True):
                certainty = begins - behind
                if certainty > found.get(position, 0.0):
                    found[position] = certainty

    def _mended(
        self, found: Certain, key: str, query: Query, allowed: AbstractSet[int] | None
    ) -> None:
        """Take names that are near what was typed, and names that hold its mended words."""
        accept = None if allowed is None else allowed.__contains__
        for spelled in dict.fromkeys((key, query.asked)):
            for edits, _, position in self._names.near(spelled, _NEAR_LIMIT, accept):
                certainty = self._misspelt(position, edits)
                found[position] = max(certainty, found.get(position, 0.0))
        mended = " ".join(query.mended.get(word, word) for word in query.content)
        tops = (_MENDED, _MENDED - _HALF)
        self._by_words(found, mended, mended.split(), tops, allowed)

    def _slipped(
        self, found: Certain, key: str, query: Query, allowed: AbstractSet[int] | None
    ) -> None:
        """Take names of which a single slip made other words that the glossary uses.

        A common word is what it says, unless it begins as a word of the name does: "date
        privacy" is a slip for "data privacy", "cost training" is none for "post-training".
        """
        if not any(map(self._plain.with_word, query.content)):
            return
        accept = None if allowed is None else allowed.__contains__
        for spelled in dict.fromkeys((key, query.asked)):
            for edits, name, position in self._names.one_off(spelled, accept):
                whole = fold(name)
                begun = {word[0] for word in words(name)}
                other = [word for word in query.content if word not in whole]
                if all(word[0] in begun or self._rare(word) for word in other):
                    found[position] = self._misspelt(position, edits)

    def _misspelt(self, position: int, edits: int) -> float:
        """How certain it is that a name of a term was meant which *edits* part from the query."""
        return _MISSPELT - _SLIP * edits - _TIER * self._names.tier(position)

    def _rare(self, word: str) -> bool:
        """Whether so few terms hold a word that it may be a slip."""
        number = self._vocabulary.number(word)
        return number is None or self._postings.spread(number) * _RARE < self._postings.total

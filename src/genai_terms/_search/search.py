"""Answer queries: certain names first, then what the texts say, in one order.

The order of certainty: the query is a name; it sets names against each other; a name begins
with it; a name holds all its words; the whole query is a name misspelt; BM25F, with a share
for how much of the query a term covers. Nothing fuzzy stands above an exact name.
"""

from __future__ import annotations

from genai_terms._search.hits import FAQHit, SearchHit
from genai_terms._search.lanes import open_postings
from genai_terms._search.plain import PlainNames
from genai_terms._search.query import Query, Vocabulary
from genai_terms._search.rank import RERANKED
from genai_terms._text import fold, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Final

    from genai_terms._bundle import Bundle
    from genai_terms._glossary import Glossary
    from genai_terms._search.rank import Postings
    from genai_terms._search.suggest import Suggester

__all__ = ["Searcher"]

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
_NAMED_BONUS: Final = 0.3
_RARE: Final = 4
"""A word is rare that stands in less than one of so many documents."""
_COVERAGE: Final = 0.45
"""How much of a score goes to what covers the query: its words by the weight of each."""

_PROSE: Final = (
    "overview",
    "how_it_works",
    "deep_dive",
    "why_it_matters",
    "considerations",
    "career_relevance",
    "origin",
)

Certain = dict[int, float]
NameWords = dict[int, list[frozenset[int]]]
Passage = tuple[str, str, tuple[tuple[int, int], ...]]
"""The field that a passage is of, its text, and where words of the query stand in it."""


class _Back(dict[int, float]):
    """How far a name stands back among those that go on from a query, by its place's rank."""

    def __missing__(self, rank: int) -> float:
        inside, popularity, length = rank >> 14, rank >> 12 & 3, rank & 4095
        back = _INSIDE * inside + _POPULARITY * popularity + _LETTER * min(length, 150)
        self[rank] = back
        return back


_BACK: Final = _Back()


class Searcher:
    """The search index of a bundle, opened."""

    __slots__ = ("_bundle", "_faqs", "_last", "_named", "_suggester", "faq_numbers", "faq_terms",
                 "names", "plain", "postings", "vocabulary")  # fmt: skip

    def __init__(self, bundle: Bundle) -> None:
        container = bundle.search
        self._bundle = bundle
        self.names = bundle.names
        self.postings = open_postings(container, "")
        self.vocabulary = Vocabulary(container, self.postings)
        self.plain = PlainNames(container)
        self.faq_terms = container.array("faq.t", "I")
        self.faq_numbers = container.array("faq.n", "H")
        self._suggester: Suggester | None = None
        self._faqs: Postings | None = None
        self._named: dict[int, NameWords] = {}
        self._last: tuple[tuple[int, str], Passage] | None = None

    @property
    def suggester(self) -> Suggester:
        """The names, ready to be completed."""
        if self._suggester is None:
            from genai_terms._search.suggest import Suggester

            self._suggester = Suggester(self.names, self.plain)
        return self._suggester

    def search(
        self, glossary: Glossary, text: str, limit: int, allowed: AbstractSet[int] | None
    ) -> list[SearchHit]:
        """Return the best *limit* terms of *glossary* for *text*, best first."""
        query = self.vocabulary.parse(text)
        several = len(query.content) > 1
        coverage = _COVERAGE if several else 0.0
        postings, lists = self.postings, query.lists
        reranked = several or len(lists) > 1
        found = postings.first(lists, max(limit, RERANKED) if reranked else limit, allowed)
        ranked = postings.weighed(lists, found[:RERANKED], coverage)
        if several:
            self._favor_named(query, ranked)
        certain = self._certain(text, query, allowed)
        if certain:
            missing = certain.keys() - ranked.keys()
            if missing:
                others = postings.of(lists, missing)
                ranked |= postings.weighed(lists, others.items(), coverage)
            for position, certainty in certain.items():
                ranked[position] += certainty
        ordered = sorted([(-score, position) for position, score in ranked.items()])
        if len(found) > RERANKED:
            behind = postings.weighed(lists, found[RERANKED:], coverage)
            ordered += [(-score, at) for at, score in behind.items() if at not in ranked]
        return SearchHit._all(glossary, text, ordered[:limit])

    def _certain(self, text: str, query: Query, allowed: AbstractSet[int] | None) -> Certain:
        """The terms whose names the query is, begins, is made of, or misspells."""
        found: Certain = {}
        key = fold(text[:_LONGEST_NAME])
        find, meta = self.names.find, self.names.meta
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
        for position in find(key) or find(query.asked):
            found[position] = _EXACT - _TIER * meta[4 * position + 3]
        if allowed is None:
            return found
        return {position: found[position] for position in found.keys() & allowed}

    def _by_words(
        self,
        found: Certain,
        whole: str,
        content: list[str],
        tops: tuple[float, float],
        allowed: AbstractSet[int] | None,
    ) -> None:
        """Take names that begin with the *whole* text, and names that hold all its words."""
        plain = self.plain
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
            for edits, _, position in self.names.near(spelled, _NEAR_LIMIT, accept):
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
        if not any(map(self.plain.with_word, query.content)):
            return
        accept = None if allowed is None else allowed.__contains__
        for spelled in dict.fromkeys((key, query.asked)):
            for edits, name, position in self.names.one_off(spelled, accept):
                whole = fold(name)
                begun = {word[0] for word in words(name)}
                other = [word for word in query.content if word not in whole]
                if all(word[0] in begun or self._rare(word) for word in other):
                    found[position] = self._misspelt(position, edits)

    def _misspelt(self, position: int, edits: int) -> float:
        """How certain it is that a name of a term was meant which *edits* part from the query."""
        return _MISSPELT - _SLIP * edits - _TIER * self.names.meta[4 * position + 3]

    def _rare(self, word: str) -> bool:
        """Whether so few terms hold a word that it may be a slip."""
        number = self.vocabulary.number(word)
        return number is None or self.postings.spread(number) * _RARE < self.postings.total

    def _favor_named(self, query: Query, ranked: dict[int, float]) -> None:
        """Raise the terms that the query names in full among its other words."""
        lists, get = query.lists, self._named.get
        asked = frozenset(lists)
        for position in ranked:
            names = get(position)
            if names is None:
                names = self._name_words(position)
            most = 0
            for number in lists:
                if number in names:
                    for name in names[number]:
                        if len(name) > most and name <= asked:
                            most = len(name)
            if most:
                ranked[position] *= 1 + _NAMED_BONUS * most / (most + 1)

    def _name_words(self, position: int) -> NameWords:
        """The names of a term as sets of posting lists, by the rarest list of each."""
        numbers, spread = self.vocabulary.numbers, self.postings.spread
        names: NameWords = {}
        for name in {frozenset(numbers(text)) for text in self.plain.of(position)}:
            if name:
                names.setdefault(min(name, key=spread), []).append(name)
        self._named[position] = names
        return names

    def search_faqs(
        self, glossary: Glossary, text: str, limit: int, allowed: AbstractSet[int] | None
    ) -> list[FAQHit]:
        """Return the best *limit* questions of *glossary* for *text*, best first."""
        if self._faqs is None:
            self._faqs = open_postings(self._bundle.search, "faq.")
        query = self.vocabulary.parse(text)
        chosen = None
        if allowed is not None:
            chosen = {at for at, position in enumerate(self.faq_terms) if position in allowed}
        found = self._faqs.first(query.lists, limit, chosen)
        scores = self._faqs.weighed(query.lists, found, 0.0)
        terms, numbers = self.faq_terms, self.faq_numbers
        return FAQHit._all(glossary, ((s, terms[at], numbers[at]) for at, s in scores.items()))

    def passage(self, position: int, text: str) -> Passage:
        """Return the passage of the term at *position* that answers *text* best.

        The last one is remembered: a hit shows it in three parts.
        """
        asked, last = (position, text), self._last
        if last is not None and last[0] == asked:
            return last[1]
        found = self._best_passage(position, text)
        self._last = (asked, found)
        return found

    def _best_passage(self, position: int, text: str) -> Passage:
        import json

        from genai_terms._search.passage import best_window

        record = json.loads(self._bundle.record(position))
        query = self.vocabulary.parse(text)
        wanted = {n: w / (1 + self.postings.spread(n)) for n, w in query.lists.items()}
        texts = [("definition", record["definition"])]
        texts += (("faqs", f"{faq['question']} {faq['answer']}") for faq in record["faqs"])
        texts += ((field, record[field]) for field in _PROSE if record[field])
        found = [(field, best_window(value, self.vocabulary, wanted)) for field, value in texts]
        field, (_, snippet, highlights) = max(found, key=lambda item: item[1][0])
        return field, snippet, highlights

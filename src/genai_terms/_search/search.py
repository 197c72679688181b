"""Answer queries: certain names first, then what the texts say, in one order.

The order of certainty: the query is a name; a name begins with it; a name holds all its
words; the whole query is a name misspelt; BM25F. Nothing fuzzy stands above an exact name.
"""

from __future__ import annotations

from genai_terms._search.analyze import STOP_WORDS
from genai_terms._search.hits import FAQHit, SearchHit, best_window
from genai_terms._search.plain import PlainNames
from genai_terms._search.query import Query, Vocabulary
from genai_terms._search.rank import Postings, best
from genai_terms._search.suggest import Suggester
from genai_terms._text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from typing import Final

    from genai_terms._bundle import Bundle
    from genai_terms._glossary import Glossary

    Take = Callable[[int, float], None]
    Accept = Callable[[int], bool]

__all__ = ["Searcher"]

_EXACT: Final = 4000.0
_BEGINS: Final = 3000.0
_HOLDS: Final = 2000.0
_MISSPELT: Final = 1000.0

_BEGIN_LIMIT: Final = 64
_MOST_NAME_WORDS: Final = 6
_LONGEST_NAME: Final = 200
_RERANKED: Final = 24
_NAMED_BONUS: Final = 0.5
_PROSE: Final = (
    "overview",
    "how_it_works",
    "deep_dive",
    "why_it_matters",
    "considerations",
    "career_relevance",
    "origin",
)


class Searcher:
    """The search index of a bundle, opened."""

    __slots__ = ("_bundle", "_faqs", "_named", "faq_numbers", "faq_terms", "names", "plain",
                 "postings", "suggester", "vocabulary")  # fmt: skip

    def __init__(self, bundle: Bundle) -> None:
        container = bundle.search
        self._bundle = bundle
        self.names = bundle.names
        self.postings = Postings(container, "")
        self.vocabulary = Vocabulary(container, self.postings)
        self.plain = PlainNames(container)
        self.suggester = Suggester(self.names, self.plain)
        self.faq_terms = container.array("faq.t", "I")
        self.faq_numbers = container.array("faq.n", "H")
        self._faqs: Postings | None = None
        self._named: dict[int, tuple[frozenset[int], ...]] = {}

    def search(
        self, glossary: Glossary, text: str, limit: int, allowed: AbstractSet[int] | None
    ) -> list[SearchHit]:
        """Return the best *limit* terms of *glossary* for *text*, best first."""
        query = self.vocabulary.parse(text)
        scores = self.postings.scores(list(query.lists.items()), max(limit, _RERANKED), allowed)
        total = self.postings.total + 1
        scale = self.postings.scale
        ranked = {
            position: score / scale for score, position in best(scores, limit + _RERANKED, total)
        }
        self._favor_named(query, ranked)
        for position, certainty in self._certain(text, query, allowed).items():
            ranked[position] = certainty + ranked.get(position, scores.get(position, 0) / scale)
        ordered = sorted(ranked.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [SearchHit._made(glossary, position, text, score) for position, score in ordered]

    def _certain(
        self, text: str, query: Query, allowed: AbstractSet[int] | None
    ) -> dict[int, float]:
        """The terms whose names the query is, begins, is made of, or misspells."""
        found: dict[int, float] = {}

        def take(position: int, certainty: float) -> None:
            if allowed is None or position in allowed:
                tier = self.names.meta[4 * position + 3]
                found[position] = max(found.get(position, 0.0), certainty - 10.0 * tier)

        key = fold(text[:_LONGEST_NAME])
        for spelled in dict.fromkeys((key, query.asked)):
            for position in self.names.find(spelled):
                take(position, _EXACT)
        if query.plain and len(query.content) <= _MOST_NAME_WORDS:
            self._by_words(query.plain, query.content, take)
            if query.mended and not found:
                self._mended(key, query, take, None if allowed is None else allowed.__contains__)
        return found

    def _mended(self, key: str, query: Query, take: Take, accept: Accept | None) -> None:
        """Take names that are near what was typed, and names that hold its mended words."""
        for spelled in dict.fromkeys((key, query.asked)):
            for edits, _, position in self.names.near(spelled, _RERANKED, accept):
                take(position, _MISSPELT - 100.0 * edits)
        mended = " ".join(query.mended.get(word, word) for word in query.content).split()

        def take_lower(position: int, certainty: float) -> None:
            take(position, certainty - _BEGINS)

        self._by_words(" ".join(mended), mended, take_lower)

    def _by_words(self, whole: str, content: list[str], take: Take) -> None:
        """Take names that begin with the *whole* text, and names that hold all its words."""
        plain = self.plain
        if len(whole) > 1:
            for at in plain.beginning(whole)[:_BEGIN_LIMIT]:
                number = plain.numbers[at]
                shorter = 2.0 * min(len(plain.texts[number]), 99)
                inside = 500.0 if plain.offsets[at] else 0.0
                take(plain.owners[number], _BEGINS - inside - shorter)
        *first, last = content
        if not first:
            return
        numbers = plain.with_word(last, unfinished=len(last) > 2)
        for word in first:
            if not numbers:
                return
            numbers &= plain.with_word(word)
        for number in sorted(numbers):
            take(plain.owners[number], _HOLDS - 2.0 * min(len(plain.texts[number]), 99))

    def _favor_named(self, query: Query, ranked: dict[int, float]) -> None:
        """Raise the terms that the query names in full among its other words."""
        if len(query.content) < 2:
            return
        asked = query.lists.keys()
        for position in ranked:
            named = max((len(n) for n in self._name_words(position) if n <= asked), default=0)
            if named:
                ranked[position] *= 1 + _NAMED_BONUS * named / (named + 1)

    def _name_words(self, position: int) -> tuple[frozenset[int], ...]:
        """The names of a term as sets of posting lists, one of which may be in a query."""
        found = self._named.get(position)
        if found is None:
            sets: list[frozenset[int]] = []
            for text in self.plain.of(position):
                numbers = [self.vocabulary.number(w) for w in text.split() if w not in STOP_WORDS]
                if numbers and None not in numbers:
                    sets.append(frozenset(n for n in numbers if n is not None))
            found = self._named[position] = tuple(sets)
        return found

    def search_faqs(
        self, glossary: Glossary, text: str, limit: int, allowed: AbstractSet[int] | None
    ) -> list[FAQHit]:
        """Return the best *limit* questions of *glossary* for *text*, best first."""
        if self._faqs is None:
            self._faqs = Postings(self._bundle.search, "faq.")
        query = self.vocabulary.parse(text)
        chosen = None
        if allowed is not None:
            chosen = {at for at, position in enumerate(self.faq_terms) if position in allowed}
        scores = self._faqs.scores(list(query.lists.items()), limit, chosen)
        return [
            FAQHit._made(
                glossary, self.faq_numbers[at], self.faq_terms[at], score / self._faqs.scale
            )
            for score, at in best(scores, limit, self._faqs.total + 1)
        ]

    def passage(self, position: int, text: str) -> tuple[str, str, tuple[tuple[int, int], ...]]:
        """Return field, snippet and highlights of the passage that answers best."""
        import json

        record = json.loads(self._bundle.record(position))
        query = self.vocabulary.parse(text)
        wanted = {n: w / (1 + self.postings.spread(n)) for n, w in query.lists.items()}
        texts = [("definition", record["definition"])]
        texts += (("faqs", f"{faq['question']} {faq['answer']}") for faq in record["faqs"])
        texts += ((field, record[field]) for field in _PROSE if record[field])
        found = [(field, best_window(value, self, wanted)) for field, value in texts]
        field, (_, snippet, highlights) = max(found, key=lambda item: item[1][0])
        return field, snippet, highlights

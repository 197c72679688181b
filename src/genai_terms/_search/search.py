"""Answer queries: certain names first, then what the texts say, in one order.

Behind the terms that a query names (`certainty`) stand those whose texts answer it: BM25F, with
a share for how much of the query a term covers.
"""

from __future__ import annotations

from genai_terms._container import owned
from genai_terms._memory import keep
from genai_terms._search.certainty import Certainty
from genai_terms._search.hits import FAQHit, SearchHit
from genai_terms._search.lanes import open_postings
from genai_terms._search.plain import PlainNames
from genai_terms._search.query import Query, Vocabulary
from genai_terms._search.rank import RERANKED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Final

    from genai_terms._bundle import Bundle
    from genai_terms._glossary import Glossary
    from genai_terms._search.rank import Postings
    from genai_terms._search.suggest import Suggester

__all__ = ["Searcher"]

_NAMED_BONUS: Final = 0.3
_REMEMBERED: Final = 2**13
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

Named = tuple[frozenset[int], frozenset[int]]
"""A name as a set of posting lists, and the positions of the terms that bear it."""
Passage = tuple[str, str, tuple[tuple[int, int], ...]]
"""The field that a passage is of, its text, and where words of the query stand in it."""


class Searcher:
    """The search index of a bundle, opened."""

    __slots__ = (
        "_bundle", "_certainty", "_faqs", "_last", "_name_lists", "_name_places", "_named",
        "_rarest", "_suggester", "faq_numbers", "faq_terms", "names", "plain", "postings",
        "vocabulary",
    )  # fmt: skip

    def __init__(self, bundle: Bundle) -> None:
        container = bundle.search
        self._bundle = bundle
        self.names = bundle.names
        self.postings = open_postings(container, "")
        self.vocabulary = Vocabulary(container, self.postings)
        self.plain = PlainNames(container)
        self._certainty = Certainty(self.names, self.plain, self.vocabulary, self.postings)
        self.faq_terms = container.array("faq.t", "I")
        self.faq_numbers = container.array("faq.n", "H")
        self._suggester: Suggester | None = None
        self._faqs: Postings | None = None
        self._rarest = container.array("named.k", "I")
        self._name_places = container.array("named.p", "I")
        self._name_lists = container.array("named.n", "I")
        self._named: dict[int, list[Named]] = {}
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
        certain = self._certainty.of(text, query, allowed)
        if certain:
            missing = certain.keys() - ranked.keys()
            if missing:
                others = postings.of(lists, missing)
                ranked |= postings.weighed(lists, others.items(), coverage)
            for position, certainty in certain.items():
                ranked[position] += certainty
        ordered = sorted(sorted(ranked), key=ranked.__getitem__, reverse=True)
        if len(found) > RERANKED:
            behind = postings.weighed(lists, found[RERANKED:], coverage)
            ordered += [position for position in behind if position not in ranked]
            ranked = behind | ranked
        return SearchHit._all(glossary, text, ordered[:limit], ranked)

    def _favor_named(self, query: Query, ranked: dict[int, float]) -> None:
        """Raise the terms that the query names in full among its other words."""
        asked, get = query.lists.keys(), self._named.get
        most: dict[int, int] = {}
        for number in asked:
            names = get(number)
            for name, bearers in self._names_told_by(number) if names is None else names:
                if name <= asked:
                    size = len(name)
                    for position in bearers.intersection(ranked):
                        most[position] = max(size, most.get(position, 0))
        for position, size in most.items():
            ranked[position] *= 1 + _NAMED_BONUS * size / (size + 1)

    def _names_told_by(self, number: int) -> list[Named]:
        """The names of which this posting list is the rarest."""
        found: list[Named] = []
        for at in owned(self._rarest, number):
            told = self._name_lists[self._name_places[at] : self._name_places[at + 1]].tolist()
            end = 0
            while end < len(told):
                begin, middle = end + 2, end + 2 + told[end]
                end = middle + told[end + 1]
                found.append((frozenset(told[begin:middle]), frozenset(told[middle:end])))
        return keep(self._named, number, found, _REMEMBERED)

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

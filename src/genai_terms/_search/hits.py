"""What a search answers with: light tuples that read their texts when they are asked."""

from __future__ import annotations

from itertools import islice, repeat

from genai_terms._damage import guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, Final

    from genai_terms._bundle import Bundle
    from genai_terms._glossary import Glossary
    from genai_terms._models import FAQ, Term

__all__ = ["FAQHit", "SearchHit", "Suggestion"]

Span = tuple[int, int]

_tuple: Any = tuple
_size: Final[Any] = _tuple.__len__
_kept: Final[Any] = _tuple.__getitem__


class _Hit(tuple[object, ...]):
    """A tuple whose items are computed: what it keeps is private, what it shows is `_fields`.

    It keeps the glossary and the position of a term first.
    """

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return (getattr(self, field) for field in self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __contains__(self, item: object) -> bool:
        return item in [*self]

    def __getitem__(self, at: Any) -> Any:
        return tuple(iter(self))[at]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and [*self] == [*other]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(tuple(iter(self)))

    def __repr__(self) -> str:
        shown = ", ".join(f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({shown})"

    @property
    def _glossary(self) -> Glossary:
        glossary: Glossary = _kept(self, 0)
        return glossary

    @property
    def _bundle(self) -> Bundle:
        return self._glossary._bundle

    @property
    def _position(self) -> int:
        position: int = _kept(self, 1)
        return position

    def __reduce__(self) -> tuple[Any, ...]:
        kept = tuple(_kept(self, at) for at in range(_size(self)))
        return (_restored, (type(self), kept))


def _restored(kind: type[_Hit], kept: tuple[Any, ...]) -> _Hit:
    return kind(kept)


class _Named(_Hit):
    """A hit that shows which term it is of."""

    __slots__ = ()

    @property
    @guarded
    def term_id(self) -> str:
        """The id of the term."""
        return self._glossary._bundle.names.ids.text(self._position)

    @property
    @guarded
    def name(self) -> str:
        """The headword of the term."""
        return self._glossary._bundle.names.name(self._position)


class _Scored(_Hit):
    """A hit with a score, kept in the fourth place, and the term itself."""

    __slots__ = ()

    @property
    def score(self) -> float:
        """How well it answers, above 0; orders the hits of one query, says nothing across."""
        score: float = _kept(self, 3)
        return score

    @property
    @guarded
    def term(self) -> Term:
        """The term that it belongs to, decoded now."""
        return self._glossary._bundle.term(self._position)


class SearchHit(_Named, _Scored):
    """A term that answers a query, with where and how well.

    `score` orders the hits of one query, best first; it says nothing across queries.

    >>> from genai_terms import search
    >>> hit = search("chatbot invents sources")[0]
    >>> hit.term_id, hit.field
    ('hallucination', 'why_it_matters')
    >>> [hit.snippet[start:end] for start, end in hit.highlights]
    ['invented', 'chatbot']
    """

    __module__ = "genai_terms"
    __slots__ = ()
    _fields = ("term_id", "name", "definition", "score", "field", "snippet", "highlights")

    @classmethod
    def _all(
        cls, glossary: Glossary, query: str, ranked: Sequence[int], scores: dict[int, float]
    ) -> list[SearchHit]:
        """Make hits of the positions that are *ranked*, each with its score."""
        kept = zip(repeat(glossary), ranked, repeat(query), map(scores.__getitem__, ranked))
        return [*map(cls, kept)]

    @property
    @guarded
    def definition(self) -> str:
        """The definition of the term."""
        return self._glossary._bundle.names.definitions.text(self._position)

    @property
    def field(self) -> str:
        """The field of the term that the snippet comes from."""
        return self._passage[0]

    @property
    def snippet(self) -> str:
        """The passage that holds most of the query's words, at most about 180 characters."""
        return self._passage[1]

    @property
    def highlights(self) -> tuple[Span, ...]:
        """Where words of the query stand in the snippet: half-open, in code points."""
        return self._passage[2]

    @property
    @guarded
    def _passage(self) -> tuple[str, str, tuple[Span, ...]]:
        return self._glossary._searcher().passage(self._position, _kept(self, 2))


class FAQHit(_Scored):
    """A question that answers a query, with the term that it belongs to.

    >>> from genai_terms import search_faqs
    >>> hit = search_faqs("is it a bubble?")[0]
    >>> hit.term.name, hit.faq.question
    ('AI bubble', 'What would happen if the AI bubble bursts?')
    """

    __module__ = "genai_terms"
    __slots__ = ()
    _fields = ("faq", "score")

    @classmethod
    def _all(cls, glossary: Glossary, ranked: Iterable[tuple[float, int, int]]) -> list[FAQHit]:
        """Make hits of (score, position, number of the question)."""
        return [cls((glossary, at, number, score)) for score, at, number in ranked]

    @property
    @guarded
    def faq(self) -> FAQ:
        """The question and its answer."""
        number: int = _kept(self, 2)
        return self.term.faqs[number]


class Suggestion(_Named):
    """A name that somebody may be typing, and the term that bears it.

    >>> from genai_terms import suggest
    >>> suggest("ground", limit=1)
    [Suggestion(matched='Grounding', term_id='grounding', name='Grounding', highlights=((0, 6),))]
    """

    __module__ = "genai_terms"
    __slots__ = ()
    _fields = ("matched", "term_id", "name", "highlights")

    @classmethod
    def _all(
        cls, glossary: Glossary, typed: str, places: dict[int, int], limit: int
    ) -> list[Suggestion]:
        """Make suggestions of the first *limit* positions, each with its place."""
        kept = zip(repeat(glossary), places, repeat(typed), places.values())
        return [*map(cls, islice(kept, min(limit, len(places))))]

    @property
    @guarded
    def matched(self) -> str:
        """The name as it is written; of the term's names, the one that goes on as typed."""
        return self._glossary._searcher().suggester.matched(_kept(self, 3))

    @property
    @guarded
    def highlights(self) -> tuple[Span, ...]:
        """Where what was typed stands in `matched`: half-open, in code points."""
        return self._glossary._searcher().suggester.highlights(_kept(self, 3), _kept(self, 2))

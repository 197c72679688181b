"""What a search answers with: light objects that read their texts when they are asked."""

from __future__ import annotations

from genai_terms._search.analyze import STOP_WORDS
from genai_terms._text import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Final

    from genai_terms._glossary import Glossary
    from genai_terms._models import FAQ, Term
    from genai_terms._search.search import Searcher

__all__ = ["FAQHit", "SearchHit", "Suggestion"]

Span = tuple[int, int]

_WINDOW: Final = 180
_LEAD: Final = 40


class _Hit:
    """Attributes are set once; two hits are equal when all that they say is equal."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __iter__(self) -> Iterator[Any]:
        return (getattr(self, field) for field in self._fields)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        shown = ", ".join(f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> tuple[Any, ...]:
        slots: tuple[str, ...] = self.__slots__
        values = tuple(getattr(self, slot) for slot in slots)
        return (_restored, (type(self), values))


def _restored(kind: type[_Hit], values: tuple[object, ...]) -> _Hit:
    return kind._made(*values)  # type: ignore[attr-defined, no-any-return]


class SearchHit(_Hit):
    """A term that answers a query, with where and how well.

    `score` orders the hits of one query, best first; it says nothing across queries.
    """

    __module__ = "genai_terms"
    __slots__ = ("_glossary", "_position", "_query", "score")
    _fields = ("term_id", "name", "definition", "score", "field", "snippet", "highlights")
    score: float
    _glossary: Glossary
    _position: int
    _query: str

    @classmethod
    def _made(cls, glossary: Glossary, position: int, query: str, score: float) -> SearchHit:
        hit = object.__new__(cls)
        put = object.__setattr__
        put(hit, "_glossary", glossary)
        put(hit, "_position", position)
        put(hit, "_query", query)
        put(hit, "score", score)
        return hit

    @property
    def term_id(self) -> str:
        """The id of the term."""
        return self._glossary._bundle.names.ids.text(self._position)

    @property
    def name(self) -> str:
        """The headword of the term."""
        return self._glossary._bundle.names.name(self._position)

    @property
    def definition(self) -> str:
        """The definition of the term."""
        return self._glossary._bundle.names.definitions.text(self._position)

    @property
    def term(self) -> Term:
        """The term itself, decoded now."""
        return self._glossary._bundle.term(self._position)

    @property
    def field(self) -> str:
        """The field of the term that the snippet comes from."""
        return self._passage()[0]

    @property
    def snippet(self) -> str:
        """The passage that holds most of the query's words, at most about 180 characters."""
        return self._passage()[1]

    @property
    def highlights(self) -> tuple[Span, ...]:
        """Where words of the query stand in the snippet: half-open, in code points."""
        return self._passage()[2]

    def _passage(self) -> tuple[str, str, tuple[Span, ...]]:
        return self._glossary._searcher().passage(self._position, self._query)


class FAQHit(_Hit):
    """A question that answers a query, with the term that it belongs to."""

    __module__ = "genai_terms"
    __slots__ = ("_glossary", "_number", "_position", "score")
    _fields = ("faq", "score")
    score: float
    _glossary: Glossary
    _position: int
    _number: int

    @classmethod
    def _made(cls, glossary: Glossary, number: int, position: int, score: float) -> FAQHit:
        hit = object.__new__(cls)
        put = object.__setattr__
        put(hit, "_glossary", glossary)
        put(hit, "_position", position)
        put(hit, "_number", number)
        put(hit, "score", score)
        return hit

    @property
    def term(self) -> Term:
        """The term that the question belongs to, decoded now."""
        return self._glossary._bundle.term(self._position)

    @property
    def faq(self) -> FAQ:
        """The question and its answer."""
        return self.term.faqs[self._number]


class Suggestion(_Hit):
    """A name that somebody may be typing, and the term that bears it."""

    __module__ = "genai_terms"
    __slots__ = ("highlights", "matched", "name", "term_id")
    _fields = ("matched", "term_id", "name", "highlights")
    matched: str
    term_id: str
    name: str
    highlights: tuple[Span, ...]

    @classmethod
    def _made(
        cls, highlights: tuple[Span, ...], matched: str, name: str, term_id: str
    ) -> Suggestion:
        suggestion = object.__new__(cls)
        for slot, value in zip(cls.__slots__, (highlights, matched, name, term_id), strict=True):
            object.__setattr__(suggestion, slot, value)
        return suggestion


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded form of every word of *text*; offsets are code points."""
    start = -1
    for at, char in enumerate(text):
        inside = char.isalnum() or char in "+#'’"
        if inside and start < 0:
            start = at
        elif not inside and start >= 0:
            yield start, at, "".join(words(text[start:at]))
            start = -1
    if start >= 0:
        yield start, len(text), "".join(words(text[start:]))


def best_window(
    text: str, searcher: Searcher, wanted: dict[int, float]
) -> tuple[float, str, tuple[Span, ...]]:
    """Return how much of *wanted* the best passage of *text* holds, the passage, the places."""
    met = [
        (start, end, number)
        for start, end, word in spans(text)
        if word not in STOP_WORDS
        for number in [searcher.vocabulary.number(word)]
        if number in wanted
    ]
    best = (0.0, 0)
    for at, (start, _, _) in enumerate(met):
        inside = {n for _, e, n in met[at:] if e <= start + _WINDOW - _LEAD}
        best = max(best, (sum(wanted[n] for n in inside), -start))
    begin = _word_start(text, max(0, -best[1] - _LEAD)) if -best[1] > _LEAD else 0
    end = _word_end(text, begin + _WINDOW)
    snippet = text[begin:end]
    return (
        best[0],
        snippet,
        tuple(
            (start - begin, stop - begin)
            for start, stop, _ in met
            if start >= begin and stop <= end
        ),
    )


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at)
    return at if space < 0 or space > at + _LEAD else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - _LEAD, at)
    return at if space < 0 else space

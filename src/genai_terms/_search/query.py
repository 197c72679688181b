"""From what somebody typed to the posting lists that answer it."""

from __future__ import annotations

from genai_terms._container import Sorted
from genai_terms._memory import keep
from genai_terms._search.analyze import STOP_WORDS, compared, compounds, content_words, framed
from genai_terms._text import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from genai_terms._container import Container
    from genai_terms._near import Near
    from genai_terms._search.rank import Postings

__all__ = ["Query", "Vocabulary"]

_LONGEST: Final = 2048
_MOST_WORDS: Final = 48
_MOST_JOINED: Final = 6
_EXPANSIONS: Final = 8
_SCANNED: Final = 64
_REMEMBERED: Final = 2**14

_PREFIX_WEIGHT: Final = 0.75
_JOINED_WEIGHT: Final = 0.75
_SPLIT_WEIGHT: Final = 0.9
_TYPO_WEIGHTS: Final = (1.0, 0.85, 0.6)


class Query:
    """The words of a query and the posting lists that they lead to, each with a weight."""

    __slots__ = ("asked", "content", "lists", "mended", "plain", "sides")

    def __init__(self, found: list[str]) -> None:
        self.plain = " ".join(found)
        self.asked = "".join(framed(found))
        self.sides = ["".join(side) for side in compared(found)]
        self.content = list(dict.fromkeys(content_words(found)))
        self.lists: dict[int, float] = {}
        self.mended: dict[str, str] = {}

    def add(self, number: int, weight: float) -> None:
        """Take a posting list in, at the greatest weight that it was met with."""
        if weight > self.lists.get(number, 0.0):
            self.lists[number] = weight


class Vocabulary:
    """Every surface form of the index, with the number of its posting list."""

    __slots__ = ("_container", "_memory", "_near", "_numbers", "_postings", "_sorted", "_words")

    def __init__(self, container: Container, postings: Postings) -> None:
        self._words = container.strings("word")
        self._sorted = Sorted(self._words)
        size = len(container.bytes("word.p"))
        self._numbers = container.array("word.p", "H" if size == 2 * len(self._words) else "I")
        self._container = container
        self._near: Near | None = None
        self._postings = postings
        self._memory: dict[str, int | None] = {}

    def number(self, word: str) -> int | None:
        """Return the posting list of *word*, or None where the glossary never uses it."""
        try:
            return self._memory[word]
        except KeyError:
            pass
        at = self._sorted.find(word.encode("utf-8", "replace"))
        return keep(self._memory, word, None if at is None else self._numbers[at], _REMEMBERED)

    def parse(self, text: str) -> Query:
        """Return what *text* asks for; its last word may be unfinished.

        Text beyond 2,048 characters, and words beyond the first 48, are not looked at.
        """
        found = words(text[:_LONGEST])[:_MOST_WORDS]
        query = Query(found)
        for at, word in enumerate(query.content):
            number = self.number(word)
            if number is not None:
                query.lists[number] = 1.0
                continue
            last = at == len(query.content) - 1
            if word not in STOP_WORDS and not (last and self._begins(query, word)):
                self._repair(query, word)
        if 1 < len(found) <= _MOST_JOINED:
            for joined in compounds(found):
                number = self.number(joined)
                if number is not None:
                    query.add(number, _JOINED_WEIGHT)
        return query

    def _begins(self, query: Query, word: str) -> bool:
        """Take in the likeliest words that begin with an unfinished one."""
        if len(word) < 2:
            return False
        beginning = word.encode("utf-8", "replace")
        at = self._sorted.left(beginning)
        met: dict[int, int] = {}
        for place in range(at, min(at + _SCANNED, len(self._words))):
            if not self._words[place].startswith(beginning):
                break
            number = self._numbers[place]
            met.setdefault(number, self._postings.spread(number))
        for number in sorted(met, key=lambda n: (-met[n], n))[:_EXPANSIONS]:
            query.add(number, _PREFIX_WEIGHT)
        return bool(met)

    def _repair(self, query: Query, word: str) -> None:
        """Take in what an unknown word was probably meant to be."""
        if self._near is None:
            from genai_terms._near import Near

            self._near = Near(self._container, "near", "word")
        found = self._near.find(word, 1) or self._near.find(word, 2)
        edits = found[0][0] if found else 3
        if edits > 1 and self._split(query, word):
            return
        first = word[:1].encode("utf-8", "replace")
        near = sorted((self._words[at][:1] != first, at) for _, at in found)
        query.mended[word] = self._words.text(near[0][1]) if near else word
        for _, at in near[:_EXPANSIONS]:
            query.add(self._numbers[at], _TYPO_WEIGHTS[edits])

    def _split(self, query: Query, word: str) -> bool:
        """Take in two words that were written as one."""
        for at in range(len(word) - 2, 1, -1):
            first, second = self.number(word[:at]), self.number(word[at:])
            if first is not None and second is not None:
                query.add(first, _SPLIT_WEIGHT)
                query.add(second, _SPLIT_WEIGHT)
                query.mended[word] = f"{word[:at]} {word[at:]}"
                return True
        return False

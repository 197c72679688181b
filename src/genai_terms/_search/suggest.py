"""Complete a name as it is typed: the places where words of names begin, bisected."""

from __future__ import annotations

from itertools import takewhile

from genai_terms._search.hits import Suggestion
from genai_terms._text import fold, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from typing import Final

    from genai_terms._glossary import Glossary
    from genai_terms._names import Names
    from genai_terms._search.plain import PlainNames

__all__ = ["Suggester"]

_SCANNED: Final = 4096
_TYPED: Final = 96
_FORGIVEN_FROM: Final = 4
_LONGEST_BEGINNING: Final = 24
_NEAR: Final = 10
_MENDED: Final = -1
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")

Found = dict[int, int]
"""The place of the best name of each term, the best term first."""
Ranked = dict[int, tuple[int, int]]
"""For each term the rank of its best name (the least is best) and the place of it."""


class Suggester:
    """The names of a bundle, ready to be completed."""

    __slots__ = ("_names", "_plain")

    def __init__(self, names: Names, plain: PlainNames) -> None:
        self._names = names
        self._plain = plain

    def suggest(
        self, glossary: Glossary, typed: str, limit: int, allowed: AbstractSet[int] | None
    ) -> list[Suggestion]:
        """Return the best *limit* names that go on from *typed*, the likeliest first."""
        cut = words(typed[:_TYPED])
        if not cut or not limit:
            return []
        text, joined = " ".join(cut), "".join(cut)
        folded = joined if joined.isascii() else fold(text)
        called = self._names.find(folded)
        found = self._going_on(text, allowed, _SCANNED if called else limit)
        if not found and len(cut) > 1:
            found = self._scattered(cut, allowed)
        if not found and len(joined) >= _FORGIVEN_FROM:
            found = self._forgiving(text, allowed)
        if called:
            found = self._named(folded, called, found, allowed) | found
        return Suggestion._all(glossary, text, found, limit)

    def _going_on(self, text: str, allowed: AbstractSet[int] | None, limit: int) -> Found:
        """The best *limit* names that hold *text* from the beginning of a word on."""
        plain = self._plain
        first, last = plain.places(text)
        if allowed is None:
            last = min(last, first + _SCANNED)
        owners, ranks = plain.place_owners, plain.place_ranks[first:last].tolist()
        found: Found = {}
        for at in sorted(range(last - first), key=ranks.__getitem__):
            position = owners[first + at]
            if position not in found and (allowed is None or position in allowed):
                found[position] = first + at
                if len(found) == limit:
                    break
        return found

    def _named(
        self,
        folded: str,
        called: Iterable[int],
        found: Found,
        allowed: AbstractSet[int] | None,
    ) -> Found:
        """The terms that are *called* as the text is, in the plural or run together as well."""
        named: Found = {}
        texts = self._plain.texts
        for position in called:
            numbers = self._plain.numbers_of(position)
            if position in found:
                named[position] = found[position]
            elif numbers and (allowed is None or position in allowed):
                likest = max(numbers, key=lambda at: _shared(fold(texts.text(at)), folded))
                named[position] = self._place(likest)
        return named

    def _scattered(self, typed: list[str], allowed: AbstractSet[int] | None) -> Found:
        """The names in which every typed word begins a word."""
        plain = self._plain
        numbers = plain.with_word(typed[0], unfinished=True)
        for word in typed[1:]:
            numbers &= plain.with_word(word, unfinished=True)
        found: Ranked = {}
        for number in sorted(numbers):
            position = plain.owners[number]
            if allowed is None or position in allowed:
                place = self._place(number)
                rank = (plain.place_ranks[place], place)
                found[position] = min(rank, found.get(position, rank))
        return _ordered(found)

    def _place(self, number: int) -> int:
        """The place in the table at which a name begins."""
        plain = self._plain
        return next(
            place
            for place in range(*plain.places(plain.texts.text(number)))
            if plain.numbers[place] == number and not plain.offsets[place]
        )

    def _forgiving(self, text: str, allowed: AbstractSet[int] | None) -> Found:
        """What goes on from *text* with one slip mended, or else the names near it."""
        found: Ranked = {}
        for mended in self._slips(text):
            called = self._names.find(fold(mended))
            for position, place in self._going_on(mended, allowed, _SCANNED).items():
                rank = (_MENDED if position in called else self._plain.place_ranks[place], place)
                found[position] = min(rank, found.get(position, rank))
        if found:
            return _ordered(found)
        accept = None if allowed is None else allowed.__contains__
        for edits, name, position in self._names.near(fold(text), _NEAR, accept):
            places = reversed(range(*self._plain.places(" ".join(words(name)))))
            owned = (place for place in places if self._plain.place_owners[place] == position)
            found.update((position, (edits, place)) for place in owned)
        return _ordered(found)

    def _slips(self, text: str) -> Iterator[str]:
        """Yield what names begin with and one slip of the keyboard turns into *text*.

        What stands before the slip begins a name as well, so most letters need no trying.
        """
        begin_names, next_letters = self._plain.begin_names, self._plain.next_letters
        for at in range(min(len(text), _LONGEST_BEGINNING + 1)):
            head, typed, rest = text[:at], text[at], text[at + 1 :]
            letters = next_letters(head)
            tails = {rest, rest[:1] + typed + rest[1:]}
            for letter in letters.intersection(_LETTERS):
                tails.add(letter + rest)
                if head:
                    tails.add(letter + typed + rest)
            for tail in tails:
                if at + len(tail) <= _LONGEST_BEGINNING and begin_names(head + tail):
                    yield head + tail
            if not letters:
                return

    def matched(self, place: int) -> str:
        """Return the name at a place of the table, as it is written."""
        number = self._plain.numbers[place]
        return self._names.surface(self._plain.surfaces[number])[0]

    def highlights(self, place: int, typed: str) -> tuple[tuple[int, int], ...]:
        """Return where *typed* stands in the name at *place*; half-open, in code points."""
        from genai_terms._search.passage import spans

        plain = self._plain
        skipped = plain.texts[plain.numbers[place]][: plain.offsets[place]].count(b" ")
        asked = typed.split()
        covered = [span[:2] for span in spans(self.matched(place))][skipped:][: len(asked)]
        if not covered:  # pragma: no cover - a plain form may have more words than its name
            return ()
        start, end = covered[-1]
        return ((covered[0][0], min(end, start + len(asked[-1]))),)


def _ordered(found: Ranked) -> Found:
    return {position: place for position, (_, place) in sorted(found.items(), key=_rank)}


def _rank(found: tuple[int, tuple[int, int]]) -> tuple[int, int]:
    return found[1]


def _shared(one: str, other: str) -> int:
    """The number of letters that two words begin with alike."""
    return sum(takewhile(bool, map(str.__eq__, one, other)))

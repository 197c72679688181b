"""Complete a name as it is typed: the places where words of names begin, bisected."""

from __future__ import annotations

from genai_terms._search.hits import Suggestion, spans
from genai_terms._text import fold, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from typing import Final

    from genai_terms._names import Names
    from genai_terms._search.plain import PlainNames

__all__ = ["Suggester"]

_SCANNED: Final = 400
_TYPED: Final = 96
_FORGIVEN_FROM: Final = 4
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"

Rank = tuple[int, int, int, int]


class Suggester:
    """The names of a bundle, ready to be completed."""

    __slots__ = ("_beginnings", "_names", "_plain", "_surfaces")

    def __init__(self, names: Names, plain: PlainNames) -> None:
        self._names = names
        self._plain = plain
        self._beginnings: frozenset[str] | None = None

    def suggest(self, typed: str, limit: int, allowed: AbstractSet[int] | None) -> list[Suggestion]:
        """Return the best *limit* names that go on from *typed*, the likeliest first."""
        text = " ".join(words(typed[:_TYPED]))
        if not text or not limit:
            return []
        found = self._going_on(text, allowed)
        if not found and " " in text:
            found = self._scattered(text.split(), allowed)
        if not found and len(text.replace(" ", "")) >= _FORGIVEN_FROM:
            found = self._forgiving(text, allowed)
        ranked = sorted((rank, position) for position, rank in found.items())[:limit]
        return [self._suggestion(text, rank[3], position) for rank, position in ranked]

    def _going_on(self, text: str, allowed: AbstractSet[int] | None) -> dict[int, Rank]:
        """For each term the rank of its best name that holds *text* from a word's start."""
        plain, meta = self._plain, self._names.meta
        found: dict[int, Rank] = {}
        places = plain.beginning(text)
        for place in places[:_SCANNED]:
            number = plain.numbers[place]
            position = plain.owners[number]
            if allowed is not None and position not in allowed:
                continue
            whole = len(plain.texts[number]) == len(text.encode("utf-8", "replace"))
            inside = plain.offsets[place] > 0
            tier = meta[4 * position + 3]
            rank = (
                0 if whole and not inside else 1 + inside,
                tier,
                plain.kinds[number] * 100 + len(plain.texts[number]),
                place,
            )
            if position not in found or rank < found[position]:
                found[position] = rank
        return found

    def _scattered(self, typed: list[str], allowed: AbstractSet[int] | None) -> dict[int, Rank]:
        """For each term the rank of its best name in which every typed word begins one."""
        plain = self._plain
        numbers = plain.with_word(typed[0], unfinished=True)
        for word in typed[1:]:
            numbers &= plain.with_word(word, unfinished=True)
        found: dict[int, Rank] = {}
        for number in numbers:
            position = plain.owners[number]
            if allowed is None or position in allowed:
                place = next(
                    at
                    for at in plain.beginning(plain.texts.text(number))
                    if plain.numbers[at] == number and not plain.offsets[at]
                )
                tier = self._names.meta[4 * position + 3]
                rank = (3, tier, plain.kinds[number] * 100 + len(plain.texts[number]), place)
                found[position] = min(rank, found.get(position, rank))
        return found

    def _forgiving(self, text: str, allowed: AbstractSet[int] | None) -> dict[int, Rank]:
        """Like `_going_on`, with one slip in what was typed mended; or a whole name near it."""
        if self._beginnings is None:
            self._beginnings = frozenset(
                name[at:end]
                for number in range(len(self._plain.texts))
                for name in [self._plain.texts.text(number)]
                for at in range(len(name))
                if at == 0 or name[at - 1] == " "
                for end in range(at + 1, min(len(name), at + 24) + 1)
            )
        found: dict[int, Rank] = {}
        for mended in sorted(set(_slips(text)) & self._beginnings):
            for position, rank in self._going_on(mended, allowed).items():
                if position not in found or rank < found[position]:
                    found[position] = rank
        if found:
            return found
        accept = None if allowed is None else allowed.__contains__
        for edits, name, position in self._names.near(fold(text), 10, accept):
            places = self._plain.beginning(" ".join(words(name)))
            own = [p for p in places if self._plain.owners[self._plain.numbers[p]] == position]
            if own:
                found[position] = (edits, 0, 0, own[0])
        return found

    def _suggestion(self, typed: str, place: int, position: int) -> Suggestion:
        plain, names = self._plain, self._names
        number = plain.numbers[place]
        matched = names.surface(plain.surfaces[number]).text
        skipped = plain.texts[number][: plain.offsets[place]].count(b" ")
        return Suggestion._made(
            _highlighted(matched, skipped, typed),
            matched,
            names.name(position),
            names.ids.text(position),
        )


def _highlighted(matched: str, skipped: int, typed: str) -> tuple[tuple[int, int], ...]:
    """Where *typed* stands in a name, behind its first *skipped* words; offsets half-open."""
    found = [(start, end) for start, end, _ in spans(matched)][skipped:]
    asked = typed.split()
    if not found or not asked:
        return ()
    covered = found[: len(asked)]
    start, end = covered[-1]
    return ((covered[0][0], min(end, start + len(asked[-1]))),)


def _slips(text: str) -> Iterator[str]:
    """Yield every text from which one slip of the keyboard makes *text*."""
    for at in range(1, len(text) + 1):
        head, tail = text[:at], text[at:]
        yield head[:-1] + tail
        if tail:
            yield head[:-1] + tail[0] + head[-1] + tail[1:]
        for letter in _LETTERS:
            yield head + letter + tail
            yield head[:-1] + letter + tail

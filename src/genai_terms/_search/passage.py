"""Which passage of a text answers a query, and where its words stand in it."""

from __future__ import annotations

from genai_terms._search.analyze import STOP_WORDS
from genai_terms._text import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from genai_terms._search.query import Vocabulary

__all__ = ["best_window", "spans"]

Span = tuple[int, int]

_WINDOW: Final = 180
_LEAD: Final = 40


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded form of every word of *text*; offsets are code points.

    >>> list(spans("What's C++?"))
    [(0, 6, 'whats'), (7, 10, 'c++')]
    """
    start = -1
    for at, char in enumerate(text):
        inside = char.isalnum() or char in "+#'\u2019"
        if inside and start < 0:
            start = at
        elif not inside and start >= 0:
            yield start, at, "".join(words(text[start:at]))
            start = -1
    if start >= 0:
        yield start, len(text), "".join(words(text[start:]))


def best_window(
    text: str, vocabulary: Vocabulary, wanted: dict[int, float]
) -> tuple[float, str, tuple[Span, ...]]:
    """Return how much of *wanted* the best passage of *text* holds, the passage, the places.

    *wanted* maps posting lists to what meeting one of their words is worth.
    """
    met = [
        (start, end, number)
        for start, end, word in spans(text)
        if word not in STOP_WORDS
        for number in [vocabulary.number(word)]
        if number in wanted
    ]
    best, last = (0.0, 0), 0
    for at, (start, _, _) in enumerate(met):
        while last < len(met) and met[last][1] <= start + _WINDOW - _LEAD:
            last += 1
        inside = {number for _, _, number in met[at:last]}
        best = max(best, (sum(wanted[number] for number in inside), -start))
    begin = _word_start(text, max(0, -best[1] - _LEAD)) if -best[1] > _LEAD else 0
    end = _word_end(text, begin + _WINDOW)
    places = tuple(
        (start - begin, stop - begin) for start, stop, _ in met if start >= begin and stop <= end
    )
    return best[0], text[begin:end], places


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at)
    return at if space < 0 or space > at + _LEAD else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - _LEAD, at)
    return at if space < 0 else space

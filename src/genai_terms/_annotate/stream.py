"""Text that comes piece by piece, in bounded memory."""

from __future__ import annotations

from genai_terms._annotate.characters import AS_WORDS, encode
from genai_terms._annotate.mention import Mention

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from genai_terms._annotate.trie import Matcher

__all__ = ["Stream"]

_BLOCK: Final = 2**16
_LONGEST_WORD: Final = 2**20
_CONTEXT: Final = 2


class Stream:
    """A text in the making, and the mentions in as much of it as is settled.

    The end of what was read may yet turn out to be the beginning of a name; it is kept for
    the next stretch, with the two characters before it, which tell where a word begins. A
    word of more than a mebibyte is no name, and is passed on as it comes.
    """

    __slots__ = ("_in_word", "_matcher", "_start", "_text", "_wanted")

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._text = ""
        self._start = 0
        self._wanted = _BLOCK
        self._in_word = False

    def read(self, chunks: Iterable[str]) -> Iterator[tuple[str, list[Mention]]]:
        """Yield stretches of the text, with mentions by offsets in the stretch."""
        waiting: list[str] = []
        size = 0
        for chunk in chunks:
            waiting.append(chunk)
            size += len(chunk)
            if size >= self._wanted:
                yield from self._settle("".join(waiting), final=False)
                waiting.clear()
                size = 0
        yield from self._settle("".join(waiting), final=True)

    def _settle(self, more: str, *, final: bool) -> Iterator[tuple[str, list[Mention]]]:
        self._text += more
        if self._in_word:
            words = encode(self._text[self._start :]).translate(AS_WORDS)
            rest = words.find(b" ")
            self._in_word = rest < 0
            yield from self._passed(len(self._text) if rest < 0 else self._start + rest, [])
        found, end = self._matcher.scan(self._text, self._start, final=final)
        if end == self._start and len(self._text) - end > _LONGEST_WORD:
            self._in_word = True
            found, end = [], len(self._text)
        yield from self._passed(end, found)

    def _passed(self, end: int, found: list[Mention]) -> Iterator[tuple[str, list[Mention]]]:
        start = self._start
        if end > start:
            yield (
                self._text[start:end],
                [
                    Mention(first - start, last - start, text, term_id, terms)
                    for first, last, text, term_id, terms in found
                ],
            )
        kept = max(end - _CONTEXT, 0)
        self._text = self._text[kept:]
        self._start = end - kept
        self._wanted = max(_BLOCK, len(self._text))

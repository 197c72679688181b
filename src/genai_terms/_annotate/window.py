"""A stretch of text cut into words, each of which can be found again."""

from __future__ import annotations

from genai_terms._annotate.characters import (
    AS_SHAPE,
    AS_WORDS,
    ODD,
    between,
    encode,
    fold_word,
    sign,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["Window"]


class Window:
    """The words of *text* from *start* to *stop*, with the keys by which the trie knows them.

    Attributes:
        text: All of the text.
        whole: Whether the text ends with the window.
        words: The words in lower case, one byte for each character.
        keys: The same words, but for those with a character that no byte stands for; then
            an empty one.
        limit: The number of words that are known not to go on behind the window.
        blanked: The text with a space for all that is no part of a word.
        shaped: The text in lower case, with a space for every separator; at its ends the
            characters that are there.
        places: Where in these two words begin that cannot be found by how they look.
        offset: Where in the text the two begin; in what is blanked, a space stands before and
            behind the rest.
    """

    __slots__ = (
        "blanked", "keys", "limit", "offset", "places", "shaped", "text", "whole", "words",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        start: int,
        stop: int,
        single: AbstractSet[str],
        whole: bool,
    ) -> None:
        self.text = text
        self.whole = whole
        self.offset = start - 1
        if stop - start == len(text):
            codes = encode(f" {text} ")
            self.blanked = blanked = codes.translate(AS_WORDS)
        else:
            before, behind = text[start - 1 : start] or " ", text[stop : stop + 2] or " "
            codes = encode(f"{before}{text[start:stop]}{behind}  ")
            self.blanked = blanked = b" %b " % codes[1 : 1 + stop - start].translate(AS_WORDS)
        self.shaped = codes.translate(AS_SHAPE)
        self.words = self.keys = blanked.split()
        self.places: dict[int, int] = {}
        if single and not single.isdisjoint(map(sign, text[start:stop])):
            self._tile(single)
        elif ODD in blanked:
            self._refold()
        self.limit = len(self.words)
        if not whole and not blanked.endswith(b"  "):
            self.limit -= 1
        self.keys.append(b"")

    def _refold(self) -> None:
        """Give the words with characters beyond ASCII the keys that they have as a whole."""
        blanked, at, end = self.blanked, 0, 0
        keys = self.words.copy()
        odd = blanked.find(ODD)
        while odd >= 0:
            begin = blanked.rfind(b" ", 0, odd) + 1
            at += len(blanked[end:begin].split())
            end = begin + len(self.words[at])
            keys[at] = fold_word(self.text[begin + self.offset : end + self.offset])
            self.places[at] = begin
            at += 1
            odd = blanked.find(ODD, end)
        self.keys = keys
        if b"" in keys:
            self._drop_empty()

    def _drop_empty(self) -> None:
        """Forget the words of nothing but marks and what is invisible."""
        kept = [number for number, key in enumerate(self.keys) if key]
        self.words = [self.words[number] for number in kept]
        self.keys = [self.keys[number] for number in kept]
        self.places = {
            at: self.places[number] for at, number in enumerate(kept) if number in self.places
        }

    def _tile(self, single: AbstractSet[str]) -> None:
        """Make words of the *single* signs, too."""
        pieces: list[tuple[int, bytes, bytes]] = []
        end = 1
        for word in (*self.words, b""):
            begin = self.blanked.find(word, end) if word else len(self.blanked) - 1
            for at in range(end, begin):
                mark = sign(self.text[at + self.offset])
                if mark in single:
                    pieces.append((at, b" ", mark.encode("utf-8", "surrogatepass")))
            end = begin + len(word)
            if word:
                key = fold_word(self.text[begin + self.offset : end + self.offset])
                pieces.append((begin, word, key))
        self.places = {number: begin for number, (begin, _, _) in enumerate(pieces)}
        self.words = [word for _, word, _ in pieces]
        self.keys = [key for _, _, key in pieces]
        if b"" in self.keys:
            self._drop_empty()

    def find(self, blank: bytes, first: int, number: int, begin: int) -> int:
        """Return where word *number* begins, which is *blank* in what is blanked.

        Word number *first* does not begin before *begin*.
        """
        for _ in range(self.words[first:number].count(self.keys[number])):
            begin = self.blanked.find(blank, begin) + 1
        return self.blanked.find(blank, begin) + 1

    def begin(self, number: int, end: int) -> int:
        """Return where word *number* begins, which is the next one behind *end*."""
        place = self.places.get(number)
        return self.blanked.find(self.words[number], end) if place is None else place

    def before(self, number: int, begin: int) -> int:
        """Return where word *number* begins, which is the last one before *begin*."""
        place = self.places.get(number)
        return self.blanked.rfind(self.words[number], 0, begin) if place is None else place

    def end(self, first: int, last: int, begin: int) -> int:
        """Return where word *last* ends, if word *first* begins at *begin*."""
        end = begin + len(self.words[first])
        for number in range(first + 1, last + 1):
            end = self.begin(number, end) + len(self.words[number])
        return end

    def joined(self, first: int, last: int, begin: int, *, strict: bool = True) -> bytes:
        """Return the keys of words *first* to *last* with what stands between them.

        Word *first* begins at *begin*.
        """
        parts, end = [self.keys[first]], begin + len(self.words[first])
        for number in range(first + 1, last + 1):
            begin = self.begin(number, end)
            gap = between(self.text[end + self.offset : begin + self.offset], strict=strict)
            parts += gap.encode("utf-8", "surrogatepass"), self.keys[number]
            end = begin + len(self.words[number])
        return b"".join(parts)

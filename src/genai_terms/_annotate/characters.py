"""What a character is to a name: part of a word, a gap between words, or a sign.

Text is matched as bytes, one for each code point, so that offsets need no map::

    letters, digits, _, marks, invisible   the folded ASCII character, or ODD
    white space, hyphens, dashes, dots     white space or "-": a gap, one like the other
    apostrophes                            "'"
    every other sign                       itself if it has an ASCII form, or a byte of its own

Scripts that are written without spaces (Han, Hiragana, Thai, …) count as signs: between
their characters a word may begin and end anywhere (Unicode Standard Annex 29).
"""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache
from itertools import groupby

from genai_terms._text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

__all__ = [
    "AS_SHAPE",
    "AS_WORDS",
    "CLEAR",
    "INVISIBLE",
    "ODD",
    "REACH",
    "between",
    "encode",
    "fold_word",
    "is_unspaced",
    "is_word",
    "joins",
    "reads",
    "sign",
    "spell",
    "trim",
]

ODD: Final = b"\xff"
"""A part of a word that has no single ASCII character to stand for it."""

_WIDEST_GAP: Final = 256
"""The widest gap inside a name, in code points."""

INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_APOSTROPHES: Final = frozenset("'`\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032")
_DASHES: Final = frozenset(
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043"
    "\u00b7\u2027\u30fb"  # middle dots, as in DALL·E
)
REACH: Final = 2 * _WIDEST_GAP
"""How far a sign or a gap at the edge of a name may reach."""

_LINE_ENDS: Final = frozenset("\n\r\x85\u2028\u2029")
_UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3041, 0x309F),  # Hiragana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Han, and its extensions
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_OTHER_SIGN: Final = 0xFE
_HANDLER: Final = "genai_terms.annotate"
_REMEMBERED: Final = 8192
_LONGEST_WORD: Final = 1000

_CODES: Final = bytes(range(256))
_LOWER: Final = _CODES.lower()
_PARTS: Final = b"0123456789_abcdefghijklmnopqrstuvwxyz" + ODD
_GAPS: Final = b" -\t\n\v\f\r\x1c\x1d\x1e\x1f"
_SPACE: Final = ord(" ")
AS_WORDS: Final = bytes(code if code in _PARTS else _SPACE for code in _LOWER)
"""Translation of encoded text that leaves its words, in lower case, and blanks the rest."""

AS_SHAPE: Final = _LOWER.translate(bytes.maketrans(_GAPS + b"`", b" " * len(_GAPS) + b"'"))
"""Translation of encoded text that writes every character of a gap as a space."""

CLEAR: Final = frozenset(_CODES).difference(_PARTS, _PARTS.upper(), b"'`.,;")
"""What is in encoded text beside words, but for what may join them."""


def is_word(char: str) -> bool:
    """Tell whether *char* is a part of words; "" is not."""
    if char.isascii():
        return char.isalnum() or char == "_"
    if char in _APOSTROPHES or char in _DASHES or is_unspaced(char):
        return False
    return char.isalnum() or char in INVISIBLE or unicodedata.category(char)[0] == "M"


def is_unspaced(char: str) -> bool:
    code = ord(char)
    return any(first <= code <= last for first, last in _UNSPACED)


@lru_cache(maxsize=_REMEMBERED)
def sign(char: str) -> str:
    """Return what stands for *char* where it is no part of a word; " " for a separator."""
    normal = unicodedata.normalize("NFKC", char)
    if len(normal) != 1 or is_word(normal):
        normal = char
    if normal in _APOSTROPHES:
        return "'"
    return " " if normal in _DASHES or normal.isspace() else normal


def _code(char: str) -> int:
    if is_word(char):
        folded = fold(char)
        return ord(folded) if len(folded) == 1 and folded.isascii() else ODD[0]
    normal = sign(char)
    if normal == " ":
        return ord("\n" if char in _LINE_ENDS else " " if char.isspace() else "-")
    return ord(normal) if normal.isascii() else _OTHER_SIGN


class _Codes(dict[str, int]):
    """The byte of each character that was met beyond ASCII."""

    def __missing__(self, char: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        code = self[char] = _code(char)
        return code


_codes: Final = _Codes()


def _beyond_ascii(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - for the type checkers
    run = error.object[error.start : error.end]
    return bytes(map(_codes.__getitem__, run)), error.end


codecs.register_error(_HANDLER, _beyond_ascii)


def encode(text: str) -> bytes:
    """Return *text* with one byte for each code point, by the table of this module."""
    return text.encode("ascii", _HANDLER)


def fold_word(word: str) -> bytes:
    """Return the key of one *word*; an underscore counts, unlike in a name that is looked up.

    A word of more than a thousand characters is in no name. That is said at once, because
    sorting its marks might take forever.
    """
    if len(word) > _LONGEST_WORD:
        return ODD
    return _folded(word)


@lru_cache(maxsize=_REMEMBERED)
def _folded(word: str) -> bytes:
    return "_".join(map(fold, word.split("_"))).encode("utf-8", "surrogatepass")


def between(text: str, *, strict: bool = True) -> str:
    """Return what stands between two words, with every gap written as one space.

    A gap that no name spans, such as a paragraph break, becomes two spaces if *strict*.
    """
    seen = (char for char in text if char not in INVISIBLE)
    return "".join(
        (" " if not strict or _is_gap("".join(run)) else "  ")
        if separates
        else "".join(map(sign, run))
        for separates, run in groupby(seen, lambda char: sign(char) == " ")
    )


def _is_gap(run: str) -> bool:
    """Tell whether a run of separators may stand between two words of a name.

    One separator may; so may white space, and a hyphen at the end of a line. No more than
    one line ends inside a name.
    """
    if len(run) == 1:
        return True
    flat = run.replace("\r\n", "\n")
    line_ends = sum(map(flat.count, _LINE_ENDS))
    if run.isspace():
        return line_ends <= 1 and len(run) <= _WIDEST_GAP
    return run[1:].isspace() and line_ends == 1 and len(run) <= _WIDEST_GAP


def reads(text: str, signs: str, *, backwards: bool = False) -> int:
    """Return how many characters of *text* read as *signs*, with a space for a gap; or 0.

    Text that is *backwards* is given so, and so are the signs.
    """
    at = 0
    for mark in signs:
        begin = at
        while at < len(text) and (text[at] in INVISIBLE or (mark == " " and sign(text[at]) == " ")):
            at += 1
        if mark == " ":
            if between(text[begin:at][:: -1 if backwards else 1]) != " ":
                return 0
        elif at == len(text) or sign(text[at]) != mark:
            return 0
        else:
            at += 1
    return at


def joins(text: str, at: int) -> bool:
    """Tell whether the sign at *at* stands inside a word, as in "3.5", "e.g." and "don't".

    Unicode Standard Annex 29, rules WB6, WB7, WB11 and WB12.
    """
    if not 0 < at < len(text) - 1:
        return False
    mark, before, after = sign(text[at]), text[at - 1], text[at + 1]
    if mark not in "'.,;":
        return False
    if before.isdecimal() and after.isdecimal():
        return True
    return mark in "'." and _is_letter(before) and _is_letter(after)


def _is_letter(char: str) -> bool:
    return char.isalpha() and is_word(char)


def spell(text: str) -> str:
    """Return *text* as it is compared where case counts: no accents, one space for a gap."""
    if text.isascii() and text.isalnum():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if unicodedata.category(c) != "Mn" and c not in INVISIBLE)
    return " ".join("".join(c if is_word(c) else sign(c) for c in text).split())


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a word without what is invisible at its ends."""
    while start < end and (text[start] in INVISIBLE or unicodedata.category(text[start])[0] == "M"):
        start += 1
    while start < end and text[end - 1] in INVISIBLE:
        end -= 1
    return start, end

"""Build the table of the words with which names begin, once for all texts.

A name is told by its first word, but where that is as frequent as "in" or "the", by the
first that is not: "in-context learning" is looked for where a text says "context".
"""

from __future__ import annotations

from itertools import accumulate, chain, takewhile

from genai_terms._annotate.characters import AS_WORDS, is_unspaced, is_word, sign
from genai_terms._annotate.lexicon import Spellings
from genai_terms._container import pack_array, pack_strings
from genai_terms._text import american

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from genai_terms._names import Names

    Words = tuple[bytes, ...]

__all__ = ["build_firsts"]

_FREQUENT: Final = frozenset(
    b"a about after all also an and any are as at be before both but by can do each few for from "
    b"good had has have he how i if in into is it its like made make many may more most much my "
    b"no not note of old on one only or other our out over part per same set so some such than "
    b"that the their then there these they this to too two under up us use was way we what when "
    b"where which who why will with you your".split()
)
"""Words that are so frequent in English that they tell little."""

_AS_FIRSTS: Final = bytes(
    ord("(") if code > 127 or chr(code) == "(" else AS_WORDS[code] for code in range(256)
)
"""Translation of names that leaves their words, and a bracket where more is to be looked at."""


class _Firsts:
    """The names of a glossary by the words with which their forms might begin.

    To write out all forms of a name takes long, so for most it is enough to know its first
    word: a word too many does no harm.
    """

    def __init__(self, names: Names) -> None:
        self._by_first: dict[bytes, list[int]] = {}
        self._alone: dict[bytes, list[int]] = {}
        texts = names.container.strings("name")
        special = self._sort(names)
        odd = [texts.text(at) for at in special if not _is_plain(texts[at])]
        self.single = frozenset(mark for text in odd for mark in _single(text))
        self.fringe = max(map(_fringe, odd), default=0)
        if self.single:
            special = [*range(len(texts))]
            self._by_first, self._alone = {}, {}
        self._led: set[Words] = set()
        spellings = Spellings(names, self.single)
        for at in special:
            for words in {cut.words for _, cut in spellings.of(at)}:
                self._by_first.setdefault(words[0], []).append(at)
                if words[0] in _FREQUENT:
                    self._led.add(words)
        inflected = chain.from_iterable(map(_inflected, self._alone))
        self._led.update((word,) for word in _FREQUENT.intersection(inflected))

    def _sort(self, names: Names) -> list[int]:
        """File the names by their first words; return those with which it is not as simple."""
        special: list[int] = []
        words = names.container.bytes("name").tobytes().translate(_AS_FIRSTS)
        ends = iter(names.container.array("name.o", "I").tolist())
        begin = next(ends)
        for at, end in enumerate(ends):
            name = words[begin:end]
            first, _, rest = name.partition(b" ")
            if not first or first in _FREQUENT or b"(" in name or name.endswith(b" "):
                special.append(at)
            else:
                (self._by_first if rest else self._alone).setdefault(first, []).append(at)
            begin = end
        return special

    def names(self) -> dict[bytes, list[int]]:
        """Return the numbers of the names that have forms that might begin with each word."""
        told = self._by_first.copy()
        for word, numbers in self._alone.items():
            for form in {word, *_inflected(word)}:
                told[form] = told.get(form, []) + numbers
        british = american(b" ".join(told).decode().split(" "))
        for spelled, spelling in british.items():
            form = spelled.encode()
            told[form] = told.get(form, []) + told[spelling.encode()]
        return {word: sorted({*numbers}) for word, numbers in told.items()}

    def leads(self) -> frozenset[bytes]:
        """Return the frequent words, which tell no name: those of which none is made."""
        alone = (words for words in self._led if _FREQUENT.issuperset(words))
        return _FREQUENT.difference(*alone)

    def led(self, leads: frozenset[bytes]) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield of names with *leads* how many they are, the word that tells, the one before."""
        for words in self._led:
            number = sum(1 for _ in takewhile(leads.__contains__, words))
            if number:
                yield number, words[number], words[number - 1]


def build_firsts(names: Names) -> dict[str, bytes]:
    """Return the sections by which a `Lexicon` finds the *names* that a text may hold."""
    firsts = _Firsts(names)
    known = firsts.names()
    ordered = sorted(known)
    leads = firsts.leads()
    led = [*firsts.led(leads)]
    before = sorted({(word, lead) for _, word, lead in led})
    return {
        **pack_strings("first", ordered),
        "first.p": pack_array("I", accumulate((len(known[word]) for word in ordered), initial=0)),
        "first.n": pack_array("I", chain.from_iterable(map(known.__getitem__, ordered))),
        "tell": _joined({*known, *(word for _, word, _ in led)} - leads),
        "tell.lead": _joined(leads),
        **pack_strings("tell.before", chain.from_iterable(before)),
        "tell.sign": "".join(sorted(firsts.single)).encode("utf-8", "surrogatepass"),
        "tell.most": pack_array("I", (max((n for n, *_ in led), default=0), firsts.fringe)),
    }


def _joined(words: Iterable[bytes]) -> bytes:
    return b" ".join(sorted(words))


def _is_plain(name: bytes) -> bool:
    """Tell whether a name begins and ends with a letter or digit of ASCII."""
    return name.isascii() and b" " not in (name[:1] + name[-1:]).translate(AS_WORDS)


def _inflected(word: bytes) -> Iterator[bytes]:
    """Yield what a name that is this one *word* might end up as; see `inflections`."""
    yield word + b"s"
    if word.endswith((b"s", b"x", b"z", b"h")):
        yield word + b"es"
    if word.endswith(b"y"):
        yield word[:-1] + b"ies"
    if word.endswith(b"s"):
        yield word[:-1]
    if word.endswith(b"ies"):
        yield word[:-3] + b"y"


def _single(text: str) -> Iterator[str]:
    """The signs that count as words: of unspaced scripts, and all those of a name without words.

    A qualifier does not count: what is before it is looked for by itself.
    """
    if not text.isascii():
        yield from (sign(char) for char in text if is_unspaced(char))
    bare = text.partition(" (")[0]
    if not any(map(is_word, bare)):
        yield from (mark for mark in map(sign, bare) if mark != " ")


def _fringe(text: str) -> int:
    """The number of signs before the first word of a name or behind its last, if greater."""
    inside = [at for at, char in enumerate(text) if is_word(char)] or [0]
    return max(inside[0], len(text) - 1 - inside[-1])


def __dir__() -> list[str]:
    return __all__

"""The names of a glossary by the words that tell them, and the trie below each first word.

A name is told by its first word, but where that is as frequent as "in" or "the", by the
first that is not: "in-context learning" is looked for where a text says "context".
"""

from __future__ import annotations

from itertools import chain, takewhile

from genai_terms._annotate.characters import (
    AS_WORDS,
    is_unspaced,
    is_word,
    sign,
    spell,
)
from genai_terms._annotate.forms import PROPER_KINDS, forms
from genai_terms._annotate.names import Bearer, Name, spelling
from genai_terms._text import american

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from typing import Final

    from genai_terms._annotate.forms import Form
    from genai_terms._annotate.names import Spelling
    from genai_terms._container import Container
    from genai_terms._names import Names, Surface

    Terms = tuple[str, ...]
    Words = tuple[bytes, ...]

__all__ = ["UNGROWN", "Lexicon", "Node", "Root"]

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


class Node:
    """What follows some words: more words, or the end of names.

    Attributes:
        next: The nodes below, by the next word.
        ends: The names that end here, by their text from the first word to the last.
        sole: The only name that ends here, if nothing but its words and gaps has to be
            compared: its text, the terms in any case, those by case, and the name.
    """

    __slots__ = ("ends", "next", "sole")

    def __init__(self) -> None:
        self.next: dict[bytes, Node] = {}
        self.ends: dict[bytes, list[Name]] = {}
        self.sole: tuple[bytes, Terms, dict[str, Terms], Name] | None = None

    def below(self, words: Words) -> Node:
        """Return the node that *words* lead to, which is made if need be."""
        node = self
        for word in words:
            node = node.next.setdefault(word, Node())
        return node

    def add(self, joined: bytes, name: Name, *, sole: bool) -> None:
        """Let a name end here; *sole* if none that begins with signs may come before it."""
        sole = sole and not self.ends and not name.suffix
        self.sole = (joined, name.plain, name.known, name) if sole else None
        self.ends.setdefault(joined, []).append(name)


class Root(Node):
    """The node of a first word.

    Attributes:
        blank: The word as it stands in a text whose signs are blanked.
        before: The leading words that stand right before this one in names that it tells.
        opens: Whether no name is this word alone, or begins before it.
    """

    __slots__ = ("before", "blank", "opens")

    def __init__(self, word: bytes, before: AbstractSet[bytes]) -> None:
        super().__init__()
        self.blank = b" %b " % word
        self.before = before
        self.opens = False


UNGROWN: Final = Root(b"", frozenset())
"""Stands for the trie below a word that was not met yet."""


class Lexicon:
    """The names that the terms at *positions* were given.

    Attributes:
        tells: Each word that tells a name, with the leading words right before it there.
        leads: The frequent words, which tell no name.
        most_leads: The greatest number of leading words in a name.
        single: Signs that count as words.
        fringe: The greatest number of signs before the first or behind the last word of a name.
    """

    def __init__(self, names: Names, positions: AbstractSet[int]) -> None:
        container = names.container
        self._names = names
        self._owners = container.array("name.t", "I").tolist()
        self._texts = container.strings("name")
        self._kinds = container.array("name.k", "B")
        kinds = container.strings("kind")
        self._proper = {at for at in range(len(kinds)) if kinds.text(at) in PROPER_KINDS}
        self._last: tuple[int, int, list[Surface]] = (-1, 0, [])
        self._by_first: dict[bytes, list[int]] = {}
        self._alone: dict[bytes, list[int]] = {}
        special = self._sort(container, positions)
        odd = [self._texts.text(at) for at in special if not _is_plain(self._texts[at])]
        self.single = frozenset(mark for text in odd for mark in _single(text))
        self.fringe = max(map(_fringe, odd), default=0)
        if self.single:
            special = [at for at, owner in enumerate(self._owners) if owner in positions]
            self._by_first, self._alone = {}, {}
        led: set[Words] = set()
        for at in special:
            for words in {cut.words for _, cut in self._spellings(at)}:
                self._by_first.setdefault(words[0], []).append(at)
                if words[0] in _FREQUENT:
                    led.add(words)
        self._tell(led)

    def _sort(self, container: Container, positions: AbstractSet[int]) -> list[int]:
        """File the names by their first words; return those with which it is not as simple.

        To write out all forms of a name takes long, so for most it is enough to know the words
        with which they might begin: a word too many does no harm.
        """
        special: list[int] = []
        words = container.bytes("name").tobytes().translate(_AS_FIRSTS)
        ends = iter(container.array("name.o", "I").tolist())
        begin = next(ends)
        for at, (owner, end) in enumerate(zip(self._owners, ends, strict=True)):
            if owner in positions:
                name = words[begin:end]
                first, _, rest = name.partition(b" ")
                if not first or first in _FREQUENT or b"(" in name or name.endswith(b" "):
                    special.append(at)
                elif rest:
                    self._by_first.setdefault(first, []).append(at)
                else:
                    self._alone.setdefault(first, []).append(at)
            begin = end
        return special

    def _tell(self, led: set[Words]) -> None:
        """Find the words that tell names, some of which begin with frequent words."""
        inflected = {*chain.from_iterable(map(_inflected, self._alone))}
        led.update((word,) for word in inflected & _FREQUENT)
        firsts = [*self._by_first, *self._alone, *inflected]
        british = american(b" ".join(firsts).decode().split(" "))
        self._american = {other.encode(): word.encode() for other, word in british.items()}
        self.leads = _FREQUENT.difference(*(words for words in led if _FREQUENT.issuperset(words)))
        telling = {*firsts, *self._american} - self.leads
        self.tells: dict[bytes, AbstractSet[bytes]] = dict.fromkeys(telling, frozenset())
        self.most_leads = 0
        for words in led:
            number = sum(1 for _ in takewhile(self.leads.__contains__, words))
            before = self.tells.setdefault(words[number], frozenset())
            if number:
                self.tells[words[number]] = before | {words[number - 1]}
                self.most_leads = max(number, self.most_leads)

    def _begun_by(self, word: bytes) -> dict[int, None]:
        """Return the numbers of the names that have forms that might begin with *word*."""
        words = {word, self._american.get(word, word)}
        bases = {base for word in words for base in (word, *_bases(word))}
        numbers = [self._by_first.get(word, ()) for word in words]
        numbers += [self._alone.get(base, ()) for base in bases]
        return dict.fromkeys(chain.from_iterable(numbers))

    def _spellings(self, at: int) -> Iterator[tuple[Form, Spelling]]:
        owner = self._owners[at]
        last = self._last
        if owner != last[0]:
            named = self._names.surfaces_of(owner)
            last = self._last = (owner, named[0], [*map(self._names.surface, named)])
        _, first, siblings = last
        proper = self._names.meta[4 * owner + 1] in self._proper
        for form in forms(siblings[at - first], siblings, proper=proper):
            cut = spelling(form.text, self.single)
            if cut is not None:
                yield form, cut

    def grow(self, first: bytes) -> Root:
        """Return the trie of the names that begin with the word *first*."""
        bearers: dict[Spelling, list[Bearer]] = {}
        for at in self._begun_by(first):
            owner = self._owners[at]
            tier, term_id = self._names.meta[4 * owner + 3], self._names.ids.text(owner)
            for form, cut in self._spellings(at):
                if cut.words[0] == first:
                    bearer = Bearer(
                        form.rank,
                        not form.by_case,
                        self._kinds[at],
                        tier,
                        term_id,
                        spell(form.text),
                    )
                    bearers.setdefault(cut, []).append(bearer)
        root = Root(first, self.tells.get(first, frozenset()))
        sole = not any(cut.prefix for cut in bearers)
        for cut, known in bearers.items():
            name = Name(cut.prefix, cut.suffix, known)
            root.below(cut.words[1:]).add(cut.joined, name, sole=sole)
        root.opens = not root.ends and not root.before
        return root


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


def _bases(word: bytes) -> Iterator[bytes]:
    """Yield the words of which *word* might be an inflected form."""
    yield word + b"s"
    yield word[:-1] + b"ies"
    yield word[:-1]
    yield word[:-2]
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

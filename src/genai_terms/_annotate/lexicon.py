"""The names of a glossary by the words that tell them, and the trie below each first word."""

from __future__ import annotations

from genai_terms._annotate.characters import spell
from genai_terms._annotate.forms import PROPER_KINDS, forms
from genai_terms._annotate.names import Bearer, Name, spelling
from genai_terms._container import Sorted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from typing import Final

    from genai_terms._annotate.forms import Form
    from genai_terms._annotate.names import Spelling
    from genai_terms._container import Container
    from genai_terms._names import Names, Surface

    Terms = tuple[str, ...]
    Words = tuple[bytes, ...]

__all__ = ["UNGROWN", "Lexicon", "Node", "Root", "Spellings"]


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


class Spellings:
    """The names of a glossary in all their forms, cut into words; *single* signs are words."""

    def __init__(self, names: Names, single: AbstractSet[str]) -> None:
        self._names = names
        self._single = single
        kinds = names.container.strings("kind")
        self._proper = {at for at in range(len(kinds)) if kinds.text(at) in PROPER_KINDS}
        self._last: tuple[int, int, list[Surface]] = (-1, 0, [])

    def of(self, number: int) -> Iterator[tuple[Form, Spelling]]:
        """Yield the forms of the name with this *number* that have words."""
        owner = self._names.owners[number]
        last = self._last
        if owner != last[0]:
            named = self._names.surfaces_of(owner)
            last = self._last = (owner, named[0], [*map(self._names.surface, named)])
        _, first, siblings = last
        proper = self._names.meta[4 * owner + 1] in self._proper
        for form in forms(siblings[number - first], siblings, proper=proper):
            cut = spelling(form.text, self._single)
            if cut is not None:
                yield form, cut


class Lexicon:
    """The names that the terms at *positions* were given.

    Attributes:
        tells: The words that tell names; of those of other terms, some tell none.
        leads: The frequent words, which tell no name.
        most_leads: The greatest number of leading words in a name.
        single: Signs that count as words.
        fringe: The greatest number of signs before the first or behind the last word of a name.
    """

    def __init__(self, names: Names, firsts: Container, positions: AbstractSet[int]) -> None:
        self.tells = firsts.bytes("tell").tobytes().split()
        self.leads = frozenset(firsts.bytes("tell.lead").tobytes().split())
        self.single = frozenset(str(firsts.bytes("tell.sign"), "utf-8", "surrogatepass"))
        self.most_leads, self.fringe = firsts.array("tell.most", "I")
        self._names = names
        self._positions = positions
        self._firsts = Sorted(firsts.strings("first"))
        self._places = firsts.array("first.p", "I")
        self._numbers = firsts.array("first.n", "I")
        self._spellings = Spellings(names, self.single)
        self._before: dict[bytes, set[bytes]] = {}
        pairs = firsts.strings("tell.before")
        for at in range(0, len(pairs), 2):
            self._before.setdefault(pairs[at], set()).add(pairs[at + 1])

    def _begun_by(self, word: bytes) -> Iterable[int]:
        """Return the numbers of the names that have forms that might begin with *word*."""
        at = self._firsts.find(word)
        return () if at is None else self._numbers[self._places[at] : self._places[at + 1]]

    def grow(self, first: bytes) -> Root:
        """Return the trie of the names that begin with the word *first*."""
        bearers: dict[Spelling, list[Bearer]] = {}
        for at in self._begun_by(first):
            owner = self._names.owners[at]
            if owner not in self._positions:
                continue
            tier, term_id = self._names.tier(owner), self._names.ids.text(owner)
            for form, cut in self._spellings.of(at):
                if cut.words[0] == first:
                    bearer = Bearer(
                        form.rank,
                        not form.by_case,
                        self._names.name_kinds[at],
                        tier,
                        term_id,
                        spell(form.text),
                    )
                    bearers.setdefault(cut, []).append(bearer)
        root = Root(first, self._before.get(first, frozenset()))
        sole = not any(cut.prefix for cut in bearers)
        for cut, known in bearers.items():
            name = Name(cut.prefix, cut.suffix, known)
            root.below(cut.words[1:]).add(cut.joined, name, sole=sole)
        root.opens = not root.ends and not root.before
        return root

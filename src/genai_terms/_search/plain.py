"""Names by their beginnings and by their words: one table of all places where words begin."""

from __future__ import annotations

from genai_terms._container import Sorted, owned
from genai_terms._memory import keep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from genai_terms._container import Container

__all__ = ["PlainNames"]

_AFTER_ALL: Final = b"\xff"
_SPACE: Final = b" "
_AFTER_SPACE: Final = b"!"
_REMEMBERED: Final = 2**13
_HELD: Final = 2**16

Places = tuple[int, int]


class _Starts:
    """The table of word beginnings as a sequence of byte strings, fit for bisection."""

    __slots__ = ("_numbers", "_offsets", "_plain")

    def __init__(self, container: Container) -> None:
        self._plain = container.strings("plain")
        self._numbers = container.array("start.n", "I")
        self._offsets = container.array("start.at", "H")

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: int) -> bytes:
        return self._plain[self._numbers[at]][self._offsets[at] :]


class PlainNames:
    """Every name as plain words, with the term that bears it.

    A *place* is an index of the table of word beginnings, which is sorted by the text from
    there on; so all places that go on with a text, or hold a word, lie side by side.
    """

    __slots__ = ("_held", "_holders", "_memory", "_sorted", "_starts", "numbers",
                 "offsets", "owners", "place_owners", "place_ranks", "surfaces",
                 "texts")  # fmt: skip

    def __init__(self, container: Container) -> None:
        self.texts = container.strings("plain")
        self.owners = container.array("plain.t", "I")
        self.surfaces = container.array("plain.s", "I")
        self.numbers = container.array("start.n", "I")
        self.offsets = container.array("start.at", "H")
        self.place_owners = container.array("start.t", "I")
        self.place_ranks = container.array("start.r", "H")
        self._starts = _Starts(container)
        self._sorted = Sorted(self._starts)
        self._memory: dict[tuple[str, bool], Places] = {}
        self._holders: dict[tuple[str, bool], frozenset[int]] = {}
        self._held = 0

    def places(self, text: str, *, whole: bool = False) -> Places:
        """Return the first place at which a name goes on with *text*, and the last plus one.

        Where *whole* is set, *text* must end at the end of a word.
        """
        key = (text, whole)
        found = self._memory.get(key)
        if found is None:
            wanted = text.encode("utf-8", "replace")
            left = self._sorted.left
            found = (left(wanted), left(wanted + (_AFTER_SPACE if whole else _AFTER_ALL)))
            keep(self._memory, key, found, _REMEMBERED)
        return found

    def begin_names(self, text: str) -> bool:
        """Whether a name goes on with *text* from the beginning of a word on."""
        wanted = text.encode("utf-8", "replace")
        at = self._sorted.left(wanted)
        return at < len(self._starts) and self._starts[at].startswith(wanted)

    def next_letters(self, text: str) -> set[str]:
        """Return the characters that follow *text* in names, from the beginning of a word on."""
        letters: set[str] = set()
        encoded = text.encode("utf-8", "replace")
        at, last = self._sorted.left(encoded + _SPACE), self.places(text)[1]
        while at < last:
            letter = str(self._starts[at][len(encoded) :], "utf-8")[:1]
            letters.add(letter)
            at = max(at + 1, self.places(text + letter)[1])
        return letters

    def with_word(self, word: str, *, unfinished: bool = False) -> frozenset[int]:
        """Return the numbers of the names that hold *word*, or a word that begins with it."""
        key = (word, unfinished)
        found = self._holders.get(key)
        if found is None:
            first, last = self.places(word, whole=not unfinished)
            found = frozenset(self.numbers[first:last].tolist())
            self._held += len(found) + 1
            if self._held > _HELD:
                self._holders.clear()
                self._held = len(found) + 1
            self._holders[key] = found
        return found

    def numbers_of(self, position: int) -> range:
        """Return the numbers of the names of the term at *position*, headword first."""
        return owned(self.owners, position)

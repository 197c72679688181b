"""What the trie is made of: the spellings of names, and who bears them."""

from __future__ import annotations

from collections import namedtuple

from genai_terms._annotate.characters import between, spell
from genai_terms._annotate.window import Window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from typing import Final, NamedTuple

    class Bearer(NamedTuple):
        """A term that bears a name in one form; in order, the likeliest comes first."""

        rank: int
        any_case: bool
        kind: int
        tier: int
        term_id: str
        written: str

    class Spelling(NamedTuple):
        """A name cut into words: their keys, the whole from first to last, what is around."""

        words: tuple[bytes, ...]
        joined: bytes
        prefix: str
        suffix: str

else:  # typing costs more than the rest of a first annotation
    Bearer = namedtuple("Bearer", "rank any_case kind tier term_id written")  # noqa: PYI024
    Spelling = namedtuple("Spelling", "words joined prefix suffix")  # noqa: PYI024

__all__ = ["Bearer", "Name", "Spelling", "spelling"]

_SHORT: Final = 4
_REMEMBERED: Final = 32


def spelling(text: str, single: AbstractSet[str]) -> Spelling | None:
    """Cut a name into words; None where it has none."""
    spaced = text.replace("-", " ")
    if text.isascii() and spaced.replace(" ", "").isalnum():
        plain = tuple(spaced.lower().encode().split())
        return Spelling(plain, b" ".join(plain), "", "")
    window = Window(text, 0, len(text), single, whole=True)
    words = tuple(window.keys[:-1])
    if not words:
        return None
    last = len(words) - 1
    begin = window.begin(0, 0)
    end = window.end(0, last, begin)
    return Spelling(
        words,
        window.joined(0, last, begin, strict=False),
        between(text[: begin + window.offset], strict=False).lstrip(" "),
        between(text[end + window.offset :], strict=False).rstrip(" "),
    )


class Name:
    """The forms that differ in case alone, with the terms that each leads to.

    Attributes:
        plain: The terms, where they are the same in any case.
        known: The terms by how they may be written, where they are not.
    """

    __slots__ = ("_any_case", "_written", "known", "plain", "prefix", "suffix")

    def __init__(self, prefix: str, suffix: str, bearers: Iterable[Bearer]) -> None:
        self.prefix = prefix
        self.suffix = suffix
        ordered = sorted(bearers)
        folded = [bearer for bearer in ordered if bearer.any_case]
        self._any_case = _ids(folded)
        self.known = {
            written: _ids(b for b in ordered if b.any_case or b.written == written)
            for written in {b.written for b in ordered if not b.any_case}
        }
        short = all(len(b.written) <= _SHORT and b.written.isalpha() for b in folded)
        self._written = frozenset(b.written for b in folded) if folded and short else None
        self.plain = () if self.known or self._written is not None else self._any_case

    def terms(self, text: str) -> tuple[str, ...]:
        """Return the ids of the terms that *text* may mean, the likeliest first.

        A short word in capitals is taken for an abbreviation, and so for no name that any
        case would do for: LOSS is not "loss".
        """
        terms = self.plain or self.known.get(text)
        if terms is None:
            terms = self._meant(spell(text))
            if len(self.known) < _REMEMBERED:
                self.known[text] = terms
        return terms

    def _meant(self, written: str) -> tuple[str, ...]:
        terms = self.known.get(written)
        if terms is not None:
            return terms
        if self._written is not None and written.isupper() and written not in self._written:
            return ()
        return self._any_case


def _ids(ordered: Iterable[Bearer]) -> tuple[str, ...]:
    """The terms that bear a name in the surest way that occurs, each once."""
    bearers = list(ordered)
    surest = [b for b in bearers if b[:2] == bearers[0][:2]]
    return tuple(dict.fromkeys(b.term_id for b in surest))

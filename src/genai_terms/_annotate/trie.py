"""The search for names in text: leftmost longest, whole words, no overlaps.

Words that tell a name are looked for by C-level iteration over windows of a few thousand
characters; Python steps in only there. The part of the trie below a first word is made
when that word is first met.
"""

from __future__ import annotations

from itertools import compress

from genai_terms._annotate.characters import CLEAR, REACH, is_word, joins, reads, sign, trim
from genai_terms._annotate.lexicon import UNGROWN, Lexicon, Node, Root
from genai_terms._annotate.mention import Mention
from genai_terms._annotate.window import Window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from typing import Any, Final

    from genai_terms._annotate.names import Name
    from genai_terms._container import Container
    from genai_terms._names import Names

__all__ = ["Matcher"]

# As Mention._make does, but that it counts the fields of each again.
_make: Any = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]

_WINDOW: Final = 8192
_NUMBERS: Final = tuple(range(_WINDOW // 2))
_LOOK_AHEAD: Final = 4
_SPACE: Final = ord(" ")


class _Roots(dict[bytes, Root]):
    """The tries below first words, each grown when it is first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self.telling = dict.fromkeys(lexicon.tells, UNGROWN)

    def __missing__(self, word: bytes) -> Root:
        node = self[word] = self._lexicon.grow(word)
        if word in self.telling:
            self.telling[word] = node
        return node


class Matcher:
    """The compiled names of a part of a glossary."""

    __slots__ = ("_lexicon", "_margin", "_roots")

    def __init__(self, names: Names, firsts: Container, positions: AbstractSet[int]) -> None:
        self._lexicon = Lexicon(names, firsts, positions)
        self._margin = _LOOK_AHEAD + REACH * self._lexicon.fringe
        self._roots = _Roots(self._lexicon)

    def scan(self, text: str, start: int = 0, *, final: bool = True) -> tuple[list[Mention], int]:
        """Return the mentions in *text* from *start* on, and up to where they are settled.

        *start* is where a word begins, or between words. Where more text may follow, that
        is not *final*, what it might change is left for the next call.
        """
        found: list[Mention] = []
        origin, size, single = start, _WINDOW, self._lexicon.single
        limit = len(text) if final else len(text) - self._margin
        while start < limit:
            stop = min(start + size, limit)
            whole = final and stop == limit
            settled = self._search(Window(text, start, stop, single, whole), found, origin)
            size = _WINDOW if settled > start else 2 * size
            start = settled
            if stop == limit:
                break
        if final:
            return found, start
        return found, self._before_signs(text, start, found[-1][1] if found else origin)

    def _before_signs(self, text: str, end: int, floor: int) -> int:
        """Step back over the signs before *end*, with which a name may begin, to *floor*."""
        floor = max(floor, end - self._margin)
        while end > floor and not is_word(text[end - 1]):
            end -= 1
        return max(end, floor)

    def _search(  # noqa: C901 - the one hot loop, written out
        self, window: Window, found: list[Mention], floor: int
    ) -> int:
        """Add the mentions in *window*; return from where on more text is needed to decide.

        No mention begins before *floor*. What is common in prose is decided here, all else by
        `_mention`.
        """
        text, shaped, offset = window.text, window.shaped, window.offset
        places, find = window.places, window.blanked.find
        done = (found[-1][1] if found else floor) - offset
        begin = passed = 0  # word number *passed* does not begin before *begin*
        for at, root, node, last in self._candidates(window):
            if at < passed:
                continue
            sole = node.sole if last else None
            if places and at in places:
                begin, sole = places[at], None
            elif root.ends:  # so no word like it was passed over
                begin = find(root.blank, begin) + 1
            else:
                begin = window.find(root.blank, passed, at, begin)
            passed = at + 1
            if begin < done:
                continue
            if sole:
                joined, terms, known, name = sole
                end = begin + len(joined)
                if (
                    (node is root or shaped[begin:end] == joined)
                    and shaped[begin - 1] in CLEAR
                    and (shaped[end] in CLEAR or shaped[end + 1] == _SPACE)
                ):
                    start, stop = begin + offset, end + offset
                    part = text[start:stop]
                    terms = terms or known.get(part) or name.terms(part)
                    if terms:
                        found.append(_make(Mention, (start, stop, part, terms[0], terms)))
                        begin = done = end
                        passed = last
                    if terms or node is root:
                        continue
            mention = self._mention(window, at, begin, done)
            if isinstance(mention, int):
                return mention + offset
            if mention is not None:
                found.append(mention)
                done = mention[1] - offset
        return len(window.blanked) - 1 + offset if window.whole else self._unsettled(window)

    def _candidates(self, window: Window) -> Iterator[tuple[int, Root, Node, int]]:
        """Yield each word that may tell a name, its root, and the longest name from there on.

        That is the node and the number of the word behind; 0 if `_mention` has to decide. A
        word behind which no name goes on is passed over, because to find where a word stands
        is dear.
        """
        keys, limit, whole = window.keys, window.limit, window.whole
        roots: list[Any] = [*map(self._roots.telling.get, keys)]  # None where nothing is told
        del roots[max(0, limit - (not whole)) :]
        # Numbers that exist already need not be made for every word.
        for at in compress(_NUMBERS if len(roots) <= len(_NUMBERS) else range(len(roots)), roots):
            root: Root = roots[at]
            if root.opens and keys[at + 1] not in root.next:
                continue
            if root is UNGROWN:
                root = self._roots[keys[at]]
            node: Node = root
            ahead = last = at + 1
            below = root.next.get(keys[ahead])
            while below is not None:
                ahead += 1
                if below.ends:
                    node, last = below, ahead
                below = below.next.get(keys[ahead])
            if (ahead >= limit and not whole) or (
                root.before and at and keys[at - 1] in root.before
            ):
                yield at, root, node, 0
            elif node.ends:
                yield at, root, node, last

    def _unsettled(self, window: Window) -> int:
        """Return where the last words begin of which more text may make a name."""
        at, begin = len(window.words), len(window.blanked) - 1
        while at and at >= window.limit:
            at -= 1
            begin = window.before(at, begin)
        return self._starts(window, at, begin)[-1][1] + window.offset

    def _starts(self, window: Window, at: int, begin: int) -> list[tuple[int, int]]:
        """Return word *at* and the leading words before it, each with where it begins."""
        starts = [(at, begin)]
        while len(starts) <= self._lexicon.most_leads and at:
            at -= 1
            if window.keys[at] not in self._lexicon.leads:
                break
            begin = window.before(at, begin)
            starts.append((at, begin))
        return starts

    def _mention(self, window: Window, at: int, begin: int, done: int) -> Mention | int | None:
        """Return the mention that word *at* tells, or where it begins if it needs more text."""
        for first, there in reversed(self._starts(window, at, begin)):
            if there >= done:
                reached = self._reached(window, first)
                if reached is None:
                    return there
                mention = _leftmost(window, first, there, reached, done)
                if mention is not None:
                    return mention
        return None

    def _reached(self, window: Window, at: int) -> list[tuple[Node, int]] | None:
        """Return where names may end that begin at word *at*; None if more text must tell."""
        node: Node | None = self._roots[window.keys[at]]
        reached: list[tuple[Node, int]] = []
        while node is not None:
            if node.ends:
                reached.append((node, at))
            if not node.next:
                break
            at += 1
            if at >= window.limit:
                return reached if window.whole else None
            node = node.next.get(window.keys[at])
        return reached


def _leftmost(
    window: Window, first: int, begin: int, reached: list[tuple[Node, int]], done: int
) -> Mention | None:
    """Return the leftmost, then longest mention of the names whose ends were *reached*."""
    found: list[Mention] = []
    for node, last in reached:
        end = window.end(first, last, begin)
        for name in node.ends.get(window.joined(first, last, begin), ()):
            mention = _bounded(window, begin, end, name)
            if mention is not None and mention[0] >= done + window.offset:
                found.append(mention)
    return min(found, key=lambda mention: (mention[0], -mention[1]), default=None)


def _bounded(window: Window, begin: int, end: int, name: Name) -> Mention | None:
    """Return the mention of *name* whose words lie from *begin* to *end*, if it is one."""
    text, begin, end = window.text, begin + window.offset, end + window.offset
    start, stop = trim(text, begin, end)
    if name.prefix:
        reach = text[max(0, begin - REACH * len(name.prefix)) : begin]
        length = reads(reach[::-1], name.prefix[::-1], backwards=True)
        start = begin - length
        if not length:
            return None
    elif joins(text, begin - 1):
        return None
    if name.suffix:
        length = reads(text[end : end + REACH * len(name.suffix)], name.suffix)
        stop = end = end + length
        if not length:
            return None
    possessive = _is_possessive(text, end)
    if not name.suffix and not possessive and joins(text, end):
        return None
    terms = name.terms(text[start:stop])
    if possessive:
        stop = end + 2
    return Mention(start, stop, text[start:stop], terms[0], terms) if terms else None


def _is_possessive(text: str, at: int) -> bool:
    """Tell whether an apostrophe and an s, and then no more of the word, stand at *at*."""
    return (
        text[at + 1 : at + 2] in ("s", "S")
        and sign(text[at]) == "'"
        and not is_word(text[at + 2 : at + 3])
        and not joins(text, at + 2)
    )

"""Where in a block of Markdown a link changes nothing but the text that it is around."""

from __future__ import annotations

import re
from itertools import accumulate
from unicodedata import category

from genai_terms._markup._formulas import formulas
from genai_terms._markup._inline import ESCAPED, LINKED, PLAIN, SYNTAX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

__all__ = ["Prose", "holds_lone_dollars"]

_DELIMITERS: Final = "*_~"
_BLANK: Final = " \t\n"
_OPENING: Final = {"]": "[", "}": "{"}
# "$5 and $6" is no math, nor is "$ 5$".
_MATH: Final = re.compile(r"\$\$|\$(?=[^\s$])[^$]*(?<=[^\s$])\$(?!\d)")
# Pandoc and GitHub end a formula at a blank line, and other hosts but for such lines.
_LONE: Final = re.compile(r"(?m)^[ \t]*(\$\$)[ \t]*$")
_READ_AS_TEX: Final = (PLAIN, LINKED, ESCAPED)
_BRACKET: Final = re.compile(r"[\[\]{}]")


class Prose:
    """The text of a block without the syntax of its links, so that links change nothing.

    Attributes:
        text: What mentions are looked for in.
        in_math: Whether the block ends within a formula between double dollar signs alone on
            their lines, which it may if that is *closable*: such a line is in a later block.
    """

    __slots__ = ("_barred", "_closable", "_content", "_counts", "_marks", "_places", "_text",
                 "in_math", "text")  # fmt: skip

    def __init__(self, content: str, marks: bytearray, *, in_math: bool, closable: bool) -> None:
        self._content = content
        self._marks = marks
        self._places: Sequence[int] = [at for at, mark in enumerate(marks) if mark != SYNTAX]
        # A delimiter behind a backslash is none, only punctuation.
        self._text = "".join(
            [
                "\\" if marks[at] == ESCAPED and content[at] in _DELIMITERS else content[at]
                for at in self._places
            ]
        )
        visible = _visible(content, marks)
        # To the annotator, an underscore is a part of a word; a delimiter is none.
        self.text = "".join(
            [
                "*" if mark == "\0" and char == "_" else char
                for char, mark in zip(self._text, visible, strict=True)
            ]
        )
        self._counts = {mark: self._text.count(mark) for mark in _DELIMITERS}
        self.in_math = in_math
        self._closable = closable
        spans = [*_brackets(visible), *self._formulas(visible), *formulas(self._tex())]
        changes = [0] * (len(visible) + 1)
        for start, end in spans:
            changes[start] += 1
            changes[end] -= 1
        self._barred = list(accumulate(changes))

    def _tex(self) -> str:
        """The text as a program for mathematics reads it, but for formulas in dollar signs."""
        marks, content = self._marks, self._content
        return "".join(
            [
                content[at] if marks[at] in _READ_AS_TEX and content[at] != "$" else "\0"
                for at in self._places
            ]
        )

    def _formulas(self, visible: str) -> Iterator[tuple[int, int]]:
        """Yield formulas; those between double dollar signs may go on in another block.

        Where nothing closes it, a double dollar sign opens none.
        """
        at = 0
        if self.in_math:
            closing = _LONE.search(visible)
            self.in_math = closing is None
            at = len(visible) if closing is None else closing.end(1)
            yield 0, at
        while formula := _MATH.search(visible, at):
            start, at = formula.span()
            if formula[0] == "$$":
                end = visible.find("$$", at)
                self.in_math = end < 0 and self._closable and _lone_at(visible, start)
                if end < 0 and not self.in_math:
                    continue
                at = len(visible) if end < 0 else end + 2
            yield start, at

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where in the content the text from *start* to *end* can be linked, if it can."""
        first, last = self._places[start], self._places[end - 1] + 1
        content = self._content
        fits = (
            self._marks.count(PLAIN, first, last) == last - first
            and not any(self._barred[start:end])
            and content[first - 1 : first] not in ("!", "\\", "]")
            and not _BRACKET.search(content, first, last)
            and self._keeps_emphasis(start, end)
        )
        return (first, last) if fits else None

    def is_link(self, start: int, end: int) -> bool:
        """Whether the text from *start* to *end* is all the text of a link."""
        first, last = self._places[start], self._places[end - 1] + 1
        marks = self._marks
        return (
            marks.count(LINKED, first, last) == last - first
            and marks[first - 1] == SYNTAX
            and marks[last] == SYNTAX
        )

    def _keeps_emphasis(self, start: int, end: int) -> bool:
        """Whether delimiters beside the text go on to open and close what they do.

        What they do depends on both their neighbors, and the bracket of a link is punctuation.
        Blank space on the other side decides alone. Punctuation there lets a delimiter both
        open and close, which is no matter where there are only this one and its like.
        """
        text = self._text
        before, behind = _beyond(text, start - 1, -1), _beyond(text, end, 1)
        length = start - 1 - before
        ends = [(before, -1)] * bool(length) + [(behind, 1)] * (behind > end)
        if all(self._is_blank(at, step) for at, step in ends):
            return True
        alone = (
            length == behind - end
            and text[start - 1] == text[end]
            and self._counts[text[end]] == 2 * length
        )
        return alone and all(
            self._is_blank(at, step) or self._is_punctuation(at, step) for at, step in ends
        )

    def _is_blank(self, at: int, step: int) -> bool:
        """Whether blank space, or the edge of the block, is where *step* leads to from *at*."""
        place = self._places[at - step] + step
        return not 0 <= place < len(self._content) or self._content[place] in _BLANK

    def _is_punctuation(self, at: int, step: int) -> bool:
        return (
            0 <= at < len(self._text)
            and self._places[at] == self._places[at - step] + step
            and category(self._text[at])[0] in "PS"
        )


def _lone_at(text: str, at: int) -> bool:
    """Tell whether the double dollar sign *at* a place is a line of its own."""
    begin = text.rfind("\n", 0, at) + 1
    line = _LONE.match(text, begin)
    return line is not None and line.start(1) == at


def holds_lone_dollars(content: str, marks: bytearray) -> bool:
    """Tell whether a line of a block is a double dollar sign and nothing else."""
    return "$$" in content and _LONE.search(_visible(content, marks)) is not None


def _visible(content: str, marks: bytearray) -> str:
    """The text of a block, with a null for what is no plain text."""
    return "".join(
        [
            char if mark in (PLAIN, LINKED) else "\0"
            for char, mark in zip(content, marks, strict=True)
            if mark != SYNTAX
        ]
    )


def _beyond(text: str, at: int, step: int) -> int:
    """Return the place behind the run of equal delimiters at *at*; *at* if there is none."""
    mark = text[at] if 0 <= at < len(text) else ""
    while mark and mark in _DELIMITERS and 0 <= at < len(text) and text[at] == mark:
        at += step
    return at


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield what is in brackets or braces: footnotes, wiki links, templates, attributes."""
    opened: dict[str, list[int]] = {"[": [], "{": []}
    for bracket in _BRACKET.finditer(text):
        opening = _OPENING.get(bracket[0])
        if opening is None:
            opened[bracket[0]].append(bracket.start())
        elif opened[opening]:
            yield opened[opening].pop(), bracket.end()


def __dir__() -> list[str]:
    return __all__

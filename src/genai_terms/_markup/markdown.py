"""Markdown: links around mentions of terms, put into the source as it is.

markdown-it tells the lines of a block and the order of its parts, not where in the source
a part stands. Both are found out without a guess, or the text is left alone:

* A line of a block is the end of its line in the source, or its cell in the row of a table.
* The rules that read plain text are asked, while they read, which characters they took.

A mention is linked if all its characters were read as plain text, and if no character beside
it could then be read in another way.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from itertools import pairwise

from genai_terms._markup._inline import Reader
from genai_terms._markup._prose import Prose, holds_lone_dollars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from markdown_it.token import Token

    from genai_terms._annotate import Mention
    from genai_terms._markup._link import Linker

    Shifts = list[tuple[int, int]]

__all__ = ["annotate"]

_BOM: Final = "\ufeff"
_NEWLINE: Final = re.compile(r"\r\n?|\n")
_UNFIT: Final = re.compile("[\0\ud800-\udfff]")  # what parsers replace or stumble over
_ESCAPED_IN_ADDRESS: Final = re.compile(r"[()\[\]$&]")


def annotate(text: str, linker: Linker, *, first_only: bool) -> str:
    """Return *text* with its mentions linked; see `annotate_markdown`.

    Raises:
        TypeError: *text* is not a str.
        ValueError: The callable of *linker* returned an address that is not allowed.
    """
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"text is a str, found {type(text).__name__}")
    return linker.linked(text, _mentions(text, linker), _link, first_only=first_only)


def _link(text: str, address: str) -> str:
    escaped = _ESCAPED_IN_ADDRESS.sub(r"\\\g<0>", address)
    return f"[{text}]({escaped})"


def _mentions(text: str, linker: Linker) -> Iterator[tuple[Mention, bool]]:
    """Yield the mentions where links may stand, as they lie in *text*, and those of links."""
    in_math = False
    blocks = [*_blocks(_UNFIT.sub("\ufffd", text))]
    dollars = (
        at for at, (content, marks, _) in enumerate(blocks) if holds_lone_dollars(content, marks)
    )
    last = max(dollars, default=-1)
    for at, (content, marks, shifts) in enumerate(blocks):
        prose = Prose(content, marks, in_math=in_math, closable=at < last)
        in_math = prose.in_math
        for mention in linker.mentions(prose.text):
            if prose.is_link(mention.start, mention.end):
                yield mention, True
                continue
            place = prose.place(mention.start, mention.end)
            if place is not None:
                start, end = _shifted(place[0], shifts), _shifted(place[1] - 1, shifts) + 1
                yield mention._replace(start=start, end=end), False


def _shifted(at: int, shifts: Shifts) -> int:
    """Return where in the source the character *at* of a block lies."""
    return at + shifts[bisect_right(shifts, (at, sys.maxsize)) - 1][1]


def _blocks(source: str) -> Iterator[tuple[str, bytearray, Shifts]]:
    """Yield each block of prose: its text, what its characters are, and where they lie."""
    lines = _lines(source)
    reader = Reader()
    tokens = _tokens(source, lines, reader)
    cells = dict(_cells(tokens, lines))
    for at, token in enumerate(tokens):
        if token.nesting == 1 and not token.hidden:
            reader.start(token.tag)
        elif token.type == "html_block":
            reader.skip_html(token.content)
        elif token.type == "inline":
            marks = reader.read(token.content)
            if tokens[at - 1].type == "paragraph_open" and token.map:
                shifts = _shifts(token.content, lines[token.map[0] : token.map[1]])
            else:
                shifts = cells.get(at, [])
            if shifts:
                yield token.content, marks, shifts


def _lines(source: str) -> list[tuple[int, str]]:
    """Return the lines of *source* as markdown-it counts them, each with where it begins.

    A byte order mark is no part of the first: it makes no text of a heading.
    """
    lines: list[tuple[int, str]] = []
    begin = int(source.startswith(_BOM))
    for newline in _NEWLINE.finditer(source):
        lines.append((begin, source[begin : newline.start()]))
        begin = newline.end()
    return [*lines, (begin, source[begin:])]


def _tokens(source: str, lines: list[tuple[int, str]], reader: Reader) -> list[Token]:
    """Return the blocks of *source*, and only those that are no front matter to anybody."""
    front = _front_matter(lines)
    text = source.removeprefix(_BOM)
    if not front:
        return reader.blocks(text)
    whole = {(token.type, str(token.map), token.content) for token in reader.blocks(text)}
    body = reader.blocks("\n" * front + source[lines[front][0] :] if front < len(lines) else "")
    return [
        token
        for token in body
        if token.type != "inline" or (token.type, str(token.map), token.content) in whole
    ]


def _front_matter(lines: list[tuple[int, str]]) -> int:
    """Return the number of lines of YAML or TOML that the document begins with."""
    fence = lines[0][1].rstrip()
    ends = {"---": ("---", "..."), "+++": ("+++",)}.get(fence, ())
    numbered = enumerate(lines[1:], 2)
    return next((number for number, (_, line) in numbered if line.rstrip() in ends), 0)


def _shifts(content: str, lines: list[tuple[int, str]]) -> Shifts:
    """Return, for each line of *content*, where it begins there and how far away its source is.

    A line of a block is the end of its line in the source; only what nests the block stands
    before it. There is no answer, an empty one, if that should not hold.
    """
    shifts: list[tuple[int, int]] = []
    at = 0
    parts = content.split("\n")
    if len(parts) > len(lines):
        return []
    for part, (begin, line) in zip(parts, lines, strict=False):
        core, ended = part.strip(), line.rstrip()
        if not ended.endswith(core):
            return []
        blank = len(part) - len(part.lstrip())
        shifts.append((at, begin + len(ended) - len(core) - at - blank))
        at += len(part) + 1
    return shifts


def _cells(tokens: list[Token], lines: list[tuple[int, str]]) -> Iterator[tuple[int, Shifts]]:
    """Yield, for each cell of a table, the number of its token and where its source is.

    Cells of the head are headings, which no link belongs into.
    """
    row: list[int] = []
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            row = []
        elif token.type == "inline" and tokens[at - 1].type in {"td_open", "th_open"}:
            row.append(at)
        elif token.type == "tr_close" and row:
            number = (tokens[row[0]].map or [0])[0]
            begin, line = lines[number]
            starts = _starts_of_cells(line, [tokens[cell].content for cell in row])
            for cell, start in zip(row, starts, strict=False):
                if tokens[cell - 1].type == "td_open":
                    yield cell, [(0, begin + start)]


def _starts_of_cells(line: str, contents: list[str]) -> list[int]:
    """Return where in the *line* of a row its cells begin.

    The row may begin with a bar, behind what nests the table. If the cells would fit both
    ways, or if one holds an escaped bar, there is no answer.
    """
    if "\\|" in line:
        return []
    bars = [bar.start() for bar in re.finditer(r"\|", line)]
    missing = [len(line)] * len(contents)
    bounds = pairwise([-1, *bars, len(line), *missing])
    pieces = [(start + 1, line[start + 1 : end]) for start, end in bounds]
    ways = [
        [start + len(piece.rstrip()) - len(content) for (start, piece), content in fitted]
        for skipped in (0, 1)
        for fitted in [list(zip(pieces[skipped:], contents, strict=False))]
        if all(
            piece.strip() == content or (start == 0 and piece.rstrip().endswith(content))
            for (start, piece), content in fitted
        )
    ]
    return ways[0] if len(ways) == 1 else []


def __dir__() -> list[str]:
    return __all__

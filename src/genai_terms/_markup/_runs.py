"""Runs of text in the source of an HTML document, found by a tokenizer that keeps offsets.

It reads tags, comments, declarations and raw text where the HTML standard does (13.2.5);
there is no markup that it refuses, and it never looks at a character more than a few times.
"""

from __future__ import annotations

import re

from genai_terms._markup._regions import INLINE, RAW, Regions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

__all__ = ["OWN_LINK", "Run", "runs"]

OWN_LINK: Final = '<a class="genai-term" href="{}">{}</a>'
"""What is put into a document; it is read again as the text that it holds."""

_OWN: Final = re.compile(r'<a class="genai-term" href="[^"<>]*">([^<]+)</a>')
_OPENER: Final = re.compile(r"<(?=[A-Za-z!?/])")
_TAG: Final = re.compile(
    r"""
    <(?P<end>/?)(?P<name>[A-Za-z][^\t\n\f\r />]*+)
    (?: [\t\n\f\r ]++
      | /(?!>)
      | (?: =[^\t\n\f\r />=]*+ | [^\t\n\f\r />=]++ )
        (?: [\t\n\f\r ]*+ = [\t\n\f\r ]*+
            (?: "[^"]*+" | '[^']*+' | (?=>) | [^\t\n\f\r >"'][^\t\n\f\r >]*+ )
          | (?! [\t\n\f\r ]*+ = )
        )
    )*+
    (?P<slash>/?)>
    """,
    re.VERBOSE,
)
_CLASS: Final = re.compile(r"""(?ia)[\s"'/]class\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_MATH: Final = frozenset("arithmatex katex katex-display math mathjax mathjax_display".split())
_BEGUN_TAG: Final = re.compile(r"</?[A-Za-z]")
_COMMENT_END: Final = re.compile(r"--!?>")
_SCRIPT: Final = re.compile(r"(?ia)<!--(?!-?>)|-->|</?script(?=[\t\n\f\r />])")
_CDATA_END: Final = re.compile(r"\]\]>")


class Run:
    """A stretch of text without other markup than links that were put in before.

    Attributes:
        pieces: Where its parts begin and end in the source, and whether each is linked.
        free: Whether a link may stand here.
        glued: Whether only markup within a word parts it from the run before.
        flows: Whether no more than that, and line breaks, do.
    """

    __slots__ = ("flows", "free", "glued", "pieces")

    def __init__(
        self, pieces: list[tuple[int, int, bool]], *, free: bool, glued: bool, flows: bool
    ) -> None:
        self.pieces = pieces
        self.free = free
        self.glued = glued
        self.flows = flows


def runs(html: str, regions: Regions) -> Iterator[Run]:
    """Yield the runs of text of *html*; afterwards *regions* tells what is open at its end."""
    reader = _Reader(html, regions)
    pieces: list[tuple[int, int, bool]] = []
    begin, at, glued, flows = 0, 0, False, False
    while opener := _OPENER.search(html, at):
        here = opener.start()
        if html.startswith("</", here) and here + 2 == len(html):
            break
        own = None if regions.inside else _OWN.match(html, here)
        if own is not None:
            pieces += (begin, here, False), (*own.span(1), True)
            begin = at = own.end()
            continue
        pieces.append((begin, here, False))
        if begin < here or len(pieces) > 1:
            yield Run(pieces, free=not regions.inside, glued=glued, flows=flows)
            glued = flows = True
        begin = at = reader.skip(here)
        if regions.lost:
            return
        pieces, glued, flows = [], glued and reader.glues, flows and reader.flows
    pieces.append((begin, len(html), False))
    if begin < len(html) or len(pieces) > 1:
        yield Run(pieces, free=not regions.inside, glued=glued, flows=flows)


class _Reader:
    """Reads markup; what has no end makes the rest of the document lost.

    Attributes:
        glues: Whether what was read last parts no words.
        flows: Whether it parts no paragraph.
    """

    def __init__(self, html: str, regions: Regions) -> None:
        self._html = html
        self._regions = regions
        self._noscript_end = -1
        self.glues = self.flows = False

    def skip(self, here: int) -> int:
        """Return where the markup ends that begins *here*, with raw text that belongs to it."""
        tag = _TAG.match(self._html, here)
        if tag is None:
            self.glues = self.flows = True
            return self._declaration(here)
        name = tag["name"].lower() if tag["name"].isascii() else tag["name"]
        self.glues = name in INLINE
        self.flows = self.glues or name == "br"
        if tag["end"]:
            closed = self._regions.end(name)
            if closed and name == "noscript" and here != self._noscript_end:
                self._regions.lost = True
            return tag.end()
        if self._regions.foreign or self._regions.is_open("select"):
            self._regions.start(name, closed=bool(tag["slash"]))
        elif name in RAW:
            return self._raw(name, tag.end())
        else:
            self._regions.start(name, closed=bool(tag["slash"]), math=_holds_math(tag[0]))
            if name == "noscript":
                self._note_noscript(tag.end())
            self._regions.lost |= name == "plaintext"
        return tag.end()

    def _declaration(self, here: int) -> int:
        """Return where a comment, a declaration or a bogus tag ends."""
        html = self._html
        if html.startswith("<!--", here) and not html.startswith((">", "->"), here + 4):
            end = _COMMENT_END.search(html, here + 4)
            return self._found(end.end() if end else 0)
        if self._regions.foreign and html.startswith("<![CDATA[", here):
            end = _CDATA_END.search(html, here + 9)
            return self._found(end.end() if end else 0)
        return self._found(0 if _BEGUN_TAG.match(html, here) else html.find(">", here) + 1)

    def _raw(self, name: str, at: int) -> int:
        """Return where the end tag of raw text ends that begins at *at*."""
        closing = (
            _script_end(self._html, at) if name == "script" else _raw_end(name, self._html, at)
        )
        tag = closing and _TAG.match(self._html, closing.start())
        return self._found(tag.end() if tag else 0)

    def _found(self, end: int) -> int:
        self._regions.lost |= not end
        return end

    def _note_noscript(self, at: int) -> None:
        """Browsers that run scripts read it as raw text, all others as markup: both must agree."""
        end = None if self._noscript_end > at else _raw_end("noscript", self._html, at)
        self._noscript_end = self._found(end.start() if end else 0)


def _holds_math(tag: str) -> bool:
    """Tell whether a start tag has a class that programs for mathematics give to formulas."""
    values = (value.strip("\"'").lower() for value in _CLASS.findall(tag))
    return any(not _MATH.isdisjoint(value.split()) for value in values)


def _raw_end(name: str, html: str, at: int) -> re.Match[str] | None:
    return re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII).search(html, at)


def _script_end(html: str, at: int) -> re.Match[str] | None:
    """Return the end tag of a script, which may hold scripts in what looks like a comment."""
    escaped = doubled = False
    for mark in _SCRIPT.finditer(html, at):
        if mark[0] == "<!--":
            escaped = True
        elif mark[0] == "-->":
            escaped = doubled = False
        elif mark[0].startswith("</") and not doubled:
            return mark
        else:
            doubled = escaped and not mark[0].startswith("</")
    return None


def __dir__() -> list[str]:
    return __all__

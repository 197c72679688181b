"""HTML: links around mentions of terms, put into the source as it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from html import escape, unescape
from html.entities import html5
from itertools import pairwise

from genai_terms._markup._formulas import formulas
from genai_terms._markup._link import Linker
from genai_terms._markup._regions import Regions
from genai_terms._markup._runs import OWN_LINK, Run, runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Final

    from genai_terms._annotate import Mention
    from genai_terms._glossary import Glossary
    from genai_terms._markup._link import Link

__all__ = ["annotate_html"]

_REFERENCE: Final = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|[A-Za-z][A-Za-z0-9]{0,31};?)")
_LONGEST_NUMBER: Final = 12
_INSIDE: Final = -1  # a place within a character reference


def annotate_html(
    html: str,
    *,
    link: Link,
    glossary: Glossary | None = None,
    first_only: bool = False,
    kinds: str | Iterable[str] | None = None,
    levels: str | Iterable[str] | None = None,
    exclude: str | Iterable[str] = (),
    common_words: bool = True,
) -> str:
    r"""Return *html* with mentions of terms linked; every other character stays as it is.

    A link is ``<a class="genai-term" href="…">``. Headings, those of tables too, links, buttons,
    labels, code, scripts, choices of a form, web addresses, SVG, attributes and comments are
    left alone, and so are formulas: MathML, elements of a class such as math or katex, TeX
    between ``\(`` and ``\)``, ``\[`` and ``\]``, or double dollar signs. So is what follows
    markup that is too broken to tell where such an element ends. A name that is parted by a
    tag is not found. To annotate twice changes nothing.

    Args:
        html: A document or a part of one, of any length.
        link: Where a mention leads: a template such as "/glossary/{id}", in which `{id}` and
            `{name}` stand for those of the term; or a callable that takes a `Mention`, whose
            `start` and `end` count in *html*, and returns an address, or None for no link.
            Addresses are relative or have the scheme http or https.
        glossary: The terms to link; the built-in glossary if None.
        first_only: Whether to link each term once only, where it is mentioned first.
        kinds: Only terms of these kinds.
        levels: Only terms of these levels.
        exclude: Names or ids of terms to leave out.
        common_words: Whether to link terms that are called by an everyday word.

    Raises:
        TypeError: *html* is not a str, or *link* neither a str nor callable.
        ValueError: An address is not allowed, or a kind, level or excluded name is unknown.

    >>> annotate_html("<h1>LLM</h1> An LLM.", link="/glossary/{id}")
    '<h1>LLM</h1> An <a class="genai-term" href="/glossary/large-language-model">LLM</a>.'
    """
    if not isinstance(html, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"html is a str, found {type(html).__name__}")
    linker = Linker(
        glossary, link, kinds=kinds, levels=levels, exclude=exclude, common_words=common_words
    )
    return linker.linked(html, _mentions(html, linker), _link, first_only=first_only)


def _link(text: str, address: str) -> str:
    return OWN_LINK.format(escape(address), text)


def _mentions(html: str, linker: Linker) -> Iterator[tuple[Mention, bool]]:
    """Yield the mentions where links may stand, and whether they are linked already."""
    for flow in _flows(html):
        joined = [*(_joined(one, other) for one, other in pairwise(flow)), False]
        barred = [*formulas("".join(text.text if text.free else "\0" for text in flow))]
        begin, joined_left = 0, False
        for text, joined_right in zip(flow, joined, strict=True):
            for mention in linker.mentions(text.text) if text.free else ():
                cut = (joined_left and mention.start == 0) or (
                    joined_right and mention.end == len(text.text)
                )
                if not cut and not _overlaps(barred, mention.start + begin, mention.end + begin):
                    yield from text.placed(mention)
            begin += len(text.text) if text.free else 1
            joined_left = joined_right


def _flows(html: str) -> Iterator[list[_Text]]:
    """Yield the texts, with those together that nothing but markup within a line parts."""
    flow: list[_Text] = []
    for run in runs(html, Regions()):
        if flow and not run.flows:
            yield flow
            flow = []
        flow.append(_Text(html, run))
    if flow:
        yield flow


def _joined(text: _Text, following: _Text) -> bool:
    """Tell whether a word goes on from *text* to the *following* one, across a tag."""
    return following.glued and text.text[-1].isalnum() and following.text[0].isalnum()


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether one of the *spans*, which are in order, reaches between *start* and *end*."""
    at = bisect_left(spans, (end, 0))
    return at > 0 and spans[at - 1][1] > start


class _Text:
    """The text of a run as a reader sees it, and where each character lies in the source."""

    __slots__ = ("_ends", "_html", "_linked", "_starts", "free", "glued", "text")

    def __init__(self, html: str, run: Run) -> None:
        self.free = run.free
        self.glued = run.glued
        self._html = html
        self._linked = [(-1, -1)]
        self._starts: Sequence[int]
        self._ends: Sequence[int]
        begin, end, _ = run.pieces[0]
        self.text = html[begin:end]
        if len(run.pieces) == 1 and "&" not in self.text:
            self._starts, self._ends = range(begin, end), range(begin + 1, end + 1)
        else:
            self.text, self._starts, self._ends = self._read(run)

    def _read(self, run: Run) -> tuple[str, Sequence[int], Sequence[int]]:
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for begin, end, linked in run.pieces:
            if linked:
                self._linked.append((begin, end))
            for characters, at, stop in _characters(self._html, begin, end):
                parts.append(characters)
                if len(characters) == stop - at:
                    starts += range(at, stop)
                    ends += range(at + 1, stop + 1)
                else:
                    inner = [_INSIDE] * (len(characters) - 1)
                    starts += at, *inner
                    ends += *inner, stop
        return "".join(parts), starts, ends

    def placed(self, mention: Mention) -> Iterator[tuple[Mention, bool]]:
        """Yield *mention* as it lies in the source, and whether it is linked, if it can be."""
        start, end = self._starts[mention.start], self._ends[mention.end - 1]
        if _INSIDE in (start, end) or "<" in self._html[start:end]:
            return
        begin, stop = self._linked[bisect_right(self._linked, (start, len(self._html))) - 1]
        linked = start < stop
        if not linked or (begin, stop) == (start, end):
            yield mention._replace(start=start, end=end), linked


def _characters(html: str, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield text and what character references stand for, each with its place in *html*."""
    for reference in _REFERENCE.finditer(html, begin, end):
        characters, stop = _referred(reference)
        if characters:
            yield html[begin : reference.start()], begin, reference.start()
            yield characters, reference.start(), stop
            begin = stop
    yield html[begin:end], begin, end


def _referred(reference: re.Match[str]) -> tuple[str, int]:
    """Return what a character reference stands for, and where it ends; "" if it is none."""
    source, start = reference[0], reference.start()
    if source[1] == "#":
        number = source if len(source) <= _LONGEST_NUMBER else "&#xFFFD;"
        return unescape(number) or "\ufffd", reference.end()
    for length in range(len(source), 1, -1):
        characters = html5.get(source[1:length])
        if characters is not None:
            return characters, start + length
    return "", start


def __dir__() -> list[str]:
    return __all__

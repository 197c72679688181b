"""Which characters of a block of Markdown are plain text, told by the parser that reads them."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, escape, html_inline, link, newline, text

from genai_terms._markup._regions import Regions
from genai_terms._markup._runs import runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from markdown_it.token import Token

__all__ = ["ESCAPED", "LINKED", "PLAIN", "SYNTAX", "Reader"]

OTHER: Final = 0
PLAIN: Final = 1
"""Text that is shown as it is written."""
LINKED: Final = 2
"""The same, as the text of a link."""
SYNTAX: Final = 3
"""What makes a link of the text."""
ESCAPED: Final = 4
"""A sign behind a backslash, and the backslash."""


class Reader:
    """Parses Markdown, and marks the characters of each block as they are read.

    The rules of markdown-it do the reading; those for plain text, line breaks, links and
    HTML are wrapped so that they tell what they took.
    """

    def __init__(self) -> None:
        self._parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self._parser.core.ruler.disable("inline")
        rules = self._parser.inline.ruler
        rules.at("text", self._text)
        rules.at("newline", self._newline)
        rules.at("escape", self._escape)
        rules.at("link", self._link)
        rules.at("html_inline", self._html)
        rules.push("rest", self._rest)
        self._definitions: dict[str, Any] = {}
        self._regions = Regions()
        self._state: StateInline | None = None
        self._marks = bytearray()

    def blocks(self, source: str) -> list[Token]:
        """Return the blocks of *source*; the text in them is still to be read."""
        self._definitions = {}
        return self._parser.parse(source, self._definitions)

    def skip_html(self, html: str) -> None:
        """Take note of what *html* opens and closes."""
        for _ in runs(html, self._regions):
            pass

    def start(self, tag: str) -> None:
        """Take note that HTML ends here which an element *tag* cannot stand in."""
        self._regions.leave(tag)

    def read(self, content: str) -> bytearray:
        """Return a mark for each character of the *content* of a block."""
        self._marks = bytearray(len(content))
        self._state = StateInline(content, self._parser, self._definitions, [])
        self._parser.inline.tokenize(self._state)
        return self._marks

    def _mark(self, state: StateInline, start: int, end: int) -> None:
        if not self._regions.inside:
            self._marks[start:end] = bytes([LINKED if state.level else PLAIN]) * (end - start)

    def _text(self, state: StateInline, silent: bool) -> bool:
        start = state.pos
        done = text(state, silent)
        if done and state is self._state and not silent:
            self._mark(state, start, state.pos)
        return done

    def _newline(self, state: StateInline, silent: bool) -> bool:
        start = state.pos
        done = newline(state, silent)
        if done and state is self._state and not silent:
            self._mark(state, start, state.pos)
        return done

    def _escape(self, state: StateInline, silent: bool) -> bool:
        start = state.pos
        done = escape(state, silent)
        if done and state is self._state and not silent:
            self._marks[start : state.pos] = bytes([ESCAPED]) * (state.pos - start)
        return done

    def _rest(self, state: StateInline, silent: bool) -> bool:
        """Mark a character that no rule takes: it is text."""
        if state is self._state and not silent:
            self._mark(state, state.pos, state.pos + 1)
        return False

    def _link(self, state: StateInline, silent: bool) -> bool:
        start = state.pos
        done = link(state, silent)
        if done and state is self._state and not silent:
            label_end = state.md.helpers.parseLinkLabel(state, start, True)  # noqa: FBT003 - as in the rule itself
            self._marks[start] = SYNTAX
            self._marks[label_end : state.pos] = bytes([SYNTAX]) * (state.pos - label_end)
        return done

    def _html(self, state: StateInline, silent: bool) -> bool:
        start = state.pos
        done = html_inline(state, silent)
        if done and state is self._state and not silent:
            self.skip_html(state.src[start : state.pos])
        return done


def __dir__() -> list[str]:
    return __all__

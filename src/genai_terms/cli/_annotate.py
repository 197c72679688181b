"""`genai-terms annotate`: the terms in a text, marked, linked, or listed."""

import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from typing import Annotated, TextIO

import typer
from rich.text import Text

from genai_terms._annotate import Annotator
from genai_terms.cli._app import opened
from genai_terms.cli._options import AsJson, Kinds, Levels
from genai_terms.cli._terminal import Paper, clean, emit

__all__ = ["annotate"]

_MARKED = "bold yellow"
_CHUNK = 2**16
_LINK = "#{id}"


class Markup(StrEnum):
    """How the text is written."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


_ENDINGS = {
    ".htm": Markup.HTML,
    ".html": Markup.HTML,
    ".md": Markup.MARKDOWN,
    ".markdown": Markup.MARKDOWN,
}


def annotate(  # noqa: PLR0913 - one parameter for each option
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help="A file in UTF-8; - is standard input.")] = "-",
    *,
    markup: Annotated[
        Markup | None,
        typer.Option("--format", help="How the text is written; by default as its name ends."),
    ] = None,
    link: Annotated[
        str, typer.Option(help="Where links lead in HTML and Markdown: {id} and {name} are filled.")
    ] = _LINK,
    first_only: Annotated[
        bool, typer.Option("--first-only", help="Each term once, where it stands first.")
    ] = False,
    kind: Kinds = None,
    level: Levels = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="NAME", help="Leave this term out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find the terms in a text: marked on a terminal, linked in HTML and Markdown.

    Plain text is read piece by piece, whatever its size; in a pipe each mention is followed by
    the id of its term in brackets. With --json, each mention is an object on a line of its own.
    """
    glossary = opened(ctx)
    written = markup or _ENDINGS.get(os.path.splitext(file)[1].lower(), Markup.TEXT)
    kinds, levels, exclude = kind or None, level or None, exclude or []
    annotator = Annotator(glossary, kinds=kinds, levels=levels, exclude=exclude)
    with _text(file) as text:
        if written is Markup.TEXT or as_json:
            _stream(annotator, text, first_only=first_only, as_json=as_json)
        else:
            from genai_terms._markup import annotate_html, annotate_markdown

            link_in = annotate_html if written is Markup.HTML else annotate_markdown
            linked = link_in(
                text.read(),
                link=link,
                glossary=glossary,
                first_only=first_only,
                kinds=kinds,
                levels=levels,
                exclude=exclude,
            )
            emit(linked.encode())


@contextmanager
def _text(file: str) -> Generator[TextIO]:
    if file == "-":
        # As a file is read, whatever the locale: UTF-8, with the line ends that there are.
        piped = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
        try:
            yield piped
        finally:
            piped.detach()
        return
    with open(file, encoding="utf-8", newline="") as opened_file:
        yield opened_file


def _stream(annotator: Annotator, text: TextIO, *, first_only: bool, as_json: bool) -> None:
    paper = Paper()
    chunks = iter(lambda: text.read(_CHUNK), "")
    passed = 0
    for stretch, mentions in annotator.stream(chunks, first_only=first_only):
        if as_json:
            for mention in mentions:
                moved = mention._replace(start=mention.start + passed, end=mention.end + passed)
                emit(json.dumps(moved._asdict(), ensure_ascii=False).encode() + b"\n")
        elif paper.on_terminal:
            marked = Text(clean(stretch))
            for mention in mentions:
                marked.stylize(_MARKED, mention.start, mention.end)
            paper.console.print(marked, end="", soft_wrap=True)
        else:
            end = 0
            for mention in mentions:
                emit(f"{stretch[end : mention.end]} [{mention.term_id}]".encode())
                end = mention.end
            emit(stretch[end:].encode())
        passed += len(stretch)

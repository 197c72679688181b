"""`genai-terms check`: the rules that content must keep."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.text import Text

from genai_terms import _optional, checks
from genai_terms.cli._app import opened
from genai_terms.cli._open import glossary_at
from genai_terms.cli._options import AsJson
from genai_terms.cli._terminal import Paper, clean, emit_json, say, working

TYPE_CHECKING = False
if TYPE_CHECKING:
    from genai_terms._glossary import Glossary
    from genai_terms._source import Source

__all__ = ["check"]

Folder = Annotated[
    str | None,
    typer.Argument(
        metavar="FOLDER", help="YAML content to check; the glossary in use if left out."
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="Only codes that begin so, such as E or W7; repeatable."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="No codes that begin so; repeatable."),
]


def check(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    select: Select = None,
    ignore: Ignore = None,
    as_json: AsJson = False,
) -> None:
    """Check content against the rules; silent where all are kept."""
    content = _content(ctx, folder)
    with working("Checking"):
        findings = checks.check(content, select=select or (), ignore=ignore or ())
    if as_json:
        emit_json([asdict(finding) for finding in findings])
    else:
        paper = Paper()
        for finding in findings:
            paper.console.print(_line(finding), soft_wrap=True)
    if findings:
        errors = sum(finding.is_error for finding in findings)
        say(f"{len(findings):,} findings, {errors:,} of which keep it from being compiled")
        raise typer.Exit(1)


def _content(ctx: typer.Context, folder: str | None) -> "Source | Glossary":
    """What to check: content as it is written where there is any, with files and lines."""
    path = ctx.obj
    if folder is None:
        glossary = glossary_at(path) if isinstance(path, str) else opened(ctx)
        if glossary is not None:
            return glossary
        folder = path
    reader = _optional.load("_source", "Reading YAML", "authoring", "PyYAML")
    with working(f"Reading {folder}"):
        source: Source = reader.read_folder(folder)
    return source


def _line(finding: checks.Finding) -> Text:
    place, code = clean(finding.location), finding.code
    text = Text(clean(str(finding)))
    text.stylize("bold", 0, len(place))
    text.stylize(
        "red" if finding.is_error else "yellow", len(place) + 2, len(place) + 2 + len(code)
    )
    return text

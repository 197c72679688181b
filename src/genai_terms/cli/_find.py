"""`genai-terms search` and `suggest`: terms by need, and names as they are typed."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from genai_terms._search.hits import SearchHit
from genai_terms._vocabulary import Kind, Level
from genai_terms.cli._app import opened
from genai_terms.cli._options import AsJson, Categories, Kinds, Levels
from genai_terms.cli._terminal import Paper, clean, emit_json, emit_rows

__all__ = ["search", "suggest"]

_MARKED = "bold yellow"

Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="The most to show.")]


def search(  # noqa: PLR0913 - one parameter for each option
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(help="A name, keywords or a question.")],
    *,
    limit: Limit = 10,
    category: Categories = None,
    kind: Kinds = None,
    level: Levels = None,
    as_json: AsJson = False,
) -> None:
    """Find terms by need, best first, each with the passage that answers."""
    glossary = opened(ctx)
    hits = glossary.search(
        query, limit=limit, category=category or None, kind=_kinds(kind), level=_levels(level)
    )
    paper = Paper()
    if as_json:
        emit_json([dict(zip(hit._fields, hit, strict=True)) for hit in hits])
    elif paper.on_terminal:
        for hit in hits:
            _print(paper, hit)
    else:
        emit_rows((hit.term_id, hit.name, hit.definition) for hit in hits)
    _exit_if_none(hits, "Nothing was found.")


def suggest(
    ctx: typer.Context,
    prefix: Annotated[str, typer.Argument(help="What was typed so far.")],
    *,
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """Complete a name: the terms whose names go on from PREFIX, the likeliest first."""
    suggestions = opened(ctx).suggest(prefix, limit=limit)
    paper = Paper()
    if as_json:
        emit_json([dict(zip(s._fields, s, strict=True)) for s in suggestions])
    elif paper.on_terminal:
        for suggestion in suggestions:
            line = _highlighted(suggestion.matched, suggestion.highlights)
            if suggestion.matched != suggestion.name:
                line.append(f"  {clean(suggestion.name)}", "dim")
            paper.console.print(line)
    else:
        emit_rows((s.term_id, s.name, s.matched) for s in suggestions)
    _exit_if_none(suggestions, "No name goes on like this.")


def _kinds(kinds: list[Kind] | None) -> list[str] | None:
    return [*kinds] if kinds else None


def _levels(levels: list[Level] | None) -> list[str] | None:
    return [*levels] if levels else None


def _print(paper: Paper, hit: SearchHit) -> None:
    paper.heading(hit.name)
    paper.print(hit.definition)
    if hit.field != "definition":
        passage = _highlighted(hit.snippet, hit.highlights)
        paper.console.print(Text.assemble(("… ", "dim"), passage, (" …", "dim")), width=paper.width)


def _highlighted(text: str, places: tuple[tuple[int, int], ...]) -> Text:
    # Cleaning replaces characters one by one, so that the places stay where they are.
    marked = Text(clean(text))
    for start, end in places:
        marked.stylize(_MARKED, start, end)
    return marked


def _exit_if_none(found: Sequence[object], message: str) -> None:
    if not found:
        typer.echo(message, err=True)
        raise typer.Exit(1)

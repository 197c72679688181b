"""`genai-terms list`: the terms, one a line."""

import typer
from rich.table import Table
from rich.text import Text

from genai_terms._glossary import Glossary
from genai_terms.cli._options import AsJson, Categories, Kinds, Levels, Tiers, chosen
from genai_terms.cli._terminal import Paper, clean, emit_json, emit_rows

__all__ = ["list_"]


def list_(  # noqa: PLR0913 - one parameter for each option
    ctx: typer.Context,
    *,
    category: Categories = None,
    kind: Kinds = None,
    level: Levels = None,
    tier: Tiers = None,
    as_json: AsJson = False,
) -> None:
    """List terms: a table on a terminal; id, name and facets with tabs between them in a pipe."""
    terms = chosen(ctx, category, kind, level, tier)
    paper = Paper()
    if as_json:
        keys = {"id", "name", "abbreviations", "category", "kind", "level", "tier", "definition"}
        emit_json([term.model_dump(mode="json", include=keys) for term in terms])
    elif paper.on_terminal:
        paper.console.print(_table(terms))
    else:
        emit_rows((t.id, t.name, t.category, t.kind, t.level, str(t.tier)) for t in terms)


def _table(terms: Glossary) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("Term", "Category", "Kind", "Level", "Tier"):
        table.add_column(column)
    for term in terms:
        cells = (term.title, term.category, term.kind, term.level, str(term.tier))
        table.add_row(*(Text(clean(cell)) for cell in cells))
    return table

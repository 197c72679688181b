"""Arguments that several commands take, and what the shell completes for them."""

import warnings
from typing import Annotated

import typer

from genai_terms._errors import GlossaryError
from genai_terms._glossary import Glossary
from genai_terms._vocabulary import Kind, Level
from genai_terms.cli._app import opened
from genai_terms.cli._open import open_glossary

__all__ = ["AsJson", "Categories", "Kinds", "Levels", "Name", "Tiers", "chosen"]


def _at_hand(ctx: typer.Context) -> Glossary | None:
    """The glossary to complete from; None where it cannot be opened: a shell waits."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return open_glossary(ctx.find_root().params.get("glossary"))
        except (GlossaryError, OSError, ValueError):
            return None


def complete_name(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the ids and abbreviations that begin with *incomplete*, with the headwords."""
    begun = incomplete.lower()
    return [
        (name, term.name)
        for term in _at_hand(ctx) or ()
        for name in (term.id, *term.abbreviations)
        if name.lower().startswith(begun)
    ]


def complete_category(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of categories that begin with *incomplete*, with their titles."""
    glossary = _at_hand(ctx)
    shelves = () if glossary is None else glossary.categories
    return [(shelf.id, shelf.title) for shelf in shelves if shelf.id.startswith(incomplete)]


Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="Any name of a term: id, headword, abbreviation, alias.",
        autocompletion=complete_name,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
Categories = Annotated[
    list[str] | None,
    typer.Option(
        "--category",
        metavar="ID",
        help="Only this category; repeatable.",
        autocompletion=complete_category,
    ),
]
Kinds = Annotated[
    list[Kind] | None,
    typer.Option("--kind", metavar="KIND", help="Only this kind, such as technique; repeatable."),
]
Levels = Annotated[
    list[Level] | None,
    typer.Option("--level", metavar="LEVEL", help="Only beginner, intermediate or advanced."),
]
Tiers = Annotated[
    list[int] | None,
    typer.Option("--tier", metavar="N", min=1, max=3, help="Only this depth, 1 to 3; repeatable."),
]


def chosen(
    ctx: typer.Context,
    category: list[str] | None,
    kind: list[Kind] | None,
    level: list[Level] | None,
    tier: list[int] | None,
) -> Glossary:
    """Return the terms that fit the filters; an option that is not given does not filter.

    Raises:
        ValueError: There is no such category.
        Exit: No term fits.
    """
    glossary = opened(ctx)
    fitting = glossary.filter(
        category=category or None, kind=kind or None, level=level or None, tier=tier or None
    )
    if not fitting and glossary:
        typer.echo("No term fits all of these filters.", err=True)
        raise typer.Exit(1)
    return fitting

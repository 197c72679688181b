"""`genai-terms export`: the glossary in another format."""

from importlib import import_module
from typing import Annotated

import typer

from genai_terms.cli._options import Categories, Kinds, Levels, Tiers, chosen
from genai_terms.cli._terminal import emit, working
from genai_terms.export import FORMATS

__all__ = ["export"]


def _complete_format(incomplete: str) -> list[str]:
    return [name for name in FORMATS if name.startswith(incomplete)]


def _check_format(value: str) -> str:
    if value not in FORMATS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(FORMATS)}")
    return value


Format = Annotated[
    str,
    typer.Argument(
        metavar="FORMAT",
        help=f"One of {', '.join(FORMATS)}.",
        callback=_check_format,
        autocompletion=_complete_format,
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all."),
]


def export(  # noqa: PLR0913 - one parameter for each option
    ctx: typer.Context,
    format_: Format,
    *,
    output: Output = None,
    category: Categories = None,
    kind: Kinds = None,
    level: Levels = None,
    tier: Tiers = None,
) -> None:
    """Write the terms that fit the filters in a format, to standard output or to a file."""
    terms = chosen(ctx, category, kind, level, tier)
    module = import_module(f"genai_terms.export.{format_}")
    if output is None:
        emit(module.dumps(terms).encode())
    else:
        with working(f"Writing {output}"):
            module.dump(terms, output)

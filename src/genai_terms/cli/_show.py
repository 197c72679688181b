"""`genai-terms show` and `genai-terms faq`: one entry, to read."""

from enum import StrEnum
from importlib import import_module
from typing import Annotated, Final

import typer

from genai_terms._glossary import Glossary
from genai_terms._models import Term
from genai_terms.cli._app import opened
from genai_terms.cli._entry import Entry
from genai_terms.cli._options import AsJson, Name
from genai_terms.cli._terminal import emit, emit_json, say
from genai_terms.export._page import HEADINGS

__all__ = ["faq", "show"]

_FIELDS: Final = tuple(Term.model_fields)


def _complete_field(incomplete: str) -> list[str]:
    return [field for field in _FIELDS if field.startswith(incomplete)]


def _check_fields(values: list[str] | None) -> list[str] | None:
    """Return the names of fields in *values*, hyphens allowed, each once."""
    fields = list(dict.fromkeys(value.replace("-", "_") for value in values or ()))
    for field in fields:
        if field not in _FIELDS:
            raise typer.BadParameter(f"{field!r} is none of {', '.join(_FIELDS)}")
    return fields


Sections = Annotated[
    list[str] | None,
    typer.Option(
        "--section",
        metavar="FIELD",
        help="Only this field, such as definition, deep_dive or faqs; repeatable.",
        callback=_check_fields,
        autocompletion=_complete_field,
    ),
]


class _Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


Format = Annotated[
    _Format,
    typer.Option("--format", help="Write the entry in this format."),
]


def show(
    ctx: typer.Context, name: Name, section: Sections = None, format_: Format = _Format.TEXT
) -> None:
    """Show the entry of a term: definition, explanations, questions, links and sources."""
    glossary = opened(ctx)
    term = glossary.lookup(name)
    fields = section or []
    if fields and not _present(term, fields):
        raise typer.Exit(1)
    if format_ is _Format.JSON:
        emit_json(term.model_dump(mode="json", include=set(fields) or None))
    elif format_ is _Format.TEXT:
        Entry(term, glossary).fields(fields) if fields else Entry(term, glossary).page()
    else:
        _emit_page(_with_only(term, fields) if fields else term, glossary, format_)


def _present(term: Term, fields: list[str]) -> bool:
    """Whether *term* has any of the *fields*; tell which ones it lacks."""
    lacking = [field for field in fields if getattr(term, field) in (None, ())]
    if lacking:
        say(f"The entry {term.id!r} has no {', '.join(lacking)}.")
    return len(lacking) < len(fields)


def _with_only(term: Term, fields: list[str]) -> Term:
    """Return *term* without the sections that are not among *fields*."""
    left_out = HEADINGS.keys() - set(fields)
    defaults = {field: Term.model_fields[field].default for field in left_out}
    return term.model_copy(update=defaults)


def _emit_page(term: Term, glossary: Glossary, format_: _Format) -> None:
    # A glossary of its own, so that the page has the category's title.
    alone = Glossary([term], categories=glossary.categories)
    module = import_module(f"genai_terms.export.{format_}")
    emit(module.dumps(alone).encode())


def faq(ctx: typer.Context, name: Name, *, as_json: AsJson = False) -> None:
    """Show the questions that people ask about a term, with answers."""
    glossary = opened(ctx)
    term = glossary.lookup(name)
    if not _present(term, ["faqs"]):
        raise typer.Exit(1)
    if as_json:
        emit_json([question.model_dump(mode="json") for question in term.faqs])
    else:
        Entry(term, glossary).fields(["faqs"])

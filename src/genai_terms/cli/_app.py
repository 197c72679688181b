"""The program: its global options, and how an error becomes a line and an exit code."""

import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from genai_terms._errors import (
    AmbiguousTermError,
    GlossaryError,
    RetiredTermWarning,
    StaleBundleWarning,
    TermNotFoundError,
    shown,
)
from genai_terms._glossary import Glossary
from genai_terms.cli._open import open_glossary
from genai_terms.cli._terminal import say

__all__ = ["app", "opened"]

_EXIT_CODES: Final = (
    "Exit codes: 0 found, or nothing to complain about; 1 not found, or findings; "
    "2 wrong use, or input that cannot be read."
)


class _Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        try:
            with _warnings_said():
                return super().invoke(ctx)
        except TermNotFoundError as error:
            missed = f"No term is called {shown(error.query)}. See what there is: genai-terms list"
            raise _failed(str(error) if error.suggestions else missed, 1) from error
        except AmbiguousTermError as error:
            called = [f"  {term.id}  {term}" for term in opened(ctx).lookup_all(error.query)]
            summary = f"{len(called)} terms are called {error.query!r}; name one by its id:"
            raise _failed("\n".join([summary, *called]), 1) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename is not None else ""
            raise _failed(f"{where}{error.strerror or error}", 2) from error
        except (GlossaryError, ValueError) as error:
            raise _failed(str(error), 2) from error


def _failed(message: str, code: int) -> typer.Exit:
    say(message)
    return typer.Exit(code)


@contextmanager
def _warnings_said() -> Generator[None]:
    """Tell the library's own warnings in a line each, without the place in the code."""
    with warnings.catch_warnings():
        if not sys.warnoptions:
            for category in (RetiredTermWarning, StaleBundleWarning):
                warnings.simplefilter("always", category)
        warnings.showwarning = _say_warning
        yield


def _say_warning(message: Warning | str, *_: object, **__: object) -> None:
    say(f"note: {message}")


app: Final = typer.Typer(
    cls=_Commands, no_args_is_help=True, epilog=_EXIT_CODES, pretty_exceptions_enable=False
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - the signature of a callback
    if not wanted:
        return
    try:
        number = version("genai-terms")
    except PackageNotFoundError:
        number = "(not installed: a source checkout)"
    typer.echo(f"genai-terms {number}")
    raise typer.Exit


@app.callback()
def _options(
    ctx: typer.Context,
    *,
    glossary: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Use this glossary instead of the built-in one: a compiled bundle, "
            "a folder of YAML content, or an exported .json, .jsonl or .csv file.",
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Every term of generative AI: find, list, export; check and compile glossaries."""
    ctx.obj = glossary


def opened(ctx: typer.Context) -> Glossary:
    """Return the glossary that the global options name; it is opened once a run."""
    if not isinstance(ctx.obj, Glossary):
        ctx.find_root().obj = ctx.obj = open_glossary(ctx.obj)
    return ctx.obj

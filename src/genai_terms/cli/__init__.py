"""The command line, `genai-terms`: find, list, export, check and compile glossaries.

Each command is a function in a module of its own and is put into the program here.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

from genai_terms.cli._annotate import annotate
from genai_terms.cli._app import app
from genai_terms.cli._check import check
from genai_terms.cli._compile import compile_
from genai_terms.cli._export import export
from genai_terms.cli._find import search, suggest
from genai_terms.cli._list import list_
from genai_terms.cli._show import faq, show
from genai_terms.cli._stats import stats

__all__ = ["app", "main"]

for _name, _command in (
    ("show", show),
    ("faq", faq),
    ("search", search),
    ("suggest", suggest),
    ("annotate", annotate),
    ("list", list_),
    ("stats", stats),
    ("export", export),
    ("check", check),
    ("compile", compile_),
):
    app.command(_name)(_command)


def main() -> None:
    """Run the command line with the arguments of the process, and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that lacks a character shows a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    app(prog_name="genai-terms")


def __dir__() -> list[str]:
    return __all__

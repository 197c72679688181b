"""The command line: `genai-terms` and `python -m genai_terms`."""

from __future__ import annotations

import sys

from genai_terms import _optional
from genai_terms._errors import MissingExtraError

__all__ = ["main"]


def main() -> None:
    """Run the command line, or say how to install it."""
    try:
        cli = _optional.load("cli", "The command line", "cli", "typer")
    except MissingExtraError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    cli.main()


if __name__ == "__main__":
    main()

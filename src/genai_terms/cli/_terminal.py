"""Where output goes: a terminal gets color and wrapped lines, anything else plain lines.

Whatever is printed is a rich `Text`, never a string, which rich would read as markup.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

__all__ = ["Paper", "clean", "emit", "emit_json", "emit_rows", "say", "working"]

_WIDEST: Final = 96
_CONTROLS: Final = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {0x0A}, "\ufffd")


def clean(text: str) -> str:
    """Return *text* without the control characters by which it could steer a terminal."""
    return text.translate(_CONTROLS)


def emit(data: bytes) -> None:
    """Write *data* to standard output as it is, in any locale and on any system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def emit_json(value: object) -> None:
    """Write *value* to standard output as indented JSON in UTF-8."""
    emit(json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n")


def emit_rows(rows: Iterable[Sequence[str]]) -> None:
    """Write *rows* to standard output, one a line with tabs between the cells, in UTF-8."""
    flat = ("\t".join(" ".join(clean(cell).split()) for cell in row) for row in rows)
    emit("".join(f"{line}\n" for line in flat).encode())


def say(message: str) -> None:
    """Write a *message* about the run to standard error, in lines as they are."""
    console = Console(stderr=True)
    console.print(Text(clean(message)), soft_wrap=True)


@contextmanager
def working(what: str) -> Generator[None]:
    """Show on a terminal that long work is going on; leave nothing behind."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        progress.add_task(clean(what), total=None)
        yield


class Paper:
    """Standard output as a page: headings and paragraphs."""

    def __init__(self) -> None:
        self.console = Console()
        self.on_terminal = self.console.is_terminal
        self.width = min(self.console.width, _WIDEST)

    def print(self, text: str, *, style: str = "", indent: int = 0) -> None:
        """Print one paragraph."""
        shown = Text(clean(text), style)
        if self.on_terminal:
            padded = Padding(shown, (0, 0, 0, indent), expand=False)
            self.console.print(padded, width=self.width)
        else:
            self.console.print(Text(" " * indent) + shown, soft_wrap=True)

    def heading(self, text: str) -> None:
        """Print a heading, set off by an empty line."""
        self.console.print()
        self.print(text, style="bold cyan")

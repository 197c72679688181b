"""Formulas in TeX that lie in text, between the delimiters that MathJax and KaTeX know."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

__all__ = ["formulas"]

_OPENING: Final = re.compile(
    r"\\[(\[]|\$\$|\\begin\{(?:align|alignat|eqnarray|equation|gather|multline)\*?\}"
)
_CLOSING: Final = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}


def formulas(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where formulas begin and end in *text*; what is not closed is none.

    >>> [*formulas(r"x \(a\) $$b$$ $$5")]
    [(2, 7), (8, 13)]
    """
    at = 0
    missing: set[str] = set()
    while opening := _OPENING.search(text, at):
        at = opening.end()
        closing = _CLOSING.get(opening[0]) or opening[0].replace("begin", "end")
        end = -1 if closing in missing else text.find(closing, at)
        if end < 0:
            missing.add(closing)
        else:
            at = end + len(closing)
            yield opening.start(), at


def __dir__() -> list[str]:
    return __all__

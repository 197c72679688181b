"""What was computed is remembered, until there is too much of it.

`functools.lru_cache` would do for most; but a first search takes a fifth longer where it
imports functools, and collections with it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Key = TypeVar("Key")
    Value = TypeVar("Value")

__all__ = ["keep"]


def keep(memory: dict[Key, Value], key: Key, value: Value, most: int) -> Value:
    """Return *value*, put into a *memory* that is emptied before it has more than *most*.

    >>> squares = {1: 1, 2: 4}
    >>> keep(squares, 3, 9, most=2), squares
    (9, {3: 9})
    """
    if len(memory) >= most:
        memory.clear()
    memory[key] = value
    return value


def __dir__() -> list[str]:
    return __all__

"""Strict YAML: nothing but text, numbers, dates, lists and mappings, with the line of each.

What makes YAML a trap is refused, with the line and what to write instead: tabs, duplicate
keys, anchors and aliases, tags, keys that are not text, deep nesting, huge files.
"""

from __future__ import annotations

import os
from typing import Any, Final

import yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Lines", "UnreadableError", "bytes_of", "load_yaml", "text_of"]

Lines = dict[tuple[str | int, ...], int]

_LARGEST: Final = 2**20
_DEEPEST: Final = 12
_LONGEST_NUMBER: Final = 40
_BOM: Final = b"\xef\xbb\xbf"
_QUOTE: Final = 'quote text that contains ": ", " #" or begins with a symbol'
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SAFE: Final[Any] = yaml.constructor.SafeConstructor
_SCALARS: Final = _SAFE()
_CONSTRUCT: Final[dict[str, Callable[..., Any]]] = {
    f"tag:yaml.org,2002:{kind}": getattr(_SAFE, f"construct_yaml_{kind}")
    for kind in ("null", "bool", "int", "float", "timestamp", "str")
}


class UnreadableError(Exception):
    """A file that is not strict YAML: what is wrong, in which line, what to do."""

    def __init__(self, message: str, line: int | None, suggestion: str) -> None:
        super().__init__(message)
        self.message, self.line, self.suggestion = message, line, suggestion


def bytes_of(path: str) -> bytes:
    """Return what the file at *path* holds, which must be of a decent size.

    Raises:
        UnreadableError: It is not.
        OSError: The file cannot be read.
    """
    size = os.path.getsize(path)
    if size > _LARGEST:
        raise UnreadableError(
            f"the file has {size:,} bytes, an entry at most {_LARGEST:,}",
            None,
            "split it into one entry a file",
        )
    with open(path, "rb") as file:
        return file.read()


def text_of(raw: bytes) -> str:
    """Return the text that *raw* is, which must be UTF-8 without a mark.

    Raises:
        UnreadableError: It is not.
    """
    if raw.startswith(_BOM):
        raise UnreadableError(
            "the file begins with a byte order mark", 1, "save it as UTF-8 without a mark"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"byte {error.start} (0x{raw[error.start]:02x}) is not UTF-8",
            line,
            "save the file as UTF-8",
        ) from error


def load_yaml(text: str) -> tuple[Any, Lines]:
    """Parse *text* strictly; return the data and the line (from 1) of every value in it.

    Tabs, duplicate keys, anchors and aliases, tags and keys that are not text are refused.
    """
    try:
        _expect_shallow(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "cannot be parsed"
        advice = "indent with spaces" if "\\t" in problem or "tab" in problem else _QUOTE
        raise UnreadableError(
            f"not YAML: {problem}", mark.line + 1 if mark else None, advice
        ) from error
    except yaml.YAMLError as error:
        raise UnreadableError(f"not YAML: {str(error).splitlines()[0]}", None, _QUOTE) from error
    lines: Lines = {}
    if node is None:
        return None, lines
    return _build(node, (), lines, set()), lines


def _expect_shallow(text: str) -> None:
    """Refuse deep nesting before it is composed, which recurses without a bound."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else None
            raise UnreadableError("values are nested too deeply", line, "flatten the entry")


def _build(node: yaml.Node, where: tuple[str | int, ...], lines: Lines, seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    lines[where] = line
    if id(node) in seen:
        raise UnreadableError("an anchor is used again", line, "write the value out in each place")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
        return _mapping(node, where, lines, seen)
    if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return [_build(n, (*where, at), lines, seen) for at, n in enumerate(node.value)]
    construct = _CONSTRUCT.get(node.tag)
    if construct is None or not isinstance(node, yaml.ScalarNode):
        raise UnreadableError(f"the tag {node.tag!r} is not allowed", line, "remove the tag")
    if len(node.value) > _LONGEST_NUMBER and not node.tag.endswith(":str"):
        raise UnreadableError("a number of too many digits", line, "quote it if it is text")
    try:
        return construct(_SCALARS, node)
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        what = f"{node.value!r} is no {node.tag.rpartition(':')[2]}"
        raise UnreadableError(what, line, "quote it if it is text") from error


def _mapping(
    node: yaml.MappingNode, where: tuple[str | int, ...], lines: Lines, seen: set[int]
) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if key_node.tag != "tag:yaml.org,2002:str" or not isinstance(key, str):
            raise UnreadableError(f"the key {key!r} is not text", line, "quote it")
        if key in built:
            raise UnreadableError(f"the key {key!r} stands twice", line, "keep one of them")
        built[key] = _build(value_node, (*where, key), lines, seen)
        lines[(*where, key)] = line
    return built


def __dir__() -> list[str]:
    return __all__

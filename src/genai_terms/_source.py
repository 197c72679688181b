"""Read content written by hand: strict YAML with the line of every value.

A glossary's content is a folder of `<category>/<id>.yaml`, with `_categories.yaml` and,
where needed, `_planned.yaml`, `_retired.yaml` and `_ambiguous.yaml` beside the folders.
Nothing here decides whether content is good, only whether it can be read; every fault is
collected as a `Finding`, none is raised.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import Any, Final, cast

from pydantic import ValidationError

from genai_terms._digest import DECLARATIONS, checksum, digest_of
from genai_terms._models import ID_PATTERN, Category, Term
from genai_terms._yaml import Lines, UnreadableError, bytes_of, load_yaml, text_of
from genai_terms.checks import Draft, Finding
from genai_terms.checks._rules import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Source", "read_folder"]

_REQUIRED: Final = ("name", "definition")
_AT_THE_ROOT: Final = frozenset({*DECLARATIONS, "_template.yaml"})
_LATER: Final = {
    "id": "the file name says it",
    "category": "the folder says it",
}
_PROSE: Final = frozenset(
    "definition overview how_it_works deep_dive why_it_matters considerations career_relevance "
    "origin answer text claim correction meaning scope".split()
)
_BLANK: Final = re.compile(r"[ \t]*\n\s*")
_SPACES: Final = re.compile(r"[ \t]+")

_TYPE_NAMES: Final = ((list, "a list"), (str, "text"), (type(None), "nothing"))


@dataclass
class Source:
    """Content as it was read: entries, shelves, declarations, and what could not be read.

    `digest` is that of the very bytes that all this was read from.
    """

    path: str
    drafts: list[Draft] = field(default_factory=list[Draft])
    categories: tuple[Category, ...] = ()
    planned: set[str] = field(default_factory=set[str])
    retired: dict[str, str] = field(default_factory=dict[str, str])
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    unread: set[str] = field(default_factory=set[str])
    faults: list[Finding] = field(default_factory=list[Finding])
    lines: dict[Declared, int] = field(default_factory=dict[Declared, int])
    digest: str = ""


def _plain(text: str) -> str:
    """Join lines, keep paragraphs: one blank line between them, single spaces inside."""
    return _SPACES.sub(" ", _BLANK.sub("\n\n", text.strip()))


def _normalized(data: Any, key: str | None = None) -> Any:
    whole: Any = data
    if isinstance(data, dict):
        return {k: _normalized(v, k) for k, v in whole.items()}
    if isinstance(data, list):
        return [_normalized(item, key) for item in whole]
    if isinstance(data, str):
        if key in _PROSE:
            return _plain(data)
        return " ".join(data.split()) if key != "latex" else data.strip()
    return data


class _Reader:
    def __init__(self, folder: str) -> None:
        self.source = Source(folder)
        self.checksums: dict[str, str] = {}

    def fault(
        self, code: str, path: str, message: str, suggestion: str, line: int | None = None
    ) -> None:
        self.source.faults.append(
            Finding(code, message, suggestion=suggestion, path=path, line=line)
        )

    def load(self, path: str) -> tuple[dict[str, Any], Lines] | None:
        try:
            raw = bytes_of(path)
            self.checksums[path] = checksum(raw)
            data, lines = load_yaml(text_of(raw))
        except UnreadableError as error:
            self.fault("E101", path, error.message, error.suggestion, error.line)
            return None
        except OSError as error:
            self.fault("E101", path, f"cannot be read ({error.strerror})", "check the file")
            return None
        if not isinstance(data, dict):
            found = next((n for t, n in _TYPE_NAMES if isinstance(data, t)), "a number")
            self.fault(
                "E101", path, f"the file holds {found}, not a mapping", "see _template.yaml", 1
            )
            return None
        return cast("dict[str, Any]", data), lines

    def read(self) -> Source:
        folder = self.source.path
        self.read_categories()
        self.read_declarations()
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isdir(path) and not name.startswith((".", "_")):
                self.read_category(name, path)
            elif name.endswith((".yaml", ".yml")) and name not in _AT_THE_ROOT:
                known = ", ".join(sorted(_AT_THE_ROOT))
                self.fault(
                    "E105", path, "no entry of a category, and no declaration",
                    f"move it; the declarations are {known}",
                )  # fmt: skip
        if not self.source.drafts and not self.source.faults:
            self.fault(
                "E107",
                folder,
                "no entry here (expected <category>/<id>.yaml)",
                "name the folder that holds the category folders",
            )
        self.source.digest = digest_of(folder, self.checksums)
        return self.source

    def read_category(self, category: str, folder: str) -> None:
        if not re.match(ID_PATTERN, category):
            self.fault("E105", folder, f"{category!r} is no id", "use lower-case words and hyphens")
            return
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            stem, extension = os.path.splitext(name)
            if name.startswith("."):
                continue
            self.source.unread.add(stem)
            if extension != ".yaml" or not os.path.isfile(path):
                self.fault("E105", path, "not a .yaml file", "move it out of the content")
            elif not re.match(ID_PATTERN, stem):
                self.fault("E105", path, f"{stem!r} is no id", "use lower-case words and hyphens")
            else:
                self.read_entry(stem, category, path)

    def read_entry(self, term_id: str, category: str, path: str) -> None:
        loaded = self.load(path)
        if loaded is None:
            return
        data, lines = loaded
        if not self.keys_are_known(data, lines, path):
            return
        data = _normalized(data)
        for faq in _items(data, "faqs"):
            if isinstance(faq, dict):
                faq["term_id"] = term_id
        for link in _items(data, "related"):
            if isinstance(link, dict):
                # Placeholders until all entries are read; `_compile` puts the target's own.
                link["name"] = link["definition"] = "?"
        try:
            term = Term.model_validate(data | {"id": term_id, "category": category})
        except ValidationError as error:
            self.report(error, path, lines)
            return
        self.source.drafts.append(Draft(term, path, lines))
        self.source.unread.discard(term_id)

    def keys_are_known(self, data: dict[str, Any], lines: Lines, path: str) -> bool:
        fine = True
        for key in data:
            if key in _LATER:
                self.fault("E102", path, f"{key!r} is not written: {_LATER[key]}",
                           "remove it", lines[(key,)])  # fmt: skip
                fine = False
        for key in _REQUIRED:
            if key not in data:
                self.fault("E104", path, f"{key!r} is missing", f"add {key}: …", 1)
                fine = False
        return fine

    def report(self, error: ValidationError, path: str, lines: Lines) -> None:
        """Turn pydantic's faults into findings at the line of the value."""
        for fault in error.errors(include_url=False):
            where = fault["loc"]
            line = next(
                (lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1
            )
            at = ".".join(map(str, where))
            if fault["type"] == "extra_forbidden":
                self.fault("E102", path, f"unknown key {at!r}", _near_key(str(where[-1])), line)
            elif fault["type"] == "missing":
                self.fault("E104", path, f"{at!r} is missing", "add it", line)
            else:
                message = fault["msg"].removeprefix("Value error, ")
                value = fault["input"]
                seen = f", found {value!r}" if isinstance(value, str | int | float | bool) else ""
                self.fault("E103", path, f"{at or 'entry'}: {message}{seen}"[:300],
                           "quote it if it is text" if isinstance(value, int | float)
                           else "see _template.yaml", line)  # fmt: skip

    def read_categories(self) -> None:
        path = os.path.join(self.source.path, "_categories.yaml")
        if not os.path.lexists(path):
            return
        loaded = self.load(path)
        if loaded is None:
            return
        data, lines = loaded
        shelves: list[Category] = []
        for order, (category, value) in enumerate(data.items(), 1):
            fields = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
            try:
                shelves.append(
                    Category.model_validate(_normalized(fields) | {"id": category, "order": order})
                )
            except ValidationError as error:
                self.report(error, path, {(): lines[(category,)]})
        self.source.categories = tuple(shelves)

    def read_declarations(self) -> None:
        source = self.source
        for name, ids, lines in self.mapping("_planned.yaml"):
            for at, term_id in enumerate(_listed(ids)):
                if isinstance(term_id, str):
                    source.planned.add(term_id)
                    place = Declared("_planned.yaml", term_id)
                    source.lines[place] = lines.get((name, at), lines[(name,)])
        for old, new, _ in self.mapping("_retired.yaml"):
            source.retired[old] = str(new)
        for name, ids, _ in self.mapping("_ambiguous.yaml"):
            source.ambiguous[name] = tuple(map(str, _listed(ids)))

    def mapping(self, name: str) -> Iterator[tuple[str, Any, Lines]]:
        path = os.path.join(self.source.path, name)
        loaded = self.load(path) if os.path.lexists(path) else None
        if loaded is not None:
            data, lines = loaded
            self.source.lines |= {Declared(name, key): lines[(key,)] for key in data}
            yield from ((key, value, lines) for key, value in data.items())


def _items(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return _listed(value) if isinstance(value, list) else []


def _listed(value: Any) -> list[Any]:
    whole: Any = value
    return [*whole] if isinstance(value, list) else [value]


def _near_key(key: str) -> str:
    import difflib

    near = difflib.get_close_matches(key, [*Term.model_fields], n=1)
    return f"did you mean {near[0]!r}?" if near else "see _template.yaml for the keys"


def read_folder(folder: str) -> Source:
    """Read the content in *folder*; faults are collected, not raised.

    Raises:
        NotADirectoryError: There is no such folder.
    """
    if not os.path.isdir(folder):
        raise NotADirectoryError(
            f"{folder}: no such folder. Name the folder that holds <category>/<id>.yaml"
        )
    return _Reader(folder).read()


def __dir__() -> list[str]:
    return __all__

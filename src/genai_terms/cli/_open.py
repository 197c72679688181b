"""From a path on the command line to a glossary."""

from __future__ import annotations

import errno
import os
from importlib import import_module
from typing import Final

from genai_terms._builtin import built_in
from genai_terms._bundle import FILES
from genai_terms._glossary import Glossary

__all__ = ["is_bundle", "open_glossary"]

_READABLE: Final = (".json", ".jsonl", ".csv")


def is_bundle(folder: str) -> bool:
    """Whether *folder* holds a compiled glossary, whole or damaged."""
    return any(os.path.exists(os.path.join(folder, name)) for name in FILES)


def open_glossary(path: str | None) -> Glossary:
    """Return the glossary at *path*, of whichever kind; the built-in one for None.

    Raises:
        GlossaryError: What is there cannot be read as a glossary.
        OSError: It is missing or may not be read.
        ValueError: It is a file of another kind.
    """
    if path is None:
        return built_in()
    if os.path.isdir(path):
        return Glossary.open(path) if is_bundle(path) else Glossary.from_yaml(path)
    extension = os.path.splitext(path)[1].lower()
    if extension not in _READABLE:
        if not os.path.exists(path):
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
        raise ValueError(
            f"{path}: not a kind of file that holds a glossary; expected a bundle, a folder "
            f"of YAML content, or a file that ends with {', '.join(_READABLE)}"
        )
    glossary: Glossary = import_module(f"genai_terms.export.{extension[1:]}").load(path)
    return glossary

"""From a path on the command line to a glossary."""

from __future__ import annotations

import errno
import os
from importlib import import_module
from typing import Final

from genai_terms._builtin import built_in
from genai_terms._bundle import FILES
from genai_terms._errors import BundleError
from genai_terms._glossary import Glossary

__all__ = ["glossary_at", "open_glossary"]

_READABLE: Final = (".json", ".jsonl", ".csv")


def open_glossary(path: str | None) -> Glossary:
    """Return the glossary at *path*, of whichever kind; the built-in one for None.

    Raises:
        GlossaryError: What is there cannot be read as a glossary.
        OSError: It is missing or may not be read.
        ValueError: It is a file of another kind.
    """
    if path is None:
        return built_in()
    glossary = glossary_at(path)
    return Glossary.from_yaml(path) if glossary is None else glossary


def glossary_at(path: str) -> Glossary | None:
    """Return the bundle or the exported glossary at *path*; None for a folder of YAML content.

    Raises:
        GlossaryError: What is there cannot be read as a glossary.
        OSError: It is missing or may not be read.
        ValueError: It is a file of another kind.
    """
    extension = os.path.splitext(path)[1].lower()
    if extension in _READABLE and not os.path.isdir(path):
        glossary: Glossary = import_module(f"genai_terms.export.{extension[1:]}").load(path)
        return glossary
    # To look first whether there is a bundle would miss one that is just being replaced.
    try:
        return Glossary.open(path)
    except BundleError:
        if any(os.path.exists(os.path.join(path, name)) for name in FILES):
            raise
    if os.path.isdir(path):
        return None
    if not os.path.exists(path):
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
    raise ValueError(
        f"{path}: not a kind of file that holds a glossary; expected a bundle, a folder "
        f"of YAML content, or a file that ends with {', '.join(_READABLE)}"
    )

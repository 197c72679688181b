"""The glossary that the package ships, opened once for the whole process."""

from __future__ import annotations

import os
from _thread import allocate_lock

from genai_terms._bundle import StoredBundle
from genai_terms._errors import StaleBundleWarning, warn
from genai_terms._glossary import Glossary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

__all__ = ["BUILT_IN", "built_in"]

BUILT_IN: Final = ""
"""The place of the built-in glossary; no bundle of a user has it."""

_opened: list[Glossary] = []
_lock = allocate_lock()


def built_in() -> Glossary:
    """Return the glossary that the package ships; always the same object.

    Raises:
        BundleError: A source checkout whose content was never compiled.
    """
    if not _opened:
        with _lock:
            if not _opened:  # pragma: no branch - false only when two threads race
                _opened.append(_open())
    return _opened[0]


def _open() -> Glossary:
    content = os.path.join(os.path.dirname(__file__), "content")
    bundle = StoredBundle.built_in()
    if os.path.isdir(content):
        _warn_if_stale(content, bundle)
    return Glossary._over(bundle, BUILT_IN)


def _warn_if_stale(content: str, bundle: StoredBundle) -> None:
    """Warn where the content of a source checkout is not what the bundle was made of."""
    if _is_stale(content, bundle):
        warn(
            "the content changed after its bundle was compiled; "
            "run: python -m genai_terms._compile",
            StaleBundleWarning,
        )


def _is_stale(content: str, bundle: StoredBundle) -> bool:
    from genai_terms import _digest

    try:
        made = os.path.getmtime(os.path.join(bundle.source, "manifest.json"))
    except OSError:  # the next bundle is about to take its place
        return False
    try:
        # A file that went, or came with its old time, leaves its mark on its folder alone.
        folders = (folder for folder, *_ in os.walk(content))
        if all(os.path.getmtime(path) <= made for path in (*folders, *_digest.files(content))):
            return False
        return _digest.digest(content) != bundle.manifest().get("source")
    except OSError:  # what goes while it is looked at, or cannot be read, was not compiled
        return True


def __dir__() -> list[str]:
    return __all__

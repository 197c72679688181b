"""The glossary that the package ships, opened once for the whole process."""

from __future__ import annotations

import os
import warnings
from _thread import allocate_lock

from genai_terms._bundle import StoredBundle
from genai_terms._errors import StaleBundleWarning
from genai_terms._glossary import Glossary, positions

__all__ = ["built_in"]


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
    return Glossary._over(bundle, (_part,))


def _part(chosen: tuple[str, ...] | None = None) -> Glossary:
    whole = built_in()
    if chosen is None:
        return whole
    return Glossary._over(whole._bundle, whole._whence, positions(whole._bundle, chosen))


def _warn_if_stale(content: str, bundle: StoredBundle) -> None:
    """Warn where the content of a source checkout is not what the bundle was made of."""
    from genai_terms import _digest

    made = os.path.getmtime(os.path.join(bundle.source, "manifest.json"))
    if all(os.path.getmtime(path) <= made for path in _digest.files(content)):
        return
    if _digest.digest(content) != bundle.manifest()["source"]:
        warnings.warn(
            "the content changed after its bundle was compiled; "
            "run: python -m genai_terms._compile",
            StaleBundleWarning,
            stacklevel=4,
        )


def __dir__() -> list[str]:
    return __all__

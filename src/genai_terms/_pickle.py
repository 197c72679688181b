"""How a glossary is pickled: by the place of its bundle, or term by term if it has none."""

from __future__ import annotations

import os
from functools import lru_cache

from genai_terms._glossary import Glossary
from genai_terms._made import MemoryBundle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from genai_terms._bundle import Bundle
    from genai_terms._models import Category, Term
    from genai_terms._stored import StoredCollection

__all__ = ["reduced"]


def reduced(glossary: StoredCollection) -> tuple[object, ...]:
    """Return what `object.__reduce__` asks for."""
    if glossary._whence is None:
        return (_remade, (tuple(glossary), glossary._shelves(), glossary._retired()))
    ids = glossary._bundle.names.ids
    chosen = None if glossary._chosen is None else tuple(map(ids.text, glossary._chosen))
    return (_reopened, (glossary._whence, chosen))


def _remade(
    terms: tuple[Term, ...], categories: tuple[Category, ...], retired: dict[str, str]
) -> Glossary:
    return Glossary._over(MemoryBundle(terms, categories, retired), None)


def _reopened(whence: str, chosen: tuple[str, ...] | None) -> Glossary:
    from genai_terms._builtin import BUILT_IN, built_in

    whole = built_in() if whence == BUILT_IN else _opened(whence, _version(whence))
    if chosen is None:
        return whole
    return Glossary._over(whole._bundle, whence, _positions(whole._bundle, chosen))


@lru_cache(maxsize=8)
def _opened(path: str, _version: object) -> Glossary:
    """Return the glossary at *path*, the same for all pickles until its files are others."""
    return Glossary.open(path)


def _version(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(os.path.join(path, "names.idx"))
    except OSError:  # to be reported by who opens it
        return None
    return status.st_mtime_ns, status.st_ino


def _positions(bundle: Bundle, chosen: tuple[str, ...]) -> tuple[int, ...]:
    """Where the *chosen* ids lie now; those that are gone are left out."""
    found = map(bundle.names.position, chosen)
    return tuple(at for at in found if at is not None)


def __dir__() -> list[str]:
    return __all__

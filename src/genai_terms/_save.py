"""Write a bundle: the same terms give the same bytes, and a folder is replaced whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from errno import EEXIST, ENOTEMPTY
from hashlib import sha256
from itertools import accumulate
from stat import S_IMODE
from zlib import adler32

from genai_terms._annotate.index import build_firsts
from genai_terms._container import SCHEMA_VERSION, Container, pack, pack_array, pack_strings
from genai_terms._errors import BundleError
from genai_terms._files import FILES, SUFFIX, prefix, workplaces
from genai_terms._names import Names, build_names
from genai_terms._search.index import build_search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence
    from typing import Final

    from genai_terms._models import Category, Term

__all__ = ["write"]

_FRESH: Final = "new"
_OLD: Final = "old"


def write(
    path: str,
    terms: Iterable[Term],
    categories: Sequence[Category] = (),
    retired: Mapping[str, str] | None = None,
    source_digest: str | None = None,
) -> None:
    """Write a bundle to the folder *path*, whole or not at all.

    The files are made in a folder beside it, which then takes its place; a bundle that
    stood there is kept until then. Who opens it meanwhile gets the old bundle or the new
    one; of several who save there at once, the last one's bundle stays. What a save that was
    killed has left is removed by the next one. On Windows a folder of which a file is open
    cannot be replaced.

    Raises:
        OSError: The place cannot be written to.
        BundleError: *path* exists and is not a bundle.
    """
    target = os.path.realpath(path)
    _refuse_foreign(target)
    ordered = sorted(terms, key=lambda term: term.id)
    content = _content(ordered, categories, retired or {}, source_digest)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with _workplace(target) as place:
        fresh = os.path.join(place, _FRESH)
        os.mkdir(fresh)
        for name, data in content.items():
            with open(os.path.join(fresh, name), "wb") as file:
                file.write(data)
        os.chmod(fresh, _mode(target))
        _swap(fresh, target, os.path.join(place, _OLD))
    _clear(target)


@contextmanager
def _workplace(target: str) -> Generator[str]:
    """Make a folder beside *target* that is locked while its writer lives."""
    place = tempfile.mkdtemp(prefix=prefix(target), suffix=SUFFIX, dir=os.path.dirname(target))
    lock = _locked(place)
    try:
        yield place
    finally:
        # An old bundle that could not be put back must not go with the rest.
        if os.path.exists(target) or not os.path.exists(os.path.join(place, _OLD)):
            shutil.rmtree(place, ignore_errors=True)
        if lock is not None:  # pragma: no branch - None where nothing can be locked
            os.close(lock)


def _locked(place: str) -> int | None:
    """Lock a folder until what is returned is closed; None where another has, or none can."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:  # pragma: no cover - Windows, where what is left over stays
        return None
    lock = os.open(place, os.O_RDONLY)
    try:
        flock(lock, LOCK_EX | LOCK_NB)
    except OSError:  # held by its writer, or a file system without locks
        os.close(lock)
        return None
    return lock


def _clear(target: str) -> None:
    """Remove what saves to *target* have left that were killed."""
    places: list[str] = []
    with suppress(OSError):
        places = workplaces(target)
    for place in places:
        with suppress(OSError):
            held = {*os.listdir(place)}
            # A writer locks its folder before it puts anything into it.
            lock = _locked(place) if held and held <= {_FRESH, _OLD} else None
            if lock is not None:
                shutil.rmtree(place, ignore_errors=True)
                os.close(lock)


def _mode(target: str) -> int:
    """The mode of the folder that is replaced; mkdtemp's 0700 would hide an installed bundle."""
    try:
        return S_IMODE(os.stat(target).st_mode)
    except FileNotFoundError:
        return 0o755


def _content(
    terms: Sequence[Term],
    categories: Iterable[Category],
    retired: Mapping[str, str],
    source_digest: str | None,
) -> dict[str, bytes]:
    """The files of a bundle, by their names."""
    records = [term.model_dump_json().encode() for term in terms]
    sections = build_names(terms, retired)
    names = Names(Container(pack(sections), "names.idx"))
    sections |= {
        "record": pack_array("Q", accumulate((len(r) + 1 for r in records), initial=0)),
        "record.c": pack_array("I", map(adler32, records)),
        **pack_strings("categories", (c.model_dump_json().encode() for c in categories)),
    }
    content = {
        "terms.jsonl": b"".join(record + b"\n" for record in records),
        "names.idx": pack(sections),
        "search.idx": pack(build_search(terms, names) | build_firsts(names)),
    }
    manifest = {
        "generated": "by genai-terms compile; do not edit, edit the content and compile again",
        "schema": SCHEMA_VERSION,
        "terms": len(terms),
        "faqs": sum(len(term.faqs) for term in terms),
        "links": sum(len(term.related) for term in terms),
        "source": source_digest,
        "sha256": {name: sha256(data).hexdigest() for name, data in content.items()},
    }
    return content | {"manifest.json": json.dumps(manifest, indent=2).encode() + b"\n"}


def _refuse_foreign(target: str) -> None:
    """Never replace a folder that holds anything but a bundle."""
    try:
        held = {*os.listdir(target)}
        # Without a manifest, a file may be somebody's own export that has such a name.
        foreign = sorted(held - {*FILES} if FILES[0] in held else held)
        if held and not foreign:
            with open(os.path.join(target, "manifest.json"), "rb") as file:
                if b'"generated": "by genai-terms' not in file.read(200):
                    foreign = ["manifest.json"]
    except NotADirectoryError:
        foreign = ["a file"]
    except FileNotFoundError:
        return
    if foreign:
        raise BundleError(
            f"{target}: exists and is not a glossary bundle (it has {foreign[0]!r}). "
            "Name a new folder, or an older bundle to replace."
        )


def _swap(fresh: str, target: str, old: str) -> None:
    """Put the folder *fresh* where *target* is, and that aside to *old* for a moment."""
    while True:
        _refuse_foreign(target)
        placed = _placed(fresh, target, old)
        shutil.rmtree(old, ignore_errors=True)
        if placed:
            return


def _placed(fresh: str, target: str, old: str) -> bool:
    """Put *fresh* where *target* is, and that aside; False where another save came between."""
    with suppress(FileNotFoundError):
        os.rename(target, old)
    try:
        os.rename(fresh, target)
    except BaseException as error:  # also an interrupt must not leave the place empty
        if isinstance(error, OSError) and error.errno in {EEXIST, ENOTEMPTY}:
            return False
        with suppress(OSError):
            os.rename(old, target)
        raise
    return True


def __dir__() -> list[str]:
    return __all__

"""The files of a bundle, opened as those of one bundle even while another is saved there.

A save puts a whole new folder in the place of the old one (`_save`). Between the two renames
that this takes there is no folder for a moment, and between two files a reader may meet a new
folder; in both cases it begins again. What it has mapped stays as it was.
"""

from __future__ import annotations

import os
from time import sleep

from genai_terms._errors import BundleError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

__all__ = ["FILES", "SUFFIX", "mapped", "packaged", "prefix", "workplaces"]

FILES: Final = ("manifest.json", "terms.jsonl", "names.idx", "search.idx")

SUFFIX: Final = ".saving"
"""How the name of every folder ends that a save makes beside its target."""

_UNIQUE: Final = 8
_PAUSE: Final = 0.002
_TRIES: Final = 1000
_TRIES_IN_ANY_CASE: Final = 3

Files = dict[str, bytes | memoryview]


def prefix(target: str) -> str:
    """Return how the name of every folder begins that a save to *target* makes beside it."""
    return f".{os.path.basename(target)}-"


def workplaces(target: str) -> list[str]:
    """Return the folders of the saves to *target* that are under way or were cut short.

    What stands between prefix and suffix has always the same length (`tempfile`), so that
    no folder of a save to a neighbor is among them, whatever that is called.
    """
    beside, begin = os.path.dirname(target), prefix(target)
    size = len(begin) + _UNIQUE + len(SUFFIX)
    return [
        os.path.join(beside, name)
        for name in os.listdir(beside)
        if len(name) == size and name.startswith(begin) and name.endswith(SUFFIX)
    ]


def mapped(folder: str) -> Files:
    """Map the files of the bundle in *folder*.

    Raises:
        BundleError: One of them cannot be read.
    """
    for turn in range(_TRIES):
        # Asked before the files are looked for: afterwards, a save that hid them may be over.
        alone = turn >= _TRIES_IN_ANY_CASE and not _being_saved(folder)
        try:
            files = _opened(folder)
        except FileNotFoundError as error:
            if alone:
                raise _unreadable(folder, error) from error
        except OSError as error:
            raise _unreadable(folder, error) from error
        else:
            if files is not None:
                return files
        sleep(_PAUSE)
    raise BundleError(
        f"{folder}: cannot be opened, because a save to it is under way or was cut short: there "
        f"are folders {prefix(os.path.realpath(folder))}... beside it. Wait, or save it again."
    )


def _opened(folder: str) -> Files | None:
    """The files of one bundle; None where another took its place meanwhile."""
    manifest = os.path.join(folder, FILES[0])
    with open(manifest, "rb") as file:
        files: Files = {FILES[0]: file.read()}
        for name in FILES[1:]:
            files[name] = _content(os.path.join(folder, name))
        # Folders that were replaced do not come back, and a number is not given to another
        # file while it is open: the first file in its place proves the others.
        same = os.path.samestat(os.fstat(file.fileno()), os.stat(manifest))
    return files if same else None


def _content(path: str) -> bytes | memoryview:
    from mmap import ACCESS_READ, mmap

    with open(path, "rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return b""
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))


def _being_saved(folder: str) -> bool:
    """Whether a save to *folder* has folders beside it, or left them when it was killed."""
    try:
        return bool(workplaces(os.path.realpath(folder)))
    except OSError:
        return False


def _unreadable(folder: str, error: OSError) -> BundleError:
    made_by = "make one with: genai-terms compile FOLDER -o BUNDLE"
    if not os.path.isdir(folder):
        return BundleError(
            f"{folder}: no such folder. A bundle is a folder with {', '.join(FILES)}; {made_by}"
        )
    return BundleError(
        f"{error.filename}: cannot be read ({error.strerror}). A bundle is a folder with "
        f"{', '.join(FILES)}; {made_by}"
    )


def packaged() -> Files:
    """Read the files of the package where it has no folder: inside a zip archive, for example."""
    from importlib_resources import files

    folder = files("genai_terms") / "_data"
    return {name: (folder / name).read_bytes() for name in FILES}


def __dir__() -> list[str]:
    return __all__

"""Files of the formats: read as UTF-8, written whole or not at all."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from contextlib import suppress

from genai_terms._errors import FormatError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from genai_terms._glossary import Glossary

__all__ = ["load", "write"]


def write(path: str | PathLike[str], data: bytes) -> None:
    """Put *data* into the file *path*; what stood there is kept until all of it is written.

    A link is followed, and the permissions of an older file are kept. What is no regular
    file, a pipe or a device, cannot be replaced and is written to.

    Raises:
        OSError: The place cannot be written to.
    """
    target = os.path.realpath(path)
    there = os.path.exists(target)
    if there and not os.path.isfile(target):
        with open(target, "wb") as file:
            file.write(data)
        return
    fresh = os.path.join(os.path.dirname(target), f".genai-terms-{os.urandom(4).hex()}")
    try:
        with open(fresh, "xb") as file:
            file.write(data)
        if there:
            os.chmod(fresh, os.stat(target).st_mode & 0o7777)
        os.replace(fresh, target)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, os.fspath(path)) from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(fresh)


def load(path: str | PathLike[str], loads: Callable[[str], Glossary]) -> Glossary:
    """Return what *loads* makes of the file *path*; its faults are told with the path.

    Raises:
        FormatError: The file is not UTF-8, or not what *loads* reads.
        OSError: It cannot be read.
    """
    place = os.fspath(path)
    with open(place, "rb") as file:
        data = file.read()
    try:
        return loads(data.removeprefix(BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        at = error.start + len(data) - len(error.object)
        raise FormatError(
            f"{place}: byte {at} (0x{data[at]:02x}) is not UTF-8; save the file as UTF-8"
        ) from error
    except FormatError as error:
        raise FormatError(f"{place}: {error}") from error

"""A file of named sections that is read where it lies, without parsing.

Layout, all integers little-endian::

    8 bytes   magic, "GENTERMS"
    u32       schema version
    u32       number of sections
    u64       size of the whole file
    u64       reserved, zero
    then for each section: 16 bytes name, u64 offset, u64 length; then the sections,
    each aligned to 8 bytes

What is in it is not checked here: the manifest of a bundle has the digest of every file.
"""

from __future__ import annotations

import sys
from bisect import bisect_left

from genai_terms._errors import BundleError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Final, Literal, Protocol

    Typecode = Literal["B", "H", "I", "Q"]

    class Table(Protocol):
        """A sequence as far as bisection needs one."""

        def __len__(self) -> int: ...
        def __getitem__(self, index: int, /) -> bytes: ...


__all__ = [
    "SCHEMA_VERSION",
    "Container",
    "Sorted",
    "Strings",
    "integers",
    "owned",
    "pack",
    "pack_array",
    "pack_strings",
]

SCHEMA_VERSION: Final = 1
"""Version of the bundle's layout; a reader refuses every other."""

_MAGIC: Final = b"GENTERMS"
_HEADER: Final = 32
_ENTRY: Final = 32
_NAME: Final = 16
_ALIGN: Final = 8
_WIDTHS: Final = {"B": 1, "H": 2, "I": 4, "Q": 8}
_OFTEN: Final = 12
_SAMPLES: Final = 4096
_CLOSEST: Final = 16


def _aligned(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN


def pack(sections: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a container with these *sections*, in their order."""
    offset = _HEADER + _ENTRY * len(sections)
    table, body = bytearray(), bytearray()
    for name, content in sections.items():
        table += name.encode().ljust(_NAME, b"\0")
        table += (offset + len(body)).to_bytes(8, "little") + len(content).to_bytes(8, "little")
        body += content.ljust(_aligned(len(content)), b"\0")
    rest = bytes(table + body)
    head = bytearray(_MAGIC)
    for value, width in (
        (SCHEMA_VERSION, 4),
        (len(sections), 4),
        (_HEADER + len(rest), 8),
        (0, 8),
    ):
        head += value.to_bytes(width, "little")
    return bytes(head) + rest


def pack_array(typecode: Typecode, values: Iterable[int]) -> bytes:
    """Return *values* as little-endian integers of the width that *typecode* names."""
    from array import array

    packed = array(typecode, values)
    if sys.byteorder == "big":  # pragma: no cover - a machine the suite does not run on
        packed.byteswap()
    return packed.tobytes()


def integers(packed: bytes | memoryview, typecode: Typecode) -> memoryview:
    """Return what `pack_array` packed, to be read where it lies."""
    if sys.byteorder == "big":  # pragma: no cover - a machine the suite does not run on
        from array import array

        swapped = array(typecode, bytes(packed))
        swapped.byteswap()
        return memoryview(swapped)
    return memoryview(packed).cast(typecode)


def owned(owners: memoryview, owner: int) -> range:
    """Return the places of *owner* in a sorted sequence of numbers."""
    first = bisect_left(owners, owner)
    return range(first, bisect_left(owners, owner + 1, first))


def pack_strings(name: str, strings: Iterable[bytes]) -> dict[str, bytes]:
    """Return the two sections that `Container.strings` reads: the text and its offsets."""
    blob, offsets = bytearray(), [0]
    for string in strings:
        blob += string
        offsets.append(len(blob))
    return {name: bytes(blob), f"{name}.o": pack_array("I", offsets)}


class Strings:
    """An immutable sequence of byte strings over two sections; fit for bisection."""

    __slots__ = ("_blob", "_offsets")

    def __init__(self, blob: memoryview, offsets: memoryview) -> None:
        self._blob = blob
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, index: int) -> bytes:
        offsets = self._offsets
        return self._blob[offsets[index] : offsets[index + 1]].tobytes()

    def text(self, index: int) -> str:
        """Return the string at *index*, decoded."""
        offsets = self._offsets
        return str(self._blob[offsets[index] : offsets[index + 1]], "utf-8")


class Sorted:
    """Bisection in a sorted sequence of byte strings that lie in a file.

    A sequence that is searched often gets a sample of its strings in memory, so that most
    steps of a search need not touch the file: every 16th, and some thousands at most.
    """

    __slots__ = ("_samples", "_searches", "_step", "_strings")

    def __init__(self, strings: Table) -> None:
        self._strings = strings
        self._samples: list[bytes] | None = None
        self._step = max(_CLOSEST, len(strings) // _SAMPLES)
        self._searches = 0

    def left(self, wanted: bytes) -> int:
        """Return the first place whose string is not less than *wanted*."""
        if self._samples is None:
            self._searches += 1
            if self._searches < _OFTEN:
                return bisect_left(self._strings, wanted)
            self._samples = [self._strings[at] for at in range(0, len(self._strings), self._step)]
        block = bisect_left(self._samples, wanted)
        low = max(0, (block - 1) * self._step)
        return bisect_left(self._strings, wanted, low, min(len(self._strings), block * self._step))

    def find(self, wanted: bytes) -> int | None:
        """Return the place of *wanted*, or None where it is not among the strings."""
        at = self.left(wanted)
        return at if at < len(self._strings) and self._strings[at] == wanted else None


class Container:
    """The sections of one file; `source` names it in messages.

    Raises:
        BundleError: The bytes are not a container of this schema version, or are cut off.
    """

    __slots__ = ("_buffer", "_sections", "source")

    def __init__(self, buffer: bytes | memoryview, source: str) -> None:
        view = memoryview(buffer)
        self.source = source
        self._buffer = view
        if len(view) < _HEADER or view[:8].tobytes() != _MAGIC:
            raise BundleError(
                f"{source}: not a part of a glossary bundle (expected it to begin with "
                f"{_MAGIC.decode()}). Compile the glossary again: genai-terms compile"
            )
        version, count = self._int(8, 4), self._int(12, 4)
        if version != SCHEMA_VERSION:
            raise BundleError(
                f"{source}: bundle schema {version}, but this version of genai-terms reads "
                f"schema {SCHEMA_VERSION}. "
                + ("Upgrade genai-terms, or compile" if version > SCHEMA_VERSION else "Compile")
                + " the glossary again with this version: genai-terms compile"
            )
        size = self._int(16, 8)
        if size != len(view) or size < _HEADER + _ENTRY * count:
            raise BundleError(
                f"{source}: {len(view)} bytes where its header says {size}; the file is cut off "
                "or altered. Compile the glossary again: genai-terms compile"
            )
        self._sections: dict[str, tuple[int, int]] = {}
        for start in range(_HEADER, _HEADER + _ENTRY * count, _ENTRY):
            name = bytes(view[start : start + _NAME]).rstrip(b"\0").decode("ascii", "replace")
            self._sections[name] = (self._int(start + _NAME, 8), self._int(start + 24, 8))

    def _int(self, start: int, width: int) -> int:
        return int.from_bytes(self._buffer[start : start + width], "little")

    def bytes(self, name: str) -> memoryview:
        """Return a section as bytes.

        Raises:
            BundleError: There is no such section, or it does not lie inside the file.
        """
        offset, length = self._sections.get(name, (-1, 0))
        if not 0 <= offset <= offset + length <= len(self._buffer):
            raise BundleError(
                f"{self.source}: section {name!r} is missing or cut off. "
                "Compile the glossary again: genai-terms compile"
            )
        return self._buffer[offset : offset + length]

    def array(self, name: str, typecode: Typecode) -> memoryview:
        """Return a section as integers of the width that *typecode* names."""
        section = self.bytes(name)
        if len(section) % _WIDTHS[typecode]:
            raise BundleError(
                f"{self.source}: section {name!r} is cut in the middle of a number. "
                "Compile the glossary again: genai-terms compile"
            )
        return integers(section, typecode)

    def strings(self, name: str) -> Strings:
        """Return the sequence of byte strings that `pack_strings` wrote under *name*."""
        blob, offsets = self.bytes(name), self.array(f"{name}.o", "I")
        if not offsets or offsets[-1] != len(blob):
            raise BundleError(
                f"{self.source}: section {name!r} has not the {len(blob)} bytes that its table "
                "ends at; the file was altered. Compile the glossary again: genai-terms compile"
            )
        return Strings(blob, offsets)

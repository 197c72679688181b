"""A compiled glossary: a folder of four files, opened without parsing.

::

    manifest.json   schema version, digests of the content and of each file, counts
    terms.jsonl     one Term a line, sorted by id: the bytes of the JSON Lines export
    names.idx       every name, facet and definition, and where each record lies
    search.idx      the search index, and the words that names begin with

A record is decoded when it is first asked for, and then kept.
"""

from __future__ import annotations

import os
from itertools import pairwise

from genai_terms._container import SCHEMA_VERSION, Container
from genai_terms._errors import BundleError
from genai_terms._files import FILES, mapped, packaged
from genai_terms._names import Names
from genai_terms._text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from genai_terms._files import Files
    from genai_terms._models import Category, Term
    from genai_terms._search.search import Searcher


__all__ = ["FILES", "Bundle", "StoredBundle"]

_VERIFIED_ON_OPENING: Final = 16 * 2**20


class Bundle:
    """What a `Glossary` reads from: names and search index in place, records on demand."""

    def __init__(self) -> None:
        self._terms: dict[int, Term] = {}
        self._names: Names | None = None
        self._search: Container | None = None
        self._firsts: Container | None = None
        self._retired: dict[str, str] | None = None
        self._searcher: Searcher | None = None

    @property
    def searcher(self) -> Searcher:
        """The search index, opened."""
        if self._searcher is None:
            from genai_terms._search.search import Searcher

            self._searcher = Searcher(self)
        return self._searcher

    @property
    def names(self) -> Names:
        """The names, facets and definitions."""
        if self._names is None:
            self._names = Names(self._open_names())
        return self._names

    @property
    def search(self) -> Container:
        """The sections of the search index."""
        if self._search is None:
            self._search = self._open_search()
        return self._search

    @property
    def firsts(self) -> Container:
        """The sections by which names are found in text."""
        if self._firsts is None:
            self._firsts = self._open_firsts()
        return self._firsts

    @property
    def retired(self) -> dict[str, str]:
        """Folded retired ids, with the ids of the entries that took their place."""
        if self._retired is None:
            self._retired = {fold(old): new for old, new in self._retired_pairs()}
        return self._retired

    def term(self, position: int) -> Term:
        """Return the term at *position*; always the same instance."""
        term = self._terms.get(position)
        if term is None:
            term = self._terms.setdefault(position, self._decode(position))
        return term

    def expect_whole(self) -> None:
        """Raise BundleError where the files are not those that were written."""

    def __len__(self) -> int:
        raise NotImplementedError

    def record(self, position: int) -> bytes:
        """Return the JSON of the term at *position*, without a line end."""
        raise NotImplementedError

    def categories(self) -> tuple[Category, ...]:
        """Return the categories in their order."""
        raise NotImplementedError

    def _retired_pairs(self) -> Iterable[tuple[str, str]]:
        raise NotImplementedError

    def _open_names(self) -> Container:
        raise NotImplementedError

    def _open_search(self) -> Container:
        raise NotImplementedError

    def _open_firsts(self) -> Container:
        raise NotImplementedError

    def _decode(self, position: int) -> Term:
        raise NotImplementedError


class StoredBundle(Bundle):
    """A bundle in a folder, or in the package itself.

    Raises:
        BundleError: It is missing, cut off, altered, or of another schema version.
    """

    def __init__(self, files: Files, source: str, *, verify: bool | None = False) -> None:
        super().__init__()
        self._files = files
        self.source = source
        self._records = files["terms.jsonl"]
        self._whole = False
        if verify or (verify is None and len(self._records) <= _VERIFIED_ON_OPENING):
            self.expect_whole()
        container = self.names.container
        self._offsets = container.array("record", "Q")
        self._checksums = container.array("record.c", "I")
        if not len(self._offsets) - 1 == len(self._checksums) == len(self.names):
            raise BundleError(
                f"{container.source}: its tables of records and of names differ in length; it was "
                "altered. Compile the glossary again: genai-terms compile"
            )
        if len(self._records) != self._offsets[-1]:
            raise BundleError(
                f"{source}: terms.jsonl has {len(self._records)} bytes where names.idx expects "
                f"{self._offsets[-1]}; it is cut off or belongs to another bundle. "
                "Compile the glossary again: genai-terms compile"
            )

    @classmethod
    def open(cls, path: str, *, verify: bool | None = None) -> StoredBundle:
        """Open the bundle in the folder *path*.

        *verify* compares every file with its checksum first; by default where the records
        take no more than 16 MiB.
        """
        return cls(mapped(path), path, verify=verify)

    @classmethod
    def built_in(cls) -> StoredBundle:
        """Open the bundle that the package ships."""
        folder = os.path.join(os.path.dirname(__file__), "_data")
        if os.path.isdir(folder):
            return cls(mapped(folder), folder)
        if not os.path.exists(__file__):
            return cls(packaged(), "genai_terms/_data")
        raise BundleError(
            f"{folder}: this source checkout has no compiled glossary yet. "
            "Run: python -m genai_terms._compile"
        )

    def expect_whole(self) -> None:
        """Compare every file with the checksum that the manifest has of it, once."""
        if not self._whole:
            self._verify()
            self._whole = True

    def _verify(self) -> None:
        from hashlib import sha256

        for name in FILES[2:]:
            self._container(name)  # tells a foreign file, or one of another schema
        manifest = self.manifest()
        known = manifest.get("sha256")
        for name in FILES[1:]:
            digest = sha256(self._files[name]).hexdigest()
            # What stands in JSON, nobody knows before it is looked at.
            if not isinstance(known, dict) or known.get(name) != digest:  # pyright: ignore[reportUnknownMemberType]
                raise BundleError(
                    f"{os.path.join(self.source, name)}: is not the file that manifest.json tells "
                    "of, its checksum differs; it was cut off or altered, or belongs to another "
                    "bundle. Compile the glossary again: genai-terms compile"
                )
        if manifest.get("terms") != len(self.names):
            raise BundleError(
                f"{self.source}: manifest.json speaks of {manifest.get('terms')!r} terms, the "
                f"bundle has {len(self.names)}. Compile the glossary again: genai-terms compile"
            )

    def manifest(self) -> dict[str, object]:
        """Return the content of manifest.json."""
        import json

        path = os.path.join(self.source, "manifest.json")
        try:
            manifest = json.loads(bytes(self._files["manifest.json"]))
            schema = manifest["schema"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BundleError(
                f"{path}: not the manifest of a glossary bundle ({error}). "
                "Compile the glossary again: genai-terms compile"
            ) from error
        if schema != SCHEMA_VERSION:
            raise BundleError(
                f"{path}: bundle schema {schema!r}, but this version of genai-terms reads schema "
                f"{SCHEMA_VERSION}. Upgrade genai-terms, or compile the glossary again."
            )
        return dict(manifest)

    def __len__(self) -> int:
        return len(self._checksums)

    def record(self, position: int) -> bytes:
        from zlib import adler32

        record = bytes(self._records[self._offsets[position] : self._offsets[position + 1] - 1])
        if adler32(record) != self._checksums[position]:
            raise BundleError(
                f"{self.source}: the record of {self._id(position)!r} in terms.jsonl "
                "does not match its checksum; the file was altered. Compile the glossary again: "
                "genai-terms compile"
            )
        return record

    def lines(self) -> Iterator[bytes | memoryview]:
        """Yield the lines of terms.jsonl as they lie; verified, as none of them is looked at."""
        self.expect_whole()
        return (self._records[start:end] for start, end in pairwise(self._offsets))

    def _id(self, position: int) -> str:
        return self.names.ids[position].decode("utf-8", "replace")

    def _decode(self, position: int) -> Term:
        from pydantic import ValidationError

        from genai_terms._models import Term

        try:
            return Term.model_validate_json(self.record(position))
        except ValidationError as error:
            raise BundleError(
                f"{self.source}: the record of {self._id(position)!r} is not a Term "
                f"of this version ({error.error_count()} fields differ). Compile the glossary "
                "again: genai-terms compile"
            ) from error

    def categories(self) -> tuple[Category, ...]:
        from genai_terms._models import Category

        strings = self.names.container.strings("categories")
        return tuple(Category.model_validate_json(strings[at]) for at in range(len(strings)))

    def _retired_pairs(self) -> Iterable[tuple[str, str]]:
        strings = self.names.container.strings("retired")
        return ((strings.text(at), strings.text(at + 1)) for at in range(0, len(strings), 2))

    def _open_names(self) -> Container:
        return self._container("names.idx")

    def _open_search(self) -> Container:
        return self._container("search.idx")

    def _open_firsts(self) -> Container:
        return self.search

    def _container(self, name: str) -> Container:
        return Container(self._files[name], os.path.join(self.source, name))


def __dir__() -> list[str]:
    return __all__

"""A compiled glossary: a folder of four files, opened without parsing.

::

    manifest.json   schema version, digests of the content and of each file, counts
    terms.jsonl     one Term a line, sorted by id: the bytes of the JSON Lines export
    names.idx       every name, facet and definition, and where each record lies
    search.idx      the search index

A record is decoded when it is first asked for, and then kept.
"""

from __future__ import annotations

import os
from zlib import adler32

from genai_terms._container import SCHEMA_VERSION, Container, pack, pack_array
from genai_terms._errors import BundleError
from genai_terms._names import Names, build_names, retired_ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Final, Protocol

    from genai_terms._models import Category, Term
    from genai_terms._search.search import Searcher

    class _Files(Protocol):
        def read(self, name: str) -> bytes | memoryview: ...


__all__ = ["FILES", "Bundle", "MemoryBundle", "StoredBundle", "write"]

FILES: Final = ("manifest.json", "terms.jsonl", "names.idx", "search.idx")
_VERIFIED_ON_OPENING: Final = 16 * 2**20


class Bundle:
    """What a `Glossary` reads from: names and search index in place, records on demand."""

    def __init__(self) -> None:
        self._terms: dict[int, Term] = {}
        self._names: Names | None = None
        self._search: Container | None = None
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
    def retired(self) -> dict[str, str]:
        """Folded retired ids, with the ids of the entries that took their place."""
        if self._retired is None:
            self._retired = retired_ids(self.names.container.strings("retired"))
        return self._retired

    def term(self, position: int) -> Term:
        """Return the term at *position*; always the same instance."""
        term = self._terms.get(position)
        if term is None:
            term = self._terms.setdefault(position, self._decode(position))
        return term

    def record(self, position: int) -> bytes:
        """Return the JSON of the term at *position*, without a line end."""
        raise NotImplementedError

    def categories(self) -> tuple[Category, ...]:
        """Return the categories in their order."""
        raise NotImplementedError

    def _open_names(self) -> Container:
        raise NotImplementedError

    def _open_search(self) -> Container:
        raise NotImplementedError

    def _decode(self, position: int) -> Term:
        raise NotImplementedError


class MemoryBundle(Bundle):
    """Terms that were made in this process; indexes are built when they are first needed."""

    def __init__(
        self,
        terms: Iterable[Term],
        categories: Sequence[Category] = (),
        retired: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.terms = sorted(terms, key=lambda term: term.id)
        self._categories = tuple(categories)
        self.retired_pairs = dict(retired or {})

    def _decode(self, position: int) -> Term:
        return self.terms[position]

    def record(self, position: int) -> bytes:
        return self.terms[position].model_dump_json().encode()

    def categories(self) -> tuple[Category, ...]:
        return self._categories

    def _open_names(self) -> Container:
        return Container(pack(build_names(self.terms, self.retired_pairs)), "glossary in memory")

    def _open_search(self) -> Container:
        from genai_terms._search.index import build_search

        return Container(pack(build_search(self.terms, self.names)), "glossary in memory")


class _Folder:
    """Files of a folder on disk, mapped."""

    def __init__(self, path: str) -> None:
        self.path = path

    def read(self, name: str) -> bytes | memoryview:
        from mmap import ACCESS_READ, mmap

        path = os.path.join(self.path, name)
        try:
            with open(path, "rb") as file:
                if not os.fstat(file.fileno()).st_size:
                    return b""
                return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        except OSError as error:
            raise BundleError(
                f"{path}: cannot be read ({error.strerror}). A bundle is a folder with "
                f"{', '.join(FILES)}; make one with: genai-terms compile FOLDER -o BUNDLE"
            ) from error


class _Package:
    """Files of the package where it has no folder: inside a zip archive, for example."""

    path = "genai_terms/_data"

    def read(self, name: str) -> bytes | memoryview:
        from importlib_resources import files

        return (files("genai_terms") / "_data" / name).read_bytes()


class StoredBundle(Bundle):
    """A bundle in a folder, or in the package itself.

    Raises:
        BundleError: It is missing, cut off, altered, or of another schema version.
    """

    def __init__(self, files: _Files, source: str, *, verify: bool | None = False) -> None:
        super().__init__()
        self._files = files
        self.source = source
        self._records = files.read("terms.jsonl")
        small = len(self._records) <= _VERIFIED_ON_OPENING
        self._distrusted = small if verify is None else verify
        names = self.names
        self._offsets = names.container.array("record", "Q")
        self._checksums = names.container.array("record.c", "I")
        if len(self._records) != self._offsets[-1]:
            raise BundleError(
                f"{source}: terms.jsonl has {len(self._records)} bytes where names.idx expects "
                f"{self._offsets[-1]}; it is cut off or belongs to another bundle. "
                "Compile the glossary again: genai-terms compile"
            )

    @classmethod
    def open(cls, path: str, *, verify: bool | None = None) -> StoredBundle:
        """Open the bundle in the folder *path*.

        *verify* compares every file with its checksum first; by default where the bundle
        has no more than 16 MiB.
        """
        if not os.path.isdir(path):
            raise BundleError(
                f"{path}: no such folder. A bundle is a folder with {', '.join(FILES)}; "
                "make one with: genai-terms compile FOLDER -o BUNDLE"
            )
        bundle = cls(_Folder(path), path, verify=verify)
        if bundle._distrusted:
            bundle.verify()
        return bundle

    @classmethod
    def built_in(cls) -> StoredBundle:
        """Open the bundle that the package ships."""
        folder = os.path.join(os.path.dirname(__file__), "_data")
        if os.path.isdir(folder):
            return cls(_Folder(folder), folder)
        if not os.path.exists(__file__):
            return cls(_Package(), _Package.path)
        raise BundleError(
            f"{folder}: this source checkout has no compiled glossary yet. "
            "Run: python -m genai_terms._compile"
        )

    def verify(self) -> None:
        """Compare every file with the checksums that were written with it."""
        from hashlib import sha256

        for container in (self.names.container, self.search):
            container.verify()
        for position in range(len(self._checksums)):
            self.record(position)
        manifest = self.manifest()
        known = str(manifest.get("sha256"))
        for name in FILES[1:]:
            if f"'{name}': '{sha256(self._files.read(name)).hexdigest()}'" not in known:
                raise BundleError(
                    f"{os.path.join(self.source, name)}: is not the file that manifest.json tells "
                    "of; it was altered, or belongs to another bundle. Compile the glossary "
                    "again: genai-terms compile"
                )
        if manifest.get("terms") != len(self._checksums):
            raise BundleError(
                f"{self.source}: manifest.json speaks of {manifest.get('terms')!r} terms, the "
                f"bundle has {len(self._checksums)}. Compile the glossary again: "
                "genai-terms compile"
            )

    def manifest(self) -> dict[str, object]:
        """Return the content of manifest.json."""
        import json

        path = os.path.join(self.source, "manifest.json")
        try:
            manifest = json.loads(bytes(self._files.read("manifest.json")))
            schema = manifest["schema"]
        except (ValueError, KeyError, TypeError) as error:
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

    def record(self, position: int) -> bytes:
        record = bytes(self._records[self._offsets[position] : self._offsets[position + 1] - 1])
        if adler32(record) != self._checksums[position]:
            raise BundleError(
                f"{self.source}: the record of {self.names.ids.text(position)!r} in terms.jsonl "
                "does not match its checksum; the file was altered. Compile the glossary again: "
                "genai-terms compile"
            )
        return record

    def all_records(self) -> bytes:
        """Return terms.jsonl as it lies."""
        return bytes(self._records)

    def _decode(self, position: int) -> Term:
        from pydantic import ValidationError

        from genai_terms._models import Term

        try:
            return Term.model_validate_json(self.record(position))
        except ValidationError as error:
            raise BundleError(
                f"{self.source}: the record of {self.names.ids.text(position)!r} is not a Term "
                f"of this version ({error.error_count()} fields differ). Compile the glossary "
                "again: genai-terms compile"
            ) from error

    def categories(self) -> tuple[Category, ...]:
        from genai_terms._models import Category

        strings = self.names.container.strings("categories")
        return tuple(Category.model_validate_json(strings[at]) for at in range(len(strings)))

    def _open_names(self) -> Container:
        return self._container("names.idx")

    def _open_search(self) -> Container:
        return self._container("search.idx")

    def _container(self, name: str) -> Container:
        container = Container(self._files.read(name), os.path.join(self.source, name))
        if self._distrusted:
            container.verify()
        return container


def write(
    path: str,
    terms: Iterable[Term],
    categories: Sequence[Category] = (),
    retired: Mapping[str, str] | None = None,
    source_digest: str | None = None,
) -> None:
    """Write a bundle to the folder *path*, whole or not at all.

    The files are made in a folder beside it, which then takes its place; a bundle that
    stood there is kept until then. The same terms give the same bytes.

    Raises:
        OSError: The place cannot be written to.
        BundleError: *path* exists and is not a bundle.
    """
    import json
    import shutil
    import tempfile
    from hashlib import sha256

    from genai_terms._container import pack_strings
    from genai_terms._search.index import build_search

    memory = MemoryBundle(terms, categories, retired)
    records = [memory.record(position) + b"\n" for position in range(len(memory.terms))]
    offsets = [0]
    for record in records:
        offsets.append(offsets[-1] + len(record))
    names = build_names(memory.terms, memory.retired_pairs) | {
        "record": pack_array("Q", offsets),
        "record.c": pack_array("I", (adler32(record[:-1]) for record in records)),
        **pack_strings("categories", (c.model_dump_json().encode() for c in categories)),
    }
    content = {
        "terms.jsonl": b"".join(records),
        "names.idx": pack(names),
        "search.idx": pack(build_search(memory.terms, memory.names)),
    }
    manifest = {
        "generated": "by genai-terms compile; do not edit, edit the content and compile again",
        "schema": SCHEMA_VERSION,
        "terms": len(records),
        "faqs": sum(len(term.faqs) for term in memory.terms),
        "links": sum(len(term.related) for term in memory.terms),
        "source": source_digest,
        "sha256": {name: sha256(data).hexdigest() for name, data in content.items()},
    }
    content["manifest.json"] = json.dumps(manifest, indent=2).encode() + b"\n"
    target = os.path.realpath(path)
    _refuse_foreign(target)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    fresh = tempfile.mkdtemp(prefix=f".{os.path.basename(target)}-", dir=os.path.dirname(target))
    try:
        for name, data in content.items():
            with open(os.path.join(fresh, name), "wb") as file:
                file.write(data)
        os.chmod(fresh, 0o755)  # noqa: S103 - mkdtemp's 0700 would hide an installed bundle
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_foreign(target: str) -> None:
    """Never replace a folder that holds anything but a bundle."""
    if not os.path.exists(target):
        return
    foreign = sorted(set(os.listdir(target)) - set(FILES)) if os.path.isdir(target) else ["a file"]
    manifest = os.path.join(target, "manifest.json")
    if not foreign and os.path.exists(manifest):
        with open(manifest, "rb") as file:
            foreign = [] if b'"generated": "by genai-terms' in file.read(200) else ["manifest.json"]
    if foreign:
        raise BundleError(
            f"{target}: exists and is not a glossary bundle (it has {foreign[0]!r}). "
            "Name a new folder, or an older bundle to replace."
        )


def _swap(fresh: str, target: str) -> None:
    """Put the folder *fresh* where *target* is, and *target*, if any, where *fresh* was."""
    if not os.path.exists(target):
        os.rename(fresh, target)
        return
    old = f"{fresh}-old"
    os.rename(target, old)
    try:
        os.rename(fresh, target)
    except OSError:
        os.rename(old, target)
        raise
    os.rename(old, fresh)


def __dir__() -> list[str]:
    return __all__

"""Where a glossary comes from and where it goes: bundles, content written by hand, pickles."""

from __future__ import annotations

import os

from genai_terms._bundle import StoredBundle
from genai_terms._collection import TermCollection
from genai_terms._damage import guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Self

    from genai_terms._bundle import Bundle
    from genai_terms._models import Category

__all__ = ["StoredCollection"]


class StoredCollection(TermCollection):
    """Terms that are opened, saved and pickled; they know the place of their bundle."""

    __slots__ = ("_whence",)
    _whence: str | None

    @classmethod
    def _over(
        cls, bundle: Bundle, whence: str | None, chosen: tuple[int, ...] | None = None
    ) -> Self:
        made = cls.__new__(cls)
        made._set(bundle, chosen)
        made._whence = whence
        return made

    @classmethod
    def open(cls, path: str | PathLike[str], *, verify: bool | None = None) -> Self:
        """Open the bundle in the folder *path*; records are read when they are asked for.

        *verify* compares every file with its checksums first; by default where the records
        take no more than 16 MiB.

        Raises:
            BundleError: It is missing, damaged, or of another schema version.

        >>> from tempfile import TemporaryDirectory
        >>> from genai_terms import Glossary, glossary
        >>> with TemporaryDirectory() as folder:
        ...     glossary.filter(kind="role").save(f"{folder}/roles")
        ...     roles = Glossary.open(f"{folder}/roles")
        >>> "prompt engineer" in roles, "RAG" in roles
        (True, False)
        """
        place = os.fspath(path)
        bundle = StoredBundle.open(place, verify=verify)
        return cls._over(bundle, os.path.abspath(place))

    @classmethod
    def from_yaml(cls, folder: str | PathLike[str]) -> Self:
        """Read content written by hand: `<category>/<id>.yaml` below *folder*.

        Raises:
            ContentError: The content has faults; all of them are in its `findings`.
            NotADirectoryError: There is no such folder.
            MissingExtraError: PyYAML is not installed.

        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from genai_terms import Glossary
        >>> with TemporaryDirectory() as folder:
        ...     entry = Path(folder, "baking", "sourdough.yaml")
        ...     entry.parent.mkdir()
        ...     _ = entry.write_text("{name: Sourdough, definition: Dough with wild yeast.}")
        ...     Glossary.from_yaml(folder)["sourdough"]
        <Term sourdough: Sourdough>
        """
        from genai_terms import _optional
        from genai_terms._made import MemoryBundle

        compiler = _optional.load("_compile", "Reading YAML", "authoring", "PyYAML")
        source = compiler.load(os.fspath(folder))
        terms = compiler.connected(draft.term for draft in source.drafts)
        return cls._over(MemoryBundle(terms, source.categories, source.retired), None)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the glossary as a bundle to the folder *path*, whole or not at all.

        A bundle that is there is replaced. Who opens it meanwhile gets the old one or the
        new one, and of several who save there at once, the last one's bundle stays. On
        Windows, a bundle that is open cannot be replaced.

        Raises:
            BundleError: *path* exists and is not a bundle.
            OSError: The place cannot be written to.

        >>> import os
        >>> from tempfile import TemporaryDirectory
        >>> from genai_terms import glossary
        >>> with TemporaryDirectory() as folder:
        ...     glossary.filter(kind="role").save(f"{folder}/roles")
        ...     sorted(os.listdir(f"{folder}/roles"))
        ['manifest.json', 'names.idx', 'search.idx', 'terms.jsonl']
        """
        from genai_terms import _save

        self._bundle.expect_whole()
        _save.write(os.fspath(path), self, self._shelves(), self._retired())

    @guarded
    def _shelves(self) -> tuple[Category, ...]:
        """The categories that were declared, used or not, or else those that are used."""
        return self._bundle.categories() if self._chosen is None else self.categories

    @guarded
    def _retired(self) -> dict[str, str]:
        retired = self._bundle.retired
        return {old: new for old, new in retired.items() if self._position(new) is not None}

    @guarded
    def __reduce__(self) -> tuple[object, ...]:
        from genai_terms._pickle import reduced

        return reduced(self)


def __dir__() -> list[str]:
    return __all__

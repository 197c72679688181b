"""Terms that were made in this process, read as a bundle is read."""

from __future__ import annotations

from genai_terms._bundle import Bundle
from genai_terms._container import Container, pack
from genai_terms._names import build_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from genai_terms._models import Category, Term

__all__ = ["MemoryBundle"]


class MemoryBundle(Bundle):
    """Terms in memory; their indexes are built when they are first needed."""

    def __init__(
        self,
        terms: Iterable[Term],
        categories: Sequence[Category] = (),
        retired: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.terms = sorted(terms, key=lambda term: term.id)
        self._categories = tuple(categories)
        self._replaced = dict(retired or {})

    def __len__(self) -> int:
        return len(self.terms)

    def _decode(self, position: int) -> Term:
        return self.terms[position]

    def record(self, position: int) -> bytes:
        return self.terms[position].model_dump_json().encode()

    def categories(self) -> tuple[Category, ...]:
        return self._categories

    def _retired_pairs(self) -> Iterable[tuple[str, str]]:
        return self._replaced.items()

    def _open_names(self) -> Container:
        return Container(pack(build_names(self.terms, self._replaced)), "glossary in memory")

    def _open_search(self) -> Container:
        from genai_terms._search.index import build_search

        return Container(pack(build_search(self.terms, self.names)), "glossary in memory")

    def _open_firsts(self) -> Container:
        from genai_terms._annotate.index import build_firsts

        return Container(pack(build_firsts(self.names)), "glossary in memory")


def __dir__() -> list[str]:
    return __all__

"""Which terms a name leads to: the reader and the writer of `names.idx`.

Every name that a term answers to is folded into a key; the keys lie in one sorted table
that is bisected in place. A second index finds the keys that are near a misspelt one.
"""

from __future__ import annotations

from bisect import bisect_left

from genai_terms._container import Container, Sorted, owned, pack_array, pack_strings
from genai_terms._memory import keep
from genai_terms._text import british, fold, variants

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Final

    from genai_terms._models import Term
    from genai_terms._near import Near

__all__ = ["NAME_KINDS", "Names", "Surface", "build_names", "surfaces"]

NAME_KINDS: Final = ("name", "abbreviation", "alias", "covers", "id")
"""What a name is to its term, by the number under which names.idx stores it."""

Surface = tuple[str, int]
"""A name as it is written, and what it is to its term (an index of `NAME_KINDS`)."""

_ID: Final = NAME_KINDS.index("id")
_SHARED: Final = 1 << 31
_REMEMBERED: Final = 2**13


def surfaces(term: Term) -> Iterator[Surface]:
    """Yield every name that *term* was given, headword first."""
    yield term.name, 0
    yield from ((text, 1) for text in term.abbreviations)
    yield from ((text, 2) for text in term.aliases)
    yield from ((text, 3) for text in term.covers)


def given_keys(term: Term) -> dict[str, Surface]:
    """Return the keys that *term* bears in its own right, each with the name behind it."""
    keys: dict[str, Surface] = {}
    for surface in (*surfaces(term), (term.id, _ID)):
        text, kind = surface
        keys.setdefault(fold(text), surface)
        if kind == 0:
            for abbreviation in term.abbreviations:
                keys.setdefault(fold(f"{term.name} ({abbreviation})"), surface)
    keys.pop("", None)
    return keys


def derived_keys(term: Term) -> dict[str, Surface]:
    """Return the keys of the plurals and British spellings of the names of *term*."""
    keys: dict[str, Surface] = {}
    for surface in surfaces(term):
        name, _ = surface
        for text in variants(name):
            keys.setdefault(fold(text), surface)
        bare, parenthesis, _ = name.partition(" (")
        if parenthesis:
            keys.setdefault(fold(bare), surface)
            keys.setdefault(fold(british(bare)), surface)
    keys.pop("", None)
    return keys


class Names:
    """Reader of names.idx: from a name to the positions of the terms that bear it."""

    __slots__ = (
        "_found",
        "_ids",
        "_keys",
        "_near",
        "_shared",
        "_surfaces",
        "_targets",
        "_whence",
        "container",
        "definitions",
        "ids",
        "meta",
        "name_kinds",
        "owners",
    )

    def __init__(self, container: Container) -> None:
        self.container = container
        self._found: dict[str, tuple[int, ...]] = {}
        self.ids = container.strings("id")
        self._ids = Sorted(self.ids)
        self.definitions = container.strings("def")
        self.meta = container.array("meta", "H")
        self._keys = Sorted(container.strings("key"))
        self._targets = container.array("key.t", "I")
        self._whence = container.array("key.w", "I")
        self._shared = container.array("shared", "I")
        self._surfaces = container.strings("name")
        self.owners = container.array("name.t", "I")
        self.name_kinds = container.array("name.k", "B")
        self._near: Near | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def position(self, term_id: str) -> int | None:
        """Return the position of the term with this exact id."""
        return self._ids.find(term_id.encode("utf-8", "replace"))

    def find(self, key: str) -> tuple[int, ...]:
        """Return the positions of the terms that bear a folded *key*, in order of id."""
        found = self._found.get(key)
        if found is None:
            at = self._keys.find(key.encode("utf-8", "replace"))
            found = keep(self._found, key, () if at is None else self._bearers(at), _REMEMBERED)
        return found

    def _bearers(self, at: int) -> tuple[int, ...]:
        target: int = self._targets[at]
        if not target & _SHARED:
            return (target,)
        start = target ^ _SHARED
        count: int = self._shared[start]
        return tuple(self._shared[start + 1 : start + 1 + count])

    def name(self, position: int) -> str:
        """Return the headword of the term at *position*."""
        return self._surfaces.text(bisect_left(self.owners, position))

    def tier(self, position: int) -> int:
        """Return the tier of the term at *position*: 1 for the most popular, to 3."""
        tier: int = self.meta[4 * position + 3]
        return tier

    def surface(self, number: int) -> Surface:
        """Return the name with this number; names are numbered in order of their terms."""
        return self._surfaces.text(number), self.name_kinds[number]

    def surfaces_of(self, position: int) -> range:
        """Return the numbers of the names of the term at *position*, headword first."""
        return owned(self.owners, position)

    def near(
        self, key: str, limit: int, accept: Callable[[int], bool] | None = None
    ) -> list[tuple[int, str, int]]:
        """Return the names within a few edits of a folded *key*, nearest first.

        Each is (edits, name as written, position of its term); a term comes once. *accept*
        may refuse a term by its position.
        """
        for stage in self._nearby().stages(key):
            found = self._ranked(stage, accept)
            if found:
                return found[:limit]
        return []

    def one_off(
        self, key: str, accept: Callable[[int], bool] | None = None
    ) -> list[tuple[int, str, int]]:
        """Return the names that a single edit parts from a folded *key*, as `near` does."""
        found = self._nearby().find(key, 1)
        return self._ranked(found, accept) if found else []

    def _nearby(self) -> Near:
        if self._near is None:
            from genai_terms._near import Near

            self._near = Near(self.container, "near", "key")
        return self._near

    def _ranked(
        self, found: Iterable[tuple[int, int]], accept: Callable[[int], bool] | None
    ) -> list[tuple[int, str, int]]:
        best: dict[int, tuple[int, int, int]] = {}
        for edits, at in found:
            for position in self._bearers(at):
                if accept is None or accept(position):
                    rank = (edits, self.tier(position), at)
                    best[position] = min(rank, best.get(position, rank))
        return [
            (rank[0], self._surfaces.text(self._whence[rank[2]]), position)
            for rank, position in sorted((rank, position) for position, rank in best.items())
        ]


def build_names(terms: Sequence[Term], retired: Mapping[str, str]) -> dict[str, bytes]:
    """Return the sections of names.idx for *terms*, which are sorted by id."""
    from genai_terms._near import build_near

    keys, given = _key_table(terms)
    ordered = sorted(keys, key=str.encode)
    listed = [(at, surface) for at, term in enumerate(terms) for surface in surfaces(term)]
    return {
        **_term_sections(terms),
        **pack_strings("name", (text.encode() for _, (text, _) in listed)),
        "name.t": pack_array("I", (owner for owner, _ in listed)),
        "name.k": pack_array("B", (kind for _, (_, kind) in listed)),
        **pack_strings("key", map(str.encode, ordered)),
        **_key_sections([keys[key] for key in ordered], terms, listed),
        **build_near("near", ordered, (at for at, key in enumerate(ordered) if key in given)),
        **pack_strings(
            "retired", (part.encode() for pair in sorted(retired.items()) for part in pair)
        ),
    }


def _term_sections(terms: Sequence[Term]) -> dict[str, bytes]:
    """What is known of each term beside its names."""
    kinds, levels, categories = (_numbered(t) for t in _facets(terms))
    meta = (
        number
        for term in terms
        for number in (
            categories[term.category], kinds[term.kind], levels[term.level], term.tier
        )
    )  # fmt: skip
    return {
        **pack_strings("id", (term.id.encode() for term in terms)),
        **pack_strings("def", (term.definition.encode() for term in terms)),
        "meta": pack_array("H", meta),
        "common": pack_array("B", (term.common_word for term in terms)),
        **pack_strings("category", map(str.encode, categories)),
        **pack_strings("kind", map(str.encode, kinds)),
        **pack_strings("level", map(str.encode, levels)),
    }


def _key_sections(
    keys: Iterable[Mapping[int, Surface]],
    terms: Sequence[Term],
    listed: Iterable[tuple[int, Surface]],
) -> dict[str, bytes]:
    """Where each key leads, and the name behind it, by its place among those *listed*."""
    numbers = {bearer: number for number, bearer in enumerate(listed)}
    targets: list[int] = []
    shared = [0]
    whence: list[int] = []
    for bearers in keys:
        position, surface = next(iter(bearers.items()))
        _, kind = surface
        behind = surface if kind != _ID else (terms[position].name, 0)
        whence.append(numbers[position, behind])
        if len(bearers) == 1:
            targets.append(position)
        else:
            targets.append(len(shared) | _SHARED)
            shared += [len(bearers), *sorted(bearers)]
    return {
        "key.t": pack_array("I", targets),
        "key.w": pack_array("I", whence),
        "shared": pack_array("I", shared),
    }


def _facets(terms: Sequence[Term]) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
    return (t.kind for t in terms), (t.level for t in terms), (t.category for t in terms)


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: number for number, value in enumerate(sorted(set(values)))}


def _key_table(terms: Sequence[Term]) -> tuple[dict[str, dict[int, Surface]], set[str]]:
    """Every key with its bearers; a derived key gives way to a name that was given."""
    keys: dict[str, dict[int, Surface]] = {}
    for position, term in enumerate(terms):
        for key, surface in given_keys(term).items():
            keys.setdefault(key, {})[position] = surface
    given = set(keys)
    for position, term in enumerate(terms):
        for key, surface in derived_keys(term).items():
            if key not in given:
                keys.setdefault(key, {})[position] = surface
    return keys, given

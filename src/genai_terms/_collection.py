"""An immutable, sorted collection of terms that are found by any of their names."""

from __future__ import annotations

from _collections_abc import Collection  # of which collections.abc is but another name

from genai_terms._arguments import not_a_name
from genai_terms._damage import guarded
from genai_terms._errors import AmbiguousTermError, RetiredTermWarning, TermNotFoundError, warn
from genai_terms._memory import keep
from genai_terms._text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final, Self

    from genai_terms._bundle import Bundle
    from genai_terms._models import Category, Term

__all__ = ["TermCollection"]

_REMEMBERED: Final = 8192
_SUGGESTED: Final = 3
_LONGEST_NAME: Final = 1000


class TermCollection(Collection["Term"]):
    """The terms of a bundle, or some of them; those that were looked up are remembered."""

    __slots__ = ("_bundle", "_chosen", "_members", "_remembered")

    def _set(self, bundle: Bundle, chosen: tuple[int, ...] | None) -> None:
        self._bundle = bundle
        self._chosen = chosen
        self._members = None if chosen is None else frozenset(chosen)
        self._remembered: dict[str, Term] = {}

    def __len__(self) -> int:
        return len(self._bundle if self._chosen is None else self._chosen)

    def __iter__(self) -> Iterator[Term]:
        return map(self._bundle.term, self._positions())

    def _positions(self) -> Iterable[int]:
        return range(len(self._bundle)) if self._chosen is None else self._chosen

    @guarded
    def __contains__(self, item: object) -> bool:
        if isinstance(item, str):
            return bool(self._find(item))
        term_id = getattr(item, "id", None)
        if not isinstance(term_id, str):
            return False
        at = self._position(term_id)
        return at is not None and self._bundle.term(at) == item

    def lookup(self, name: str) -> Term:
        """Return the term that is called *name*, be it id, headword, abbreviation or alias.

        Case, accents, spaces, hyphens, regular plurals and British spellings do not matter.

        Raises:
            TermNotFoundError: No term is; the error suggests near names.
            AmbiguousTermError: Several terms are; the error lists them.

        >>> from genai_terms import lookup
        >>> lookup("rag").name
        'Retrieval-augmented generation'
        >>> lookup("retreival augmented generation")
        Traceback (most recent call last):
            ...
        genai_terms.TermNotFoundError: No term is called 'retreival augmented generation'. \
Did you mean 'Retrieval-augmented generation'?
        """
        try:
            return self._remembered[name]
        except KeyError:
            pass
        except TypeError:
            raise not_a_name(name) from None
        term = self._only(name)
        if term is None:
            raise self._missed(name)
        return term

    __getitem__ = lookup

    def get(self, name: str) -> Term | None:
        """Return the one term that is called *name*, or None where none or several are.

        >>> from genai_terms import get
        >>> print(get("no such thing"))
        None
        """
        try:
            return self._remembered[name]
        except KeyError:
            pass
        except TypeError:
            raise not_a_name(name) from None
        return self._only(name)

    @guarded
    def lookup_all(self, name: str) -> tuple[Term, ...]:
        """Return every term that is called *name*, sorted by id; none is an empty tuple.

        >>> from genai_terms import lookup_all
        >>> [term.id for term in lookup_all("GPT")]
        ['generative-pre-trained-transformer']
        """
        return tuple(map(self._bundle.term, self._find(name)))

    @property
    @guarded
    def categories(self) -> tuple[Category, ...]:
        """The categories that the terms are shelved under, in the editors' order.

        >>> from genai_terms import glossary
        >>> glossary.categories[0].title
        'Foundations'
        """
        from genai_terms._facets import shelves

        return shelves(self._bundle, self._positions())

    @guarded
    def _only(self, name: str) -> Term | None:
        """The one member that bears *name*; a retired id is not remembered: it warns again."""
        found = self._bearers(name)
        if len(found) == 1:
            return keep(self._remembered, name, self._bundle.term(found[0]), _REMEMBERED)
        found = found or self._successor(name)
        return self._bundle.term(found[0]) if len(found) == 1 else None

    @guarded
    def _missed(self, name: str) -> LookupError:
        found = self._bearers(name)
        if found:
            ids = self._bundle.names.ids
            return AmbiguousTermError(name, tuple(map(ids.text, found)))
        return TermNotFoundError(name, self._near(name))

    def _find(self, name: str) -> tuple[int, ...]:
        """The positions of the members that bear *name*, or that of its successor."""
        return self._bearers(name) or self._successor(name)

    def _bearers(self, name: str) -> tuple[int, ...]:
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise not_a_name(name)
        if len(name) > _LONGEST_NAME:
            return ()
        names = self._bundle.names
        exact = names.position(name)
        found = names.find(fold(name)) if exact is None else (exact,)
        members = self._members
        return found if members is None else tuple(at for at in found if at in members)

    def _successor(self, name: str) -> tuple[int, ...]:
        """The position of the entry that the retired id *name* was merged into, with a warning."""
        key = fold(name[:_LONGEST_NAME])
        successor = self._bundle.retired.get(key)
        if successor is None or self._bundle.names.find(key):
            return ()
        warn(f"{name!r} was merged into {successor!r}; look that up instead", RetiredTermWarning)
        at = self._position(successor)
        return () if at is None else (at,)

    @guarded
    def _headword(self, term_id: str) -> str:
        """What the term with this exact id is called; nothing where there is none."""
        names = self._bundle.names
        position = names.position(term_id)
        return "" if position is None else names.name(position)

    def _near(self, name: str) -> tuple[str, ...]:
        key = fold(name[:_LONGEST_NAME])
        accept = None if self._members is None else self._members.__contains__
        near = self._bundle.names.near(key, _SUGGESTED, accept)
        return tuple(text for _, text, _ in near)

    def _position(self, term_id: str) -> int | None:
        at = self._bundle.names.position(term_id)
        return at if self._members is None or at in self._members else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TermCollection):
            return NotImplemented
        return self is other or (len(self) == len(other) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        ids = self._bundle.names.ids
        return hash(tuple(ids[at] for at in self._positions()))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self  # nothing in it can be changed; its pickle would open the bundle anew

    def __repr__(self) -> str:
        return f"<Glossary of {len(self):,} terms>"


def __dir__() -> list[str]:
    return __all__

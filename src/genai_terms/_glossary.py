"""A glossary: an immutable collection of terms, and the verbs that find them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection

from genai_terms._arguments import expect, expect_query, expect_terms, not_a_name
from genai_terms._bundle import Bundle, MemoryBundle, StoredBundle
from genai_terms._errors import (
    AmbiguousTermError,
    RetiredTermWarning,
    TermNotFoundError,
)
from genai_terms._text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from os import PathLike
    from typing import Final

    from genai_terms._annotate.mention import Mention
    from genai_terms._models import FAQ, Category, Term
    from genai_terms._search.hits import FAQHit, SearchHit, Suggestion
    from genai_terms._search.search import Searcher

__all__ = ["Glossary"]

_REMEMBERED: Final = 8192
_SUGGESTED: Final = 3
_LONGEST_NAME: Final = 1000


class Glossary(Collection["Term"]):
    """An immutable collection of terms, sorted by id, that are looked up by any name.

    >>> from genai_terms import Glossary, Term
    >>> mine = Glossary([Term(id="llm", name="Large language model", abbreviations=("LLM",),
    ...                       definition="A language model with billions of parameters.")])
    >>> mine["LLMs"]
    <Term llm: Large language model (LLM)>
    >>> len(mine), "large-language-model" in mine, [term.id for term in mine]
    (1, True, ['llm'])
    """

    __module__ = "genai_terms"
    __slots__ = ("_bundle", "_chosen", "_members", "_remembered", "_whence")

    def __init__(self, terms: Iterable[Term] = (), *, categories: Iterable[Category] = ()) -> None:
        """Make a glossary of *terms*.

        Raises:
            TypeError: One of them is not a Term.
            ValueError: Two of them have the same id.
        """
        terms = tuple(terms)
        expect_terms(terms)
        self._set(MemoryBundle(terms, tuple(categories)), None)
        self._whence: tuple[object, ...] | None = None

    def _set(self, bundle: Bundle, chosen: tuple[int, ...] | None) -> None:
        self._bundle = bundle
        self._chosen = chosen
        self._members = None if chosen is None else frozenset(chosen)
        self._remembered: dict[str, Term] = {}

    @classmethod
    def _over(
        cls,
        bundle: Bundle,
        whence: tuple[object, ...] | None,
        chosen: tuple[int, ...] | None = None,
    ) -> Glossary:
        made = cls.__new__(cls)
        made._set(bundle, chosen)
        made._whence = whence
        return made

    @classmethod
    def open(cls, path: str | PathLike[str], *, verify: bool | None = None) -> Glossary:
        """Open the bundle in the folder *path*; records are read when they are asked for.

        *verify* compares every file with its checksums first; by default where the records
        take no more than 16 MiB.

        Raises:
            BundleError: It is missing, damaged, or of another schema version.
        """
        place = os.fspath(path)
        bundle = StoredBundle.open(place, verify=verify)
        return cls._over(bundle, (_reopened, os.path.abspath(place)))

    @classmethod
    def from_yaml(cls, folder: str | PathLike[str]) -> Glossary:
        """Read content written by hand: `<category>/<id>.yaml` below *folder*.

        Raises:
            ContentError: The content has faults; all of them are in its `findings`.
            NotADirectoryError: There is no such folder.
            MissingExtraError: PyYAML is not installed.
        """
        from genai_terms import _optional

        compiler = _optional.load("_compile", "Reading YAML", "authoring", "PyYAML")
        source = compiler.load(os.fspath(folder))
        terms = compiler.connected(draft.term for draft in source.drafts)
        return cls._over(MemoryBundle(terms, source.categories, source.retired), None)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the glossary as a bundle to the folder *path*, whole or not at all.

        Raises:
            BundleError: *path* exists and is not a bundle.
            OSError: The place cannot be written to.
        """
        from genai_terms import _save

        _save.write(os.fspath(path), self, self._shelves(), self._retired())

    def _shelves(self) -> tuple[Category, ...]:
        """The categories that were declared, used or not, or else those that are used."""
        return self._bundle.categories() if self._chosen is None else self.categories

    def _retired(self) -> dict[str, str]:
        retired = self._bundle.retired
        return {old: new for old, new in retired.items() if self._position(new) is not None}

    def __len__(self) -> int:
        return len(self._bundle.names) if self._chosen is None else len(self._chosen)

    def __iter__(self) -> Iterator[Term]:
        return map(self._bundle.term, self._positions())

    def _positions(self) -> Iterable[int]:
        return range(len(self._bundle.names)) if self._chosen is None else self._chosen

    def __contains__(self, item: object) -> bool:
        if isinstance(item, str):
            return bool(self._find(item))
        term_id = getattr(item, "id", None)
        if not isinstance(term_id, str):
            return False
        at = self._position(term_id)
        return at is not None and self._bundle.term(at) == item

    def __getitem__(self, name: str) -> Term:
        return self.lookup(name)

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
        found = self._find(name)
        if len(found) == 1:
            return self._remember(name, found[0])
        if found:
            ids = self._bundle.names.ids
            raise AmbiguousTermError(name, tuple(ids.text(at) for at in found))
        raise TermNotFoundError(name, self._near(name))

    def get(self, name: str) -> Term | None:
        """Return the one term that is called *name*, or None where none or several are.

        >>> from genai_terms import get
        >>> print(get("no such thing"))
        None
        """
        try:
            return self._remembered[name]
        except KeyError:
            found = self._find(name)
        except TypeError:
            raise not_a_name(name) from None
        return self._remember(name, found[0]) if len(found) == 1 else None

    def lookup_all(self, name: str) -> tuple[Term, ...]:
        """Return every term that is called *name*, sorted by id; none is an empty tuple.

        >>> from genai_terms import lookup_all
        >>> [term.id for term in lookup_all("GPT")]
        ['generative-pre-trained-transformer']
        """
        return tuple(map(self._bundle.term, self._find(name)))

    def _remember(self, name: str, position: int) -> Term:
        term = self._bundle.term(position)
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        self._remembered[name] = term
        return term

    def _find(self, name: str) -> tuple[int, ...]:
        """The positions of the members that bear *name*."""
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise not_a_name(name)
        if len(name) > _LONGEST_NAME:
            return ()
        names = self._bundle.names
        exact = names.position(name)
        key = fold(name)
        found = names.find(key) if exact is None else (exact,)
        if not found:
            successor = self._bundle.retired.get(key)
            at = None if successor is None else names.position(successor)
            if at is not None:
                warnings.warn(
                    f"{name!r} was merged into {successor!r}; look that up instead",
                    RetiredTermWarning,
                    stacklevel=3,
                )
                found = (at,)
        members = self._members
        return found if members is None else tuple(at for at in found if at in members)

    def _near(self, name: str) -> tuple[str, ...]:
        key = fold(name[:_LONGEST_NAME])
        accept = None if self._members is None else self._members.__contains__
        near = self._bundle.names.near(key, _SUGGESTED, accept)
        return tuple(text for _, text, _ in near)

    def _position(self, term_id: str) -> int | None:
        at = self._bundle.names.position(term_id)
        return at if self._members is None or at in self._members else None

    def filter(
        self,
        *,
        category: str | Iterable[str] | None = None,
        kind: str | Iterable[str] | None = None,
        level: str | Iterable[str] | None = None,
        tier: int | Iterable[int] | None = None,
    ) -> Glossary:
        """Return the glossary of the terms that fit every condition; one value or several.

        Raises:
            ValueError: A category, kind, level or tier does not exist.

        >>> from genai_terms import glossary
        >>> chosen = glossary.filter(category="careers", kind="role")
        >>> {term.kind.value for term in chosen}
        {'role'}
        """
        conditions = [
            wanted
            for column, (facet, values) in enumerate(
                (("category", category), ("kind", kind), ("level", level), ("tier", tier))
            )
            if values is not None
            for wanted in [(column, self._numbers(facet, values))]
        ]
        meta = self._bundle.names.meta
        chosen = tuple(
            at
            for at in self._positions()
            if all(meta[4 * at + column] in numbers for column, numbers in conditions)
        )
        return self._over(self._bundle, self._whence, chosen)

    def _numbers(self, facet: str, values: Iterable[object] | int) -> frozenset[int]:
        """The numbers by which `names.idx` stores the *values* of a facet."""
        several = {values} if isinstance(values, int | str) else {*values}
        if facet == "tier":
            expect(facet, several, {1, 2, 3})
            return frozenset(tier for tier in several if isinstance(tier, int))
        chosen = {str(value) for value in several}
        strings = self._bundle.names.container.strings(facet)
        present = {strings.text(at): at for at in range(len(strings))}
        expect(facet, chosen, present.keys() | _known(facet, self))
        return frozenset(present[value] for value in chosen if value in present)

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories that the terms are shelved under, in the editors' order.

        >>> from genai_terms import glossary
        >>> glossary.categories[0].title
        'Foundations'
        """
        from genai_terms._models import Category

        declared = {category.id: category for category in self._bundle.categories()}
        names = self._bundle.names
        strings = names.container.strings("category")
        used = {strings.text(names.meta[4 * at]) for at in self._positions()}
        listed = [category for key, category in declared.items() if key in used]
        for order, key in enumerate(sorted(used - declared.keys()), len(declared) + 1):
            title = key.replace("-", " ").capitalize()
            listed.append(Category(id=key, title=title, scope=title, order=order))
        return tuple(listed)

    def faqs(self) -> tuple[FAQ, ...]:
        """Return every question with its answer, in the order of the terms.

        >>> from genai_terms import glossary
        >>> glossary.filter(kind="risk").faqs()[0].question.endswith("?")
        True
        """
        return tuple(faq for term in self for faq in term.faqs)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        category: str | Iterable[str] | None = None,
        kind: str | Iterable[str] | None = None,
        level: str | Iterable[str] | None = None,
    ) -> list[SearchHit]:
        """Return the terms that answer *query*, best first: a name, keywords or a question.

        A term that is called *query* stands first, misspelt or not; what follows is ranked
        by BM25F over all texts. Every string has an answer, if only an empty one; what lies
        behind the first 2,048 characters is not looked at.

        Args:
            query: What somebody typed.
            limit: The most hits to return, 0 or more.
            category: Only terms of this category, or of one of these.
            kind: Only terms of this kind, or of one of these.
            level: Only terms of this level, or of one of these.

        Raises:
            ValueError: *limit* is negative, or a category, kind or level does not exist.

        >>> from genai_terms import search
        >>> search("my model makes things up")[0].name
        'Hallucination'
        """
        expect_query("query", query, limit)
        allowed = self._allowed(category, kind, level)
        return self._searcher().search(self, query, limit, allowed) if limit else []

    def search_faqs(
        self,
        query: str,
        *,
        limit: int = 10,
        category: str | Iterable[str] | None = None,
        kind: str | Iterable[str] | None = None,
        level: str | Iterable[str] | None = None,
    ) -> list[FAQHit]:
        """Return the questions that answer *query*, best first; arguments as in `search`.

        >>> from genai_terms import search_faqs
        >>> search_faqs("is it a bubble?")[0].term.id
        'ai-bubble'
        """
        expect_query("query", query, limit)
        allowed = self._allowed(category, kind, level)
        return self._searcher().search_faqs(self, query, limit, allowed) if limit else []

    def suggest(self, prefix: str, *, limit: int = 10) -> list[Suggestion]:
        """Return the names that go on from *prefix*, the likeliest first, a term once.

        Words are matched from their beginnings, anywhere in a name; from four letters on
        one slip is forgiven.

        Raises:
            ValueError: *limit* is negative.

        >>> from genai_terms import suggest
        >>> suggest("retriev")[0].name
        'Retrieval-augmented generation'
        """
        expect_query("prefix", prefix, limit)
        return self._searcher().suggester.suggest(self, prefix, limit, self._members)

    def annotate(
        self,
        text: str,
        *,
        first_only: bool = False,
        levels: str | Iterable[str] | None = None,
        kinds: str | Iterable[str] | None = None,
        exclude: str | Iterable[str] = (),
    ) -> list[Mention]:
        """Return where *text* mentions terms: leftmost longest, whole words, no overlaps.

        Offsets are code points of *text*, half-open: `text[m.start:m.end] == m.text`. Case
        counts for abbreviations and for names of products, models, benchmarks and datasets.

        Args:
            text: Plain text; for HTML and Markdown see `annotate_html`, `annotate_markdown`.
            first_only: Whether to return only the first mention of each term.
            levels: Only terms of these levels.
            kinds: Only terms of these kinds.
            exclude: Names or ids of terms to leave out.

        Raises:
            ValueError: A level, kind or excluded name does not exist.

        >>> from genai_terms import annotate
        >>> [(m.start, m.end, m.text) for m in annotate("Ask an LLM.")]
        [(7, 10, 'LLM')]
        """
        from genai_terms._annotate import annotate

        return annotate(
            self, text, first_only=first_only, levels=levels, kinds=kinds, exclude=exclude
        )

    def _searcher(self) -> Searcher:
        return self._bundle.searcher

    def _allowed(
        self,
        category: str | Iterable[str] | None,
        kind: str | Iterable[str] | None,
        level: str | Iterable[str] | None,
    ) -> AbstractSet[int] | None:
        if category is kind is level is None:
            return self._members
        return self.filter(category=category, kind=kind, level=level)._members

    def __or__(self, other: Glossary) -> Glossary:
        """Return a glossary with the terms of both; where ids are equal, *other* wins."""
        if not isinstance(other, Glossary):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        merged = {term.id: term for term in self} | {term.id: term for term in other}
        categories = {c.id: c for c in self.categories} | {c.id: c for c in other.categories}
        renumbered = (
            category.model_copy(update={"order": order})
            for order, category in enumerate(categories.values(), 1)
        )
        retired = self._retired() | other._retired()
        terms = _with_current_cards(merged)
        return self._over(
            MemoryBundle(
                terms,
                tuple(renumbered),
                {old: new for old, new in retired.items() if new in merged},
            ),
            None,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Glossary):
            return NotImplemented
        return self is other or (len(self) == len(other) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        ids = self._bundle.names.ids
        return hash(tuple(ids[at] for at in self._positions()))

    def __repr__(self) -> str:
        return f"<Glossary of {len(self):,} terms>"

    def __reduce__(self) -> tuple[object, ...]:
        if self._whence is not None:
            function, *arguments = self._whence
            ids = self._bundle.names.ids
            chosen = None if self._chosen is None else tuple(map(ids.text, self._chosen))
            return (function, (*arguments, chosen))
        return (_remade, (tuple(self), self.categories, self._retired()))


def _with_current_cards(terms: dict[str, Term]) -> Iterator[Term]:
    """Yield *terms* with every link's card as its target now is."""
    for term in terms.values():
        related = tuple(
            link.model_copy(update={"name": target.name, "definition": target.definition})
            if target is not None
            and (target.name, target.definition) != (link.name, link.definition)
            else link
            for link in term.related
            for target in [terms.get(link.id)]
        )
        yield term if related == term.related else term.model_copy(update={"related": related})


def _known(facet: str, glossary: Glossary) -> frozenset[str]:
    """Values that may be asked for although no term has them."""
    from genai_terms._vocabulary import Kind, Level

    if facet == "category":
        return frozenset(category.id for category in glossary._bundle.categories())
    return frozenset(Kind if facet == "kind" else Level)


def _remade(
    terms: tuple[Term, ...], categories: tuple[Category, ...], retired: dict[str, str]
) -> Glossary:
    return Glossary._over(MemoryBundle(terms, categories, retired), None)


def _reopened(path: str, chosen: tuple[str, ...] | None = None) -> Glossary:
    bundle = StoredBundle.open(path)
    return Glossary._over(bundle, (_reopened, path), positions(bundle, chosen))


def positions(bundle: Bundle, chosen: tuple[str, ...] | None) -> tuple[int, ...] | None:
    """Return where the terms with the *chosen* ids lie now; those that are gone are left out."""
    if chosen is None:
        return None
    found = map(bundle.names.position, chosen)
    return tuple(at for at in found if at is not None)


def __dir__() -> list[str]:
    return __all__

"""A glossary: an immutable collection of terms, and the verbs that find them."""

from __future__ import annotations

from genai_terms._arguments import expect_query, expect_terms
from genai_terms._damage import guarded
from genai_terms._stored import StoredCollection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from genai_terms._annotate.mention import Mention
    from genai_terms._models import FAQ, Category, Term
    from genai_terms._search.hits import FAQHit, SearchHit, Suggestion
    from genai_terms._search.search import Searcher

__all__ = ["Glossary"]


class Glossary(StoredCollection):
    """An immutable collection of terms, sorted by id, that are looked up by any name.

    It pickles by the place of its bundle, and opens what is there then; one that was made in
    memory pickles with its terms.

    >>> from genai_terms import Glossary, Term
    >>> mine = Glossary([Term(id="llm", name="Large language model", abbreviations=("LLM",),
    ...                       definition="A language model with billions of parameters.")])
    >>> mine["LLMs"]
    <Term llm: Large language model (LLM)>
    >>> len(mine), "large-language-model" in mine, [term.id for term in mine]
    (1, True, ['llm'])
    """

    __module__ = "genai_terms"
    __slots__ = ()

    def __init__(self, terms: Iterable[Term] = (), *, categories: Iterable[Category] = ()) -> None:
        """Make a glossary of *terms*.

        Raises:
            TypeError: One of them is not a Term.
            ValueError: Two of them have the same id.
        """
        from genai_terms._made import MemoryBundle

        terms = tuple(terms)
        expect_terms(terms)
        self._set(MemoryBundle(terms, tuple(categories)), None)
        self._whence = None

    @guarded
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
        from genai_terms._facets import chosen

        facets = {"category": category, "kind": kind, "level": level, "tier": tier}
        positions = chosen(self._bundle, self._positions(), facets)
        return self._over(self._bundle, self._whence, positions)

    def faqs(self) -> tuple[FAQ, ...]:
        """Return every question with its answer, in the order of the terms.

        >>> from genai_terms import glossary
        >>> glossary.filter(kind="risk").faqs()[0].question.endswith("?")
        True
        """
        return tuple(faq for term in self for faq in term.faqs)

    @guarded
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

        A term that is called *query* stands first, misspelt or not, unless the slip turns the
        only word into another that the glossary uses, or one of several into a common one that
        begins otherwise. "RAG or fine-tuning?" has both first.
        What follows is ranked by BM25F over all texts.
        To ask for fewer gives the first of more. Every string has an answer, if only an
        empty one; what lies behind the first 2,048 characters is not looked at.

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

    @guarded
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

    @guarded
    def suggest(self, prefix: str, *, limit: int = 10) -> list[Suggestion]:
        """Return the names that go on from *prefix*, the likeliest first, a term once.

        Words are matched from their beginnings, anywhere in a name; from four letters on
        one slip is forgiven. A term that is called *prefix* stands first.

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
        from genai_terms._merge import merged

        return self._over(merged(self, other), None)


def __dir__() -> list[str]:
    return __all__

"""The annotator: the names of a glossary, compiled once, and found in any text."""

from __future__ import annotations

from functools import lru_cache

from genai_terms._annotate.trie import Matcher
from genai_terms._arguments import expect, several
from genai_terms._damage import guarded
from genai_terms._errors import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from genai_terms._annotate.mention import Mention
    from genai_terms._bundle import Bundle
    from genai_terms._glossary import Glossary

    Stretch = tuple[str, list[Mention]]
    Wanted = tuple[str, ...] | None

__all__ = ["Annotator", "annotate"]


class Annotator:
    """Finds the names of the terms of a glossary in text.

    It is compiled once for a glossary and its options, and pickles as these, never as what
    was compiled, so that a process pool or a data frame engine can carry it.

    >>> from genai_terms import glossary
    >>> find = Annotator(glossary, exclude=["LLM"])
    >>> [mention.text for mention in find.annotate("RAG gives LLMs fresh facts.")]
    ['RAG']
    """

    __module__ = "genai_terms"
    __slots__ = ("_matcher", "_recipe")

    def __init__(
        self,
        glossary: Glossary,
        *,
        kinds: str | Iterable[str] | None = None,
        levels: str | Iterable[str] | None = None,
        exclude: str | Iterable[str] = (),
        common_words: bool = True,
    ) -> None:
        """Compile the names of *glossary*.

        Args:
            glossary: The terms to find.
            kinds: Only terms of these kinds; all if None.
            levels: Only terms of these levels; all if None.
            exclude: Names or ids of terms to leave out.
            common_words: Whether to find terms that are called by an everyday word, such
                as token or agent.

        Raises:
            ValueError: A kind or level does not exist, or no term bears a name in *exclude*.
        """
        excluded = _listed(exclude) or ()
        self._recipe = glossary, _listed(kinds), _listed(levels), excluded, common_words
        self._matcher = self._compile()

    @guarded
    def _compile(self) -> Matcher:
        glossary, kinds, levels, excluded, common_words = self._recipe
        part = _part(glossary, kinds, levels)
        return _compiled(part._bundle, part._members, _positions(glossary, excluded), common_words)

    @guarded
    def annotate(self, text: str, *, first_only: bool = False) -> list[Mention]:
        """Return the mentions of terms in *text*, in order; no two overlap.

        With *first_only*, each term is found once, where it is mentioned first.

        Raises:
            TypeError: *text* is not a str.
        """
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"text is a str, found {type(text).__name__}")
        found, _ = self._matcher.scan(text)
        return _firsts(found, set()) if first_only else found

    def stream(
        self, chunks: Iterable[str], *, first_only: bool = False
    ) -> Iterator[tuple[str, list[Mention]]]:
        """Annotate a text that comes in *chunks*, such as the lines of a file.

        Yields stretches of the text, which together are the whole of it, each with its
        mentions; their offsets count from the beginning of the stretch. A name may lie
        across chunks. Memory is bounded whatever the length of the text.

        >>> from genai_terms import glossary
        >>> for text, mentions in Annotator(glossary).stream(["Large lang", "uage models"]):
        ...     print(repr(text), [mention.term_id for mention in mentions])
        'Large language models' ['large-language-model']
        """
        from genai_terms._annotate.stream import Stream

        seen: set[str] | None = set() if first_only else None
        stretches = Stream(self._matcher).read(chunks)
        while (stretch := self._next(stretches)) is not None:
            text, found = stretch
            yield text, found if seen is None else _firsts(found, seen)

    @guarded
    def _next(self, stretches: Iterator[Stretch]) -> Stretch | None:
        return next(stretches, None)

    @property
    def _bundle(self) -> Bundle:
        return self._recipe[0]._bundle

    def __reduce__(self) -> tuple[object, ...]:
        return (_remade, self._recipe)

    def __repr__(self) -> str:
        return f"<Annotator of {self._recipe[0]!r}>"


def annotate(
    glossary: Glossary,
    text: str,
    *,
    first_only: bool = False,
    levels: str | Iterable[str] | None = None,
    kinds: str | Iterable[str] | None = None,
    exclude: str | Iterable[str] = (),
) -> list[Mention]:
    """Return the mentions of terms in *text*, in order; no two overlap.

    Names are matched as whole words, the longest that begins leftmost; hyphens, spaces and
    line breaks are alike, the last word may be in the plural or possessive. Abbreviations
    and names of products, models, benchmarks, datasets and organizations are matched by
    case, all others in any case.

    Args:
        glossary: The terms to find.
        text: Plain text of any length.
        first_only: Find each term once, where it is mentioned first.
        levels: Only terms of these levels; all if None.
        kinds: Only terms of these kinds; all if None.
        exclude: Names or ids of terms to leave out.

    Raises:
        ValueError: A kind or level does not exist, or no term bears a name in *exclude*.

    >>> from genai_terms import glossary
    >>> for mention in annotate(glossary, "Fine-tuned LLMs hallucinate less with RAG."):
    ...     print(mention.start, mention.end, mention.text, mention.term_id)
    11 15 LLMs large-language-model
    38 41 RAG retrieval-augmented-generation
    """
    annotator = Annotator(glossary, kinds=kinds, levels=levels, exclude=exclude)
    return annotator.annotate(text, first_only=first_only)


def _firsts(found: list[Mention], seen: set[str]) -> list[Mention]:
    """Return the mentions of terms that were not *seen*, and add these to it."""
    return [mention for mention in found if _is_new(mention.term_id, seen)]


def _is_new(term_id: str, seen: set[str]) -> bool:
    if term_id in seen:
        return False
    seen.add(term_id)
    return True


def _listed(values: str | Iterable[str] | None) -> Wanted:
    return None if values is None else several(values)


def _part(glossary: Glossary, kinds: Wanted, levels: Wanted) -> Glossary:
    """Return the terms of *glossary* of these kinds and levels, which must exist."""
    if kinds is None and levels is None:
        return glossary
    from genai_terms._vocabulary import Kind, Level

    expect("kinds", kinds or (), frozenset(Kind))
    expect("levels", levels or (), frozenset(Level))
    return glossary.filter(kind=kinds, level=levels)


def _positions(glossary: Glossary, excluded: tuple[str, ...]) -> frozenset[int]:
    """Return the positions of the terms that bear the *excluded* names."""
    found = {name: glossary._find(name) for name in excluded}
    unknown = [name for name, positions in found.items() if not positions]
    if unknown:
        names = ", ".join(map(shown, unknown))
        raise ValueError(
            f"exclude: no term of the glossary is called {names}; expected names or ids of terms"
        )
    return frozenset(at for positions in found.values() for at in positions)


@lru_cache(maxsize=16)
def _compiled(
    bundle: Bundle,
    members: AbstractSet[int] | None,
    excluded: AbstractSet[int],
    common_words: bool,
) -> Matcher:
    names = bundle.names
    positions = set(range(len(names)) if members is None else members) - excluded
    if not common_words:
        common = names.container.array("common", "B")
        positions = {at for at in positions if not common[at]}
    return Matcher(names, bundle.firsts, positions)


def _remade(
    glossary: Glossary,
    kinds: Wanted,
    levels: Wanted,
    exclude: tuple[str, ...],
    common_words: bool,
) -> Annotator:
    return Annotator(
        glossary, kinds=kinds, levels=levels, exclude=exclude, common_words=common_words
    )

"""Mentions of terms and the addresses that they are linked to."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from genai_terms._annotate import Annotator
from genai_terms._glossary import Glossary
from genai_terms.export._links import Links, _check_template, check_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Final

    from genai_terms._annotate import Mention

    Link = str | Callable[[Mention], str | None]

__all__ = ["Linker"]

_WORD: Final = re.compile(r"\S+")
_ADDRESS: Final = re.compile(r"://|www\.|\w@[\w-]+\.\w")


class Linker:
    """Finds the terms of a glossary in text, and knows where each mention leads.

    Attributes:
        address: Returns where a mention leads; None if it is not to be linked.
    """

    __slots__ = ("_annotate", "address")

    def __init__(
        self,
        glossary: Glossary | None,
        link: Link,
        *,
        kinds: str | Iterable[str] | None,
        levels: str | Iterable[str] | None,
        exclude: str | Iterable[str],
        common_words: bool,
    ) -> None:
        """Check all arguments, so that a wrong one is refused whatever the text.

        Raises:
            TypeError: *glossary* is none, or *link* neither a str nor callable.
            ValueError: *link* is no template of an allowed address, or an option is unknown.
        """
        if glossary is None:
            from genai_terms._builtin import built_in

            glossary = built_in()
        if not isinstance(glossary, Glossary):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"glossary is a Glossary, found {type(glossary).__name__}")
        self.address = _template(link, glossary) if isinstance(link, str) else _checked(link)
        annotator = Annotator(
            glossary, kinds=kinds, levels=levels, exclude=exclude, common_words=common_words
        )
        self._annotate = annotator.annotate

    def linked(
        self,
        source: str,
        placed: Iterable[tuple[Mention, bool]],
        write: Callable[[str, str], str],
        *,
        first_only: bool,
    ) -> str:
        """Return *source* with the mentions linked that are *placed* in it.

        Args:
            source: HTML or Markdown.
            placed: Mentions in order, as they lie in *source*; True stands by one that is linked.
            write: Returns the source of a link, for its text and its address.
            first_only: Whether to link each term once only.
        """
        parts: list[str] = []
        done = 0
        for mention, address in self._chosen(placed, first_only=first_only):
            text = source[mention.start : mention.end]
            parts += source[done : mention.start], write(text, address)
            done = mention.end
        return "".join((*parts, source[done:]))

    def _chosen(
        self, placed: Iterable[tuple[Mention, bool]], *, first_only: bool
    ) -> Iterator[tuple[Mention, str]]:
        """Yield the mentions to link, each with its address."""
        seen: set[str] = set()
        for mention, is_linked in placed:
            if is_linked:
                seen.add(mention.term_id)
            elif not (first_only and mention.term_id in seen):
                address = self.address(mention)
                if address is not None:
                    seen.add(mention.term_id)
                    yield mention, address

    def mentions(self, text: str) -> list[Mention]:
        """Return the mentions in *text*, but for those in web and mail addresses."""
        mentions = self._annotate(text)
        if not mentions or not _ADDRESS.search(text):
            return mentions
        words = (word for word in _WORD.finditer(text) if _ADDRESS.search(word[0]))
        addresses = [(-1, -1), *(word.span() for word in words)]
        return [
            mention
            for mention in mentions
            if addresses[bisect_left(addresses, (mention.end, 0)) - 1][1] <= mention.start
        ]


def _template(link: str, glossary: Glossary) -> Callable[[Mention], str | None]:
    _check_template(link, "link")
    links = Links(term=link)

    @cache
    def page(term_id: str) -> str | None:
        return links.href("term", id=term_id, name=glossary._headword(term_id))

    return lambda mention: page(mention.term_id)


def _checked(link: Callable[[Mention], str | None]) -> Callable[[Mention], str | None]:
    """Return *link* with its answers checked.

    Raises:
        TypeError: It is not callable.
    """
    if not callable(link):
        raise TypeError(f"link is a str or a callable, found {type(link).__name__}")

    def address(mention: Mention) -> str | None:
        found = link(mention)
        if found is not None:
            check_address(found, "link(mention)")
        return found

    return address


def __dir__() -> list[str]:
    return __all__

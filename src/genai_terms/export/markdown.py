"""Markdown: pages for people, in CommonMark.

One term makes a page with its headword as title; several make one document with a part for
each. No text of an entry can become markup: what Markdown and its usual extensions react
to is escaped, so that the only links, lists and headings are those of the page.
"""

from __future__ import annotations

import re
from typing import Final

from genai_terms.export import _files
from genai_terms.export._content import glossary_of
from genai_terms.export._links import Links, outside
from genai_terms.export._page import (
    HEADINGS,
    JOB_LINKS,
    PROSE,
    facts,
    identifier,
    line,
    lines,
    paragraphs,
    relation_label,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from genai_terms._models import Reference, RelatedConcept, Term
    from genai_terms.export._links import Page

__all__ = ["dump", "dumps"]

# https://spec.commonmark.org/0.31.2/#backslash-escapes allows a backslash before any ASCII
# punctuation. The colon is for autolinks and emoji codes, the dot for www., the rest of
# what CommonMark does not know for mathematics, footnotes, marks, roles and mentions.
_INLINE: Final = re.compile(r"[\\`*_\[\]{}<>&|~$#@^]|=(?==)|:(?=[/\w])|(?<=\bwww)\.", re.IGNORECASE)
_AT_BLOCK_START: Final = re.compile(r"^(\d*)([!-/:-@\[\]-`{-~])")
_BACKTICKS: Final = re.compile("`+")
# An address is encoded already; these would end it, or be read as an entity.
_IN_ADDRESS: Final = str.maketrans({"(": "%28", ")": "%29", "&": "\\&", "'": "%27", "*": "%2A"})


def dumps(terms: Iterable[Term] | Term, *, links: Links | None = None) -> str:
    r"""Return *terms* as Markdown.

    Args:
        terms: A Glossary, an iterable of terms, or one Term.
        links: Where a host application has its own pages.

    Raises:
        ValueError: Two terms have the same id.

    >>> from genai_terms import Term
    >>> term = Term(id="top-k", name="top_k", definition="Keep the *k* likeliest tokens.")
    >>> print(dumps(term).split("- Kind")[0].strip())
    # top\_k
    <BLANKLINE>
    Glossary › General
    <BLANKLINE>
    Keep the \*k\* likeliest tokens.
    """
    glossary = glossary_of(terms)
    page = _Page(links or Links(), {shelf.id: shelf.title for shelf in glossary.categories})
    if len(glossary) == 1:
        blocks = [block for term in glossary for block in page.blocks(term, "#")]
    else:
        parts = (block for term in glossary for block in page.blocks(term, "##"))
        blocks = ["# Glossary", *parts]
    return "\n\n".join(blocks) + "\n"


def dump(
    terms: Iterable[Term] | Term, path: str | PathLike[str], *, links: Links | None = None
) -> None:
    """Write what `dumps` returns to the file *path* as UTF-8, whole or not at all.

    Raises:
        ValueError: Two terms have the same id.
        OSError: The place cannot be written to.
    """
    _files.write(path, dumps(terms, links=links).encode())


class _Page:
    """Writes terms as lists of blocks; `links` and category titles are the same for all."""

    def __init__(self, links: Links, titles: Mapping[str, str]) -> None:
        self.links = links
        self.titles = titles

    def blocks(self, term: Term, mark: str) -> Iterator[str]:
        """Yield the blocks of a term whose heading has the *mark* "#" or "##"."""
        yield f"{mark} {_inline(term.title)}"
        yield self.breadcrumb(term)
        yield from map(_block, paragraphs(term.definition))
        yield "\n".join(f"- {label}: {_inline(value)}" for label, value in facts(term))
        for field, heading in HEADINGS.items():
            section = list(self.section(term, field, mark))
            if section:
                yield f"{mark}# {heading}"
                yield from section

    def breadcrumb(self, term: Term) -> str:
        shelf, title = term.category, self.titles[term.category]
        place = _link(title, self.links.href("category", id=shelf, name=title))
        return f"{_link('Glossary', self.links.href('glossary'))} › {place}"

    def section(self, term: Term, field: str, mark: str) -> Iterator[str]:
        if field in PROSE:
            yield from map(_block, paragraphs(getattr(term, field) or ""))
        if field == "formula" and term.formula:
            yield _fenced(term.formula.latex)
            yield from map(_block, paragraphs(term.formula.meaning))
        elif field == "faqs":
            for faq in term.faqs:
                yield f"{mark}## {_inline(faq.question)}"
                yield from map(_block, paragraphs(faq.answer))
        elif field == "career_relevance":
            yield from _listed(self.job(term, page, text) for page, text in JOB_LINKS)
        elif field not in PROSE:
            yield from _listed(self.items(term, field))

    def items(self, term: Term, field: str) -> Iterator[str]:
        if field == "misconceptions":
            yield from (
                f"- {_strong(m.claim)} {_inline(m.correction)}" for m in term.misconceptions
            )
        elif field == "examples":
            yield from (f"- {_strong(e.name)}: {_inline(e.text)}" for e in term.examples)
        elif field == "related":
            yield from map(self.card, term.related)
        elif field == "references":
            yield from (f"{n}. {_reference(r)}" for n, r in enumerate(term.references, 1))

    def job(self, term: Term, page: Page, text: str) -> str:
        href = self.links.href(page, id=term.id, name=term.name)
        return f"- {_link(f'{text}: {term.name}', href)}" if href is not None else ""

    def card(self, related: RelatedConcept) -> str:
        name = _link(related.name, self.links.href("term", id=related.id, name=related.name))
        label = relation_label(related.relation)
        note = f" {_inline(related.note)}" if related.note else ""
        return f"- {name} ({label}): {_inline(related.definition)}{note}"


def _inline(text: str) -> str:
    """Return *text* escaped for any place inside a block."""
    return _INLINE.sub(r"\\\g<0>", line(text).replace("\0", "\ufffd"))


def _block(text: str) -> str:
    """Return *text* escaped for the beginning of a block."""
    return _AT_BLOCK_START.sub(r"\1\\\2", _inline(text))


def _strong(text: str) -> str:
    return f"**{_inline(text)}**"


def _link(text: str, href: str | None) -> str:
    return _block(text) if href is None else f"[{_inline(text)}]({href.translate(_IN_ADDRESS)})"


def _listed(items: Iterable[str]) -> Iterator[str]:
    """Yield one list of the *items* that are not empty, if there is any."""
    text = "\n".join(filter(None, items))
    if text:
        yield text


def _fenced(latex: str) -> str:
    """Return *latex* in a fence that nothing in it can close; many sites render it."""
    fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(latex)), default=0))
    return "\n".join([f"{fence}math", *lines(latex), fence])


def _reference(reference: Reference) -> str:
    title = _link(reference.title, outside(reference.href))
    cited = f" {_inline(identifier(reference))}." if identifier(reference) else ""
    return f"{_block(reference.authors)} ({reference.year}). {title}.{cited}"


def __dir__() -> list[str]:
    return __all__

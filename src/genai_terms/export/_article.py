"""One term as a tree of HTML elements: an article with a section for each part."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from genai_terms.export._links import outside
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
    from collections.abc import Iterable, Iterator

    from genai_terms._glossary import Glossary
    from genai_terms._models import FAQ, Formula, Reference, RelatedConcept, Term
    from genai_terms.export._links import Links

__all__ = ["Article", "element"]

_PHRASING: Final = frozenset({"a", "cite", "code", "span"})
# Code points that a parser of HTML has to report as errors, whichever way they are written:
# https://html.spec.whatwg.org/multipage/parsing.html#parse-error-control-character-in-input-stream
_NOT_IN_HTML: Final = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0)}.difference(map(ord, "\t\n\f"))
    | {plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)},
    "\ufffd",
)


def element(tag: str, *children: str | Element, **attributes: str) -> Element:
    """Return an element of text and elements; `class_` is class, `aria_label` is aria-label."""
    made = Element(tag)
    for name, value in attributes.items():
        made.set(name.rstrip("_").replace("_", "-"), value.translate(_NOT_IN_HTML))
    last: Element | None = None
    for child in children:
        if isinstance(child, Element):
            made.append(child)
            last = child
        elif last is None:
            made.text = (made.text or "") + child.translate(_NOT_IN_HTML)
        else:
            last.tail = (last.tail or "") + child.translate(_NOT_IN_HTML)
    if tag not in _PHRASING:
        made.tail = "\n"
    return made


class Article:
    """Makes the articles of one page.

    An article that is alone on its page has the first heading and a breadcrumb; one of
    several is a part of the page.
    """

    def __init__(self, links: Links, glossary: Glossary, *, alone: bool) -> None:
        self.links = links
        self.titles = {shelf.id: shelf.title for shelf in glossary.categories}
        self.here = frozenset(term.id for term in glossary)
        self.alone = alone

    def heading(self, depth: int, text: str, **attributes: str) -> Element:
        return element(f"h{depth + (not self.alone)}", line(text), **attributes)

    def of(self, term: Term) -> Element:
        """Return the article of *term*."""
        sections = ((field, list(self.section(term, field))) for field in HEADINGS)
        return element(
            "article",
            element(
                "header",
                *self.breadcrumb(term),
                self.heading(1, term.title),
                *_paragraphs(term.definition, class_="definition"),
                _facts(term),
            ),
            *(
                element(
                    "section",
                    self.heading(2, HEADINGS[field]),
                    *content,
                    # Two hyphens stand in no id of a term, so that no two ids are equal.
                    id=f"{term.id}--{field.replace('_', '-')}",
                )
                for field, content in sections
                if content
            ),
            id=term.id,
            class_="term",
        )

    def breadcrumb(self, term: Term) -> Iterator[Element]:
        shelf, title = term.category, self.titles[term.category]
        place = _linked(title, self.links.href("category", id=shelf, name=title))
        if not self.alone:
            yield element("p", place, class_="category")
            return
        steps = (
            element("li", _linked("Glossary", self.links.href("glossary"))),
            element("li", place),
            element("li", element("span", line(term.name), aria_current="page")),
        )
        yield element("nav", element("ol", *steps), aria_label="Breadcrumb", class_="breadcrumb")

    def section(self, term: Term, field: str) -> Iterator[Element]:
        if field in PROSE:
            yield from _paragraphs(getattr(term, field) or "")
        if field == "career_relevance":
            yield from _list("ul", self.jobs(term), class_="actions")
        elif field == "formula" and term.formula:
            yield _formula(term.formula)
        elif field == "misconceptions":
            yield from _pairs((m.claim, m.correction) for m in term.misconceptions)
        elif field == "examples":
            yield from _pairs((e.name, e.text) for e in term.examples)
        elif field == "faqs":
            for number, faq in enumerate(term.faqs, 1):
                yield from self.question(faq, f"{term.id}--faq-{number}")
        elif field == "related":
            yield from _list("ul", map(self.card, term.related), class_="cards")
        elif field == "references":
            yield from _list("ol", map(_reference, term.references))

    def question(self, faq: FAQ, anchor: str) -> Iterator[Element]:
        yield self.heading(3, faq.question, id=anchor)
        yield from _paragraphs(faq.answer)

    def jobs(self, term: Term) -> Iterator[Element]:
        for page, text in JOB_LINKS:
            href = self.links.href(page, id=term.id, name=term.name)
            if href is not None:
                yield element("li", _linked(f"{text}: {term.name}", href))

    def card(self, related: RelatedConcept) -> Element:
        href = self.links.href("term", id=related.id, name=related.name)
        if href is None and not self.alone and related.id in self.here:
            href = f"#{related.id}"
        return element(
            "li",
            element(
                "p",
                element("span", _linked(related.name, href), class_="name"),
                " ",
                element("span", relation_label(related.relation), class_="relation"),
            ),
            *_paragraphs(related.definition),
            *_paragraphs(related.note or "", class_="note"),
        )


def _paragraphs(text: str, **attributes: str) -> Iterator[Element]:
    return (element("p", one, **attributes) for one in paragraphs(text))


def _linked(text: str, href: str | None) -> Element:
    return element("span", line(text)) if href is None else element("a", line(text), href=href)


def _list(tag: str, items: Iterable[Element], **attributes: str) -> Iterator[Element]:
    """Yield one list of the *items*, if there is any."""
    listed = list(items)
    if listed:
        yield element(tag, *listed, **attributes)


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[Element]:
    """Yield one description list of the *pairs*, if there is any."""
    parts = [
        part
        for name, text in pairs
        for part in (element("dt", line(name)), element("dd", line(text)))
    ]
    if parts:
        yield element("dl", *parts)


def _facts(term: Term) -> Element:
    parts = (
        element("div", element("dt", label), element("dd", value)) for label, value in facts(term)
    )
    return element("dl", *parts, class_="facts")


def _formula(formula: Formula) -> Element:
    return element(
        "figure",
        element("code", "\n".join(lines(formula.latex)), translate="no"),
        element("figcaption", *_paragraphs(formula.meaning)),
        aria_label="Formula in LaTeX, with its meaning",
    )


def _reference(reference: Reference) -> Element:
    cited = identifier(reference)
    return element(
        "li",
        f"{line(reference.authors)} ({reference.year}). ",
        element("cite", _linked(reference.title, outside(reference.href))),
        f". {cited}." if cited else ".",
    )

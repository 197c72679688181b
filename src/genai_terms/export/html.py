"""HTML: pages for people, accessible, without script and without inline style.

One term makes a page with its headword as title; several make one page with an index and
an article for each. The pages are built as a tree, so that no text of an entry can become
markup. `stylesheet` is the style that they are made for.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, tostring

from genai_terms.export import _files
from genai_terms.export._article import Article, element
from genai_terms.export._content import glossary_of
from genai_terms.export._links import Links, check_address
from genai_terms.export._page import line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from genai_terms._glossary import Glossary
    from genai_terms._models import Term

__all__ = ["dump", "dumps", "stylesheet"]

_GLOSSARY: Final = "Glossary"


def dumps(
    terms: Iterable[Term] | Term,
    *,
    links: Links | None = None,
    full_page: bool = True,
    stylesheet_href: str | None = None,
) -> str:
    """Return *terms* as HTML.

    Args:
        terms: A Glossary, an iterable of terms, or one Term.
        links: Where a host application has its own pages. Without a template for terms,
            related terms on the same page are linked.
        full_page: Whether to return a whole document, or only its content, for a page that
            the host application makes.
        stylesheet_href: The address of a stylesheet, such as one made of `stylesheet()`.

    Raises:
        ValueError: Two terms have the same id, or the address is neither relative nor http(s).

    >>> from genai_terms import Term
    >>> term = Term(id="less-than", name="<", definition="An operator.")
    >>> "<h1>&lt;</h1>" in dumps(term)
    True
    """
    glossary = glossary_of(terms)
    links = links or Links()
    if len(glossary) == 1:
        (term,) = glossary
        title, description = term.title, term.definition
        content = Article(links, glossary, alone=True).of(term)
    else:
        title, description = _GLOSSARY, f"Definitions of {len(glossary):,} terms."
        content = _index(glossary, links)
    if not full_page:
        return _markup(content)
    return f"<!DOCTYPE html>\n{_markup(_document(title, description, content, stylesheet_href))}"


def dump(
    terms: Iterable[Term] | Term,
    path: str | PathLike[str],
    *,
    links: Links | None = None,
    full_page: bool = True,
    stylesheet_href: str | None = None,
) -> None:
    """Write what `dumps` returns to the file *path* as UTF-8, whole or not at all.

    Raises:
        ValueError: As for `dumps`.
        OSError: The place cannot be written to.
    """
    text = dumps(terms, links=links, full_page=full_page, stylesheet_href=stylesheet_href)
    _files.write(path, text.encode())


def stylesheet() -> str:
    """Return the stylesheet that the pages are made for: light and dark, screen and print.

    >>> ".term" in stylesheet()
    True
    """
    from importlib_resources import files

    return (files("genai_terms.export") / "style.css").read_text(encoding="utf-8")


def _markup(root: Element) -> str:
    return tostring(root, encoding="unicode", method="html")


def _document(title: str, description: str, content: Element, href: str | None) -> Element:
    style: list[Element] = []
    if href is not None:
        check_address(href, "stylesheet_href")
        style.append(element("link", rel="stylesheet", href=href))
    return element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", line(title)),
            element("meta", name="description", content=line(description)),
            *style,
        ),
        element("body", element("main", content)),
        lang="en",
    )


def _index(glossary: Glossary, links: Links) -> Element:
    article = Article(links, glossary, alone=False)
    listed = (element("li", element("a", term.title, href=f"#{term.id}")) for term in glossary)
    return element(
        "div",
        element("h1", _GLOSSARY),
        element("nav", element("ul", *listed), aria_label="All terms", class_="index"),
        *map(article.of, glossary),
        class_="glossary",
    )


def __dir__() -> list[str]:
    return __all__

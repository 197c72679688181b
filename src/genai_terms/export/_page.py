"""What a page about a term says, in which order, and under which headings.

Shared by the formats that people read: `markdown`, `html` and the command line.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from genai_terms._vocabulary import Relation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from genai_terms._models import Reference, Term
    from genai_terms.export._links import Page

__all__ = [
    "HEADINGS",
    "JOB_LINKS",
    "PROSE",
    "facts",
    "identifier",
    "line",
    "lines",
    "paragraphs",
    "relation_label",
]

HEADINGS: Final = MappingProxyType(
    {
        "overview": "What it is",
        "how_it_works": "How it works",
        "deep_dive": "Technical deep dive",
        "formula": "Formula",
        "why_it_matters": "Why it matters",
        "considerations": "Considerations",
        "misconceptions": "Common misconceptions",
        "examples": "Examples",
        "career_relevance": "Career relevance",
        "origin": "Origin of the name",
        "faqs": "Frequently asked questions",
        "related": "Related concepts",
        "references": "References",
    }
)
"""The fields of a term that are sections of its page, with their headings, in order."""

PROSE: Final = frozenset(
    {"overview", "how_it_works", "deep_dive", "why_it_matters", "considerations"}
    | {"career_relevance", "origin"}
)
"""The sections that are running text."""

JOB_LINKS: Final[tuple[tuple[Page, str], ...]] = (
    ("jobs", "Browse jobs"),
    ("positions", "Open positions"),
    ("salaries", "Salary ranges"),
)
"""The templates of `Links` that belong to a career, with the text that is linked."""

_LINE_END: Final = re.compile("\r\n?|\n")
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*\n")
_LABELS: Final = {Relation.BROADER: "Broader concept", Relation.NARROWER: "Narrower concept"}


def line(text: str) -> str:
    """Return *text* on one line, with single spaces."""
    return " ".join(text.split())


def lines(text: str) -> list[str]:
    """Return *text* cut at its line ends, of whichever system."""
    return _LINE_END.split(text)


def paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of *text*, each on one line.

    >>> paragraphs("One\nline.\n\nAnother.")
    ['One line.', 'Another.']
    """
    return [one for part in _PARAGRAPH.split(text) if (one := line(part))]


def relation_label(relation: Relation) -> str:
    """Return what a reader sees for *relation*: the target is this to the term.

    >>> relation_label(Relation.PRACTICED_BY), relation_label(Relation.BROADER)
    ('Practiced by', 'Broader concept')
    """
    return _LABELS.get(relation, relation.replace("_", " ").capitalize())


def facts(term: Term) -> list[tuple[str, str]]:
    """Return the short facts about *term*, each a label and a value."""
    listed = (
        ("Also known as", ", ".join(map(line, (*term.abbreviations, *term.aliases)))),
        ("Covers", ", ".join(map(line, term.covers))),
        ("Kind", term.kind.value),
        ("Level", term.level.value),
        ("Introduced", str(term.introduced or "")),
        ("Reviewed", term.reviewed.isoformat() if term.reviewed else ""),
    )
    return [(label, value) for label, value in listed if value]


def identifier(reference: Reference) -> str:
    """Return the identifier of *reference* as it is cited; empty if it is an address."""
    if reference.arxiv:
        return f"arXiv:{line(reference.arxiv)}"
    if reference.doi:
        return f"doi:{line(reference.doi)}"
    return f"ISBN {line(reference.isbn)}" if reference.isbn else ""

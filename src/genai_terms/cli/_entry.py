"""A term as a page of text."""

from __future__ import annotations

from typing import Any

from genai_terms.cli._terminal import Paper
from genai_terms.export._page import (
    HEADINGS,
    PROSE,
    facts,
    line,
    paragraphs,
    relation_label,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_terms._glossary import Glossary
    from genai_terms._models import Formula, Term

__all__ = ["Entry"]


class Entry:
    """Prints a term to standard output, whole or some of its fields."""

    def __init__(self, term: Term, glossary: Glossary) -> None:
        self.term = term
        self.titles = {shelf.id: shelf.title for shelf in glossary.categories}
        self.paper = Paper()

    def page(self) -> None:
        """Print everything that a reader sees."""
        term, paper = self.term, self.paper
        paper.print(f"Glossary › {self.titles[term.category]}", style="dim")
        paper.print(line(term.title), style="bold")
        paper.console.print()
        self.prose(term.definition)
        paper.console.print()
        for label, value in facts(term):
            paper.print(f"{label}: {value}", style="dim")
        for field, heading in HEADINGS.items():
            if getattr(term, field):
                paper.heading(heading)
                self.content(field)

    def fields(self, names: list[str]) -> None:
        """Print the fields *names* that the term has; with headings where they are several."""
        for name in names:
            if getattr(self.term, name) not in (None, ()):
                if len(names) > 1:
                    self.paper.heading(HEADINGS.get(name, name.replace("_", " ").capitalize()))
                self.content(name)

    def content(self, field: str) -> None:
        value: Any = getattr(self.term, field)
        if field in PROSE or field == "definition":
            self.prose(value)
        elif field == "formula":
            self.formula(value)
        elif field in HEADINGS:
            self.items(field)
        else:
            many = field in {"abbreviations", "aliases", "covers", "search_phrases"}
            for item in value if many else (value,):
                self.paper.print(line(str(item)))

    def prose(self, text: str, indent: int = 0) -> None:
        for number, paragraph in enumerate(paragraphs(text)):
            if number:
                self.paper.console.print()
            self.paper.print(paragraph, indent=indent)

    def formula(self, formula: Formula) -> None:
        self.paper.print(formula.latex, indent=2)
        self.paper.console.print()
        self.prose(formula.meaning)

    def items(self, field: str) -> None:
        """Print a list: each item begins with a line that stands out, the rest is indented."""
        for number, (lead, *rest) in enumerate(getattr(self, f"_{field}")()):
            if number:
                self.paper.console.print()
            self.paper.print(line(lead), style="bold")
            for text in filter(None, rest):
                self.prose(text, indent=2)

    def _misconceptions(self) -> Iterator[tuple[str, ...]]:
        return ((m.claim, m.correction) for m in self.term.misconceptions)

    def _examples(self) -> Iterator[tuple[str, ...]]:
        return ((example.name, example.text) for example in self.term.examples)

    def _faqs(self) -> Iterator[tuple[str, ...]]:
        return ((faq.question, faq.answer) for faq in self.term.faqs)

    def _related(self) -> Iterator[tuple[str, ...]]:
        return (
            (f"{link.name} ({relation_label(link.relation)})", link.definition, link.note or "")
            for link in self.term.related
        )

    def _references(self) -> Iterator[tuple[str, ...]]:
        return ((f"{r.authors} ({r.year}). {r.title}.", r.href) for r in self.term.references)

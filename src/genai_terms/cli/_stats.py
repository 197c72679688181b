"""`genai-terms stats`: how much there is, counted."""

from collections import Counter
from collections.abc import Iterator

import typer
from rich.table import Table
from rich.text import Text

from genai_terms._glossary import Glossary
from genai_terms._models import Term
from genai_terms._vocabulary import Kind, Level
from genai_terms.cli._app import opened
from genai_terms.cli._options import AsJson
from genai_terms.cli._terminal import Paper, clean, emit_json, emit_rows
from genai_terms.export._page import PROSE

__all__ = ["stats"]


def stats(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """Count terms, questions, links, references and words, and the terms by their facets."""
    glossary = opened(ctx)
    totals, facets = _totals(glossary), _facets(glossary)
    if as_json:
        emit_json(totals | facets)
        return
    paper = Paper()
    if paper.on_terminal:
        paper.console.print(_table(totals))
        for facet, counts in facets.items():
            paper.heading(facet.capitalize())
            paper.console.print(_table(counts))
        return
    emit_rows((name, str(count)) for name, count in totals.items())
    for facet, counts in facets.items():
        emit_rows((facet, value, str(count)) for value, count in counts.items())


def _totals(glossary: Glossary) -> dict[str, int]:
    return {
        "terms": len(glossary),
        "faqs": sum(len(term.faqs) for term in glossary),
        "links": sum(len(term.related) for term in glossary),
        "references": sum(len(term.references) for term in glossary),
        "words": sum(len(text.split()) for term in glossary for text in _texts(term)),
    }


def _facets(glossary: Glossary) -> dict[str, dict[str, int]]:
    """The number of terms by the values of each facet, in the order of the vocabulary."""
    values: dict[str, list[str]] = {
        "category": [shelf.id for shelf in glossary.categories],
        "kind": list(Kind),
        "level": list(Level),
        "tier": ["1", "2", "3"],
    }
    counts = {facet: Counter(str(getattr(term, facet)) for term in glossary) for facet in values}
    return {
        facet: {str(value): counts[facet][value] for value in known if counts[facet][value]}
        for facet, known in values.items()
    }


def _texts(term: Term) -> Iterator[str]:
    """What was written for *term* and is shown; not the cards, which repeat other entries."""
    yield term.definition
    for field in PROSE:
        yield getattr(term, field) or ""
    for misconception in term.misconceptions:
        yield from (misconception.claim, misconception.correction)
    for example in term.examples:
        yield from (example.name, example.text)
    for faq in term.faqs:
        yield from (faq.question, faq.answer)
    for link in term.related:
        yield link.note or ""
    if term.formula:
        yield term.formula.meaning


def _table(counts: dict[str, int]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for name, count in counts.items():
        table.add_row(Text(clean(name)), f"{count:,}")
    return table

"""Report where entries may state the same fact differently.

    python scripts/facts.py [FOLDER]

Three lists to read: citations of the same authors with different years in the same context,
years that stand beside the name of an entry and are not the year that the entry itself gives,
and quantities that several entries state of the same subject. A line is a place to look, not
a verdict.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from genai_terms._models import Term
from genai_terms._source import read_folder
from genai_terms.checks import Draft
from genai_terms.checks._prose import prose

CONTENT = Path(__file__).resolve().parent.parent / "src" / "genai_terms" / "content"
CITED = re.compile(
    r"([A-Z][\w'’-]+(?: and [A-Z][\w'’-]+| et al\.))[^.;()]{0,12}\(?(?:in )?((?:19|20)\d\d)"
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
QUANTITY = re.compile(
    r"\b\d[\d,.]*(?:\s?(?:%|percent|billion|million|trillion|thousand|GB|TB|tokens|parameters"
    r"|layers|hours|dollars|points|images|languages))"
)


Found = dict[str, dict[str, set[str]]]


def sentences(term: Term) -> Iterator[str]:
    for _, text in prose(Draft(term)):
        yield from SENTENCE.split(text)


def collected(terms: list[Term]) -> tuple[Found, Found, Found]:
    """Citations by authors, years by term, and quantities by name, each with its entries."""
    names = {
        name: term
        for term in terms
        for name in (term.name, *term.abbreviations)
        if any(char.isupper() for char in name[1:]) or term.kind in {"model", "product"}
    }
    alternatives = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    finder = re.compile(rf"(?<![\w-])({alternatives})(?![\w-])")
    cited: Found = defaultdict(lambda: defaultdict(set))
    years: Found = defaultdict(lambda: defaultdict(set))
    quantities: Found = defaultdict(lambda: defaultdict(set))
    for term in terms:
        for sentence in sentences(term):
            for authors, year in CITED.findall(sentence):
                cited[authors][year].add(term.id)
            for name in finder.findall(sentence):
                for year in re.findall(rf"{re.escape(name)} \(((?:19|20)\d\d)\)", sentence):
                    years[names[name].id][year].add(term.id)
                for quantity in QUANTITY.findall(sentence):
                    quantities[name][quantity].add(term.id)
    return cited, years, quantities


def show(title: str, found: Found, keep: Callable[[str, dict[str, set[str]]], bool]) -> None:
    print(f"\n## {title}\n")
    for subject, values in sorted(found.items()):
        if keep(subject, values):
            told = (
                f"{value}: {', '.join(sorted(where))}" for value, where in sorted(values.items())
            )
            print(f"{subject}: {'; '.join(told)}")


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else str(CONTENT)
    terms = [draft.term for draft in read_folder(folder).drafts]
    introduced = {term.id: str(term.introduced) for term in terms if term.introduced}
    cited, years, quantities = collected(terms)
    show("Authors cited with several years", cited, lambda _, values: len(values) > 1)
    show(
        "Years beside a name that are not the year of its entry",
        years,
        lambda term_id, values: values.keys() != {introduced.get(term_id)},
    )
    show(
        "Quantities that several entries state beside a name",
        quantities,
        lambda _, values: len(set().union(*values.values())) > 1,
    )


if __name__ == "__main__":
    main()

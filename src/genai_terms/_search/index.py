"""Build the search index: BM25F impacts, one byte each, computed once for all queries.

BM25F (Robertson, Zaragoza and Taylor, 2004): the frequencies of a word in the fields of a
document are weighted, normalized by field length and summed before they saturate, so that
a word in the name counts for more than many in the prose. Every surface form leads straight
to the postings of its stem, so that a query needs no stemmer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log

from genai_terms._container import pack_array, pack_strings
from genai_terms._near import build_near
from genai_terms._search.analyze import STOP_WORDS, compounds, tokens
from genai_terms._text import british, stem, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Final

    from genai_terms._models import Term
    from genai_terms._names import Names

__all__ = ["build_search"]

_SATURATION: Final = 1.2
_FIELDS: Final = {
    # field: (weight, how much its length counts)
    "name": (14.0, 0.5),
    "covers": (4.0, 0.6),
    "phrase": (5.0, 0.4),
    "definition": (5.0, 0.5),
    "question": (3.5, 0.6),
    "heading": (1.5, 0.5),
    "prose": (1.0, 0.7),
    "answer": (1.0, 0.6),
}
_DENSE: Final = 4
"""A posting list that holds more than one in this many documents is stored as an array."""

_TOP_IMPACT: Final = 255
_CORRECTED_TO: Final = ("name", "covers", "phrase", "definition")
_NAMES: Final = ("name", "covers")
_LONG: Final = ("heading", "prose", "answer")
_SHORTEST_CORRECTED: Final = 4

Fields = list[tuple[str, str]]


def term_fields(term: Term) -> Fields:
    """Return the texts of *term* that are indexed, each with the field that weights it."""
    fields: Fields = [("name", text) for text in term.names]
    fields += (("covers", text) for text in term.covers)
    fields += (("phrase", text) for text in term.search_phrases)
    fields.append(("definition", term.definition))
    fields += (("question", faq.question) for faq in term.faqs)
    fields += (("heading", example.name) for example in term.examples)
    fields += (("heading", case.claim) for case in term.misconceptions)
    prose = (
        term.overview,
        term.how_it_works,
        term.deep_dive,
        term.why_it_matters,
        term.considerations,
        term.career_relevance,
        term.origin,
        *(faq.answer for faq in term.faqs),
        *(case.correction for case in term.misconceptions),
        *(example.text for example in term.examples),
        *(link.note for link in term.related),
    )
    fields += (("prose", text) for text in prose if text)
    return fields


def _counted(documents: Iterable[Fields]) -> Iterator[dict[str, Counter[str]]]:
    """For each document and field, how often each word stands there."""
    for fields in documents:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for field, text in fields:
            cut = words(text) if field in _LONG else list(tokens(text))
            found = [word for word in cut if word not in STOP_WORDS] or cut
            counts[field].update(found)
            if field in _NAMES:
                counts[field].update(set(compounds(words(text))).difference(found))
        yield counts


def _stems(counted: Iterable[Mapping[str, Counter[str]]]) -> dict[str, str]:
    """Every surface form of the documents with its stem."""
    surfaces = {word for counts in counted for found in counts.values() for word in found}
    return {surface: stem(surface) for surface in sorted(surfaces)}


def _impacts(
    counted: Sequence[Mapping[str, Counter[str]]], stems: Mapping[str, str]
) -> dict[str, dict[int, float]]:
    """The BM25F score that each stem contributes to each document that holds it."""
    total = len(counted)
    lengths = [{field: sum(c.values()) for field, c in counts.items()} for counts in counted]
    averages = {
        field: sum(length.get(field, 0) for length in lengths)
        / max(1, sum(length.get(field, 0) > 0 for length in lengths))
        for field in _FIELDS
    }
    frequency: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for document, counts in enumerate(counted):
        for field, found in counts.items():
            if not found:
                continue
            weight, strictness = _FIELDS[field]
            norm = 1 - strictness * (1 - lengths[document][field] / averages[field])
            for surface, count in found.items():
                frequency[stems[surface]][document] += weight * count / norm
    return {
        stemmed: {
            document: log(1 + (total - len(found) + 0.5) / (len(found) + 0.5))
            * value
            / (_SATURATION + value)
            for document, value in found.items()
        }
        for stemmed, found in frequency.items()
    }


def _postings(prefix: str, impacts: Sequence[Mapping[int, float]], total: int) -> dict[str, bytes]:
    scale = _TOP_IMPACT / max((v for found in impacts for v in found.values()), default=1.0)
    offsets, weights, strongest, dense = [0], bytearray(), bytearray(), bytearray()
    documents: list[int] = []
    dense_lists: list[int] = []
    for number, found in enumerate(impacts):
        row = {document: max(1, round(scale * found[document])) for document in sorted(found)}
        documents += row
        weights += bytes(row.values())
        offsets.append(len(documents))
        strongest.append(max(row.values(), default=0))
        if len(row) * _DENSE > total:
            dense_lists.append(number)
            dense += bytes(row.get(document, 0) for document in range(total))
    return {
        f"{prefix}post.o": pack_array("I", offsets),
        f"{prefix}post.d": pack_array("H" if total < 2**16 else "I", documents),
        f"{prefix}post.w": bytes(weights),
        f"{prefix}post.m": bytes(strongest),
        f"{prefix}dense.n": pack_array("I", dense_lists),
        f"{prefix}dense": bytes(dense),
        f"{prefix}total": pack_array("I", [total, round(scale * 2**16)]),
    }


def _vocabulary(
    stems: Mapping[str, str],
    number: Mapping[str, int],
    counted: Sequence[Mapping[str, Counter[str]]],
) -> dict[str, bytes]:
    """The surface forms with their posting lists, and those that typos are corrected to."""
    vocabulary = {surface: number[stemmed] for surface, stemmed in stems.items()}
    for surface in stems:
        vocabulary.setdefault(british(surface), vocabulary[surface])
    ordered = sorted(vocabulary, key=str.encode)
    titled = {
        surface
        for counts in counted
        for field in _CORRECTED_TO
        for surface in counts.get(field, ())
    }
    corrected_to = (
        at
        for at, surface in enumerate(ordered)
        if len(surface) >= _SHORTEST_CORRECTED and surface.isalpha() and surface in titled
    )
    return {
        **pack_strings("word", map(str.encode, ordered)),
        "word.p": pack_array(
            "H" if len(number) < 2**16 else "I", (vocabulary[surface] for surface in ordered)
        ),
        **build_near("near", ordered, corrected_to),
    }


def build_names(names: Names) -> dict[str, bytes]:
    """Return the sections by which names are found by their beginnings and their words.

    A name's plain form is its words joined by single spaces; every place in it where a word
    begins is an entry of one table, sorted by the text from there on.
    """
    plain: list[str] = []
    owners: list[int] = []
    kinds: list[int] = []
    numbers: list[int] = []
    for position in range(len(names)):
        seen: set[str] = set()
        for number in names.surfaces_of(position):
            surface = names.surface(number)
            text = " ".join(words(surface.text))
            if text and text not in seen:
                seen.add(text)
                plain.append(text)
                owners.append(position)
                kinds.append(surface.kind)
                numbers.append(number)
    starts = sorted(
        (text[at:].encode(), number, len(text[:at].encode()))
        for number, text in enumerate(plain)
        for at in range(len(text))
        if at == 0 or text[at - 1] == " "
    )
    return {
        **pack_strings("plain", map(str.encode, plain)),
        "plain.t": pack_array("I", owners),
        "plain.k": pack_array("B", kinds),
        "plain.s": pack_array("I", numbers),
        "start.n": pack_array("I", (number for _, number, _ in starts)),
        "start.at": pack_array("H", (min(at, 2**16 - 1) for _, _, at in starts)),
    }


def build_search(terms: Sequence[Term], names: Names) -> dict[str, bytes]:
    """Return the sections of search.idx for *terms*, which are sorted by id."""
    faqs = [(at, number) for at, term in enumerate(terms) for number in range(len(term.faqs))]
    counted = list(_counted(map(term_fields, terms)))
    asked = list(_counted(_faq_fields(terms[at], number) for at, number in faqs))
    stems = _stems([*counted, *asked])
    ordered = sorted(set(stems.values()))
    number = {stemmed: at for at, stemmed in enumerate(ordered)}
    sections = _vocabulary(stems, number, counted)
    for prefix, documents in (("", counted), ("faq.", asked)):
        impacts = _impacts(documents, stems)
        postings = [impacts.get(stemmed, {}) for stemmed in ordered]
        sections |= _postings(prefix, postings, len(documents))
    return {
        **sections,
        **build_names(names),
        "faq.t": pack_array("I", (at for at, _ in faqs)),
        "faq.n": pack_array("H", (number for _, number in faqs)),
    }


def _faq_fields(term: Term, number: int) -> Fields:
    faq = term.faqs[number]
    return [("name", faq.question), ("covers", term.name), ("answer", faq.answer)]


def __dir__() -> list[str]:
    return __all__

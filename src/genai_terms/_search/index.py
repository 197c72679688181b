"""Build the search index: BM25F impacts, one byte each, computed once for all queries.

BM25F (Robertson, Zaragoza and Taylor, 2004): the frequencies of a word in the fields of a
document are weighted, normalized by field length and summed before they saturate. Here this
is done in three streams (names; definition, questions and search phrases; prose), each with
its own saturation and mostly its own document frequencies, because a word that is common in
prose may be rare, and then telling, in names. Every surface form leads straight to the
postings of its stem, so that a query needs no stemmer.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from math import log
from operator import itemgetter

from genai_terms._container import pack_array, pack_strings
from genai_terms._near import build_near
from genai_terms._search.analyze import STOP_WORDS, compounds, tokens
from genai_terms._search.rank import CHAMPIONS, FEWEST_CHAMPIONS
from genai_terms._text import british, stem, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Final

    from genai_terms._models import Term
    from genai_terms._names import Names

__all__ = ["build_search"]


class _Stream:
    """Fields that are read together: their weights, and how their words count."""

    __slots__ = ("fields", "saturation", "weight")

    def __init__(
        self, weight: float, saturation: float, fields: Mapping[str, tuple[float, float]]
    ) -> None:
        self.weight = weight
        self.saturation = saturation
        self.fields = fields


# Each field has a weight, and a strictness (0 to 1) by which long texts are held back.
_STREAMS: Final = (
    _Stream(0.6, 1.0, {"name": (1.0, 0.4), "covers": (0.4, 0.6)}),
    _Stream(1.2, 1.0, {"phrase": (1.0, 0.5), "definition": (1.0, 0.4), "question": (0.6, 0.6)}),
    _Stream(
        1.0,
        4.0,
        {
            "overview": (1.2, 0.5),
            "heading": (1.0, 0.5),
            "mechanism": (1.0, 0.7),
            "detail": (1.0, 0.9),
            "prose": (1.0, 0.8),
            "answer": (1.0, 0.7),
        },
    ),
)
_OWN_RARITY: Final = 0.7
"""How much a word's rarity is that in its stream; the rest is that in all texts."""

_INSIDE: Final = 1 << 14
_TIER: Final = 1 << 12
_KIND: Final = 100
"""How far a name stands back that goes on from its middle, is of a less popular term, is an
alias and no headword; and each of its letters counts one."""

_CHAMPION_SHARE: Final = 32
_TOP_IMPACT: Final = 255
_CORRECTED_TO: Final = ("name", "covers", "phrase", "definition")
_NAMES: Final = ("name", "covers")
_LONG: Final = ("overview", "heading", "mechanism", "detail", "prose", "answer")
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
    fields += (("answer", faq.answer) for faq in term.faqs)
    prose = (
        ("overview", term.overview),
        ("mechanism", term.how_it_works),
        ("detail", term.deep_dive),
        ("detail", term.origin),
        ("prose", term.why_it_matters),
        ("prose", term.considerations),
        ("prose", term.career_relevance),
        *(("prose", case.correction) for case in term.misconceptions),
        *(("prose", example.text) for example in term.examples),
        *(("prose", link.note) for link in term.related),
    )
    fields += ((field, text) for field, text in prose if text)
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
    """The score that each stem contributes to each document that holds it."""
    streams = [_frequencies(counted, stems, stream) for stream in _STREAMS]
    total = len(counted)
    impacts: dict[str, dict[int, float]] = {}
    for stemmed in set[str]().union(*streams):
        held = [found.get(stemmed, {}) for found in streams]
        anywhere = _rarity(len(set[int]().union(*held)), total)
        summed: dict[int, float] = {}
        get = summed.get
        for stream, frequencies in zip(_STREAMS, held, strict=True):
            rarity = _OWN_RARITY * _rarity(len(frequencies), total) + (1 - _OWN_RARITY) * anywhere
            most, half = stream.weight * rarity, stream.saturation
            for document, value in frequencies.items():
                summed[document] = get(document, 0.0) + most * value / (half + value)
        impacts[stemmed] = summed
    return impacts


def _rarity(holders: int, total: int) -> float:
    """The inverse document frequency of BM25, never negative."""
    return log(1 + (total - holders + 0.5) / (holders + 0.5))


def _frequencies(
    counted: Sequence[Mapping[str, Counter[str]]], stems: Mapping[str, str], stream: _Stream
) -> dict[str, dict[int, float]]:
    """The weighted frequency of each stem in each document, over the fields of a stream."""
    frequencies: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for field, (weight, strictness) in stream.fields.items():
        lengths = [sum(counts[field].values()) if field in counts else 0 for counts in counted]
        average = sum(lengths) / max(1, sum(length > 0 for length in lengths))
        for document, counts in enumerate(counted):
            if lengths[document]:
                each = weight / (1 - strictness * (1 - lengths[document] / average))
                for surface, count in counts[field].items():
                    frequencies[stems[surface]][document] += each * count
    return frequencies


def _postings(prefix: str, impacts: Sequence[Mapping[int, float]], total: int) -> dict[str, bytes]:
    scale = _TOP_IMPACT / max((max(found.values()) for found in impacts if found), default=1.0)
    most = min(CHAMPIONS, max(FEWEST_CHAMPIONS, total // _CHAMPION_SHARE))
    offsets, breaks, weights, strongest = [0], array("I"), bytearray(), bytearray()
    documents = array("I")
    for found in impacts:
        ranked = sorted([(-(round(scale * value) or 1), at) for at, value in found.items()])
        ranked[most:] = sorted(ranked[most:], key=itemgetter(1))
        documents.extend([document for _, document in ranked])
        weights += bytes([-impact for impact, _ in ranked])
        breaks.append(offsets[-1] + min(most, len(found)))
        offsets.append(len(documents))
        strongest.append(-ranked[0][0] if ranked else 0)
    return {
        f"{prefix}post.o": pack_array("I", offsets),
        f"{prefix}post.c": pack_array("I", breaks),
        f"{prefix}post.d": pack_array("H" if total < 2**16 else "I", documents),
        f"{prefix}post.w": bytes(weights),
        f"{prefix}post.m": bytes(strongest),
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
    meta = names.meta
    ranks = (
        _INSIDE * (at > 0)
        + _TIER * (meta[4 * owners[number] + 3] - 1)
        + min(_KIND * kinds[number] + len(plain[number]), _TIER - 1)
        for _, number, at in starts
    )
    return {
        **pack_strings("plain", map(str.encode, plain)),
        "plain.t": pack_array("I", owners),
        "plain.k": pack_array("B", kinds),
        "plain.s": pack_array("I", numbers),
        "start.n": pack_array("I", (number for _, number, _ in starts)),
        "start.at": pack_array("H", (min(at, 2**16 - 1) for _, _, at in starts)),
        "start.t": pack_array("I", (owners[number] for _, number, _ in starts)),
        "start.r": pack_array("H", ranks),
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
    return [("phrase", faq.question), ("covers", term.name), ("answer", faq.answer)]


def __dir__() -> list[str]:
    return __all__

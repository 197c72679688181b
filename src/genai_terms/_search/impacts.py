"""How strongly a document says each of its words: BM25F, from texts to numbers.

BM25F (Robertson, Zaragoza and Taylor, 2004): the frequencies of a word in the fields of a
document are weighted, normalized by field length and summed before they saturate. Here this
is done in three streams (names; definition, questions and search phrases; prose), each with
its own saturation and mostly its own document frequencies, because a word that is common in
prose may be rare, and then telling, in names.

What is counted lies in flat arrays, document by document: for a hundred thousand documents,
a dictionary each would take gigabytes.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from itertools import chain, pairwise
from math import log

from genai_terms._search.analyze import STOP_WORDS, compounds, tokens
from genai_terms._text import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, Final

    from genai_terms._models import Term

    Fields = list[tuple[str, str]]

__all__ = ["Counted", "Rows", "faq_fields", "impacts", "term_fields"]


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
    _Stream(1.2, 1.0, {"phrase": (2.0, 0.5), "definition": (1.0, 0.4), "question": (0.6, 0.6)}),
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
_OWN_RARITY: Final = 0.8
"""How much a word's rarity is that in its stream; the rest is that in all texts."""

_NOTHING: Final = Counter[str]()
_NAMES: Final = ("name", "covers")
_LONG: Final = ("overview", "heading", "mechanism", "detail", "prose", "answer")


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


def faq_fields(term: Term, number: int) -> Fields:
    """Return the texts that are indexed of one question of *term*."""
    faq = term.faqs[number]
    return [("phrase", faq.question), ("covers", term.name), ("answer", faq.answer)]


class Rows:
    """Pairs of numbers, row by row: a row is of one document, and holds a key once."""

    __slots__ = ("ends", "keys", "values")

    def __init__(self, typecode: str) -> None:
        self.keys = array("I")
        self.values: array[Any] = array(typecode)
        self.ends = array("Q", [0])

    def add(self, keys: Iterable[int], values: Iterable[float]) -> None:
        """Add one row."""
        self.keys.extend(keys)
        self.values.extend(values)
        self.ends.append(len(self.keys))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def row(self, document: int) -> Iterator[tuple[int, Any]]:
        """Return the pairs of one document."""
        start, end = self.ends[document], self.ends[document + 1]
        return zip(self.keys[start:end], self.values[start:end], strict=True)


class Counted:
    """How often each word stands in each field of each document; words are numbers.

    *numbers* gives a word its number, and may be that of other documents as well.
    """

    __slots__ = ("fields", "size")

    def __init__(self, documents: Iterable[Fields], numbers: Mapping[str, int]) -> None:
        self.fields = {field: Rows("I") for stream in _STREAMS for field in stream.fields}
        self.size = 0
        for texts in documents:
            counts = _counts(texts)
            for field, rows in self.fields.items():
                found = counts.get(field, _NOTHING)
                rows.add(map(numbers.__getitem__, found), found.values())
            self.size += 1

    def words(self, fields: Iterable[str]) -> set[int]:
        """Return the numbers of the words that stand in *fields*."""
        return {*chain.from_iterable(self.fields[field].keys for field in fields)}


def _counts(texts: Fields) -> dict[str, Counter[str]]:
    """For each field of a document, how often each word stands there."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for field, text in texts:
        cut = words(text) if field in _LONG else [*tokens(text)]
        found = [word for word in cut if word not in STOP_WORDS] or cut
        counts[field].update(found)
        if field in _NAMES:
            counts[field].update({*compounds(words(text))}.difference(found))
    return counts


def impacts(counted: Counted, stems: Sequence[int]) -> Rows:
    """Return for each document the stems that it holds, and how strongly it holds each.

    *stems* has the number of the stem of each word.
    """
    streams = [(_frequencies(counted, stems, stream), stream) for stream in _STREAMS]
    anywhere = _holders([found for found, _ in streams])
    weighed = [
        (found, _weights(found, stream, anywhere), stream.saturation) for found, stream in streams
    ]
    held = Rows("d")
    for document in range(counted.size):
        summed: dict[int, float] = {}
        get = summed.get
        for found, weights, half in weighed:
            for stem, value in found.row(document):
                summed[stem] = get(stem, 0.0) + weights[stem] * value / (half + value)
        held.add(summed, summed.values())
    return held


def _holders(streams: Sequence[Rows]) -> Counter[int]:
    """How many documents hold each stem in any of the *streams*."""
    holders: Counter[int] = Counter()
    ends = [pairwise(found.ends) for found in streams]
    for places in zip(*ends, strict=True):
        keys = (found.keys[start:end] for found, (start, end) in zip(streams, places, strict=True))
        holders.update(set[int]().union(*keys))
    return holders


def _weights(found: Rows, stream: _Stream, anywhere: Mapping[int, int]) -> dict[int, float]:
    """What each stem of a stream is worth at most: the rarer, the more."""
    total = len(found)
    return {
        stem: stream.weight
        * (
            _OWN_RARITY * _rarity(holders, total)
            + (1 - _OWN_RARITY) * _rarity(anywhere[stem], total)
        )
        for stem, holders in Counter(found.keys).items()
    }


def _rarity(holders: int, total: int) -> float:
    """The inverse document frequency of BM25, never negative."""
    return log(1 + (total - holders + 0.5) / (holders + 0.5))


def _frequencies(counted: Counted, stems: Sequence[int], stream: _Stream) -> Rows:
    """The weighted frequency of each stem in each document, over the fields of a stream."""
    fields = [
        (counted.fields[field], _normalized(counted.fields[field], *weighting))
        for field, weighting in stream.fields.items()
    ]
    frequencies = Rows("d")
    for document in range(counted.size):
        summed: dict[int, float] = {}
        get = summed.get
        for rows, weights in fields:
            each = weights[document]
            for word, count in rows.row(document):
                stem = stems[word]
                summed[stem] = get(stem, 0.0) + each * count
        frequencies.add(summed, summed.values())
    return frequencies


def _normalized(rows: Rows, weight: float, strictness: float) -> array[float]:
    """What one word of a field counts in each document: the less, the longer the field is."""
    lengths = [sum(rows.values[start:end]) for start, end in pairwise(rows.ends)]
    average = sum(lengths) / max(1, sum(length > 0 for length in lengths)) or 1.0
    return array("d", (weight / (1 - strictness * (1 - n / average)) for n in lengths))


def __dir__() -> list[str]:
    return __all__

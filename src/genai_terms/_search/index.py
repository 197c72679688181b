"""Build the search index: impacts of BM25F, one byte each, computed once for all queries.

Every surface form leads straight to the postings of its stem, so that a query needs no
stemmer.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import accumulate, chain, count, pairwise

from genai_terms._container import integers, pack_array, pack_strings
from genai_terms._near import build_near
from genai_terms._search.analyze import STOP_WORDS
from genai_terms._search.impacts import Counted, faq_fields, impacts, term_fields
from genai_terms._search.rank import CHAMPIONS, FEWEST_CHAMPIONS
from genai_terms._text import british, stem, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from typing import Final

    from genai_terms._models import Term
    from genai_terms._names import Names
    from genai_terms._search.impacts import Rows

    Plain = tuple[str, int, int, int]
    """A name in plain words, the position of its term, its number and its kind."""

__all__ = ["build_search"]

_INSIDE: Final = 1 << 14
_TIER: Final = 1 << 12
_KIND: Final = 100
"""How far a name stands back that goes on from its middle, is of a less popular term, is an
alias and no headword; and each of its letters counts one."""

_CHAMPION_SHARE: Final = 32
_TOP_IMPACT: Final = 255
_GREATEST_SCALE: Final = 2**16 - 1  # stored in 32 bits, of which 16 are a fraction
_CORRECTED_TO: Final = ("name", "covers", "phrase", "definition")
_SHORTEST_CORRECTED: Final = 4

_PLACE: Final = 32
_DOCUMENT: Final = (1 << _PLACE) - 1


def _postings(prefix: str, held: Rows, lists: int) -> dict[str, bytes]:
    """The posting lists of all stems: the strongest documents first, then the others in order."""
    total = len(held)
    scale = min(_TOP_IMPACT / max(held.values, default=1.0), _GREATEST_SCALE)
    most = min(CHAMPIONS, max(FEWEST_CHAMPIONS, total // _CHAMPION_SHARE))
    offsets, breaks, weights, strongest = array("I", [0]), array("I"), bytearray(), bytearray()
    documents = array("H" if total < 2**16 else "I")
    for places in _places(held, scale, lists):
        ranked = _ranked(places, most)
        documents.extend([place & _DOCUMENT for place in ranked])
        weights += bytes([_TOP_IMPACT - (place >> _PLACE) for place in ranked])
        breaks.append(offsets[-1] + min(most, len(ranked)))
        strongest.append(weights[offsets[-1]] if ranked else 0)
        offsets.append(len(documents))
    return {
        f"{prefix}post.o": pack_array("I", offsets),
        f"{prefix}post.c": pack_array("I", breaks),
        f"{prefix}post.d": pack_array("H" if total < 2**16 else "I", documents),
        f"{prefix}post.w": bytes(weights),
        f"{prefix}post.m": bytes(strongest),
        f"{prefix}total": pack_array("I", [total, round(scale * 2**16)]),
    }


def _places(held: Rows, scale: float, lists: int) -> list[array[int]]:
    """The documents of each list, each below how far its impact is from the top."""
    places = [array("Q") for _ in range(lists)]
    for document in range(len(held)):
        for number, strength in held.row(document):
            behind = _TOP_IMPACT - (round(scale * strength) or 1)
            places[number].append(behind << _PLACE | document)
    return places


def _ranked(places: array[int], most: int) -> list[int]:
    """The *most* that stand first, and then the others in order of documents."""
    ranked = sorted(places)
    if len(ranked) > most:
        floor = ranked[most]
        ranked[most:] = [place for place in places if place >= floor]
    return ranked


def _vocabulary(
    known: Sequence[str], stems: Sequence[int], lists: int, titled: Container[str]
) -> dict[str, bytes]:
    """The surface forms with their posting lists, and those that typos are corrected to."""
    vocabulary = {word: number for number, word in enumerate(known)}
    for word, number in sorted(vocabulary.items()):
        vocabulary.setdefault(british(word), number)
    ordered = sorted(vocabulary, key=str.encode)
    corrected_to = (
        at
        for at, surface in enumerate(ordered)
        if len(surface) >= _SHORTEST_CORRECTED and surface.isalpha() and surface in titled
    )
    return {
        **pack_strings("word", map(str.encode, ordered)),
        "word.p": pack_array(
            "H" if lists < 2**16 else "I", (stems[vocabulary[surface]] for surface in ordered)
        ),
        **build_near("near", ordered, corrected_to),
    }


def _plain(names: Names) -> Iterator[Plain]:
    """Yield each name as its words joined by single spaces, for each term once."""
    for position in range(len(names)):
        seen: set[str] = set()
        for number in names.surfaces_of(position):
            name, kind = names.surface(number)
            text = " ".join(words(name))
            if text and text not in seen:
                seen.add(text)
                yield text, position, number, kind


def _starts(plain: Sequence[Plain], names: Names) -> dict[str, bytes]:
    """The plain names, and one table of all places in them where words begin.

    It is sorted by the text from there on; so names are found by beginnings and by words.
    """
    starts = sorted(
        (text[at:].encode(), number, len(text[:at].encode()))
        for number, (text, *_) in enumerate(plain)
        for at in range(len(text))
        if at == 0 or text[at - 1] == " "
    )
    ranks = (
        _INSIDE * (at > 0)
        + _TIER * (names.tier(owner) - 1)
        + min(_KIND * kind + len(text), _TIER - 1)
        for _, number, at in starts
        for text, owner, _, kind in [plain[number]]
    )
    return {
        **pack_strings("plain", (text.encode() for text, *_ in plain)),
        "plain.t": pack_array("I", (owner for _, owner, *_ in plain)),
        "plain.s": pack_array("I", (surface for _, _, surface, _ in plain)),
        "start.n": pack_array("I", (number for _, number, _ in starts)),
        "start.at": pack_array("H", (min(at, 2**16 - 1) for _, _, at in starts)),
        "start.t": pack_array("I", (plain[number][1] for _, number, _ in starts)),
        "start.r": pack_array("H", ranks),
    }


def _named(
    plain: Iterable[Plain], stems: Mapping[str, int], spread: Sequence[int]
) -> dict[str, bytes]:
    """The names as sets of posting lists, by the rarest list of each; one after the other.

    A name is how many lists it has, how many terms bear it, the lists, the terms.
    """
    bearers: dict[frozenset[int], set[int]] = defaultdict(set)
    for text, owner, *_ in plain:
        name = frozenset(stems[word] for word in text.split() if word not in STOP_WORDS)
        bearers[name].add(owner)
    bearers.pop(frozenset(), None)
    told: dict[int, list[list[int]]] = defaultdict(list)
    for name, terms in bearers.items():
        rarest = min(sorted(name), key=spread.__getitem__)
        told[rarest].append([len(name), len(terms), *sorted(name), *sorted(terms)])
    rarest_lists = sorted(told)
    names = [[*chain.from_iterable(sorted(told[number]))] for number in rarest_lists]
    return {
        "named.k": pack_array("I", rarest_lists),
        "named.p": pack_array("I", accumulate(map(len, names), initial=0)),
        "named.n": pack_array("I", chain.from_iterable(names)),
    }


def build_search(terms: Sequence[Term], names: Names) -> dict[str, bytes]:
    """Return the sections of search.idx for *terms*, which are sorted by id."""
    faqs = [(at, number) for at, term in enumerate(terms) for number in range(len(term.faqs))]
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    counted = Counted(map(term_fields, terms), numbers)
    asked = Counted((faq_fields(terms[at], number) for at, number in faqs), numbers)
    stemmed = [*map(stem, numbers)]
    lists = {stem: at for at, stem in enumerate(sorted({*stemmed}))}
    stems = array("I", map(lists.__getitem__, stemmed))
    known = [*numbers]
    titled = {known[number] for number in counted.words(_CORRECTED_TO)}
    sections = _vocabulary(known, stems, len(lists), titled)
    for prefix, documents in (("", counted), ("faq.", asked)):
        sections |= _postings(prefix, impacts(documents, stems), len(lists))
    plain = [*_plain(names)]
    offsets = integers(sections["post.o"], "I")
    spread = [end - start for start, end in pairwise(offsets)]
    return {
        **sections,
        **_starts(plain, names),
        **_named(plain, dict(zip(known, stems, strict=True)), spread),
        "faq.t": pack_array("I", (at for at, _ in faqs)),
        "faq.n": pack_array("H", (number for _, number in faqs)),
    }


def __dir__() -> list[str]:
    return __all__

"""The one normalizer: what counts in a name, and what does not.

Lookup, search, annotation and the checks all compare names by `fold`, and all cut text
into words by `words`. Nothing else in the library decides which spellings are equal.
"""

from __future__ import annotations

from genai_terms._memory import keep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Final

__all__ = ["american", "british", "fold", "inflections", "slug", "stem", "variants", "words"]

_IGNORED: Final = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85-_/'`"
_IGNORED_BEYOND_ASCII: Final = (
    "\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032"  # apostrophes and primes
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043"  # dashes
    "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # invisible
    "\u2044\u2215"  # slashes
    "\u00b7\u2027\u30fb"  # middle dots, as in DALL·E
)
_DROP: Final = dict.fromkeys(map(ord, _IGNORED + _IGNORED_BEYOND_ASCII))

_SINGULAR_ENDINGS: Final = ("ss", "us", "is", "as", "os")
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh")
_VOWELS: Final = frozenset("aeiou")

_BRITISH: Final = {
    "artifact": "artefact",
    "artifacts": "artefacts",
    "behavior": "behaviour",
    "behavioral": "behavioural",
    "canceled": "cancelled",
    "catalog": "catalogue",
    "center": "centre",
    "centers": "centres",
    "color": "colour",
    "defense": "defence",
    "defenses": "defences",
    "favor": "favour",
    "fiber": "fibre",
    "flavor": "flavour",
    "gray": "grey",
    "honor": "honour",
    "judgment": "judgement",
    "labeled": "labelled",
    "labeler": "labeller",
    "labeling": "labelling",
    "labor": "labour",
    "license": "licence",
    "licenses": "licences",
    "modeled": "modelled",
    "modeler": "modeller",
    "modeling": "modelling",
    "neighbor": "neighbour",
    "neighbors": "neighbours",
    "offense": "offence",
    "program": "programme",
    "programs": "programmes",
    "rumor": "rumour",
    "signaling": "signalling",
    "skeptical": "sceptical",
    "theater": "theatre",
    "traveling": "travelling",
}
_BRITISH_ENDINGS: Final = tuple(
    (f"{american}{ending}", f"{spelling}{ending}")
    for american, spelling in (("iz", "is"), ("yz", "ys"))
    for ending in ("ation", "ations", "e", "ed", "es", "er", "ers", "ing", "able", "ational")
)
_NOT_BRITISH: Final = frozenset(
    "size sized sizes sizing resize resized resizing prize prizes seize seized seizes seizing "
    "maize downsize downsized downsizing capsize".split()
)
_SHORTEST_IZE: Final = 5
_REMEMBERED: Final = 4096
_REMEMBERED_STEMS: Final = 65536
_stems: Final[dict[str, str]] = {}


def _is_accent(char: str) -> bool:
    """Whether a mark is one of the blocks of combining diacritical marks, which scripts share.

    The marks of other scripts, such as the vowel signs of Hindi, make other letters.
    """
    code = ord(char)
    return (
        0x300 <= code < 0x370
        or 0x1AB0 <= code < 0x1B00
        or 0x1DC0 <= code < 0x1E00
        or 0x20D0 <= code < 0x2100
        or 0xFE20 <= code < 0xFE30
    )


def fold(text: str) -> str:
    """Return the form by which names are compared.

    Unicode compatibility forms, case, accents, spaces, hyphens, underscores, slashes and
    apostrophes do not count; every other character does. Folding twice changes nothing.
    Method: NFKC with Unicode case folding (Unicode Standard Annex 15), marks removed.

    >>> fold("Chain-of-Thought") == fold("chain of thought") == "chainofthought"
    True
    >>> fold("Fréchet"), fold("C++"), fold("GPT-4o")
    ('frechet', 'c++', 'gpt4o')
    """
    if text.isascii():
        return text.lower().translate(_DROP)
    from unicodedata import normalize

    while True:
        decomposed = normalize("NFKD", text).casefold()
        bare = "".join(c for c in decomposed if not _is_accent(c))
        folded = normalize("NFKC", bare).translate(_DROP)
        folded = "".join(c for c in folded if not c.isspace())
        if folded == text:
            return folded
        text = folded


def slug(name: str) -> str:
    """Return an id made of *name*: lower-case ASCII words joined by hyphens.

    The result is empty where *name* has no letter or digit that ASCII can carry.

    >>> slug("Fréchet inception distance")
    'frechet-inception-distance'
    >>> slug("C2PA / Content Credentials")
    'c2pa-content-credentials'
    """
    from unicodedata import normalize

    bare = normalize("NFKD", name).casefold().replace("'", "").replace("\u2019", "")
    ascii_only = bare.encode("ascii", "ignore").decode() if not bare.isascii() else bare
    return "-".join("".join(c if c.isalnum() else " " for c in ascii_only).split())


class _Characters(dict[str, str]):
    """What a character beyond ASCII contributes to words: letters, digits, or a space."""

    def __missing__(self, char: str) -> str:
        from unicodedata import normalize

        folded = normalize("NFKD", char).casefold()
        kept = (("" if _is_accent(c) or c in _IGNORED_BEYOND_ASCII[:7] else c) for c in folded)
        parts = "".join(c if not c or c.isalnum() else " " for c in kept)
        return keep(self, char, parts, _REMEMBERED)


_characters: Final = _Characters()


_WORD_TABLE: Final = {
    code: (char.lower() if char.isalnum() or char in "+#" else None if char == "'" else " ")
    for code, char in ((code, chr(code)) for code in range(128))
}


def words(text: str) -> list[str]:
    """Cut *text* into folded words, in order; hyphens separate, apostrophes join.

    The characters + and # belong to words, so that C++ and C# stay themselves.

    >>> words("What's chain-of-thought, in C++?")
    ['whats', 'chain', 'of', 'thought', 'in', 'c++']
    """
    flat = text.translate(_WORD_TABLE)
    if not flat.isascii():
        flat = "".join(c if c < "\x80" else _characters[c] for c in flat)
    return flat.split()


def _singular(word: str) -> str | None:
    if len(word) > 3 and word.endswith("s") and not word.endswith(_SINGULAR_ENDINGS):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return None


def _plural(word: str) -> str:
    lowered = word.lower()
    if lowered.endswith("y") and lowered[-2:-1] not in _VOWELS and len(word) > 1:
        return word[:-1] + "ies"
    return word + ("es" if lowered.endswith(_SIBILANTS) else "s")


def inflections(name: str) -> Iterator[str]:
    """Yield the regular plural of *name*, and its singular if it looks like a plural.

    Only the last word is inflected.

    >>> list(inflections("Diffusion model")), list(inflections("Guardrails"))
    (['Diffusion models'], ['Guardrail'])
    >>> list(inflections("Training policy"))
    ['Training policies']
    """
    start = max(name.rfind(" "), name.rfind("-"), name.rfind("/")) + 1
    head, last = name[:start], name[start:]
    if not last or not last[-1].isalnum():
        return
    singular = _singular(last)
    yield head + (singular if singular is not None else _plural(last))


def british(name: str) -> str:
    """Return *name* with its American spellings replaced by the British ones.

    >>> british("Tokenization of color labels"), british("Batch size")
    ('Tokenisation of colour labels', 'Batch size')
    """
    return " ".join("-".join(map(_british_word, w.split("-"))) for w in name.split(" "))


def american(words: Iterable[str]) -> dict[str, str]:
    """Return those of *words* that are spelled otherwise in Britain, by their British spelling.

    >>> american(["tokenization", "size", "model"])
    {'tokenisation': 'tokenization'}
    """
    changeable = [w for w in words if "iz" in w or "yz" in w or w in _BRITISH]
    return {british: w for w in changeable for british in [_british_word(w)] if british != w}


def _british_word(word: str) -> str:
    lowered = word.lower()
    if lowered in _BRITISH:
        spelled = _BRITISH[lowered]
        return spelled.capitalize() if word[:1].isupper() else spelled
    may_be_spelled = "iz" in lowered or "yz" in lowered  # most words have no such ending
    if may_be_spelled and len(lowered) > _SHORTEST_IZE and lowered not in _NOT_BRITISH:
        for american, spelled in _BRITISH_ENDINGS:
            if lowered.endswith(american):
                return word[: -len(american)] + spelled
    return word


def variants(name: str) -> Iterator[str]:
    """Yield the other spellings that *name* answers to: inflected, British, or both.

    >>> sorted(variants("Tokenization"))
    ['Tokenisation', 'Tokenisations', 'Tokenizations']
    """
    for form in (name, *inflections(name)):
        for spelled in dict.fromkeys((form, british(form))):
            if spelled != name:
                yield spelled


def stem(word: str) -> str:
    """Return the stem of a folded English *word* (Snowball English stemmer).

    >>> stem("hallucinations"), stem("hallucinating")
    ('hallucin', 'hallucin')
    """
    stemmed = _stems.get(word)
    return _stemmed(word) if stemmed is None else stemmed


def _stemmed(word: str) -> str:
    import snowballstemmer

    module: Any = snowballstemmer
    stemmed: str = module.stemmer("english").stemWord(word)  # one for all would need a lock
    return keep(_stems, word, stemmed, _REMEMBERED_STEMS)


def __dir__() -> list[str]:
    return __all__

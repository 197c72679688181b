"""What is indexed of a text, and what of a query: words without the empty ones."""

from __future__ import annotations

from genai_terms._text import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from typing import Final

__all__ = ["STOP_WORDS", "compared", "compounds", "content_words", "framed", "tokens"]

STOP_WORDS: Final = frozenset(
    """
    a about am an and any are arent as at be because been being but by can cant could couldnt
    did didnt do does doesnt doing dont for from had has hasnt have havent having he her here
    him his how hows i if im in into is isnt it its ive just let lets me my of on or our ours
    please s shall she should shouldnt so some such t than that thats the their them then there
    these they this those to too upon us very via was wasnt we were werent what whats when where
    which while who whom whose why will with wont would wouldnt you your youre yours
    """.split()
)
"""English words that carry no topic; a query of nothing else is searched as it stands."""

_FRAME: Final = STOP_WORDS | frozenset(
    """
    actually ai basically define defined definition describe difference exactly explain explained
    explanation explaining info information learn mean meaning means stand stands tell term
    understand work works
    """.split()
)

_BETWEEN: Final = (frozenset("or than versus vs".split()), frozenset(("and",)))
_PARTING: Final = frozenset(("from",)).union(*_BETWEEN)
_DIFFERING: Final = frozenset("differ difference differences different differs".split())
_COMPARING: Final = STOP_WORDS.union(
    """
    better between choose compare compared comparing comparison explain same similar use worse
    """.split(),
    _DIFFERING,
)

_LONGEST_COMPOUND: Final = 4


def tokens(text: str) -> Iterator[str]:
    """Yield the words of *text*, and each hyphenated compound also as one word.

    >>> list(tokens("Fine-tuning a model"))
    ['fine', 'tuning', 'finetuning', 'a', 'model']
    """
    for chunk in text.split():
        parts = words(chunk)
        yield from parts
        if 1 < len(parts) <= _LONGEST_COMPOUND:
            yield "".join(parts)


def content_words(found: list[str]) -> list[str]:
    """Return *found* without stop words, or all of it if it is nothing else.

    >>> content_words(["what", "is", "rag"]), content_words(["to", "be"])
    (['rag'], ['to', 'be'])
    """
    return [word for word in found if word not in STOP_WORDS] or found


def framed(found: list[str]) -> list[str]:
    """Return what a question such as "what is … and how does it work" asks about.

    >>> framed(["what", "does", "rag", "mean"]), framed(["meaning"])
    (['rag'], [])
    """
    return _stripped(found, _FRAME)


def compared(found: list[str]) -> list[list[str]]:
    """Return what a question sets against each other, each as words; empty if it does not.

    >>> compared("what is the difference between rag and fine tuning".split())
    [['rag'], ['fine', 'tuning']]
    """
    if _PARTING.isdisjoint(found):
        return []
    between = next((words for words in _BETWEEN if not words.isdisjoint(found)), None)
    if between is None and "from" in found and not _DIFFERING.isdisjoint(found):
        between = frozenset(("from",))
    if between is None:
        return []
    parts: list[list[str]] = [[]]
    for word in found:
        if word in between:
            parts.append([])
        else:
            parts[-1].append(word)
    sides = [_stripped(part, _COMPARING) for part in parts]
    return [side for side in sides if side]


def _stripped(found: list[str], empty: AbstractSet[str]) -> list[str]:
    first, last = 0, len(found)
    while first < last and found[first] in empty:
        first += 1
    while first < last and found[last - 1] in empty:
        last -= 1
    return found[first:last]


def compounds(found: list[str]) -> Iterator[str]:
    """Yield each two and three neighboring words of *found* as one word.

    >>> list(compounds(["fine", "tuning"]))
    ['finetuning']
    """
    for size in (2, 3):
        for at in range(len(found) - size + 1):
            yield "".join(found[at : at + size])

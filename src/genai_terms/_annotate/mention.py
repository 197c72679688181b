"""A name of a term, found in a text."""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class _Mention(NamedTuple):
        start: int
        end: int
        text: str
        term_id: str
        candidates: tuple[str, ...]

else:  # typing costs more than the rest of a first annotation
    _Mention = namedtuple("_Mention", "start end text term_id candidates")  # noqa: PYI024

__all__ = ["Mention"]


class Mention(_Mention):
    """A place in a text where a term is called by one of its names.

    `start` and `end` count the code points of the text, half-open, so that
    ``text[m.start:m.end] == m.text``. `term_id` is the likeliest of the `candidates`, the
    ids of all the terms that the name may mean; there is more than one only where terms
    share a name.

    >>> Mention(8, 11, "RAG", "retrieval-augmented-generation", ("retrieval-augmented-generation",))
    Mention(start=8, end=11, text='RAG', term_id='retrieval-augmented-generation', \
candidates=('retrieval-augmented-generation',))
    """

    __module__ = "genai_terms"
    __slots__ = ()

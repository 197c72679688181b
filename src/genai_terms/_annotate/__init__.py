"""Names of terms in text: leftmost longest, as whole words, by case where case counts."""

from __future__ import annotations

from genai_terms._annotate.annotator import Annotator, annotate
from genai_terms._annotate.mention import Mention

__all__ = ["Annotator", "Mention", "annotate"]


def __dir__() -> list[str]:
    return __all__

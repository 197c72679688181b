"""A glossary small enough to read, whose names are easy to weave into documents."""

from __future__ import annotations

import pytest

import genai_terms as gt


@pytest.fixture(scope="session")
def small() -> gt.Glossary:
    """Three terms: one with several names, one with an ampersand, one that is a common word."""
    model = gt.Term(
        id="large-language-model",
        name="Large language model",
        abbreviations=("LLM",),
        kind=gt.Kind.MODEL,
        definition="A model of text.",
    )
    research = gt.Term(
        id="r-and-d", name="R&D / science", abbreviations=("RAG",), definition="Looking for facts."
    )
    token = gt.Term(id="token", name="Token", common_word=True, definition="A unit of text.")
    return gt.Glossary([model, research, token])

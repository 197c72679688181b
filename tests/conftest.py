"""Fixtures: the real content, the built-in glossary, and six entries small enough to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import genai_terms as gt
from genai_terms._source import Source, read_folder

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "src" / "genai_terms" / "content"

settings.register_profile(
    "default",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("default")


@pytest.fixture(scope="session")
def content() -> Source:
    """The content as it is written."""
    return read_folder(str(CONTENT))


@pytest.fixture(scope="session")
def glossary() -> gt.Glossary:
    """The glossary that the package ships."""
    return gt.glossary


def link(target: gt.Term, relation: str, note: str = "Says why.") -> gt.RelatedConcept:
    return gt.RelatedConcept(
        id=target.id,
        relation=gt.Relation(relation),
        note=note,
        name=target.name,
        definition=target.definition,
    )


@pytest.fixture(scope="session")
def mini() -> gt.Glossary:
    """Six terms: two that share an abbreviation, one with every kind of name."""
    model = gt.Term(
        id="language-model",
        name="Language model",
        abbreviations=("LM",),
        category="models",
        kind=gt.Kind.MODEL,
        tier=1,
        definition="A probability distribution over sequences of tokens.",
        overview="It rates how likely a text is.",
    )
    large = gt.Term(
        id="large-language-model",
        name="Large language model",
        abbreviations=("LLM",),
        aliases=("foundation language model",),
        covers=("GPT-4 Turbo",),
        category="models",
        kind=gt.Kind.MODEL,
        tier=1,
        definition="A model of text with billions of parameters.",
        related=(link(model, "broader"),),
        faqs=(
            gt.FAQ(
                question="How many parameters does it have?",
                answer="Billions of them, in most cases.",
                term_id="large-language-model",
            ),
        ),
        search_phrases=("what ChatGPT runs on",),
    )
    segment = gt.Term(
        id="segment-anything-model",
        name="Segment Anything Model",
        abbreviations=("SAM",),
        category="models",
        kind=gt.Kind.PRODUCT,
        definition="A network that cuts any object out of an image.",
    )
    sharpness = gt.Term(
        id="sharpness-aware-minimization",
        name="Sharpness-aware minimization",
        abbreviations=("SAM",),
        category="training",
        kind=gt.Kind.ALGORITHM,
        level=gt.Level.ADVANCED,
        definition="An optimizer that looks for flat minima of the loss.",
    )
    token = gt.Term(
        id="token",
        name="Token",
        category="models",
        definition="A unit of text that is read at once.",
        common_word=True,
        related=(link(model, "part_of"),),
    )
    tokenization = gt.Term(
        id="tokenization",
        name="Tokenization",
        category="training",
        kind=gt.Kind.TECHNIQUE,
        definition="Cutting text into units with numbers.",
        overview="Modeling starts with it.",
        related=(link(token, "uses"),),
    )
    return gt.Glossary([model, large, segment, sharpness, token, tokenization])


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the source tree."""
    return ROOT

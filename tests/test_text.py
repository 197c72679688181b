"""The one normalizer."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genai_terms._text import british, fold, inflections, slug, stem, variants, words


@given(st.text())
@example("ŉ")
@example("ΐ")
@example("İ")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.sampled_from(" -_/'\u2019\u2011\u00a0\u00b7\u200b\u2013"), st.text())
def test_separators_do_not_count(left, separator, right):
    """Spaces, hyphens, slashes and apostrophes of every typography vanish in folding."""
    assert fold(f"x{separator}y") == "xy"
    assert separator not in fold(left + separator + right)


@given(st.text(st.characters(codec="ascii")))
def test_ascii_and_unicode_paths_agree(text):
    """The fast path for ASCII gives what the general path gives."""
    assert fold(text) == fold(text + "\u0301\u200b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chain-of-Thought", "chain of thought"),
        ("FRÉCHET", "frechet"),
        ("Straße", "STRASSE"),
        ("ﬁne-tuning", "fine tuning"),
        ("DALL·E 3", "dall-e 3"),
        ("Moore's", "Moore\u2019s"),
    ],
)
def test_names_that_people_spell_differently_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("GPT-4", "GPT-4o"), ("c", "c#")])
def test_symbols_and_letters_count(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_words_are_folded_and_hold_no_space(text):
    for word in words(text):
        assert word
        assert word.split() == [word]
        assert words(word) == [word]


def test_words_keep_what_belongs_together():
    assert words("C++ isn't C#; top-p, naïve Müller") == [
        "c++", "isnt", "c#", "top", "p", "naive", "muller",
    ]  # fmt: skip


@given(st.text())
def test_slugs_are_lower_case_ascii_words(text):
    made = slug(text)
    assert made.isascii()
    assert made == made.lower()
    assert all(part.isalnum() for part in made.split("-") if made)
    assert slug(made) == made


@pytest.mark.parametrize(
    ("name", "inflected"),
    [
        ("Diffusion model", "Diffusion models"),
        ("Policy", "Policies"),
        ("Array", "Arrays"),
        ("Loss", "Losses"),
        ("LLM", "LLMs"),
        ("Batch", "Batches"),
        ("Guardrails", "Guardrail"),
        ("Capabilities", "Capability"),
        ("vision-language model", "vision-language models"),
    ],
)
def test_the_last_word_is_inflected(name, inflected):
    assert list(inflections(name)) == [inflected]


@pytest.mark.parametrize("name", ["C++", "", "pass@"])
def test_what_ends_in_a_symbol_has_no_plural(name):
    assert list(inflections(name)) == []


@pytest.mark.parametrize(
    ("american", "spelled"),
    [
        ("Tokenization", "Tokenisation"),
        ("data labeling", "data labelling"),
        ("Optimizer", "Optimiser"),
        ("Sharpness-aware minimization", "Sharpness-aware minimisation"),
        ("Color", "Colour"),
        ("model size", "model size"),
        ("Resize", "Resize"),
        ("analyze", "analyse"),
    ],
)
def test_american_names_have_british_spellings(american, spelled):
    assert british(american) == spelled


@given(st.text())
def test_a_name_is_no_variant_of_itself(text):
    assert text not in set(variants(text))


def test_stems_join_forms_of_a_word():
    assert stem("embeddings") == stem("embedding") == stem("embedded")

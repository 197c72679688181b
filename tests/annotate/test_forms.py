"""Which forms of a name are found, and in which case."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genai_terms import Glossary, Kind, Term
from genai_terms._annotate import Annotator, annotate
from genai_terms._annotate.forms import PROPER_KINDS, forms
from genai_terms._annotate.names import spelling
from genai_terms._names import surfaces


@given(st.text("aB1 -", max_size=12), st.sampled_from([frozenset(), frozenset("語")]))
@example("fine-tuning", frozenset())
@example(" -a- ", frozenset())
@example("- ", frozenset())
def test_a_plain_name_is_cut_as_one_with_typographic_gaps(name, single):
    typographic = name.replace("-", "\u2010").replace(" ", "\u00a0")
    assert spelling(name, single) == spelling(typographic, single)


def texts(text, **fields):
    """What is found of one term in *text*."""
    term = Term(id="t", definition="A thing.", **{"name": "Nothing here", **fields})
    return [mention.text for mention in annotate(Glossary([term]), text)]


@pytest.mark.parametrize(
    ("fields", "text", "found"),
    [
        # Abbreviations are matched by case, with a plural s.
        ({"abbreviations": ("RAG",)}, "RAG rag Rag RAGs rags RAGS", ["RAG", "RAGs"]),
        ({"abbreviations": ("LoRA",)}, "LoRA LoRAs lora LORA", ["LoRA", "LoRAs"]),
        ({"abbreviations": ("ConvNet",)}, "ConvNets convnets", ["ConvNets"]),
        ({"abbreviations": ("FLOPs",)}, "FLOP FLOPs flop", ["FLOP", "FLOPs"]),
        ({"abbreviations": ("IS",)}, "IS is Is", ["IS"]),
        # An abbreviation without a capital has no case to go by.
        ({"abbreviations": ("logprob",)}, "Logprobs logprob", ["Logprobs", "logprob"]),
        # So are names of products, models, benchmarks, datasets and organizations.
        ({"name": "Claude", "kind": Kind.PRODUCT}, "Claude claude CLAUDE", ["Claude"]),
        ({"name": "Stable Diffusion", "kind": Kind.MODEL},
         "Stable Diffusion, stable diffusion", ["Stable Diffusion"]),
        ({"name": "The Pile", "kind": Kind.DATASET}, "The Pile the pile", ["The Pile"]),
        ({"name": "MATH", "kind": Kind.BENCHMARK}, "MATH math Math", ["MATH"]),
        ({"name": "Meta", "kind": Kind.ORGANIZATION}, "Meta meta", ["Meta"]),
        ({"name": "o1", "kind": Kind.MODEL}, "o1 O1", ["o1"]),
        ({"name": "BERT", "kind": Kind.MODEL}, "BERT BERTs bert", ["BERT", "BERTs"]),
        ({"name": "Humanity's Last Exam", "kind": Kind.BENCHMARK},
         "humanity's last exam, Humanity’s Last Exam", ["Humanity’s Last Exam"]),
        # But for those that are common nouns: with a lower-case word, or written so elsewhere.
        ({"name": "Training data", "kind": Kind.DATASET},
         "training data Training Data", ["training data", "Training Data"]),
        ({"name": "Chatbot", "aliases": ("AI chatbot",), "kind": Kind.PRODUCT},
         "chatbots Chatbot", ["chatbots", "Chatbot"]),
        ({"name": "SWE-bench", "kind": Kind.BENCHMARK}, "swe-bench", ["swe-bench"]),
        # Everything else is matched in any case.
        ({"name": "Fine-tuning"}, "FINE-TUNING fine tuning", ["FINE-TUNING", "fine tuning"]),
        ({"name": "Token"}, "token Tokens TOKEN", ["token", "Tokens", "TOKEN"]),
        ({"name": "FP8"}, "fp8 FP8", ["fp8", "FP8"]),
        # A word with a capital inside is no ordinary word, nor are four capitals or less.
        ({"name": "ReAct"}, "ReAct react React", ["ReAct"]),
        ({"name": "Loss"}, "loss Loss LOSS LOSSES", ["loss", "Loss", "LOSSES"]),
        # Plural and possessive, of the last word only.
        ({"name": "Language model"}, "language models, languages model", ["language models"]),
        ({"name": "Policy"}, "policies", ["policies"]),
        ({"name": "Guardrails"}, "guardrail", ["guardrail"]),
        ({"name": "Policies"}, "policy policies", ["policy", "policies"]),
        ({"name": "Gas"}, "gas gases ga", ["gas", "gases"]),
        ({"name": "Model"}, "model's model’s models' model'sx", ["model's", "model’s", "models"]),
        ({"name": "Model card"}, "model's card", []),
        ({"name": "C++"}, "C++'s c++ C+ C", ["C++'s", "c++"]),
        # British spellings of American names.
        ({"name": "Tokenization"}, "tokenisation tokenisations", ["tokenisation", "tokenisations"]),
        ({"name": "Behavior cloning"}, "behaviour cloning", ["behaviour cloning"]),
        # Gaps are alike; no name spans a paragraph.
        ({"name": "Chain of thought"},
         "chain-of-thought chain\u00a0of\u2011thought chain of\nthought chain  of\r\n  thought",
         ["chain-of-thought", "chain\u00a0of\u2011thought", "chain of\nthought",
          "chain  of\r\n  thought"]),
        ({"name": "Chain of thought"}, "chain of\n\nthought chain - of thought", []),
        ({"name": "DALL-E"}, "DALL·E DALL–E", ["DALL·E", "DALL–E"]),
        ({"name": "Retrieval-augmented"}, "retrieval-\naugmented", ["retrieval-\naugmented"]),
        # Signs belong to a name.
        ({"name": "GPT-4o"}, "GPT-4o gpt 4o GPT4o GPT-4", ["GPT-4o", "gpt 4o"]),
        ({"name": "pass@k"}, "pass@k pass k", ["pass@k"]),
        ({"name": "A*"}, "A* search, A and a*b", ["A*", "a*"]),
        ({"name": ".NET"}, ".NET net x.net", [".NET", ".net"]),
        ({"name": "P(doom)"}, "p(doom) p doom", ["p(doom)"]),
        ({"name": "A/B testing"}, "a/b testing a b testing", ["a/b testing"]),
        # Words end where Unicode says that they do.
        ({"name": "GPT-3"}, "GPT-3.5 GPT-3. GPT-3,x", ["GPT-3", "GPT-3"]),
        ({"name": "Don"}, "don't don don'", ["don", "don"]),
        ({"name": "Token"}, "token_id tokenize token-id subtoken", ["token"]),
        ({"abbreviations": ("LLM",)}, "使用LLM进行 LLMを", ["LLM", "LLM"]),
        # Accents and invisible characters do not count.
        ({"name": "Fréchet distance"}, "frechet distance Fre\u0301chet dis\u00adtance",
         ["frechet distance", "Fre\u0301chet dis\u00adtance"]),
        ({"name": "Token"}, "\ufefftoken\u200b \u0301token", ["token", "token"]),
        # A name of nothing but separators is no name to be found.
        ({"name": "--"}, "-- - --", []),
    ],
)  # fmt: skip
def test_a_name_is_found_in_its_forms_and_no_others(fields, text, found):
    assert texts(text, **fields) == found


def test_each_form_of_each_name_is_found(glossary):
    """All that the built-in glossary's names may look like, each where it stands alone."""
    find = Annotator(glossary).annotate
    for term in glossary:
        known = [*surfaces(term)]
        for surface in known:
            for form in forms(surface, known, proper=term.kind in PROPER_KINDS):
                assert [mention.text for mention in find(form.text)] == [form.text]


def test_however_many_spellings_of_a_name_are_met():
    """What a spelling means does not depend on how many there were before."""
    written = ["-".join(parts) for parts in product(("AB", "A B", "A–B"), repeat=4)]
    names = [name.replace("AB", "A-B") for name in written]
    assert texts(", ".join(names), abbreviations=("A-B A-B A-B A-B",)) == names
    assert texts(", ".join(names).lower(), abbreviations=("A-B A-B A-B A-B",)) == []


def glossary(**names):
    return Glossary(
        Term(id=term_id, name=name, definition="A thing.") for term_id, name in names.items()
    )


def test_a_qualified_name_is_found_by_its_bare_part():
    """Where no other term bears it; two that are told apart only by it are both candidates."""
    alone = glossary(a="Policy (reinforcement learning)")
    assert [m.term_id for m in annotate(alone, "policies")] == ["a"]
    both = alone | glossary(b="Policy")
    assert [m.candidates for m in annotate(both, "a policy")] == [("b",)]
    twins = glossary(a="Feature (learning)", b="Feature (interpretability)")
    assert [m.candidates for m in annotate(twins, "feature (learning), feature")] == [
        ("a",), ("a", "b")
    ]  # fmt: skip


def test_a_name_that_was_given_goes_before_one_that_is_derived():
    """A plural, or a form in another case, is not meant where a term is called exactly so."""
    both = glossary(a="Guardrail", b="Guardrails")
    assert [m.candidates for m in annotate(both, "guardrail guardrails")] == [("a",), ("b",)]
    cased = Glossary([
        Term(id="a", name="Math", definition="A thing."),
        Term(id="b", name="MATH", kind=Kind.BENCHMARK, definition="A thing."),
    ])  # fmt: skip
    assert [m.candidates for m in annotate(cased, "math MATH")] == [("a",), ("b",)]


def test_candidates_are_ordered_by_how_the_name_is_borne(mini):
    """Headword before abbreviation before alias, then the tier, then the id."""
    assert [m.candidates for m in annotate(mini, "SAM")] == [
        ("segment-anything-model", "sharpness-aware-minimization")
    ]
    terms = [
        Term(id="a", name="Other", aliases=("Thing",), tier=1, definition="A thing."),
        Term(id="b", name="Thing", tier=3, definition="A thing."),
        Term(id="c", name="Thing", tier=2, definition="A thing."),
    ]
    assert annotate(Glossary(terms), "thing")[0].candidates == ("c", "b", "a")

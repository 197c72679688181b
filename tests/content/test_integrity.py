"""The content as a whole: it keeps every rule, and carries what the model pages carry."""

from __future__ import annotations

import csv
import re

import pytest

import genai_terms as gt
from genai_terms.checks import check

NAMED_ON_THE_MODEL_PAGES = """
Generative AI; Generative AI (GenAI); GenAI; large language model; large language models; LLM;
diffusion model; diffusion models; GPT; GPT-4; prompt engineering; foundation model; ChatGPT;
Stable Diffusion; DALL-E; Claude; Gemini; Llama; Midjourney; ElevenLabs; Suno; Udio; Sora; Runway;
GitHub Copilot; Claude Code; sound effects; music generation; text generation; image generation;
code generation; video generation; audio generation; 3D asset generation; 3D assets;
intellectual property; ownership of outputs; quality control; AI safety; creative professions;
self-regulation; next-token prediction; next token prediction; sampling; prompt; prompts;
training data; AI engineer; prompt engineer; generative AI product manager;
ML research scientist; AI ethics specialist; creative AI developer; AI solutions architect;
deep learning; LLM API; LLM APIs; evaluation design; AI literacy; autoregressive model;
autoregressive models; variational autoencoder; variational autoencoders; VAE;
generative adversarial network; GAN; flow-based model; flow-based models; transformer;
transformers; latent diffusion; latent diffusion model; self-supervised pretraining; pretraining;
self-supervised learning; alignment; RLHF; DPO; constitutional AI; copyright; deepfake; deepfakes;
misinformation; generative AI in marketing; generative AI in education; AI bubble;
text-to-speech; noising process; economic effects of AI; AI-generated content
"""
NAMES = [" ".join(name.split()) for name in NAMED_ON_THE_MODEL_PAGES.split(";")]

FACTS_OF_GENERATIVE_AI = [
    "text", "image", "audio", "video", "code", "music", "3D", "classif", "language model",
    "diffusion", "2022", "ChatGPT", "Stable Diffusion", "DALL-E", "GPT-4", "Claude", "Gemini",
    "Llama", "Midjourney", "ElevenLabs", "Suno", "Udio", "Sora", "Runway", "GitHub Copilot",
    "Claude Code", "sound effect", "marketing", "education", "entertainment", "personali",
    "copyright|intellectual property", "quality", "safety", "creative|artists", "self-regulation",
    "next token", "noise", "sampl", "prompt", "product", "strategy", "research", "Python",
    "deep learning", "LLM API|API", "user research", "AI literacy", "evaluation", "autoregressive",
    "variational autoencoder", "adversarial", "flow", "transformer", "latent diffusion",
    "self-supervised", "RLHF|human feedback", "DPO|direct preference", "[Cc]onstitutional AI",
    "deepfake", "misinformation", "bubble", "skill", "software",
]  # fmt: skip


def test_the_content_keeps_every_rule(content):
    assert [str(finding) for finding in check(content)] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_the_model_pages_name_is_found(name, glossary):
    assert glossary.get(name) is not None


@pytest.mark.parametrize("fact", FACTS_OF_GENERATIVE_AI)
def test_generative_ai_carries_the_facts_of_both_pages(fact, glossary):
    whole = glossary["Generative AI"].model_dump_json()
    assert re.search(fact, whole, re.IGNORECASE)


def test_roles_are_linked_where_they_practice(glossary):
    practiced = {link.id for link in glossary["Generative AI"].related
                 if link.relation is gt.Relation.PRACTICED_BY}  # fmt: skip
    assert practiced
    assert all(glossary[term_id].kind is gt.Kind.ROLE for term_id in practiced)


def test_every_name_of_every_term_leads_to_it(glossary, content):
    shared = {name.casefold() for name in content.ambiguous}
    missed = [
        (term.id, name)
        for term in glossary
        for name in (term.id, term.title, *term.names, *term.covers)
        if glossary.get(name) is not term and name.casefold() not in shared
    ]
    assert missed == []


def test_every_entry_was_checked_by_another_hand(content, root):
    """docs/content-review.csv has a row for every entry, with what was checked."""
    with (root / "docs" / "content-review.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert sorted({draft.term.id for draft in content.drafts} - rows.keys()) == []
    assert [i for i, row in rows.items() if int(row["claims_checked"]) < 1] == []


def test_every_identifier_was_seen_beside_its_title(content, root):
    """docs/identifiers.csv lists each with the title beside which it was seen elsewhere."""
    with (root / "docs" / "identifiers.csv").open(encoding="utf-8", newline="") as file:
        seen = {(row["kind"], row["identifier"]): row["title"] for row in csv.DictReader(file)}
    cited = {
        (kind, getattr(reference, kind)): reference.title
        for draft in content.drafts
        for reference in draft.term.references
        for kind in ("arxiv", "doi", "isbn")
        if getattr(reference, kind)
    }
    assert cited == seen


def test_planned_ids_are_only_those_without_an_entry(content):
    assert content.planned & {draft.term.id for draft in content.drafts} == set()


def test_cards_say_what_their_targets_say(glossary):
    wrong = [
        (term.id, link.id)
        for term in glossary
        for link in term.related
        if (link.name, link.definition) != (glossary[link.id].name, glossary[link.id].definition)
    ]
    assert wrong == []


def test_every_entry_reaches_the_top(glossary):
    """Following broader, part_of and instance_of leads from every entry to a top entry."""
    up = {"broader", "part_of", "instance_of"}
    parents = {t.id: [x.id for x in t.related if x.relation in up] for t in glossary}
    tops = {term_id for term_id, above in parents.items() if not above}
    stranded = []
    for term_id in parents:
        seen, waiting = set(), [term_id]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += parents[at]
        if not seen & tops:
            stranded.append(term_id)
    assert stranded == []

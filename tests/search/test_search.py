"""Search by need: what is found, in which order, and that every string has an answer."""

from __future__ import annotations

import pickle
import threading

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms import strategies as gts
from genai_terms._search.analyze import STOP_WORDS
from genai_terms._search.lanes import FewPostings
from genai_terms._search.rank import Postings, best
from genai_terms._text import fold, variants


def test_every_name_of_every_term_is_found_first(glossary, content):
    """Also by its plurals and British spellings, unless another term bears those."""
    shared = {fold(name) for name in content.ambiguous}
    missed = [
        (term.id, name, found[:1])
        for term in glossary
        for name in (term.id, term.title, *term.names, *term.covers)
        for spelled in (name, name.upper(), *variants(name))
        if fold(spelled) not in shared and glossary.lookup_all(spelled) == (term,)
        for found in [[hit.term_id for hit in glossary.search(spelled, limit=1)]]
        if found != [term.id]
    ]
    assert missed == []


@settings(max_examples=30)
@given(gts.glossaries(min_size=1))
def test_every_name_is_found_first_in_any_glossary(glossary):
    missed = [
        name
        for term in glossary
        for name in (term.id, *term.names)
        if [hit.term_id for hit in glossary.search(name, limit=1)] != [term.id]
    ]
    assert missed == []


def one_slip(name, at, kind):
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return [name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], swapped][kind]


def test_a_name_with_a_slip_is_found_first(glossary):
    """Of all headwords with a letter lost, doubled or swapped, nearly all come first."""
    queries = [
        (one_slip(term.name.lower(), len(term.name) // 2, kind), term.id)
        for term in glossary
        if len(term.name) >= 8
        for kind in range(3)
    ]
    missed = [
        (query, term_id)
        for query, term_id in queries
        if glossary.search(query, limit=1)[0].term_id != term_id
    ]
    assert len(missed) <= 0.02 * len(queries), missed


@pytest.mark.parametrize(
    ("query", "term_id"),
    [
        ("stale diffusion", "stable-diffusion"),
        ("model weighs", "model-parameter"),
        ("date privacy", "data-privacy"),
        ("fine turning", "fine-tuning"),
        ("control met", "controlnet"),
        ("uido", "udio"),
    ],
)
def test_a_slip_that_makes_other_words_leads_to_the_name(glossary, query, term_id):
    assert glossary.search(query)[0].term_id == term_id
    assert glossary.filter(kind=glossary[term_id].kind).search(query)[0].term_id == term_id


def test_a_common_word_is_no_slip_for_one_that_begins_otherwise(glossary):
    assert glossary.search("cost training")[0].term_id != "post-training"
    assert all(hit.score < 100 for hit in glossary.search("cost training"))


@pytest.mark.parametrize(
    "query",
    [
        "RAG vs. fine-tuning",
        "what is the difference between RAG and fine-tuning?",
        "should I use fine tuning or retrieval augmented generation",
        "how does fine-tuning differ from RAG",
        "is RAG better than finetuning?",
    ],
)
def test_what_a_question_compares_stands_first(glossary, query):
    both = {hit.term_id for hit in glossary.search(query, limit=2)}
    assert both == {"retrieval-augmented-generation", "fine-tuning"}
    part = glossary.filter(category=glossary["RAG"].category)
    assert part.search(query)[0].term_id == "retrieval-augmented-generation"


def test_what_is_compared_stands_in_the_order_of_the_question(glossary):
    def found(query):
        return [hit.term_id for hit in glossary.search(query, limit=3)]

    rag = "retrieval-augmented-generation"
    assert found("RAG or fine-tuning or RAG")[:2] == [rag, "fine-tuning"]
    assert found("fine-tuning vs RAG")[:2] == ["fine-tuning", rag]
    sides = ["large-language-model", "token", "graphics-processing-unit"]
    assert found(" vs ".join(["LLM", "token", "GPU"] * 5)) == sides


def test_a_name_may_have_a_word_that_compares(glossary):
    name = "Reinforcement learning from human feedback"
    assert {hit.term_id for hit in glossary.search(f"{name} vs quantization", limit=2)} == {
        "reinforcement-learning-from-human-feedback", "quantization",
    }  # fmt: skip
    assert all(hit.score < 100 for hit in glossary.search("post training from AI")[1:])


def test_words_that_every_text_has_can_be_searched():
    terms = [gt.Term(id=f"t{k}", name="Thing", definition="Thing.") for k in range(200)]
    assert len(gt.Glossary(terms).search("thing")) == 10


def test_a_comparison_with_something_unknown_is_searched_by_its_words(glossary):
    assert all(hit.score < 1000 for hit in glossary.search("fine-tuning or bananas"))


def test_nothing_fuzzy_stands_above_an_exact_name(mini):
    assert [hit.term_id for hit in mini.search("token")][:2] == ["token", "tokenization"]
    assert mini.search("LM")[0].term_id == "language-model"
    assert mini.search("SAM")[0].term_id.startswith("s")
    assert {hit.term_id for hit in mini.search("SAM", limit=2)} == {
        "segment-anything-model", "sharpness-aware-minimization",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "term_id"),
    [
        ("what is a language model?", "language-model"),
        ("languagemodel", "language-model"),
        ("lange language model", "large-language-model"),
        ("what ChatGPT runs on", "large-language-model"),
        ("how many parameters", "large-language-model"),
        ("flat minima", "sharpness-aware-minimization"),
        ("tokenisation", "tokenization"),
        ("cut objects out of an image", "segment-anything-model"),
        ("sharpness minim", "sharpness-aware-minimization"),
        ("segmnt", "segment-anything-model"),
    ],
)
def test_what_is_asked_for_is_found(mini, query, term_id):
    assert mini.search(query)[0].term_id == term_id


@given(gts.queries(), st.integers(0, 12))
@example("", 10)
@example("the of and", 10)
@example("\x00\x01", 3)
@example("\ud800 \udfff", 3)
@example('AND OR NOT ( " * ^ NEAR', 3)
@example("C++ R&D GPT-4 chain-of-thought", 3)
def test_every_string_has_an_answer(query, limit):
    hits = gt.glossary.search(query, limit=limit)
    assert len(hits) <= limit
    assert len({hit.term_id for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.term.id == hit.term_id for hit in hits)
    assert gt.glossary.search(query, limit=limit) == hits


@given(gts.queries())
def test_highlights_lie_inside_the_snippet(query):
    """They are in order, do not overlap, and mark whole words."""
    for hit in gt.glossary.search(query, limit=3):
        end = 0
        for start, stop in hit.highlights:
            assert end <= start < stop <= len(hit.snippet)
            assert hit.snippet[start:stop].strip() == hit.snippet[start:stop] != ""
            end = stop
        assert len(hit.snippet) <= 240
        assert hit.field in {*gt.Term.model_fields}


@pytest.mark.parametrize("query", ["word " * 200_000, "x" * 1_000_000, "é" * 500_000])
def test_a_megabyte_is_answered_as_its_beginning(query, glossary):
    assert glossary.search(query) == glossary.search(query[:2048])
    assert isinstance(glossary.suggest(query), list)
    assert isinstance(glossary.search_faqs(query), list)


@pytest.mark.parametrize("verb", ["search", "search_faqs", "suggest"])
def test_wrong_arguments_are_named(glossary, verb):
    call = getattr(glossary, verb)
    with pytest.raises(ValueError, match="limit: expected a whole number from 0 on, found -1"):
        call("x", limit=-1)
    with pytest.raises(ValueError, match="limit"):
        call("x", limit=2.5)
    with pytest.raises(TypeError, match="expected a str, found int"):
        call(3)
    if verb != "suggest":
        with pytest.raises(ValueError, match="kind: unknown 'animal'"):
            call("x", kind="animal")


@given(st.data(), gts.queries())
def test_filters_keep_the_order_of_what_is_left(data, query):
    """With filters, exactly the terms that fit are found; the same as from a part."""
    kind = data.draw(st.sampled_from([gt.Kind.ROLE, gt.Kind.RISK, gt.Kind.TECHNIQUE]))
    hits = gt.glossary.search(query, kind=kind, limit=50)
    assert all(hit.term.kind is kind for hit in hits)
    part = gt.glossary.filter(kind=kind)
    assert [hit.term_id for hit in part.search(query, limit=50)] == [h.term_id for h in hits]
    assert all(faq.term.kind is kind for faq in gt.glossary.search_faqs(query, kind=kind))
    assert all(s.term_id in part for s in part.suggest(query))


def test_hits_are_immutable_values(glossary):
    hit = glossary.search("rag")[0]
    with pytest.raises(AttributeError):
        hit.score = 2.0
    with pytest.raises(AttributeError):
        hit.anything = 2.0
    assert len(hit) == 7
    assert hit[0] == hit.term_id
    assert (hit != glossary.search("rag")[0]) is False
    assert pickle.loads(pickle.dumps(hit)) == hit
    assert hash(hit) == hash(glossary.search("rag")[0])
    assert hit != glossary.search("rag")[1]
    term_id, name, definition, score, field, snippet, highlights = hit
    assert (term_id, name, definition) == (hit.term_id, hit.name, hit.definition)
    assert (score, field, snippet, highlights) == (
        hit.score, hit.field, hit.snippet, hit.highlights,
    )  # fmt: skip
    assert repr(hit).startswith("SearchHit(term_id='retrieval-augmented-generation', name=")


def test_questions_are_found_by_their_words(glossary):
    for faq in glossary.faqs()[::25]:
        hits = glossary.search_faqs(faq.question, limit=3)
        assert faq in [hit.faq for hit in hits]
        assert hits[0].term.faqs
    hit = glossary.search_faqs("is it a bubble?")[0]
    assert "bubble" in hit.faq.question
    assert pickle.loads(pickle.dumps(hit)) == hit
    assert glossary.search_faqs("zzzxqj") == []


def test_threads_get_the_same_answers(glossary):
    queries = ["rag", "make things up", "retreival", "image from text", "what is a token"] * 10
    expected = [[hit.term_id for hit in glossary.search(query)] for query in queries]
    fresh = gt.Glossary([*glossary])
    seen = []

    def work():
        seen.append([[hit.term_id for hit in fresh.search(query)] for query in queries])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 4


@given(st.dictionaries(st.integers(0, 300), st.integers(0, 900), max_size=40), st.integers(0, 20))
def test_the_best_are_sorted_and_ties_go_by_document(scores, limit):
    expected = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
    assert best(scores, limit) == expected


@pytest.fixture(scope="module")
def few(glossary):
    """So few terms that the champions of every list are all of it."""
    return gt.Glossary([*glossary][::5])


def lists_of(data, postings):
    """Some posting lists with weights; common ones often."""
    total = len(postings._offsets) - 1
    numbers = data.draw(st.lists(st.integers(0, total - 1), min_size=1, max_size=9, unique=True))
    common = sorted(range(total), key=postings.spread, reverse=True)[:40]
    numbers += data.draw(st.lists(st.sampled_from(common), max_size=6, unique=True))
    weights = st.sampled_from([1.0, 0.85, 0.75])
    return {number: data.draw(weights) for number in numbers}


@settings(max_examples=60)
@given(st.data())
def test_no_way_to_rank_changes_a_result(few, data):
    """MaxScore, lanes and reading all find the same documents with the same scores."""
    container = few._bundle.search
    lists = lists_of(data, Postings(container, ""))
    limit = data.draw(st.integers(1, 70))
    everything: dict[int, int] = {}
    for number, weight in lists.items():
        for document, score in Postings(container, "").champions(number, weight).items():
            everything[document] = everything.get(document, 0) + score
    for postings in (Postings(container, ""), FewPostings(container, "")):
        assert postings.top(lists, limit) == best(everything, limit)
        assert postings.of(lists, everything) == everything


@settings(max_examples=40)
@given(st.data())
def test_lanes_find_the_best_of_long_lists(glossary, data):
    container = glossary._bundle.search
    every, lanes = Postings(container, ""), FewPostings(container, "")
    lists = lists_of(data, every)
    allowed = range(len(glossary))
    limit = data.draw(st.integers(1, 300))
    assert lanes.top(lists, limit) == every.top(lists, limit, allowed)
    assert lanes.top(lists, limit, allowed) == every.top(lists, limit, allowed)


def test_lists_too_many_for_lanes_are_added_up_without(glossary):
    container = glossary._bundle.search
    every, lanes = Postings(container, ""), FewPostings(container, "")
    numbers = sorted(range(len(every._offsets) - 1), key=lambda n: -every._strongest[n])[:400]
    lists = dict.fromkeys(numbers, 1.0)
    allowed = range(len(glossary))
    assert lanes._summed(lists)[2] >= 1 << 15
    assert lanes.top(lists, 100) == every.top(lists, 100, allowed)
    assert lanes.of(lists, allowed) == every.of(lists, allowed)


def test_every_name_is_told_by_the_rarest_of_its_words(glossary):
    searcher = glossary._searcher()
    plain, spread, number = searcher.plain, searcher.postings.spread, searcher.vocabulary.number
    expected = {
        (plain.owners[at], frozenset(map(number, words)))
        for at in range(len(plain.texts))
        if (words := {*plain.texts.text(at).split()} - STOP_WORDS)
    }
    told = [
        (list_, position, name)
        for list_ in range(len(searcher.postings._offsets) - 1)
        for name, bearers in searcher._names_told_by(list_)
        for position in bearers
    ]
    assert {(position, name) for _, position, name in told} == expected
    assert all(spread(list_) == min(map(spread, name)) for list_, _, name in told)
    assert all(list_ in name for list_, _, name in told)


@given(gts.queries())
@example("training a language model on data")
@example("what does an attention mechanism attend to")
def test_a_term_that_is_named_in_full_is_raised(query):
    """By the most words that a name of it has among those of the query."""
    searcher = gt.glossary._searcher()
    asked, number = searcher.vocabulary.parse(query), searcher.vocabulary.number
    ranked = dict.fromkeys(range(0, len(gt.glossary), 2), 1.0)
    expected = {}
    for position in ranked:
        names = (
            frozenset(map(number, {*searcher.plain.texts.text(at).split()} - STOP_WORDS))
            for at in searcher.plain.numbers_of(position)
        )
        most = max((len(name) for name in names if name <= asked.lists.keys()), default=0)
        expected[position] = 1 + 0.3 * most / (most + 1)
    searcher._favor_named(asked, ranked)
    assert ranked == pytest.approx(expected)


def test_terms_that_answer_alike_stand_in_the_order_of_their_ids():
    ids = [f"kit-{number:02}" for number in range(40)]
    terms = [gt.Term(id=term_id, name="Kit", definition="A set of tools.") for term_id in ids]
    for query in ("kit", "set of tools", "kit of tools", "tools", "kti"):
        found = [hit.term_id for hit in gt.Glossary(terms).search(query, limit=40)]
        assert found == sorted(found) != []


def test_equal_scores_are_told_apart_by_ids_whatever_else_is_known_of_them():
    """A word that somewhere weighs more covers more of a query, which counts for several words."""
    texts = {"a": "alphaone here", "b": "alphatwo here", "c": "alphatwo " * 4, "d": "alphaone here"}
    glossary = gt.Glossary(
        gt.Term(id=key, name=f"Name {key}", definition=text) for key, text in texts.items()
    )
    hits = glossary.search("alpha")
    assert [hit.term_id for hit in hits] == ["c", "a", "b", "d"]
    assert len({hit.score for hit in hits}) == 2


def test_a_question_that_begins_a_name_asks_about_no_other():
    """What looks like the frame of a question may be a part of a name."""
    rag = gt.Term(id="rag", name="RAG", definition="Generation with retrieved texts.")
    pipeline = gt.Term(id="pipeline", name="AI RAG pipeline", definition="Steps of RAG.")
    glossary = gt.Glossary([rag, pipeline])
    assert glossary.search("ai rag")[0].term_id == "pipeline"
    for question in ("what exactly is RAG", "explain rag basically", "what is ai rag?"):
        assert glossary.search(question)[0].term_id == "rag"


def test_the_memory_of_rows_is_bounded(glossary, monkeypatch):
    from genai_terms._search import lanes

    monkeypatch.setattr(lanes, "_KEPT", 4 * 2 * len(glossary))
    postings = FewPostings(glossary._bundle.search, "")
    expected = Postings(glossary._bundle.search, "")
    for first in range(0, 60, 3):
        lists = dict.fromkeys(range(first, first + 3), 1.0)
        assert postings.top(lists, 20) == expected.top(lists, 20, range(len(glossary)))
        assert len(postings._rows) <= 4


def test_scores_of_long_lists_are_completed(monkeypatch, glossary):
    """What the champions bring to the front gets the scores that whole lists add up to."""
    from genai_terms._search import index, lanes, rank

    queries = ["training data for models", "how do models learn language", "image model"]
    terms = [*glossary][::2]
    whole = gt.Glossary(terms)
    monkeypatch.setattr(index, "FEWEST_CHAMPIONS", 20)
    monkeypatch.setattr(lanes, "MOST", 0)
    for short, completed in ((0, 64), (512, 10)):
        monkeypatch.setattr(rank, "_SHORT", short)
        monkeypatch.setattr(rank, "_COMPLETED", completed)
        cut = gt.Glossary(terms)
        for query in queries:
            expected = {h.term_id: h.score for h in whole.search(query, limit=len(terms))}
            hits = cut.search(query, limit=5)
            assert hits[0].term_id in [*expected][:3]
            assert all(hit.score == pytest.approx(expected[hit.term_id]) for hit in hits)


def test_the_cache_of_lists_is_bounded(glossary, monkeypatch):
    from genai_terms._search import lanes, rank

    monkeypatch.setattr(lanes, "MOST", 0)
    monkeypatch.setattr(rank, "_CACHED", 50)
    fresh = gt.Glossary([*glossary][:30])
    for query in ("model", "training data", "image generation", "language", "agent tools"):
        fresh.search(query)
        assert fresh._searcher().postings._cached <= 50 + 30


def test_names_of_nothing_but_small_words_are_names_too():
    glossary = gt.Glossary(
        [
            gt.Term(id="it", name="It", definition="A pronoun of things."),
            gt.Term(id="thing", name="Thing", definition="What a pronoun stands for."),
        ]
    )
    assert glossary.search("it")[0].term_id == "it"
    assert glossary.search("what stands for the thing")[0].term_id == "thing"


def test_many_documents_are_ranked_like_few(monkeypatch, glossary):
    from genai_terms._search import lanes, rank

    queries = ("training data for models", "model", "how are models evaluated")
    expected = [[hit.term_id for hit in glossary.search(query)] for query in queries]
    monkeypatch.setattr(lanes, "MOST", 0)
    monkeypatch.setattr(rank, "_MANY", 3)
    many = gt.Glossary([*glossary])
    assert [[hit.term_id for hit in many.search(query)] for query in queries] == expected


@pytest.mark.parametrize("query", ["data", "model", "training of models", "how is it measured"])
def test_a_filter_keeps_exactly_what_fits(glossary, query):
    """However common a word is, filtering loses no term that an unbounded search finds."""
    everything = glossary.search(query, limit=len(glossary))
    for kind in gt.Kind:
        fitting = {hit.term_id for hit in everything if hit.term.kind is kind}
        assert {h.term_id for h in glossary.search(query, kind=kind, limit=1000)} == fitting


@given(gts.queries(), st.integers(1, 100))
@example("how are training data made for language models", 20)
@example("fine tuned models", 30)
@example("training of models", 64)
@example("ablatio", 1)
def test_asking_for_fewer_gives_the_first(query, limit):
    """Page after page, however deep the lists have to be read; best first, each once."""
    everything = gt.glossary.search(query, limit=10**30)
    found = [(hit.term_id, hit.score) for hit in everything]
    fewer = gt.glossary.search(query, limit=limit)
    assert [(hit.term_id, hit.score) for hit in fewer] == found[:limit]
    assert len(dict(found)) == len(found)
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    faqs = gt.glossary.search_faqs(query, limit=200)
    assert gt.glossary.search_faqs(query, limit=limit) == faqs[:limit]


def test_a_whole_name_stands_above_what_a_question_asks_about():
    glossary = gt.Glossary(
        [
            gt.Term(id="ai-model", name="AI model", tier=3, definition="A thing."),
            gt.Term(id="model", name="Model", tier=1, definition="Another."),
        ]
    )
    assert glossary.search("AI model")[0].term_id == "ai-model"
    assert glossary.search("what is a model?")[0].term_id == "model"


def test_a_hit_is_read_like_a_tuple_of_its_fields(mini):
    """It unpacks, is indexed and knows its members."""
    hit = mini.search("token")[0]
    assert [hit[at] for at in range(len(hit))] == [*hit]
    assert hit.term_id in hit
    assert object() not in hit


def test_the_memory_of_places_is_bounded(mini, monkeypatch):
    from genai_terms._search import plain

    monkeypatch.setattr(plain, "_REMEMBERED", 4)
    places = gt.Glossary([*mini])._searcher().plain
    expected = {word: places.places(word) for word in ("lang", "model", "tok", "sharp", "a", "s")}
    assert {word: places.places(word) for word in expected} == expected
    assert len(places._memory) <= 4
    monkeypatch.setattr(plain, "_HELD", 4)
    holders = {word: places.with_word(word) for word in expected}
    assert {word: places.with_word(word) for word in expected} == holders
    assert len(places._holders) <= 4

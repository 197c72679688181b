"""The collection of terms and its verbs."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms import _builtin
from genai_terms import strategies as gts
from genai_terms._bundle import StoredBundle
from genai_terms._compile import compile_folder
from genai_terms._made import MemoryBundle
from genai_terms._text import fold, variants


def test_a_glossary_is_a_collection_of_terms(mini):
    assert len(mini) == 6
    assert [term.id for term in mini] == sorted(term.id for term in mini)
    assert mini["LLM"] in mini
    assert "LLM" in mini
    assert "no such term" not in mini
    assert 42 not in mini
    assert gt.Term(id="token", name="Token", definition="Something else.") not in mini
    assert gt.Term(id="absent", name="Absent", definition="Not here.") not in mini
    assert repr(mini) == "<Glossary of 6 terms>"


@pytest.mark.parametrize(
    "name",
    [
        "large-language-model", "Large language model", "LARGE LANGUAGE MODEL", "LLM", "llm",
        "LLMs", "large-language models", "large_language_model", "Large language model (LLM)",
        "foundation language model", "foundation-language-models", "GPT-4 Turbo", "gpt 4 turbo",
        "  large   language  model ", "LLM's", "ＬＬＭ",
    ],
)  # fmt: skip
def test_a_term_answers_to_every_name_and_spelling(mini, name):
    assert mini.lookup(name).id == "large-language-model"
    assert mini.get(name) is mini[name]
    assert mini.lookup_all(name) == (mini[name],)


@pytest.mark.parametrize("name", ["Tokenisation", "tokenisations", "Sharpness-aware minimisation"])
def test_british_spellings_are_found(mini, name):
    assert mini.lookup(name).category == "training"


@given(gts.glossaries(min_size=1))
def test_every_name_of_every_term_leads_to_it(glossary):
    missed = [
        (term.id, name)
        for term in glossary
        for name in (term.id, term.title, *term.names)
        if glossary.get(name) is not term
    ]
    assert missed == []


@given(gts.glossaries(min_size=1))
def test_variants_lead_to_a_bearer(glossary):
    """A plural or British spelling leads to its term, unless another term bears it itself."""
    given_names = {fold(n): t.id for t in glossary for n in (t.id, t.title, *t.names)}
    for term in glossary:
        for name in term.names:
            for variant in variants(name):
                if fold(variant) and given_names.get(fold(variant), term.id) == term.id:
                    assert term in glossary.lookup_all(variant)


def test_a_miss_suggests_near_names(mini):
    with pytest.raises(gt.TermNotFoundError) as caught:
        mini.lookup("large langage modle")
    assert caught.value.suggestions == ("Large language model",)
    assert caught.value.query == "large langage modle"
    assert mini.get("large langage modle") is None
    assert mini.lookup_all("large langage modle") == ()


def test_two_bearers_are_both_named(mini):
    with pytest.raises(gt.AmbiguousTermError) as caught:
        mini.lookup("SAM")
    assert caught.value.candidates == ("segment-anything-model", "sharpness-aware-minimization")
    assert [term.id for term in mini.lookup_all("sam")] == list(caught.value.candidates)
    assert mini.get("SAM") is None
    assert "SAM" in mini


@pytest.mark.parametrize("name", ["", " ", "-", "\x00", "\ud800", "🙂", "a" * 10**6, "../../etc"])
def test_any_string_may_be_looked_up(mini, name):
    assert mini.get(name) is None
    with pytest.raises(gt.TermNotFoundError):
        mini.lookup(name)


@given(gts.queries())
def test_looking_up_never_fails_otherwise(query):
    glossary = gt.glossary
    try:
        term = glossary.lookup(query)
    except gt.TermNotFoundError as error:
        assert all(suggestion in glossary for suggestion in error.suggestions)
    except gt.AmbiguousTermError as error:
        assert all(candidate in glossary for candidate in error.candidates)
    else:
        assert term in glossary


@pytest.mark.parametrize("name", [None, 3, b"RAG", ["RAG"], object()])
def test_a_name_is_text(mini, name):
    for verb in (mini.lookup, mini.get, mini.lookup_all):
        with pytest.raises(TypeError, match="a name is a str, found"):
            verb(name)


def test_the_memory_of_spellings_is_bounded(mini):
    """Looking one term up by many spellings does not make the glossary grow."""
    glossary = gt.Glossary(mini)
    for number in range(9000):
        glossary.lookup("token" + f"{number:014b}".replace("0", " ").replace("1", "-"))
    assert len(glossary._remembered) <= 8192


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ({"category": "training"}, ["sharpness-aware-minimization", "tokenization"]),
        ({"kind": "model", "tier": 1}, ["language-model", "large-language-model"]),
        ({"kind": gt.Kind.ALGORITHM}, ["sharpness-aware-minimization"]),
        ({"level": ["advanced", "beginner"], "category": ["training"]},
         ["sharpness-aware-minimization", "tokenization"]),
        ({"tier": (2,)}, []),
        ({"kind": "law"}, []),
    ],
)  # fmt: skip
def test_conditions_all_hold(mini, conditions, ids):
    assert [term.id for term in mini.filter(**conditions)] == ids


@given(st.data(), gts.glossaries(min_size=1))
def test_filters_commute_and_are_idempotent(data, glossary):
    kind = data.draw(st.sampled_from(gt.Kind))
    tier = data.draw(st.integers(1, 3))
    both = glossary.filter(kind=kind, tier=tier)
    assert both == glossary.filter(kind=kind).filter(tier=tier)
    assert both == glossary.filter(tier=tier).filter(kind=kind)
    assert both.filter(kind=kind, tier=tier) == both
    assert glossary.filter() == glossary
    assert [term for term in glossary if term.kind is kind and term.tier == tier] == [*both]


def test_a_filtered_glossary_knows_only_its_members(mini):
    training = mini.filter(category="training")
    assert training["SAM"].id == "sharpness-aware-minimization"
    assert "LLM" not in training
    assert training.get("token") is None
    assert [c.id for c in training.categories] == ["training"]
    with pytest.raises(gt.TermNotFoundError) as caught:
        training.lookup("large langage model")
    assert caught.value.suggestions == ()


@pytest.mark.parametrize(
    ("facet", "value"),
    [("category", "cooking"), ("kind", "animal"), ("level", "expert"), ("tier", 4), ("tier", "1")],
)
def test_an_unknown_value_names_its_facet(mini, facet, value):
    with pytest.raises(ValueError, match=f"{facet}: unknown {value!r}; expected one of"):
        mini.filter(**{facet: value})


def test_categories_stand_in_the_editors_order(glossary, content):
    present = {draft.term.category for draft in content.drafts}
    assert [c.id for c in glossary.categories] == [
        category.id for category in content.categories if category.id in present
    ]


def test_questions_come_in_the_order_of_their_terms(mini):
    assert [faq.term_id for faq in mini.faqs()] == ["large-language-model"]


@given(gts.glossaries(), gts.glossaries(), gts.glossaries())
def test_merging_is_associative_and_the_right_wins(a, b, c):
    merged = a | b
    assert {t.id for t in merged} == {t.id for t in a} | {t.id for t in b}
    own = {term.id: term for term in a} | {term.id: term for term in b}
    assert {t.id: t.definition for t in merged} == {t: own[t].definition for t in own}
    assert ((a | b) | c) == (a | (b | c))
    assert (a | gt.Glossary()) == a
    assert (gt.Glossary() | a) == a


def test_a_merge_brings_the_cards_of_links_up_to_date(mini):
    mine = gt.Glossary([mini["language-model"].model_copy(update={"definition": "Mine."})])
    merged = mini | mine
    assert merged["LLM"].related[0].definition == "Mine."
    assert mini["LLM"].related[0].definition != "Mine."
    assert merged["token"].related[0].definition == "Mine."
    assert [c.order for c in merged.categories] == list(range(1, len(merged.categories) + 1))
    with pytest.raises(TypeError):
        mini | 3


def test_glossaries_are_made_of_distinct_terms(mini):
    with pytest.raises(ValueError, match="two terms have the id 'token'"):
        gt.Glossary([mini["token"], mini["token"]])
    with pytest.raises(TypeError, match="made of Term objects, found dict"):
        gt.Glossary([{"id": "x"}])


def test_equality_is_that_of_the_terms(mini, glossary):
    assert gt.Glossary([*mini]) == mini
    assert hash(gt.Glossary([*mini])) == hash(mini)
    assert mini != glossary
    assert mini != [*mini]


def test_a_pickle_of_the_built_in_glossary_is_a_reference(glossary):
    pickled = pickle.dumps(glossary)
    assert len(pickled) < 200
    assert pickle.loads(pickled) is glossary
    roles = glossary.filter(kind="role")
    copy = pickle.loads(pickle.dumps(roles))
    assert copy == roles
    assert copy._bundle is glossary._bundle


def test_other_glossaries_are_pickled_whole(mini, tmp_path):
    assert pickle.loads(pickle.dumps(mini)) == mini
    assert pickle.loads(pickle.dumps(mini.filter(tier=1))) == mini.filter(tier=1)
    mini.save(tmp_path / "b")
    opened = gt.Glossary.open(tmp_path / "b")
    assert pickle.loads(pickle.dumps(opened)) == mini
    assert pickle.loads(pickle.dumps(opened.filter(tier=1))) == mini.filter(tier=1)


def test_threads_see_the_same_objects(mini, tmp_path):
    """Whatever the threads do first, each term is decoded into one object for all."""
    mini.save(tmp_path / "b")
    opened = gt.Glossary.open(tmp_path / "b")
    barrier = threading.Barrier(8)
    seen: list[list[int]] = []

    def work():
        barrier.wait()
        opened.search("model")
        opened.suggest("mod")
        seen.append([id(opened.lookup(term.id)) for term in mini])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert all(ids == seen[0] for ids in seen)


def test_a_retired_id_leads_to_its_successor(mini, tmp_path):
    from genai_terms import _save

    _save.write(str(tmp_path / "b"), mini, retired={"auto-regressive-lm": "language-model"})
    opened = gt.Glossary.open(tmp_path / "b")
    with pytest.warns(gt.RetiredTermWarning, match="was merged into 'language-model'"):
        assert opened.lookup("Auto-regressive LM").id == "language-model"
    assert pickle.loads(pickle.dumps(opened))._retired() == opened._retired()
    assert (opened | mini)._retired() == {"autoregressivelm": "language-model"}
    training = opened.filter(category="training")
    with pytest.warns(gt.RetiredTermWarning):
        assert training.get("auto-regressive-lm") is None
    assert training._retired() == {}
    training.save(tmp_path / "t")
    assert len(gt.Glossary.open(tmp_path / "t")) == 2


VERBS = [
    lambda glossary, name: glossary.lookup(name),
    lambda glossary, name: glossary[name],
    lambda glossary, name: glossary.get(name),
    lambda glossary, name: glossary.lookup_all(name)[0],
    lambda glossary, name: name in glossary and glossary["LM"],
    lambda glossary, name: glossary.annotate("", exclude=name) or glossary["LM"],
]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", ["auto-regressive-lm", "Auto-Regressive LM", "autoregressive_lm"])
def test_a_retired_id_warns_at_the_line_that_asked(mini, tmp_path, verb, name):
    """However it is spelled, every time, and after any number of savings."""
    retired = {"auto-regressive-lm": "language-model"}
    made = gt.Glossary._over(MemoryBundle(mini, retired=retired), None)
    made.save(tmp_path / "one")
    gt.Glossary.open(tmp_path / "one").save(tmp_path / "two")
    opened = [gt.Glossary.open(tmp_path / place) for place in ("one", "two")]
    for glossary in [made, *opened, *opened]:
        with pytest.warns(gt.RetiredTermWarning) as caught:
            assert verb(glossary, name).id == "language-model"
        assert {(w.filename, w.lineno) for w in caught} == {
            (__file__, verb.__code__.co_firstlineno)
        }


def test_a_retired_id_of_the_built_in_glossary_warns_at_the_line_that_asked(monkeypatch):
    monkeypatch.setitem(gt.glossary._bundle.retired, fold("old-rag"), "token")
    for verb in (gt.lookup, gt.get):
        with pytest.warns(
            gt.RetiredTermWarning, match="'Old RAG' was merged into 'token'"
        ) as caught:
            assert verb("Old RAG") is gt.glossary["token"]
        assert [warning.filename for warning in caught] == [__file__]


def test_code_without_a_module_is_warned_too(mini):
    glossary = gt.Glossary._over(MemoryBundle(mini, retired={"old-lm": "language-model"}), None)
    with pytest.warns(gt.RetiredTermWarning) as caught:
        exec("term = glossary['old-lm']", found := {"glossary": glossary})
    assert found["term"].id == "language-model"
    assert [warning.filename for warning in caught] == ["<string>"]


def test_a_name_of_an_entry_is_not_retired(mini):
    """Also where that entry was filtered out."""
    bundle = MemoryBundle(mini, retired={"token": "tokenization"})
    glossary = gt.Glossary._over(bundle, None)
    assert glossary["token"].id == "token"
    assert glossary.filter(category="training").get("Token") is None


@pytest.fixture
def compiled(tmp_path):
    """Content of two categories and its bundle."""
    folder, bundle = tmp_path / "content", tmp_path / "bundle"
    shutil.copytree(Path(__file__).parent / "data" / "good", folder)
    compile_folder(str(folder), str(bundle))
    return folder, bundle


def test_a_stale_bundle_is_noticed(compiled):
    """Newer content warns only if it is other content; older content is not even read."""
    folder, bundle = compiled
    entry = folder / "bread" / "sourdough.yaml"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        os.utime(bundle / "manifest.json", (2e9, 2e9))
        _builtin._warn_if_stale(str(folder), StoredBundle.open(str(bundle)))
        os.utime(bundle / "manifest.json", (1e9, 1e9))
        _builtin._warn_if_stale(str(folder), StoredBundle.open(str(bundle)))
    entry.write_text(entry.read_text(encoding="utf-8") + "# another byte\n", encoding="utf-8")
    with pytest.warns(gt.StaleBundleWarning, match="run: python -m genai_terms._compile"):
        _builtin._warn_if_stale(str(folder), StoredBundle.open(str(bundle)))


@pytest.mark.parametrize("change", [
    lambda folder: (folder / "bread" / "sourdough.yaml").unlink(),
    lambda folder: shutil.rmtree(folder / "bread"),
    lambda folder: (folder / "bread" / "sourdough.yaml").rename(folder / "bread" / "new.yaml"),
])  # fmt: skip
def test_content_that_went_is_noticed(compiled, change):
    """No file that is left is newer than the bundle."""
    folder, bundle = compiled
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (1e9, 1e9))
    os.utime(bundle / "manifest.json", (1.1e9, 1.1e9))
    _builtin._warn_if_stale(str(folder), StoredBundle.open(str(bundle)))
    change(folder)
    with pytest.warns(gt.StaleBundleWarning):
        _builtin._warn_if_stale(str(folder), StoredBundle.open(str(bundle)))


def test_content_that_goes_while_it_is_looked_at_is_noticed(compiled):
    """As an editor replaces a file: for a moment its name leads nowhere."""
    folder, bundle = compiled
    opened = StoredBundle.open(str(bundle))
    entry = folder / "bread" / "sourdough.yaml"
    entry.rename(folder / "bread" / "sourdough.yaml~")
    entry.symlink_to(folder / "nowhere")
    with pytest.warns(gt.StaleBundleWarning):
        _builtin._warn_if_stale(str(folder), opened)


def test_content_that_comes_and_goes_is_no_error(compiled, tmp_path):
    folder, bundle = compiled
    opened = StoredBundle.open(str(bundle))
    os.utime(bundle / "manifest.json", (1e9, 1e9))
    (signal := tmp_path / "signal").touch()
    editor = subprocess.Popen([sys.executable, "-c", COMING_AND_GOING, folder, signal])
    try:
        with warnings.catch_warnings(action="ignore", category=gt.StaleBundleWarning):
            for _ in range(300):
                _builtin._warn_if_stale(str(folder), opened)
    finally:
        signal.unlink()
        assert editor.wait() == 0


COMING_AND_GOING = """
import os, shutil, sys
folder, signal = sys.argv[1:]
while os.path.exists(signal):
    os.makedirs(f"{folder}/rye")
    for name in ("rye", "bran"):
        open(f"{folder}/rye/{name}.yaml", "w").close()
    shutil.rmtree(f"{folder}/rye")
"""


def test_a_bundle_that_is_being_replaced_is_not_called_stale(compiled):
    """Between the two renames of a save there is nothing to compare with."""
    folder, bundle = compiled
    opened = StoredBundle.open(str(bundle))
    bundle.rename(bundle.with_name("aside"))
    _builtin._warn_if_stale(str(folder), opened)


def test_an_installed_package_has_no_content_to_compare(monkeypatch, tmp_path, glossary):
    monkeypatch.setattr(_builtin, "__file__", str(tmp_path / "_builtin.py"))
    assert _builtin._open() == glossary


def test_memories_are_bounded(mini, monkeypatch):
    """Names, words and places that were asked for are kept in memory up to a limit."""
    from genai_terms import _names
    from genai_terms._search import plain, query

    for module in (_names, plain, query):
        monkeypatch.setattr(module, "_REMEMBERED", 5)
    fresh = gt.Glossary(mini)
    for number in range(20):
        fresh.get(f"name {number}")
        fresh.search(f"token word{number}")
    searcher = fresh._searcher()
    assert len(fresh._bundle.names._found) <= 5
    assert len(searcher.plain._memory) <= 5
    assert len(searcher.vocabulary._memory) <= 5


def test_an_exact_id_always_leads_to_its_term():
    """Also where another term bears it as a name, or has an id that folds alike."""
    glossary = gt.Glossary(
        [
            gt.Term(id="token", name="Token", definition="A unit."),
            gt.Term(id="coin", name="Coin", aliases=("token",), definition="Money."),
            gt.Term(id="a-b", name="Alpha", definition="One."),
            gt.Term(id="ab", name="Beta", definition="Two."),
        ]
    )
    assert [glossary.lookup(term.id) for term in glossary] == [*glossary]


def test_a_pickled_part_names_its_terms(mini, tmp_path):
    """A part of a bundle that has changed since holds the same terms, not the same places."""
    mini.filter(category="models").save(tmp_path / "b")
    pickled = pickle.dumps(gt.Glossary.open(tmp_path / "b").filter(kind="product"))
    mini.save(tmp_path / "b")
    assert [term.id for term in pickle.loads(pickled)] == ["segment-anything-model"]


def test_names_may_be_long(mini):
    long = gt.Term(id="long", name="n" * 500, definition="Long.")
    assert (mini | gt.Glossary([long]))["N" * 500] is not None


def test_marks_of_other_scripts_make_other_words():
    cancer, can = "\u30ac\u30f3", "\u30ab\u30f3"
    glossary = gt.Glossary(
        [
            gt.Term(id="cancer", name=cancer, definition="A disease."),
            gt.Term(id="can", name=can, definition="A vessel."),
        ]
    )
    assert glossary[cancer].id == "cancer"
    assert glossary[can].id == "can"


def test_declared_categories_may_be_asked_for_and_are_kept(mini, tmp_path):
    shelves = [gt.Category(id=c, title=c, scope=c, order=n) for n, c in enumerate("ab", 1)]
    glossary = gt.Glossary([gt.Term(id="x", name="X", category="a", definition="D.")],
                           categories=shelves)  # fmt: skip
    assert len(glossary.filter(category="b")) == 0
    glossary.save(tmp_path / "b")
    opened = gt.Glossary.open(tmp_path / "b")
    for kept in (opened, pickle.loads(pickle.dumps(glossary)), glossary | mini, mini | glossary):
        assert len(kept.filter(category="b")) == 0


@pytest.mark.parametrize("field", ["abbreviations", "aliases", "covers", "related", "faqs"])
def test_drawn_glossaries_have_every_kind_of_name_and_part(field):
    found = find(gts.glossaries(), lambda g: any(getattr(term, field) for term in g))
    assert any(getattr(term, field) for term in found)

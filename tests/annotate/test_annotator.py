"""The annotator as an object: options, caching, pickling, streams, bad input."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import threading

import pytest

from genai_terms import Annotator, BundleError, Glossary, Kind, Mention, Term
from genai_terms._annotate import annotate

TEXT = "An LLM, a language model, reads tokens; SAM cuts, tokenization too."


def ids(mentions):
    return [mention.term_id for mention in mentions]


def test_a_mention_says_where_and_who(mini):
    """It is a light tuple with names."""
    mention = annotate(mini, TEXT)[0]
    assert mention == (3, 6, "LLM", "large-language-model", ("large-language-model",))
    assert isinstance(mention, Mention)
    assert repr(mention).startswith("Mention(start=3, end=6, text='LLM'")
    assert pickle.loads(pickle.dumps(mention)) == mention


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, ["large-language-model", "language-model", "token", "segment-anything-model",
              "tokenization"]),
        ({"kinds": "technique"}, ["tokenization"]),
        ({"kinds": [Kind.MODEL, Kind.PRODUCT]},
         ["large-language-model", "language-model", "segment-anything-model"]),
        ({"kinds": ["role"]}, []),
        ({"kinds": ()}, []),
        ({"levels": "advanced"}, ["sharpness-aware-minimization"]),
        ({"levels": ["intermediate"]}, []),
        ({"exclude": "LLM"}, ["language-model", "token", "segment-anything-model", "tokenization"]),
        ({"exclude": ["SAM", "Tokens"]},
         ["large-language-model", "language-model", "tokenization"]),
    ],
)  # fmt: skip
def test_options_leave_terms_out(mini, options, found):
    """As if the glossary did not have them; by one value or several."""
    assert ids(annotate(mini, TEXT, **options)) == found
    assert ids(Annotator(mini, **options).annotate(TEXT)) == found


def test_everyday_words_can_be_left_out(mini):
    """A term that is marked as a common word is found unless it is not wanted."""
    assert "token" in ids(Annotator(mini).annotate(TEXT))
    assert "token" not in ids(Annotator(mini, common_words=False).annotate(TEXT))


def test_a_filtered_glossary_finds_its_own_terms(mini):
    assert ids(annotate(mini.filter(category="training"), TEXT)) == [
        "sharpness-aware-minimization", "tokenization"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": "animal"}, r"kinds: unknown 'animal'; expected one of algorithm, "),
        ({"kinds": ["model", "b", "a"]}, r"kinds: unknown 'a', 'b'; "),
        ({"levels": ["expert"]}, r"levels: unknown 'expert'; expected one of advanced, beginner, "),
        ({"exclude": "no such"}, r"exclude: no term of the glossary is called 'no such'; "),
        ({"exclude": ["LLM", "x", "y"]}, r"is called 'x', 'y'; expected names or ids"),
    ],
)
def test_an_option_that_cannot_be_is_named(mini, options, message):
    """Each is a ValueError that names the argument and all that is wrong with it."""
    with pytest.raises(ValueError, match=message):
        annotate(mini, TEXT, **options)
    with pytest.raises(ValueError, match=message):
        Annotator(mini, **options)


@pytest.mark.parametrize("text", [None, b"LLM", 3])
def test_text_is_a_str(mini, text):
    with pytest.raises(TypeError, match="text is a str, found"):
        annotate(mini, text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "the of and", "\0\x1b", "\ud800", "?!"])
def test_text_without_names_has_no_mentions(mini, text):
    assert annotate(mini, text) == []
    assert annotate(Glossary(), text) == []


def test_first_only_is_kept_across_a_stream(mini):
    """A term that an earlier stretch mentions is not found again."""
    chunks = ["An LLM. "] * 30000
    found = [m for _, ms in Annotator(mini).stream(chunks, first_only=True) for m in ms]
    assert ids(found) == ["large-language-model"]


def test_it_is_compiled_once(mini):
    """Two annotators with the same options share what was compiled."""
    assert Annotator(mini)._matcher is Annotator(mini)._matcher
    assert Annotator(mini, kinds=["model"])._matcher is Annotator(mini, kinds="model")._matcher
    assert Annotator(mini)._matcher is not Annotator(mini, exclude="LLM")._matcher


def test_it_pickles_as_a_recipe(mini, tmp_path):
    """What is pickled is the glossary and the options, whatever was compiled before."""
    mini.save(tmp_path / "bundle")
    annotator = Annotator(Glossary.open(tmp_path / "bundle"), kinds="model", common_words=False)
    before = pickle.dumps(annotator)
    expected = annotator.annotate(TEXT)
    assert pickle.dumps(annotator) == before
    assert len(before) < 1000
    again = pickle.loads(before)
    assert again.annotate(TEXT) == expected
    assert repr(again) == "<Annotator of <Glossary of 6 terms>>"


def test_pickles_share_what_was_compiled_until_the_bundle_changes(mini, tmp_path):
    """A pool that unpickles for every task compiles once; a bundle that is new is read anew."""
    folder = tmp_path / "bundle"
    mini.save(folder)
    pickled = pickle.dumps(Annotator(Glossary.open(folder)))
    first = pickle.loads(pickled)
    assert pickle.loads(pickled)._matcher is first._matcher
    (mini | Glossary([Term(id="t", name="reads", definition="A thing.")])).save(folder)
    assert "t" in ids(pickle.loads(pickled).annotate(TEXT))
    assert "t" not in ids(first.annotate(TEXT))
    shutil.rmtree(folder)
    with pytest.raises(BundleError, match="no such folder"):
        pickle.loads(pickled)


def test_a_part_of_a_stored_glossary_finds_what_its_terms_alone_find(glossary):
    """The table of first words is that of the whole bundle, whichever terms are looked for."""
    text = "\n".join(f"{term.definition} {term.overview}" for term in glossary)
    for kinds in (["model"], ["risk", "technique"], ["role"]):
        part = Glossary([*glossary.filter(kind=kinds)])
        assert Annotator(glossary, kinds=kinds).annotate(text) == Annotator(part).annotate(text)


def test_threads_agree(mini):
    """Names are compiled when they are first met, by however many threads at once."""
    glossary = Glossary(mini)
    results = []
    start = threading.Barrier(8)

    def work():
        start.wait()
        results.append(annotate(glossary, TEXT * 50))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert all(result == annotate(mini, TEXT * 50) for result in results)


def test_annotating_imports_nothing_heavy(mini, tmp_path):
    """Neither pydantic nor json nor typing; a process that annotates starts fast."""
    mini.save(tmp_path / "bundle")
    script = (
        "import sys; before = set(sys.modules); from genai_terms import Glossary; "
        f"g = Glossary.open({str(tmp_path / 'bundle')!r}, verify=False); "
        "assert g.annotate('An LLM.'); "
        "heavy = {'pydantic', 'json', 'typing', 'dataclasses', 're', 'enum'}; "
        "print(*heavy & (set(sys.modules) - before))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "\n"


def test_more_characters_than_are_remembered(mini):
    """What each character is, is looked up once, and forgotten when there are too many."""
    text = "".join(f"{chr(code)} LLM " for code in range(0x2800, 0x4F00))
    assert len(annotate(mini, text)) == 0x4F00 - 0x2800


# --- size ------------------------------------------------------------------------------------

GLOSSARY = Glossary(
    Term(id=f"t{at}", name=name, definition="A thing.")
    for at, name in enumerate(("a a a a b", "a", "C++", "the a of b", "x (y", "b's b"))
)


@pytest.mark.parametrize(
    "unit",
    ["a ", "a", "a  ", "a\n\n", "the ", "a'", "'", ".", "a.", "é", "a\u0301", "\u0323\u0301",
     "\xad", "a\xad", " ", "模", "C+", "x ( ", "b's ", "\ud800", "İ", "ß ", "a-", "\x00", "αa "],
)  # fmt: skip
def test_work_grows_as_the_text_does(unit):
    """Eight times the text takes about eight times the calls, whatever it repeats."""

    def calls(length):
        counted = 0

        def count(frame, event, argument):
            nonlocal counted
            counted += event in {"call", "c_call"}

        sys.setprofile(count)
        annotate(GLOSSARY, (unit * length)[:length])
        sys.setprofile(None)
        return counted

    annotate(GLOSSARY, unit)
    assert calls(2**17) < 16 * calls(2**14) + 1000


def test_a_name_is_found_after_a_gap_of_no_more_than_256_characters():
    """White space of any width parts no two words by less than a paragraph, up to a limit."""
    glossary = Glossary([Term(id="t", name="far away", definition="A thing.")])
    assert len(annotate(glossary, f"far{' ' * 256}away")) == 1
    assert annotate(glossary, f"far{' ' * 257}away") == []
    assert annotate(glossary, f"far-\n{' ' * 255}away") == []


@pytest.mark.parametrize("size", range(1, 14))
def test_a_word_that_goes_on_behind_a_window_is_no_name(monkeypatch, size):
    glossary = Glossary([Term(id="llm", name="LLM", definition="D.")])
    monkeypatch.setattr("genai_terms._annotate.trie._WINDOW", size)
    for before in range(8):
        text = "x" * before + " LLMx LLM LLMs LLM2"
        assert [m.text for m in annotate(glossary, text)] == ["LLM", "LLMs"]


def test_a_window_may_have_more_words_than_numbers_are_kept():
    """Signs that count as words stand closer than words do."""
    glossary = Glossary([Term(id="model", name="模型", definition="D.")])
    assert len(annotate(glossary, "模型" * 20_000)) == 20_000


@pytest.mark.parametrize("name", ["A" + "+" * 9, "+" * 9 + "A"])
def test_a_name_with_signs_at_its_edge_is_found_however_the_text_comes(monkeypatch, name):
    monkeypatch.setattr("genai_terms._annotate.stream._BLOCK", 1)
    find = Annotator(Glossary([Term(id="a", name=name, definition="D.")]))
    text = f"{name} or {name}, {name[1:-1]}; {name}"
    found = [m.text for _, mentions in find.stream(text) for m in mentions]
    assert found == [m.text for m in find.annotate(text)] == [name] * 3


def test_a_megabyte_without_a_line_end_is_annotated():
    """Mentions are found wherever they lie, also behind a word of a megabyte."""
    text = "x" * 2**20 + " a a a a b " + "-" * 2**17 + "the a of b"
    assert [m.text for m in annotate(GLOSSARY, text)] == ["a a a a b", "the a of b"]


def test_a_stream_keeps_no_more_than_it_must(monkeypatch):
    """A word that does not end is passed on; what is kept stays small."""
    monkeypatch.setattr("genai_terms._annotate.stream._LONGEST_WORD", 1000)
    monkeypatch.setattr("genai_terms._annotate.stream._BLOCK", 100)
    chunks = ["a a a a b ", *["é" * 99] * 400, "a a a a b", " a a", " a a b "]
    stretches = list(Annotator(GLOSSARY).stream(chunks))
    whole = "".join(chunks)
    assert "".join(text for text, _ in stretches) == whole
    assert max(len(text) for text, _ in stretches) < len(whole) / 8
    found = [m.text for _, mentions in stretches for m in mentions]
    assert found == [m.text for m in annotate(GLOSSARY, whole)] != []

"""A bundle that is opened unverified and turns out damaged: an answer, or BundleError."""

from __future__ import annotations

import pickle
import shutil
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms._bundle import FILES

TEXT = "Prompt engineers and a red team; LLM hallucinations, Segment Anything."
LINKS = {"link": "/{name}/{id}"}
VERBS = {
    "lookup": lambda g, q: g.lookup(q),
    "get": lambda g, q: g.get(q),
    "lookup_all": lambda g, q: g.lookup_all(q),
    "in": lambda g, q: q in g,
    "search": lambda g, q: [(*hit, hit.term) for hit in g.search(q)],
    "search, filtered": lambda g, q: [*map(repr, g.search(q, limit=99, level="beginner"))],
    "search_faqs": lambda g, q: [*map(repr, g.search_faqs(q))],
    "suggest": lambda g, q: [*map(repr, g.suggest(q))],
    "annotate": lambda g, q: g.annotate(f"{TEXT} {q}"),
    "stream": lambda g, q: [*gt.Annotator(g, kinds="role").stream([TEXT, q])],
    "html": lambda g, q: gt.annotate_html(TEXT, glossary=g, **LINKS),
    "markdown": lambda g, q: gt.annotate_markdown(TEXT, glossary=g, **LINKS),
    "filter": lambda g, q: [[*g.filter(category=shelf.id)] for shelf in g.categories],
    "faqs": lambda g, q: g.faqs(),
    "hash": lambda g, q: hash(g),
    "join": lambda g, q: (g | gt.Glossary(), gt.Glossary() | g),
    "pickle": lambda g, q: pickle.dumps(g.filter(tier=1)),
    **{
        name: lambda g, q, name=name: getattr(gt.export, name).dumps(g)
        for name in gt.export.FORMATS
    },
}
QUERIES = ["prompt engineer", "hallucinatoin", "how does a model make things up", "RAG", "", "c++"]


@pytest.fixture(scope="module")
def whole(glossary, tmp_path_factory):
    """A bundle of some dozens of terms."""
    path = tmp_path_factory.mktemp("whole") / "b"
    glossary.filter(kind=["role", "risk"]).save(path)
    return path


@pytest.fixture
def damaged(whole, tmp_path):
    """Copy the bundle, change a section of one of its files, and open it unverified."""

    def make(name, change):
        place = shutil.copytree(whole, tmp_path / "b")
        data = bytearray((place / name).read_bytes())
        change(data)
        (place / name).write_bytes(data)
        return gt.Glossary.open(place, verify=False)

    return make


def flips(size):
    """Changes of some bytes, as often as not in the table of sections and what is next to it."""
    at = st.integers(0, size - 1) | st.integers(0, min(2000, size - 1))
    return st.lists(st.tuples(at, st.integers(1, 255)), min_size=1, max_size=200)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=15)
@given(data=st.data())
def test_every_verb_answers_or_tells_of_the_damage(whole, tmp_path_factory, name, data):
    place = shutil.copytree(whole, tmp_path_factory.mktemp("damaged") / "b")
    content = bytearray((place / name).read_bytes())
    for at, byte in data.draw(flips(len(content))):
        content[at] ^= byte
    (place / name).write_bytes(content)
    try:
        opened = gt.Glossary.open(place, verify=False)
    except gt.BundleError:
        return
    query = data.draw(st.sampled_from(QUERIES))
    for verb in data.draw(st.permutations(sorted(VERBS))):
        try:
            VERBS[verb](opened, query)
        except (gt.TermNotFoundError, gt.AmbiguousTermError):
            assert verb == "lookup"
        except gt.BundleError as error:
            assert str(place) in str(error)
            assert "genai-terms compile" in str(error)


def fill(section, byte):
    """Return a change that fills one section of names.idx or search.idx with *byte*."""

    def change(data):
        from genai_terms._container import Container

        start, length = Container(bytes(data), "")._sections[section]
        data[start : start + length] = bytes([byte]) * length

    return change


@pytest.mark.parametrize(
    ("verb", "name", "section"),
    [
        ("lookup", "names.idx", "key.t"),
        ("get", "names.idx", "key.t"),
        ("lookup_all", "names.idx", "key.t"),
        ("in", "names.idx", "key.t"),
        ("search", "search.idx", "plain.t"),
        ("search", "search.idx", "post.d"),
        ("search_faqs", "search.idx", "faq.t"),
        ("search_faqs", "search.idx", "faq.n"),
        ("suggest", "names.idx", "name"),
        ("annotate", "names.idx", "id"),
        ("annotate", "search.idx", "first.n"),
        ("stream", "names.idx", "id"),
        ("filter", "names.idx", "meta"),
        ("filter", "names.idx", "categories"),
        ("join", "names.idx", "categories"),
        ("pickle", "names.idx", "id"),
    ],
)
def test_the_damaged_file_is_named(damaged, verb, name, section):
    glossary = damaged(name, fill(section, 255))
    with pytest.raises(gt.BundleError, match=rf"{name}: is not the file.*genai-terms compile"):
        VERBS[verb](glossary, "prompt engineer")


def test_records_that_were_altered_are_not_exported(damaged):
    glossary = damaged("terms.jsonl", lambda data: data.__setitem__(40, data[40] ^ 1))
    with pytest.raises(gt.BundleError, match=r"terms\.jsonl: is not the file"):
        gt.export.jsonl.dumps(glossary)


def test_an_altered_bundle_is_not_saved(damaged, tmp_path):
    glossary = damaged("names.idx", fill("categories", ord(" ")))
    with pytest.raises(gt.BundleError, match=r"names\.idx: is not the file"):
        glossary.save(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_tables_that_do_not_fit_are_noticed_when_they_are_opened(damaged):
    def shorten(data):
        at = data.index(b"record.c") + 24
        data[at : at + 8] = (4).to_bytes(8, "little")

    with pytest.raises(gt.BundleError, match=r"names\.idx: its tables of records and of names"):
        damaged("names.idx", shorten)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda g: g.search("x", limit=-1), ValueError),
        (lambda g: g.search("x", level="expert"), ValueError),
        (lambda g: g.filter(category="no-such"), ValueError),
        (lambda g: g.annotate(3), TypeError),
        (lambda g: gt.Annotator(g, kinds=3), TypeError),
        (lambda g: [*gt.Annotator(g).stream(1 / n for n in (0,))], ZeroDivisionError),
    ],
)
def test_an_error_of_the_caller_is_not_taken_for_damage(whole, call, error):
    opened = gt.Glossary.open(whole, verify=False)
    for _ in range(2):
        with pytest.raises(error) as caught:
            call(opened)
        assert not isinstance(caught.value, gt.GlossaryError)


@pytest.mark.parametrize("byte", [0, 1, 255])
@pytest.mark.parametrize(
    "section",
    ["first", "first.o", "first.p", "first.n", "tell", "tell.lead", "tell.before", "tell.before.o",
     "tell.sign", "tell.most", "named.k", "named.p", "named.n"],
)  # fmt: skip
def test_whatever_was_altered_there_is_an_answer(damaged, section, byte):
    """The right one, a poorer one, or that the file is damaged: no other error, and no hang."""
    glossary = damaged("search.idx", fill(section, byte))
    for ask in (VERBS["search"], VERBS["annotate"]):
        with suppress(gt.BundleError):
            assert isinstance(ask(glossary, "a prompt engineer writes prompts"), list)


@pytest.mark.parametrize("byte", [0, 1, 255])
def test_a_table_of_beginnings_that_was_altered_ends_no_loop_late(damaged, byte):
    glossary = damaged("search.idx", fill("start.n", byte))
    for typed in ("prompt enginer", "AI redd teaming", "hallucinatoin"):
        with suppress(gt.BundleError):
            assert isinstance(glossary.suggest(typed), list)

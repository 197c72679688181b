"""Matching against a brute-force reference that tries every stretch of the text."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

import pytest
from hypothesis import example, given, note
from hypothesis import strategies as st

from genai_terms import Glossary, Kind, Term
from genai_terms._annotate import Annotator, annotate
from genai_terms._annotate.forms import PROPER_KINDS, forms
from genai_terms._names import surfaces
from genai_terms._text import fold

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
APOSTROPHES = "'`\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043\u00b7\u2027\u30fb"
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u309f"
                      "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")  # fmt: skip
LINE_END = "(?:\r\n|[\n\r\x85\u2028\u2029])"
INLINE = "[^\\S\n\r\x85\u2028\u2029]"
GAP = re.compile(f"(?:.|{INLINE}*{LINE_END}?{INLINE}*|[{DASHES}]{INLINE}*{LINE_END}{INLINE}*)",
                 re.DOTALL)  # fmt: skip


# --- the reference ---------------------------------------------------------------------------


def is_word(char):
    if not char or char in APOSTROPHES + DASHES or UNSPACED.match(char):
        return False
    return char == "_" or char in INVISIBLE or unicodedata.category(char)[0] in "LNM"


def is_mark(char):
    return unicodedata.category(char)[0] == "M"


def plain(char):
    """A character that is no part of a word, or a space for one that separates words."""
    compatible = unicodedata.normalize("NFKC", char)
    char = compatible if len(compatible) == 1 and not is_word(compatible) else char
    if char in APOSTROPHES:
        return "'"
    return " " if char in DASHES or char.isspace() else char


def kind_of(char):
    return "word" if is_word(char) else "gap" if plain(char) == " " else "sign"


def visible(run):
    return "".join(c for c in run if c not in INVISIBLE)


def normal(text, *, strict=True):
    """The text as names are compared, or None where it holds a gap that no name spans."""
    words = [(kind, "".join(run)) for kind, run in groupby(text, kind_of)]
    seen = [(k, run) for k, run in words if k != "word" or visible(run)]
    parts = []
    for kind, runs in groupby(seen, lambda pair: pair[0]):
        run = "".join(run for _, run in runs)
        if kind == "gap":
            if strict and not GAP.fullmatch(visible(run)):
                return None
            parts.append(" ")
        elif kind == "sign":
            parts.append("".join(map(plain, run)))
        else:
            word = "_".join(map(fold, run.split("_")))
            parts.append(word or "".join(map(plain, visible(run))))
    return "".join(parts)


def spelled(text):
    bare = "".join(c for c in unicodedata.normalize("NFKD", text)
                   if unicodedata.category(c) != "Mn" and c not in INVISIBLE)  # fmt: skip
    return " ".join("".join(c if is_word(c) else plain(c) for c in bare).split())


def joins(text, at):
    """Whether the sign at *at* is inside a word: Unicode Annex 29, WB6, WB7, WB11, WB12."""
    if not 0 < at < len(text) - 1:
        return False
    before, sign, after = text[at - 1], plain(text[at]), text[at + 1]
    letters = all(c.isalpha() and is_word(c) for c in (before, after))
    digits = before.isdecimal() and after.isdecimal()
    return (sign in "'." and letters) or (sign in "'.,;" and digits)


def possessive(text, at):
    return (
        at + 1 < len(text)
        and plain(text[at]) == "'"
        and text[at + 1] in "sS"
        and not is_word(text[at + 2 : at + 3])
        and not joins(text, at + 2)
    )


def ends_of(text, start, stop):
    """Where a mention ends whose name lies from *start* to *stop*, None if there is none."""
    if is_word(text[start]):
        run = start
        while run and is_word(text[run - 1]):
            run -= 1
        if is_mark(text[start]) or text[start] in INVISIBLE or joins(text, run - 1):
            return None
        if any(not is_mark(c) and c not in INVISIBLE for c in text[run:start]):
            return None
    edge = stop
    if is_word(text[stop - 1]):
        while edge < len(text) and is_word(text[edge]):
            edge += 1
        if text[stop - 1] in INVISIBLE or any(c not in INVISIBLE for c in text[stop:edge]):
            return None
        if possessive(text, edge):
            return edge + 2
        return None if joins(text, edge) else stop
    return stop + 2 if possessive(text, stop) else stop


def spellings(terms):
    """Every form by its normal spelling, with all that decides who is meant."""
    known = {}
    for term in terms:
        named = list(surfaces(term))
        for surface in named:
            for form in forms(surface, named, proper=term.kind in PROPER_KINDS):
                key = (normal(form.text, strict=False) or "").strip(" ")
                bearer = (form.rank, not form.by_case, surface[1], term.tier, term.id)
                known.setdefault(key, set()).add((*bearer, spelled(form.text)))
    return known


def meant(bearers, text):
    """The terms that *text* may mean, the likeliest first."""
    accepted = [
        bearer
        for bearer in sorted(bearers)
        for any_case, written in [(bearer[1], bearer[5])]
        if (not any_case and spelled(text) == written)
        or (any_case and not (
            len(written) <= 4 and written.isalpha() and spelled(text).isupper()
            and spelled(text) not in {b[5] for b in bearers if b[1]}
        ))
    ]  # fmt: skip
    return tuple(dict.fromkeys(b[4] for b in accepted if b[:2] == accepted[0][:2]))


def brute_force(terms, text):
    known = spellings(terms)
    found = []
    for start in range(len(text)):
        for stop in range(start + 1, len(text) + 1):
            if kind_of(text[start]) == "gap" or kind_of(text[stop - 1]) == "gap":
                continue
            key = normal(text[start:stop])
            if not key or key not in known:
                continue
            end = ends_of(text, start, stop)
            ids = meant(known[key], text[start:stop])
            if end is not None and ids:
                found.append((start, -end, end != stop, ids))
    mentions, done = [], 0
    for start, minus_end, _, ids in sorted(found):
        if start >= done:
            done = -minus_end
            mentions.append((start, done, text[start:done], ids[0], ids))
    return mentions


# --- what is generated -----------------------------------------------------------------------

WORDS = (
    "a b in the of agent Agents model Model tokenization token RAG LLM LLMs GPT gan Lime ReAct "
    "C++ A* .NET pass@k 3.5 4 4o k don't Cohen's Fréchet naïve ﬁne straße İstanbul x_y ++ Q&A "
    "our Ours top P(doom) 模型 大 語 ขอ ½ e\u0301te Ünï α GPT-4 fine-tuning color center policy α→β"
).split()
SEPARATORS = ("-", " ", "\u00a0", "\u2011", "\u2013", "\u00b7", "\n", "  ", "-\n", "\r\n", " \n ",
              "\u00ad", "\n\n", " - ", ", ", "/", ".", "'", "", "_", "\u200b ", "\x1f")  # fmt: skip
NAMES = (
    st.builds(
        lambda words, joints: "".join(w + j for w, j in zip(words, [*joints, ""], strict=False)),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
        st.lists(st.sampled_from((" ", " ", "-", "/", ", ", " (", ".")), min_size=3, max_size=3),
    )
    .map(lambda name: (name + ")" * (" (" in name)).strip(" "))
    .filter(lambda name: fold(name) != "")
)


@st.composite
def glossaries(draw, least=1, most=5):
    return [
        Term(
            id=f"t{number}",
            name=draw(NAMES),
            abbreviations=draw(st.lists(NAMES, max_size=1)),
            aliases=draw(st.lists(NAMES, max_size=2)),
            covers=draw(st.lists(NAMES, max_size=1)),
            kind=draw(st.sampled_from((Kind.CONCEPT, Kind.MODEL, Kind.TECHNIQUE))),
            tier=draw(st.integers(1, 3)),
            definition="A thing.",
        )
        for number in range(draw(st.integers(least, most)))
    ]


@st.composite
def respelled(draw, names):
    """One of *names* as somebody may write it."""
    name = draw(st.sampled_from(names))
    name = draw(st.sampled_from((str, str, str.lower, str.upper, str.capitalize)))(name)
    name = "".join(
        draw(st.sampled_from(SEPARATORS)) if c in " -" and draw(st.booleans()) else c for c in name
    )
    return name + draw(st.sampled_from(("", "", "s", "'s", "’S", "'", "'t", "es")))


@st.composite
def texts(draw, terms):
    names = [name for term in terms for name, _ in surfaces(term)]
    pieces = st.one_of(
        respelled(names), st.sampled_from(WORDS), st.sampled_from(SEPARATORS), st.text(max_size=3)
    )
    joints = st.sampled_from((" ", " ", "", "-", ".", ". ", "\n", "'", "("))
    return "".join(p + draw(joints) for p in draw(st.lists(pieces, max_size=7)))[:70]


@st.composite
def cases(draw):
    terms = draw(glossaries())
    return terms, draw(texts(terms))


def term(name, **fields):
    return Term(id="t", name=name, definition="A thing.", **fields)


# --- the laws --------------------------------------------------------------------------------


@given(cases())
@example(([term("C++"), Term(id="u", name="C", definition="A thing.")], "C++ and C."))
@example(([term(".NET"), Term(id="u", name="NET a", definition="A thing.")], ".NET a NET a"))
@example(([term("模型")], "大模型LLM模型"))
@example(([term("ﬁne")], "fine ﬁne ﬁne fine a ﬁne"))
@example(([term("a b")], "a " + "\u0301 b a\u200b\u200b b a \u200b b"))
@example(([term("α→β")], "α→β α->β"))
@example(([term("a ﬃx")], "a ﬃx"))
@example(([term("++")], "a ++ b+++ c++'s"))
@example(([term("x of", aliases=("of b",))], "x of b, of b"))
@example(
    ([term("Ours"), Term(id="u", name="In our day", definition="A thing.")], "our ours in our day")
)
@example(([term("fine-tuned")], "fine, fine words are finely fine-tuned"))
@example(([term("模型")], "模型 \u200b 模\u200b型 \u0301 模型"))
@example(([term("C+ +")], "C++ C+ C+ + C+\n+ C+\n\n+ C+ - C+ +"))
def test_mentions_equal_the_brute_force_reference(case):
    """Whatever the names and the text, the trie finds what trying every stretch finds."""
    terms, text = case
    note(str([[name for name, _ in surfaces(t)] for t in terms]))
    assert [tuple(m) for m in annotate(Glossary(terms), text)] == brute_force(terms, text)


@given(cases(), st.integers(1, 12))
def test_it_does_not_matter_where_the_text_is_cut_to_be_searched(case, size):
    """Names across the borders of the windows, and windows without a space, change nothing."""
    terms, text = case
    annotator = Annotator(Glossary(terms))
    whole = annotator.annotate(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("genai_terms._annotate.trie._WINDOW", size)
        assert annotator.annotate(text) == whole


@given(cases(), st.data())
def test_a_stream_finds_what_the_whole_text_holds(case, data):
    """However the text comes, the stretches are the text, and hold its mentions."""
    terms, text = case
    annotator = Annotator(Glossary(terms))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    chunks = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("genai_terms._annotate.stream._BLOCK", data.draw(st.integers(1, 9)))
        patch.setattr("genai_terms._annotate.trie._WINDOW", data.draw(st.integers(1, 9)))
        stretches = list(annotator.stream(chunks))
    assert "".join(stretch for stretch, _ in stretches) == text
    passed, moved = 0, []
    for stretch, mentions in stretches:
        assert all(stretch[m.start : m.end] == m.text for m in mentions)
        moved += [m._replace(start=m.start + passed, end=m.end + passed) for m in mentions]
        passed += len(stretch)
    assert moved == annotator.annotate(text)


@given(cases())
def test_mentions_are_in_order_and_do_not_overlap(case):
    """Each begins at or behind the end of the one before, and slices back to its text."""
    terms, text = case
    mentions = annotate(Glossary(terms), text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(m.candidates[0] == m.term_id and m.start < m.end for m in mentions)
    ends = [0, *(m.end for m in mentions)]
    assert all(end <= m.start for end, m in zip(ends, mentions, strict=False))


@given(st.text(max_size=300))
@example("\ud800 RAG \udfff\x00RAG\x7f")
@example("İİ RAG")
def test_any_text_is_annotated(text):
    """Arbitrary Unicode, lone surrogates and control characters included, has an answer."""
    terms = [term("RAG", aliases=("C++", "x y", "模型"))]
    assert [tuple(m) for m in annotate(Glossary(terms), text)] == brute_force(terms, text)


@given(cases(), st.data())
def test_a_new_term_changes_no_mention_that_it_does_not_reach(case, data):
    """Other mentions change only where they overlap one of the new term, or such a change."""
    terms, text = case
    more = data.draw(glossaries(1, 1))[0].model_copy(update={"id": "new"})
    before = annotate(Glossary(terms), text)
    after = annotate(Glossary([*terms, more]), text)
    spans = sorted((m.start, m.end, "new" in m.candidates) for m in (*before, *after))
    reached, end, new = [], 0, False
    for start, stop, is_new in spans:
        if start >= end:
            new = False
            reached.append([start, stop, False])
        end = max(end, stop)
        new = new or is_new
        reached[-1] = [reached[-1][0], end, new]
    touched = [(start, stop) for start, stop, is_new in reached if is_new]

    def untouched(mentions):
        return [m for m in mentions if not any(s <= m.start < e for s, e in touched)]

    assert untouched(before) == untouched(after)


@given(cases())
def test_first_only_keeps_the_first_mention_of_each_term(case):
    """The mentions that are left out are those whose term was mentioned before."""
    terms, text = case
    glossary = Glossary(terms)
    firsts = {m.term_id: m for m in reversed(annotate(glossary, text))}
    assert annotate(glossary, text, first_only=True) == sorted(firsts.values())


@given(cases(), st.data())
def test_to_exclude_a_term_is_to_annotate_without_it(case, data):
    """What is left out is left out before anything is matched."""
    terms, text = case
    gone = data.draw(st.sampled_from(terms))
    rest = Glossary(t for t in terms if t is not gone)
    assert annotate(Glossary(terms), text, exclude=[gone.id]) == annotate(rest, text)

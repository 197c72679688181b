"""Names as they are typed."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms import strategies as gts


@given(gts.queries() | st.text("abcdefgilmnorst -", min_size=1, max_size=6), st.integers(1, 40))
@example("m", 1)
@example("artificial intelligence", 2)
@example("t", 3)
def test_to_ask_for_fewer_gives_the_first(typed, limit):
    everything = gt.suggest(typed, limit=1000)
    assert gt.suggest(typed, limit=limit) == everything[:limit]


def test_every_name_is_suggested_while_it_is_typed(glossary):
    """From the third letter to the last, the name's term is among the suggestions."""
    missed = [
        (term.id, term.name[:size])
        for term in glossary
        for size in (len(term.name), max(3, len(term.name) - 2), max(3, len(term.name) // 2))
        if term.id not in [s.term_id for s in glossary.suggest(term.name[:size], limit=40)]
    ]
    assert missed == []


@given(st.data())
def test_a_name_stands_first_however_it_is_spelt(data):
    """In the plural, or its words run together: nothing that only goes on from it is before."""
    name = data.draw(st.sampled_from([n for term in gt.glossary for n in term.names]))
    typed = data.draw(st.sampled_from([name, f"{name}s", name.replace(" ", ""), name.upper()]))
    bearers = {term.id for term in gt.glossary.lookup_all(typed)}
    first = gt.suggest(typed, limit=len(bearers))
    assert {hit.term_id for hit in first} == bearers
    part = gt.glossary.filter(level="beginner")
    assert {hit.term_id for hit in part.suggest(typed)[: len(part.lookup_all(typed))]} == {
        term.id for term in part.lookup_all(typed)
    }


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lang", "language-model"),
        ("LL", "large-language-model"),
        ("mod", "language-model"),
        ("aware min", "sharpness-aware-minimization"),
        ("sharp minim", "sharpness-aware-minimization"),
        ("gpt-4", "large-language-model"),
        ("tokn", "token"),
        ("langauge mo", "language-model"),
        ("segmetn anythng modle", "segment-anything-model"),
        ("token", "token"),
    ],
)
def test_what_is_typed_is_completed(mini, typed, first):
    assert mini.suggest(typed)[0].term_id == first


def test_popular_terms_come_first(mini):
    assert [s.term_id for s in mini.suggest("l")] == ["language-model", "large-language-model"]


@given(gts.queries(), st.integers(0, 9))
def test_every_string_has_suggestions_or_none(typed, limit):
    found = gt.suggest(typed, limit=limit)
    assert len(found) <= limit
    assert len({s.term_id for s in found}) == len(found)
    for suggestion in found:
        assert gt.glossary[suggestion.term_id].name == suggestion.name
        assert suggestion.term_id in [t.id for t in gt.glossary.lookup_all(suggestion.matched)]
        for start, stop in suggestion.highlights:
            assert 0 <= start < stop <= len(suggestion.matched)


def test_highlights_mark_what_was_typed(mini):
    suggestion = mini.suggest("aware min")[0]
    ((start, stop),) = suggestion.highlights
    assert suggestion.matched[start:stop] == "aware min"
    assert mini.suggest("sharp minim")[0].highlights


def test_a_part_suggests_only_its_own(mini):
    training = mini.filter(category="training")
    assert [s.term_id for s in training.suggest("tok")] == ["tokenization"]
    assert [s.term_id for s in training.suggest("tokne")] == ["tokenization"]
    assert [s.term_id for s in training.suggest("a mini")] == ["sharpness-aware-minimization"]
    assert training.suggest("segmetn anythng modle") == []


def test_names_of_symbols_have_no_highlights():
    glossary = gt.Glossary([gt.Term(id="x", name="№ 5", definition="A perfume.")])
    (suggestion,) = glossary.suggest("no 5")
    assert suggestion.term_id == "x"
    assert isinstance(suggestion.highlights, tuple)


def test_a_term_whose_names_have_no_words_is_not_suggested_by_its_id():
    arrow = gt.Term(id="arrow", name="→", definition="A sign.")
    assert gt.Glossary([arrow]).suggest("arrow") == []


def test_a_part_of_a_large_glossary_suggests_its_own():
    """What is filtered out does not stand in the way of what is left."""
    many = [gt.Term(id=f"a{n}", name=f"Alpha {n:04}", definition="D.") for n in range(500)]
    last = gt.Term(id="z", name="Alpha zz", category="rare", tier=1, definition="D.")
    glossary = gt.Glossary([*many, last])
    assert [s.term_id for s in glossary.filter(category="rare").suggest("alp")] == ["z"]
    assert glossary.suggest("alp")[0].term_id == "z"
    assert [h.term_id for h in glossary.search("alph", category="rare")] == ["z"]


ROBOTS = gt.Glossary(
    [
        gt.Term(id="arm", name="Robot arm", tier=1, definition="D."),
        gt.Term(id="automaton", name="Automaton", aliases=("Robotics field", "Robot"),
                tier=3, definition="D."),
        gt.Term(id="ethics", name="Ethics of any robot", tier=2, definition="D."),
    ]
)  # fmt: skip


@pytest.mark.parametrize("typed", ["robot", "robots", "rpbot", "ROBOT "])
def test_a_whole_name_stands_before_more_popular_terms(typed):
    """Also with a slip; and which of its names matched does not depend on the limit."""
    found = ROBOTS.suggest(typed)
    assert (found[0].term_id, found[0].matched) == ("automaton", "Robot")
    assert ROBOTS.suggest(typed, limit=1) == found[:1]


@pytest.mark.parametrize("typed", ["rob", "ro any", "r"])
def test_suggestions_stand_in_the_order_of_their_names(typed):
    """What begins with it before what holds it, the popular first."""
    plain = ROBOTS._searcher().plain
    places = [tuple.__getitem__(hit, 3) for hit in ROBOTS.suggest(typed)]
    ranks = [plain.place_ranks[place] for place in places]
    assert ranks == sorted(ranks) != []


def test_words_that_are_scattered_in_names_find_the_popular_first():
    names = {"a": ("Kit of great tools", 3), "b": ("Kit with good tools", 1), "c": ("Kit tool", 2)}
    glossary = gt.Glossary(
        gt.Term(id=key, name=name, tier=tier, definition="D.")
        for key, (name, tier) in names.items()
    )
    assert [hit.term_id for hit in glossary.suggest("tool kit")] == ["b", "c", "a"]


@pytest.mark.parametrize("verb", [gt.suggest, gt.search, gt.search_faqs])
def test_a_limit_may_be_greater_than_any_machine_counts(verb):
    assert verb("model", limit=2**70) == verb("model", limit=100_000)


def test_the_matched_name_is_one_of_the_term():
    glossary = gt.Glossary(
        [
            gt.Term(id="a", name="Big tokenizer", definition="D."),
            gt.Term(id="b", name="Tokenizer", definition="D."),
        ]
    )
    for suggestion in glossary.suggest("tokenixzr"):
        assert suggestion.matched == suggestion.name


def test_words_begun_apart_keep_to_a_filter():
    """Names in which every typed word begins a word are filtered as all others."""
    glossary = gt.Glossary(
        [
            gt.Term(id="a", name="Sharp aware minimum", category="one", definition="D."),
            gt.Term(id="b", name="Sharp blunt minimizer", category="two", definition="D."),
        ]
    )
    assert [s.term_id for s in glossary.filter(category="two").suggest("shar minim")] == ["b"]


@given(st.data())
def test_every_beginning_one_slip_away_is_found(data):
    """The walk over the table yields what trying every letter at every place would."""
    suggester = gt.glossary._searcher().suggester
    plain = suggester._plain
    name = plain.texts.text(data.draw(st.integers(0, len(plain.texts) - 1)))
    typed = data.draw(st.sampled_from([name, name[:5], name[:9], "".join(name.split())]))
    at = data.draw(st.integers(0, len(typed) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz5 "))
    typed = typed[:at] + letter + typed[at + data.draw(st.integers(0, 1)) :]
    if suggester._going_on(typed, None, 4096):
        return
    assert {*suggester._slips(typed)} == {
        mended for mended in slips(typed) if len(mended) <= 24 and plain.begin_names(mended)
    }


def slips(typed):
    """Every text from which one slip of the keyboard makes *typed*."""
    for at in range(1, len(typed) + 1):
        head, tail = typed[:at], typed[at:]
        yield head[:-1] + tail
        if tail:
            yield head[:-1] + tail[0] + head[-1] + tail[1:]
        for letter in string.ascii_lowercase:
            yield head + letter + tail
            yield head[:-1] + letter + tail


def test_a_last_letter_too_many_is_forgiven():
    """Also behind a name that nothing goes on from."""
    glossary = gt.Glossary([gt.Term(id="agi", name="AGI", definition="D.")])
    assert [s.term_id for s in glossary.suggest("agix")] == ["agi"]

"""The rules on what their smallest fixtures do not show: forms, limits, and several causes."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms.checks import check


def term(term_id="x", **fields):
    return gt.Term(**({"id": term_id, "name": term_id, "definition": "A thing."} | fields))


def linked(term_id, *links):
    related = tuple(
        gt.RelatedConcept(id=target, relation=relation, note=note, name=target, definition="A.")
        for target, relation, note in links
    )
    return term(term_id, related=related)


def reference(**fields):
    return gt.Reference(
        **({"title": "T", "authors": "A", "year": 2020, "kind": gt.ReferenceKind.PAPER} | fields)
    )


def codes(*terms, select=()):
    return [finding.code for finding in check(terms, select=select)]


@pytest.mark.parametrize(
    ("identifier", "code"),
    [
        ({"arxiv": "1706.03762"}, None),
        ({"arxiv": "cs/0112017"}, None),
        ({"arxiv": "math.GT/0309136"}, None),
        ({"arxiv": "1713.03762"}, "E602"),
        ({"arxiv": "17060.3762"}, "E602"),
        ({"doi": "10.1038/nature14539"}, None),
        ({"doi": "doi:10.1038/nature14539"}, "E603"),
        ({"doi": "10.1038"}, "E603"),
        ({"isbn": "978-0-262-03561-3"}, None),
        ({"isbn": "0-306-40615-2"}, None),
        ({"isbn": "0-8044-2957-X"}, None),
        ({"isbn": "0-306-40615-3"}, "E604"),
        ({"isbn": "12345"}, "E604"),
        ({"isbn": "X-306-40615-2"}, "E604"),
        ({"url": "https://example.org/a?b#c"}, None),
        ({"url": "ftp://example.org/"}, "E605"),
        ({"url": "https://localhost/"}, "E605"),
        ({"url": "https://exa mple.org/"}, "E605"),
        ({"url": "https://[::1/"}, "E605"),
        ({"url": "example.org"}, "E605"),
    ],
)
def test_identifiers_have_their_form(identifier, code):
    year = {"year": 2017} if "1706.03762" in identifier.values() else {}
    entry = term(references=(reference(**identifier, **year),))
    assert codes(entry, select=["E6"]) == ([code] if code else [])


@given(st.text("0123456789", min_size=12, max_size=12))
def test_exactly_one_last_digit_makes_an_isbn(digits):
    fitting = [
        last
        for last in "0123456789"
        if not codes(term(references=(reference(isbn=digits + last),)), select=["E604"])
    ]
    assert len(fitting) == 1


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"arxiv": "1706.03762", "year": 2017}, False),
        ({"arxiv": "1706.03762", "year": 2021}, False),
        ({"arxiv": "1706.03762", "year": 2015}, True),
        ({"arxiv": "1706.03762", "year": 2022}, True),
        ({"doi": "10.1000/x", "year": 2027}, True),
        ({"doi": "10.1000/x", "year": 1950}, False),
    ],
)
def test_years_fit_the_identifier_and_the_review(fields, faulty):
    entry = term(references=(reference(**fields),), reviewed=date(2026, 11, 21))
    assert codes(entry, select=["E606"]) == (["E606"] if faulty else [])


def test_a_definition_begins_with_a_capital():
    assert codes(term(definition="a thing."), select=["W304"]) == ["W304"]
    assert codes(term(definition="A thing"), select=["W304"]) == ["W304"]
    assert codes(term(definition="a thing"), select=["W304"]) == ["W304", "W304"]


def test_one_sided_rest_is_not_circular():
    one = term("fish", definition="A swimmer.")
    other = term("herring", definition="A fish.")
    assert codes(one, other, select=["W305"]) == []
    assert codes(one.model_copy(update={"definition": "A herring."}), other,
                 select=["W305"]) == ["W305", "W305"]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        ("supersedes", "supersedes", True),
        ("mitigates", "mitigates", True),
        ("contrasts_with", "contrasts_with", False),
        ("part_of", "instance_of", True),
        ("broader", "alternative_to", True),
        ("uses", "requires", False),
    ],
)
def test_some_pairs_of_links_contradict_each_other(one, other, clashes):
    found = codes(linked("a", ("b", one, "N.")), linked("b", ("a", other, "N.")), select=["E405"])
    assert found == (["E405", "E405"] if clashes else [])


def test_circles_of_any_length_are_found_once():
    ring = [linked(f"r{n}", (f"r{(n + 1) % 5}", "broader", "N.")) for n in range(5)]
    tail = linked("tail", ("r2", "broader", "N."))
    (finding,) = check([*ring, tail], select=["E404"])
    assert finding.message == "broader leads in a circle: r0 → r1 → r2 → r3 → r4 → r0"


def test_what_follows_from_a_nearer_link_is_redundant():
    """Also over several steps, and where the ancestors meet again."""
    top, left, right = linked("t"), linked("l", ("t", "broader", "N.")), linked(
        "r", ("t", "broader", "N."))  # fmt: skip
    bottom = linked("b", ("l", "broader", "N."), ("r", "broader", "N."), ("t", "broader", "N."))
    (finding,) = check([top, left, right, bottom], select=["W406"])
    assert (finding.term_id, finding.field) == ("b", "related.2")


def test_notes_are_short_and_say_something():
    notes = ["Fine.", "Related concept in the field.", None, " ".join("word" for _ in range(21))]
    entry = linked("a", *((f"t{n}", "related", note) for n, note in enumerate(notes)))
    assert sorted(f.field for f in check([entry], select=["W409"])) == [
        "related.1", "related.2", "related.3",
    ]  # fmt: skip


def test_a_name_has_something_to_fold():
    entry = term(aliases=("—",))
    assert [f.message for f in check([entry], select=["W203"])] == [
        "'—' has no letter, digit or symbol"
    ]


def test_roles_and_tasks_need_fewer_references():
    one = (reference(doi="10.1000/x"),)
    for kind, found in ((gt.Kind.ROLE, []), (gt.Kind.TASK, []), (gt.Kind.MODEL, ["references"])):
        entry = term(kind=kind, tier=1, references=one)
        fields = [f.field for f in check([entry], select=["W703"]) if f.field == "references"]
        assert fields == found


def test_all_prose_is_read():
    """A banned phrase is found wherever a reader would meet it."""
    phrase = "It plays a key role"
    entry = term(
        definition=phrase,
        overview=phrase,
        origin=phrase,
        faqs=(gt.FAQ(question=phrase, answer=phrase, term_id="x"),),
        misconceptions=(gt.Misconception(claim=phrase, correction=phrase),),
        examples=(gt.Example(name=phrase, text=phrase),),
        formula=gt.Formula(latex="x", meaning=phrase),
        related=linked("y", ("z", "related", phrase)).related,
    )
    assert sorted(finding.field for finding in check([entry], select=["W704"])) == [
        "definition", "examples.0.name", "examples.0.text", "faqs.0.answer", "faqs.0.question",
        "formula.meaning", "misconceptions.0.claim", "misconceptions.0.correction",
        "origin", "overview", "related.0.note",
    ]  # fmt: skip


def test_a_missing_instrument_is_a_failure_not_a_pass(monkeypatch):
    monkeypatch.setitem(sys.modules, "textstat", None)
    with pytest.raises(gt.MissingExtraError, match=r"genai-terms\[authoring\]"):
        check([term(overview="Words.")], select=["W708"])


def test_a_circle_may_change_its_relation_on_the_way():
    around = [
        linked("a", ("b", "broader", "n")),
        linked("b", ("c", "part_of", "n")),
        linked("c", ("a", "instance_of", "n")),
    ]
    (finding,) = check(around, select=["E404"])
    assert finding.message == "broader leads in a circle: a → b → c → a"
    assert codes(*around[:2], linked("c", ("a", "requires", "n")), select=["E404"]) == []


def test_a_circle_is_found_at_the_link_that_is_part_of_it():
    first = linked("a", ("b", "related", "n"), ("b", "broader", "n"))
    (finding,) = check([first, linked("b", ("a", "broader", "n"))], select=["E404"])
    assert (finding.field, finding.message) == (
        "related.1", "broader leads in a circle: a → b → a",
    )  # fmt: skip

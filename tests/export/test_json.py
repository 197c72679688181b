"""JSON."""

from __future__ import annotations

import json as stdlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms.export import json


def test_the_document_is_json_with_version_categories_and_terms(mini):
    """Any JSON parser reads it, and the terms are those of JSON Lines."""
    document = stdlib.loads(json.dumps(mini))
    assert list(document) == ["schema", "categories", "terms"]
    assert document["schema"] == 1
    assert [shelf["id"] for shelf in document["categories"]] == ["models", "training"]
    assert document["terms"] == [stdlib.loads(term.model_dump_json()) for term in mini]


def test_every_term_has_a_line_of_its_own(mini):
    """Two versions can be compared line by line."""
    lines = json.dumps(mini).splitlines()
    assert sum(line.startswith('{"id":') for line in lines) == len(mini) + len(mini.categories)


@given(data=st.data())
def test_categories_survive_the_round_trip(hostile_glossaries, data):
    """The categories that are read are those that were written, declared or not."""
    glossary = data.draw(hostile_glossaries)
    assert json.loads(json.dumps(glossary)).categories == glossary.categories


def test_titles_of_the_built_in_categories_survive(glossary):
    """What the editors wrote about a category is carried."""
    assert json.loads(json.dumps(glossary)).categories == glossary.categories


def test_a_bare_list_of_terms_is_read(mini):
    """A list of terms is a glossary too, and so is an object that has nothing but terms."""
    listed = stdlib.dumps([term.model_dump(mode="json") for term in mini])
    assert json.loads(f"\n {listed}") == mini
    assert json.loads(f'{{"terms": {listed}}}') == mini


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Invalid JSON"),
        ("3", "Input should be an object"),
        ("{}", "terms: Field required"),
        ("[{}]", "0.id: Field required (and 2 more)"),
        ('{"schema": 2, "terms": []}', "schema: Input should be 1, found 2"),
        ('{"terms": [], "more": 1}', "more: Extra inputs are not permitted, found 1"),
        ('{"terms": [], "categories": [{"id": "x"}]}', "categories.0.title: Field required"),
        ("[" * 5000, "Invalid JSON: recursion limit exceeded"),
    ],
)
def test_what_is_no_glossary_is_refused(text, message):
    """The message names the place, the fault and what was expected."""
    with pytest.raises(gt.FormatError) as caught:
        json.loads(text)
    assert str(caught.value).startswith(message)
    assert "expected a list of terms, or an object" in str(caught.value)


def test_an_id_that_comes_twice_is_refused_with_both_places(full):
    """Ids are unique in what is read."""
    term = full.model_dump_json()
    with pytest.raises(gt.FormatError, match="term 2: the id 'dropout' was already used by term 1"):
        json.loads(f"[{term},{term}]")

"""The data objects: immutable, closed, described."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from pydantic import BaseModel, ValidationError

import genai_terms as gt
from genai_terms import strategies as gts
from genai_terms.schema import schemas

MODELS = [
    gt.Term, gt.FAQ, gt.RelatedConcept, gt.Reference, gt.Example, gt.Misconception, gt.Formula,
    gt.Category,
]  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_described(model: type[BaseModel]):
    bare = [name for name, field in model.model_fields.items() if not field.description]
    assert bare == []


@pytest.mark.parametrize("model", MODELS)
def test_models_are_frozen_and_closed(model: type[BaseModel]):
    assert model.model_config["frozen"] is True
    assert model.model_config["extra"] == "forbid"


@given(gts.terms())
def test_a_term_survives_json(term):
    assert gt.Term.model_validate_json(term.model_dump_json()) == term


@given(gts.terms())
def test_collections_are_tuples(term):
    lists = [name for name, value in term if isinstance(value, list)]
    assert lists == []


def test_nothing_can_be_assigned(mini):
    with pytest.raises(ValidationError, match="frozen"):
        mini["LLM"].name = "Small"


def test_equal_terms_hash_alike(mini):
    term = mini["LLM"]
    assert hash(term.model_copy()) == hash(term)
    assert {term, term.model_copy()} == {term}


def test_a_term_shows_itself_briefly(mini):
    assert str(mini["LLM"]) == "Large language model (LLM)"
    assert repr(mini["token"]) == "<Term token: Token>"


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ({"arxiv": "1706.03762"}, "https://arxiv.org/abs/1706.03762"),
        ({"doi": "10.1038/nature14539"}, "https://doi.org/10.1038/nature14539"),
        ({"isbn": "978-0-262-03561-3"}, "https://openlibrary.org/isbn/9780262035613"),
        ({"isbn": "0 306 40615 2"}, "https://openlibrary.org/isbn/0306406152"),
        ({"doi": "10.1/a<b>?#c"}, "https://doi.org/10.1/a%3Cb%3E%3F%23c"),
        ({"url": "https://example.org/"}, "https://example.org/"),
    ],
)
def test_a_reference_leads_somewhere(identifier, address):
    reference = gt.Reference(title="T", authors="A", year=2020, kind="paper", **identifier)
    assert reference.href == address


@pytest.mark.parametrize("identifiers", [{}, {"arxiv": "1706.03762", "doi": "10.1/x"}])
def test_a_reference_has_exactly_one_identifier(identifiers):
    with pytest.raises(ValidationError, match="exactly one of"):
        gt.Reference(title="T", authors="A", year=2020, kind="paper", **identifiers)


@pytest.mark.parametrize("name", ["", " x", "x ", "a\nb", "\t", "\x00x", "x\x1b", "\x7f"])
def test_a_name_is_one_line_without_space_at_its_ends(name):
    with pytest.raises(ValidationError):
        gt.Term(id="x", name=name, definition="D.")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0", "a\x00", "\x1b", "\t"])
def test_prose_has_something_to_read(text):
    with pytest.raises(ValidationError):
        gt.Term(id="x", name="X", definition=text)


@pytest.mark.parametrize("term_id", ["", "A", "a b", "a--b", "-a", "a/b", "../a", "é", "a" * 81])
def test_an_id_is_a_slug(term_id):
    with pytest.raises(ValidationError):
        gt.Term(id=term_id, name="X", definition="D.")


def test_the_published_schema_is_the_schema_of_the_models(root):
    """docs/schema holds what the models say; `python -m genai_terms.schema` writes it."""
    published = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in (root / "docs" / "schema").glob("*.json")
    }
    assert published == schemas()


def test_every_term_fits_the_published_schema(glossary):
    import jsonschema

    schema = schemas()["term.schema.json"]
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    wrong = [
        f"{term.id}: {error.message}"
        for term in glossary
        for error in validator.iter_errors(json.loads(term.model_dump_json()))
    ]
    assert wrong == []


def test_schemas_are_written_whole(tmp_path):
    import subprocess
    import sys

    from genai_terms.schema import write

    write(str(tmp_path / "new" / "folder"))
    written = {p.name: json.loads(p.read_bytes()) for p in (tmp_path / "new" / "folder").iterdir()}
    assert written == schemas()
    subprocess.run([sys.executable, "-m", "genai_terms.schema", str(tmp_path)], check=True)
    assert {p.name for p in tmp_path.glob("*.json")} == set(schemas())

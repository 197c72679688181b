"""JSON Lines."""

from __future__ import annotations

import pytest

import genai_terms as gt
from genai_terms.export import jsonl


def test_the_text_is_the_records_of_a_bundle(mini, tmp_path):
    """The export of a glossary is the file that its bundle stores, byte for byte."""
    mini.save(tmp_path / "bundle")
    stored = (tmp_path / "bundle" / "terms.jsonl").read_bytes()
    assert jsonl.dumps(mini).encode() == stored
    assert jsonl.dumps(gt.Glossary.open(tmp_path / "bundle")).encode() == stored


def test_a_compiled_glossary_is_written_without_decoding_a_term(mini, tmp_path):
    """Writing stored bytes makes no Term, whole or filtered."""
    mini.save(tmp_path / "bundle")
    stored = gt.Glossary.open(tmp_path / "bundle")
    jsonl.dumps(stored)
    jsonl.dumps(stored.filter(category="training"))
    assert stored._bundle._terms == {}


def test_one_line_is_one_term(full, mini):
    """Each line is the JSON of a term; every line ends."""
    lines = jsonl.dumps([full, *mini]).split("\n")
    assert lines.pop() == ""
    assert [gt.Term.model_validate_json(line).id for line in lines] == sorted(
        ["dropout", *(term.id for term in mini)]
    )


def test_blank_lines_do_not_count(full):
    """Empty lines, spaces and CR LF line ends are tolerated."""
    assert len(jsonl.loads(f"\r\n  \n{jsonl.dumps(full).strip()}\r\n\n")) == 1
    assert len(jsonl.loads("")) == 0


def test_separators_of_unicode_do_not_end_a_line(full):
    """U+2028 inside a string is part of it."""
    odd = full.model_copy(update={"definition": "One\u2028two\x85three"})
    assert jsonl.loads(jsonl.dumps(odd))["dropout"] == odd


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 3: Invalid JSON: EOF while parsing an object at column 1; expected one term"),
        ("[]", "line 3: Input should be an object; expected one term a line"),
        ('{"id": "x", "name": "X"}', "line 3: definition: Field required; expected"),
        (
            '{"id": "x y", "name": "X", "definition": "D", "tier": 4, "more": 1}',
            (
                "line 3: id: String should match pattern '^[a-z0-9]+(?:-[a-z0-9]+)*$', "
                "found 'x y' (and 2 more); expected"
            ),
        ),
    ],
)
def test_a_line_that_is_no_term_is_refused_by_its_number(full, line, message):
    """The message names the line, the field, the value and what was expected."""
    with pytest.raises(gt.FormatError) as caught:
        jsonl.loads(f"{jsonl.dumps(full)}\n{line}\n")
    assert str(caught.value).startswith(message)


def test_an_id_that_comes_twice_is_refused_with_both_lines(full):
    """Ids are unique in what is read."""
    line = jsonl.dumps(full)
    with pytest.raises(gt.FormatError, match="line 3: the id 'dropout' was already used by line 1"):
        jsonl.loads(f"{line}\n{line}")

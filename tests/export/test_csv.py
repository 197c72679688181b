"""CSV."""

from __future__ import annotations

import csv as stdlib
import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms.export import csv

ACTIVE = tuple("=+-@＝＋－＠\t\r\n")


def _rows(text):
    return list(stdlib.reader(io.StringIO(text, newline=""), strict=True))


def test_the_columns_are_the_fields_of_a_term(full):
    """One column a field, in the order of the model, whether entries have it or not."""
    header, row = _rows(csv.dumps(full))
    assert header == list(gt.Term.model_fields)
    assert len(row) == len(header)
    assert _rows(csv.dumps([])) == [header]


def test_a_field_with_parts_is_json_in_its_cell(full):
    """Cells that hold JSON are exactly those that are read as JSON."""
    header, row = _rows(csv.dumps(full))
    stored = json.loads(full.model_dump_json())
    nested = {column for column in header if isinstance(stored[column], list | dict)}
    assert nested == csv._NESTED
    cells = dict(zip(header, row, strict=True))
    assert {column: json.loads(cells[column]) for column in nested} == {
        column: stored[column] for column in nested
    }


def test_a_field_that_an_entry_lacks_is_an_empty_cell():
    """None and no items are both nothing."""
    header, row = _rows(csv.dumps(gt.Term(id="x", name="X", definition="D.")))
    filled = {column: cell for column, cell in zip(header, row, strict=True) if cell}
    assert filled == {
        "id": "x", "name": "X", "category": "general", "kind": "concept", "level": "beginner",
        "tier": "3", "definition": "D.", "common_word": "false",
    }  # fmt: skip


def test_lines_end_as_rfc_4180_says(full):
    """Every record ends with CR LF."""
    text = csv.dumps(full)
    assert text.endswith("\r\n")
    assert text.split("\r\n")[0] == ",".join(gt.Term.model_fields)


@given(data=st.data())
def test_no_cell_can_act_as_a_formula(hostile_glossaries, data):
    """No cell begins with a character that a spreadsheet acts on."""
    rows = _rows(csv.dumps(data.draw(hostile_glossaries)))
    assert [cell for row in rows for cell in row if cell.startswith(ACTIVE)] == []


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'", "''", "'tis", "\t=1", "-", "＝1"])
def test_a_guarded_cell_comes_back_exactly(text):
    """The apostrophe that was put in front is taken away, one that was there is kept."""
    term = gt.Term(id="x", name="X", definition=text)
    assert csv.loads(csv.dumps(term))["x"].definition == text


def test_an_apostrophe_that_guards_nothing_is_kept():
    """A file from elsewhere may begin a cell with an apostrophe."""
    assert csv.loads("id,name,definition\nx,'tis,'\n")["x"].name == "'tis"


def test_columns_may_be_missing_or_in_another_order():
    """A table with the three fields that every term has is a glossary; blank rows do not count."""
    read = csv.loads("definition,tier,id,name\n\nD.,1,x,X\n")
    assert [*read] == [gt.Term(id="x", name="X", definition="D.", tier=1)]


def test_a_cell_may_be_longer_than_the_csv_module_likes(full):
    """A long field is read, and the limit of the process is what it was."""
    before = stdlib.field_size_limit()
    long = full.model_copy(update={"overview": "word " * before})
    assert csv.loads(csv.dumps(long))["dropout"] == long
    assert stdlib.field_size_limit() == before


def test_long_cells_can_be_read_by_several_threads(full):
    """One thread does not take the limit away from another."""
    text = csv.dumps(full.model_copy(update={"overview": "word " * 40_000}))
    with ThreadPoolExecutor(4) as pool:
        assert [len(read) for read in pool.map(csv.loads, [text] * 8)] == [1] * 8


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "row 1: the column 'id' is missing; expected a header with at least id, name"),
        ("id,name\n", "row 1: the column 'definition' is missing"),
        ("id,name,definition,extra\n", "row 1: the column 'extra' is unknown"),
        ("id,name,definition,id\n", "row 1: the column 'id' is there twice"),
        ("id,name,definition\n\nx,X\n", "row 3: 2 cells where the header has 3; quote a cell"),
        ("id,name,definition\nx,X,\n", "row 2: definition: Field required; correct the cell"),
        ("id,name,definition,tier\nx,X,D,9\n", "row 2: tier: Input should be less than or equal"),
        ("id,name,definition,aliases\nx,X,D,a;b\n", "row 2: aliases: 'a;b' is not JSON"),
        ('id,name,definition,faqs\nx,X,D,"[{}]"\n', "row 2: faqs.0.question: Field required"),
        (
            f"id,name,definition,faqs\nx,X,D,{'[' * 100_000}\n",
            "row 2: faqs: '[[[[",
        ),
        ('id,name,definition\nx,X,"D\n', "row 2: unexpected end of data; expected commas"),
        ('id,name,definition\nx,"X"Y,D\n', "row 2: ',' expected after '\"'; expected commas"),
        ("id,name,definition\nx,X,D\nx,Y,E\n", "row 3: the id 'x' was already used by row 2"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_by_its_row(text, message):
    """The message names the row, the column and what was expected."""
    with pytest.raises(gt.FormatError) as caught:
        csv.loads(text)
    assert str(caught.value).startswith(message)

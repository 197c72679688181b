"""The file format of names.idx and search.idx."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms._container import (
    SCHEMA_VERSION,
    Container,
    Sorted,
    pack,
    pack_array,
    pack_strings,
)

NAMES = st.text("abcdefgh.", min_size=1, max_size=12)


@given(st.dictionaries(NAMES, st.binary(max_size=60), max_size=6))
def test_sections_come_back_as_they_were_packed(sections):
    container = Container(pack(sections), "test")
    assert {name: container.bytes(name).tobytes() for name in sections} == sections


@given(st.lists(st.binary(max_size=9)))
def test_strings_come_back_in_order(strings):
    read = Container(pack(pack_strings("s", strings)), "test").strings("s")
    assert [read[at] for at in range(len(read))] == strings


@given(st.sets(st.binary(max_size=3), max_size=80), st.lists(st.binary(max_size=3), max_size=30))
def test_a_string_is_found_where_it_lies_or_not_at_all(strings, wanted):
    """However often the table was searched before: often enough, and it is sampled."""
    ordered = sorted(strings)
    table = Sorted(ordered)
    places = {string: at for at, string in enumerate(ordered)}
    assert [table.find(w) for w in [*wanted, *ordered]] == [
        *map(places.get, wanted),
        *range(len(ordered)),
    ]


def test_a_string_is_found_in_a_great_table():
    """The memory that searching takes is bounded, however many strings there are."""
    ordered = [b"%06d" % number for number in range(0, 400_000, 2)]
    table = Sorted(ordered)
    found = [table.find(b"%06d" % number) for number in range(0, 400_002, 101)]
    assert found == [n // 2 if n % 2 == 0 else None for n in range(0, 400_002, 101)]
    assert len(table._samples) < 5000


@given(st.sampled_from("BHIQ"), st.data())
def test_arrays_come_back_with_their_width(typecode, data):
    top = 2 ** {"B": 8, "H": 16, "I": 32, "Q": 64}[typecode] - 1
    values = data.draw(st.lists(st.integers(0, top)))
    packed = pack({"a": pack_array(typecode, values)})
    assert Container(packed, "test").array("a", typecode).tolist() == values


@given(st.data())
def test_every_cut_is_noticed(data):
    """No file that lost its end is opened."""
    whole = pack({"one": b"abc", "two": b"defgh"})
    size = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(gt.BundleError):
        Container(whole[:size], "test")


@pytest.mark.parametrize(
    ("version", "advice"),
    [(SCHEMA_VERSION + 1, "Upgrade genai-terms"), (SCHEMA_VERSION - 1, "Compile the glossary")],
)
def test_another_schema_is_refused_with_advice(version, advice):
    other = bytearray(pack({}))
    other[8:12] = version.to_bytes(4, "little")
    with pytest.raises(gt.BundleError, match=advice):
        Container(bytes(other), "names.idx")


@pytest.mark.parametrize("wrong", [b"", b"PK\x03\x04 a zip archive, of all things", b"\0" * 64])
def test_a_foreign_file_is_refused_by_name(wrong):
    with pytest.raises(gt.BundleError, match=r"x\.idx: not a part of a glossary bundle"):
        Container(wrong, "x.idx")


def test_a_missing_section_is_named():
    with pytest.raises(gt.BundleError, match="section 'absent' is missing"):
        Container(pack({}), "x.idx").bytes("absent")


def test_a_section_of_broken_numbers_is_refused():
    with pytest.raises(gt.BundleError, match="in the middle of a number"):
        Container(pack({"a": b"123"}), "x.idx").array("a", "I")


@pytest.mark.parametrize("offsets", [[], [0, 2], [0, 4]])
def test_strings_that_do_not_end_with_their_table_are_refused(offsets):
    packed = pack({"s": b"abc", "s.o": pack_array("I", offsets)})
    with pytest.raises(gt.BundleError, match="section 's' has not the 3 bytes"):
        Container(packed, "x.idx").strings("s")

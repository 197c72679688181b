"""Strings near a misspelt one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from genai_terms._container import Container, pack, pack_strings
from genai_terms._near import Near, Pattern, build_near, tolerance

WORDS = st.text("abcdé", max_size=24)


def brute_force(a: str, b: str) -> int:
    """Optimal string alignment distance, the recurrence as the textbook gives it."""
    rows = [[max(i, j) for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1,
                rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[len(a)][len(b)]


def levenshtein(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


@given(WORDS | st.text(max_size=80), WORDS | st.text(max_size=80))
def test_the_distance_is_the_textbook_one(a, b):
    assert Pattern(a).distance(b) == brute_force(a, b)


@given(WORDS, WORDS, st.integers(0, 24))
def test_the_distance_is_exact_as_far_as_it_is_asked_for(a, b, most):
    assert Pattern(a).distance(b, most) == min(brute_force(a, b), most + 1)


@given(WORDS, WORDS)
def test_distance_is_symmetric(a, b):
    assert Pattern(a).distance(b) == Pattern(b).distance(a)


@st.composite
def slipped(draw):
    """Some strings, and one of them after up to four slips."""
    strings = draw(st.lists(WORDS, unique=True, min_size=1, max_size=8))
    wanted = draw(st.sampled_from(strings))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(wanted)))
        cut = draw(st.integers(0, 1))
        wanted = wanted[:at] + draw(st.sampled_from(["", "a", "é"])) + wanted[at + cut :]
    return strings, wanted


def opened(strings):
    """What finds (edits, string) among these strings."""
    strings = sorted(strings, key=str.encode)
    sections = pack_strings("s", map(str.encode, strings))
    sections |= build_near("n", strings, range(len(strings)))
    near = Near(Container(pack(sections), "x"), "n", "s")
    return lambda wanted, most: [(edits, strings[at]) for edits, at in near.find(wanted, most)]


@settings(max_examples=400)
@given(slipped() | st.tuples(st.lists(WORDS, unique=True, max_size=12), WORDS), st.integers(1, 4))
def test_every_string_within_the_tolerance_is_found(drawn, most):
    """Pass-Join misses no string within its tolerance of insertions, deletions, changes."""
    strings, wanted = drawn
    found = {string: edits for edits, string in opened(strings)(wanted, most)}
    near = {s for s in strings if tolerance(len(s))
            and levenshtein(wanted, s) <= min(tolerance(len(s)), most)}  # fmt: skip
    assert near <= found.keys()
    assert all(edits == brute_force(wanted, s) for s, edits in found.items())


@settings(max_examples=300)
@given(st.lists(WORDS, unique=True, min_size=1, max_size=8), st.data(), st.integers(1, 4))
def test_two_neighbors_that_changed_places_are_found_again(strings, data, most):
    meant = data.draw(st.sampled_from([s for s in strings if tolerance(len(s))] or ["abcd"]))
    at = data.draw(st.integers(0, len(meant) - 2))
    typed = meant[:at] + meant[at + 1] + meant[at] + meant[at + 2 :]
    near = opened([*{*strings, meant}])
    assert (brute_force(typed, meant), meant) in near(typed, most)


@given(st.integers(0, 100))
def test_longer_strings_forgive_no_less(length):
    assert tolerance(length) <= tolerance(length + 1) <= 4

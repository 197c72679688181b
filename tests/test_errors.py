"""The exception tree and what its messages say."""

from __future__ import annotations

import pickle

import pytest

import genai_terms as gt

TREE = {
    gt.TermNotFoundError: KeyError,
    gt.AmbiguousTermError: LookupError,
    gt.ContentError: ValueError,
    gt.BundleError: ValueError,
    gt.FormatError: ValueError,
    gt.MissingExtraError: ImportError,
}


@pytest.mark.parametrize("error", TREE)
def test_every_error_is_a_builtin_that_one_would_catch(error):
    assert issubclass(error, gt.GlossaryError)
    assert issubclass(error, TREE[error])
    assert error.__module__ == "genai_terms"


@pytest.mark.parametrize(
    ("suggestions", "ending"),
    [
        ((), "Use search() to look for it by what it means."),
        (("A",), "Did you mean 'A'?"),
        (("A", "B"), "Did you mean 'A' or 'B'?"),
        (("A", "B", "C"), "Did you mean 'A', 'B' or 'C'?"),
    ],
)
def test_a_miss_says_what_to_do_next(suggestions, ending):
    error = gt.TermNotFoundError("x", suggestions)
    assert str(error) == f"No term is called 'x'. {ending}"


def test_a_long_query_does_not_flood_the_message():
    assert len(str(gt.TermNotFoundError("x" * 10**6))) < 200


@pytest.mark.parametrize(
    "error",
    [
        gt.TermNotFoundError("x", ("y",)),
        gt.AmbiguousTermError("x", ("a", "b")),
        gt.ContentError("two faults", ()),
        gt.MissingExtraError("This", "cli", "typer"),
    ],
)
def test_errors_travel_between_processes(error):
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)

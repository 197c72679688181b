"""The closed vocabularies."""

from __future__ import annotations

import pytest

from genai_terms import Relation
from genai_terms._vocabulary import INVERSE, SKOS


@pytest.mark.parametrize("relation", Relation)
def test_the_inverse_of_the_inverse_is_the_relation(relation):
    assert relation.inverse.inverse is relation


@pytest.mark.parametrize("relation", Relation)
def test_skos_mappings_are_inverse_too(relation):
    """What maps to broader has an inverse that maps to narrower; related stays related."""
    opposite = {"broader": "narrower", "narrower": "broader", "related": "related"}
    assert relation.inverse.skos == opposite[relation.skos]


def test_the_tables_are_complete_and_read_only():
    assert set(INVERSE) == set(SKOS) == set(Relation)
    with pytest.raises(TypeError):
        INVERSE[Relation.USES] = Relation.USES  # type: ignore[index]


@pytest.mark.parametrize("relation", Relation)
def test_of_every_pair_exactly_one_side_is_written(relation):
    """A symmetric relation is written; of two inverse ones only the natural direction is."""
    if relation.symmetric:
        assert relation.authored
    else:
        assert relation.authored is not relation.inverse.authored

"""The closed vocabularies: kinds, levels, relations, kinds of reference.

Every relation has an inverse and a SKOS mapping in one table::

    relation             inverse              SKOS
    -------------------  -------------------  ------------
    broader              narrower             broader
    narrower             broader              narrower
    part_of              has_part             broader
    has_part             part_of              narrower
    instance_of          has_instance         broader
    has_instance         instance_of          narrower
    uses                 used_by              related
    requires             required_by          related
    mitigates            mitigated_by         related
    measures             measured_by          related
    supersedes           superseded_by        related
    practiced_by         practices            related
    alternative_to       alternative_to       related
    contrasts_with       contrasts_with       related
    often_confused_with  often_confused_with  related
    related              related              related

An author writes only the natural direction (`Relation.authored`); the other is derived.
"""

from __future__ import annotations

from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

__all__ = ["INVERSE", "SKOS", "Kind", "Level", "ReferenceKind", "Relation"]


@unique
class Kind(StrEnum):
    """What sort of thing a term names."""

    ALGORITHM = "algorithm"
    ARCHITECTURE = "architecture"
    BENCHMARK = "benchmark"
    COMPONENT = "component"
    CONCEPT = "concept"
    DATASET = "dataset"
    FIELD = "field"
    HARDWARE = "hardware"
    LAW = "law"
    METRIC = "metric"
    MODEL = "model"
    ORGANIZATION = "organization"
    PRODUCT = "product"
    PROPERTY = "property"
    PROTOCOL = "protocol"
    RISK = "risk"
    ROLE = "role"
    STANDARD = "standard"
    TASK = "task"
    TECHNIQUE = "technique"


@unique
class Level(StrEnum):
    """How much a reader must know before the entry makes sense."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


@unique
class ReferenceKind(StrEnum):
    """What sort of source a reference is."""

    PAPER = "paper"
    BOOK = "book"
    STANDARD = "standard"
    LAW = "law"
    DOCUMENTATION = "documentation"
    REPORT = "report"
    ARTICLE = "article"


@unique
class Relation(StrEnum):
    """How one term stands to another; read it as "this term *relation* that term"."""

    BROADER = "broader"
    NARROWER = "narrower"
    PART_OF = "part_of"
    HAS_PART = "has_part"
    INSTANCE_OF = "instance_of"
    HAS_INSTANCE = "has_instance"
    USES = "uses"
    USED_BY = "used_by"
    REQUIRES = "requires"
    REQUIRED_BY = "required_by"
    MITIGATES = "mitigates"
    MITIGATED_BY = "mitigated_by"
    MEASURES = "measures"
    MEASURED_BY = "measured_by"
    SUPERSEDES = "supersedes"
    SUPERSEDED_BY = "superseded_by"
    PRACTICED_BY = "practiced_by"
    PRACTICES = "practices"
    ALTERNATIVE_TO = "alternative_to"
    CONTRASTS_WITH = "contrasts_with"
    OFTEN_CONFUSED_WITH = "often_confused_with"
    RELATED = "related"

    @property
    def inverse(self) -> Relation:
        """The same link seen from its other end.

        >>> Relation.BROADER.inverse
        <Relation.NARROWER: 'narrower'>
        """
        return INVERSE[self]

    @property
    def skos(self) -> str:
        """The local name of the SKOS property that this relation maps to.

        >>> Relation.PART_OF.skos
        'broader'
        """
        return SKOS[self]

    @property
    def authored(self) -> bool:
        """Whether content may say it; the inverse of an authored relation is derived.

        >>> Relation.REQUIRES.authored, Relation.REQUIRED_BY.authored
        (True, False)
        """
        return self not in _DERIVED

    @property
    def symmetric(self) -> bool:
        """Whether the relation is its own inverse.

        >>> Relation.CONTRASTS_WITH.symmetric
        True
        """
        return INVERSE[self] is self


_PAIRS: Final = (
    (Relation.BROADER, Relation.NARROWER, "broader", "narrower"),
    (Relation.PART_OF, Relation.HAS_PART, "broader", "narrower"),
    (Relation.INSTANCE_OF, Relation.HAS_INSTANCE, "broader", "narrower"),
    (Relation.USES, Relation.USED_BY, "related", "related"),
    (Relation.REQUIRES, Relation.REQUIRED_BY, "related", "related"),
    (Relation.MITIGATES, Relation.MITIGATED_BY, "related", "related"),
    (Relation.MEASURES, Relation.MEASURED_BY, "related", "related"),
    (Relation.SUPERSEDES, Relation.SUPERSEDED_BY, "related", "related"),
    (Relation.PRACTICED_BY, Relation.PRACTICES, "related", "related"),
    (Relation.ALTERNATIVE_TO, Relation.ALTERNATIVE_TO, "related", "related"),
    (Relation.CONTRASTS_WITH, Relation.CONTRASTS_WITH, "related", "related"),
    (Relation.OFTEN_CONFUSED_WITH, Relation.OFTEN_CONFUSED_WITH, "related", "related"),
    (Relation.RELATED, Relation.RELATED, "related", "related"),
)

_DERIVED: Final = frozenset(inverse for forward, inverse, *_ in _PAIRS if inverse is not forward)

INVERSE: Final = MappingProxyType(
    {forward: inverse for forward, inverse, *_ in _PAIRS}
    | {inverse: forward for forward, inverse, *_ in _PAIRS}
)
"""Every relation and the same link seen from its other end."""

SKOS: Final = MappingProxyType(
    {forward: skos for forward, _, skos, _ in _PAIRS}
    | {inverse: skos for _, inverse, _, skos in _PAIRS}
)
"""Every relation and the SKOS property (local name) that it maps to."""


def __dir__() -> list[str]:
    return __all__

"""JSON: one object with the version of the format, the categories and the terms.

::

    {"schema":1,
    "categories":[
    {"id":"retrieval", ...}
    ],
    "terms":[
    {"id":"retrieval-augmented-generation", ...},
    ...
    ]}

Each category and each term has a line of its own, so that two versions can be compared
line by line. Encoded as UTF-8.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from genai_terms._errors import FormatError
from genai_terms._models import Category, Term
from genai_terms.export import _files
from genai_terms.export._content import glossary_of, records
from genai_terms.export._reading import fault, glossary_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from genai_terms._glossary import Glossary

__all__ = ["dump", "dumps", "load", "loads"]

_SCHEMA: Final = 1
_EXPECTED: Final = "expected a list of terms, or an object with schema, categories and terms"


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = Field(_SCHEMA, alias="schema")
    categories: tuple[Category, ...] = ()
    terms: tuple[Term, ...]


_TERMS: Final = TypeAdapter(tuple[Term, ...])


def dumps(terms: Iterable[Term] | Term) -> str:
    """Return *terms* with their categories as one JSON object.

    Args:
        terms: A Glossary, an iterable of terms, or one Term.

    Raises:
        ValueError: Two terms have the same id.

    >>> print(dumps([]))
    {"schema":1,
    "categories":[
    <BLANKLINE>
    ],
    "terms":[
    <BLANKLINE>
    ]}
    <BLANKLINE>
    """
    return _encoded(terms).decode()


def dump(terms: Iterable[Term] | Term, path: str | PathLike[str]) -> None:
    """Write what `dumps` returns to the file *path*, whole or not at all.

    Raises:
        ValueError: Two terms have the same id.
        OSError: The place cannot be written to.
    """
    _files.write(path, _encoded(terms))


def _encoded(terms: Iterable[Term] | Term) -> bytes:
    glossary = glossary_of(terms)
    shelves = ",\n".join(category.model_dump_json() for category in glossary.categories)
    return b'{"schema":%d,\n"categories":[\n%b\n],\n"terms":[\n%b\n]}\n' % (
        _SCHEMA,
        shelves.encode(),
        b",\n".join(records(glossary)),
    )


def loads(text: str) -> Glossary:
    """Return the glossary that *text* holds: what `dumps` wrote, or a bare list of terms.

    Raises:
        FormatError: It is something else, or two terms have the same id.

    >>> len(loads("[]"))
    0
    >>> loads('{"terms": [{"id": "token", "name": "Token"}]}')
    Traceback (most recent call last):
        ...
    genai_terms.FormatError: terms.0.definition: Field required; expected a list of terms, \
or an object with schema, categories and terms
    """
    text = text.removeprefix("\ufeff")
    shelves: tuple[Category, ...] = ()
    try:
        if text.lstrip().startswith("["):
            terms = _TERMS.validate_json(text)
        else:
            document = _Document.model_validate_json(text)
            terms, shelves = document.terms, document.categories
    except ValidationError as error:
        raise FormatError(f"{fault(error)}; {_EXPECTED}") from error
    placed = ((f"term {number}", term) for number, term in enumerate(terms, 1))
    return glossary_from(placed, shelves)


def load(path: str | PathLike[str]) -> Glossary:
    """Return the glossary in the file *path*, which is UTF-8 with or without a mark.

    Raises:
        FormatError: The file is not UTF-8 or not what `loads` reads.
        OSError: It cannot be read.
    """
    return _files.load(path, loads)


def __dir__() -> list[str]:
    return __all__

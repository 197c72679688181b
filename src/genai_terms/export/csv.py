r"""CSV for spreadsheets: one row a term, one column a field of `Term`, in its order.

RFC 4180: commas, double quotes, lines that end with CR LF. A file begins with a byte order
mark, by which spreadsheets know that it is UTF-8; `dumps` returns the text without it, and
both kinds are read. A field with parts (a list, a link, a question with its answer) is JSON
in its cell; a field that an entry lacks is an empty cell. Categories are not carried;
`json` carries them.

No cell can act as a formula: one that begins with ``=``, ``+``, ``-``, ``@`` (narrow or
wide), a tab, a line break or an apostrophe gets an apostrophe in front, which reading takes
away again. Spreadsheets cut a cell at 32,767 characters when they open a file, so that a
long entry is read from the file, not from what a spreadsheet saved.
"""

from __future__ import annotations

import csv
import json
from codecs import BOM_UTF8
from contextlib import contextmanager
from io import StringIO
from threading import Lock
from typing import Any, Final

from pydantic import ValidationError

from genai_terms._errors import FormatError, shown
from genai_terms._models import Term
from genai_terms.export import _files
from genai_terms.export._content import glossary_of, records
from genai_terms.export._reading import fault, glossary_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from os import PathLike

    from genai_terms._glossary import Glossary

__all__ = ["dump", "dumps", "load", "loads"]

_COLUMNS: Final = tuple(Term.model_fields)
_REQUIRED: Final = tuple(k for k, field in Term.model_fields.items() if field.is_required())
_NESTED: Final = frozenset(
    "abbreviations aliases covers misconceptions examples formula faqs related references "
    "search_phrases".split()
)
# https://owasp.org/www-community/attacks/CSV_Injection, read in 2026; the apostrophe is
# here so that one which was there before comes back.
_ACTIVE: Final = tuple("=+-@＝＋－＠\t\r\n'")
_LIMIT: Final = Lock()


def dumps(terms: Iterable[Term] | Term) -> str:
    """Return *terms* as CSV with a header.

    Args:
        terms: A Glossary, an iterable of terms, or one Term.

    Raises:
        ValueError: Two terms have the same id.

    >>> from genai_terms import Term
    >>> text = dumps(Term(id="minus", name="-1", definition="A number."))
    >>> text.splitlines()[1][:9]
    "minus,'-1"
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for record in records(glossary_of(terms)):
        fields = json.loads(record)
        writer.writerow([_cell(fields[column]) for column in _COLUMNS])
    return out.getvalue()


def dump(terms: Iterable[Term] | Term, path: str | PathLike[str]) -> None:
    """Write what `dumps` returns to the file *path* with a mark, whole or not at all.

    Raises:
        ValueError: Two terms have the same id.
        OSError: The place cannot be written to.
    """
    _files.write(path, BOM_UTF8 + dumps(terms).encode())


def _cell(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_ACTIVE) else value
    return json.dumps(value, ensure_ascii=False)


def loads(text: str) -> Glossary:
    r"""Return the glossary that *text* holds; columns may be missing or in any order.

    Raises:
        FormatError: It is not such a table, or two terms have the same id; the row is named.

    >>> loads("id,name,definition\ntoken,Token,A unit of text.\n")["token"].definition
    'A unit of text.'
    >>> loads("id,name\ntoken,Token\n")
    Traceback (most recent call last):
        ...
    genai_terms.FormatError: row 1: the column 'definition' is missing; expected ...
    """
    with _fields_of_up_to(len(text)):
        return glossary_from(_terms(text.removeprefix("\ufeff")))


def load(path: str | PathLike[str]) -> Glossary:
    """Return the glossary in the file *path*, which is UTF-8 with or without a mark.

    Raises:
        FormatError: The file is not UTF-8 or not what `loads` reads.
        OSError: It cannot be read.
    """
    return _files.load(path, loads)


@contextmanager
def _fields_of_up_to(size: int) -> Generator[None]:
    """Let the csv module, which has one limit for the whole process, read longer fields."""
    with _LIMIT:
        before = csv.field_size_limit()
        csv.field_size_limit(max(before, size))
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _terms(text: str) -> Iterator[tuple[str, Term]]:
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    columns: list[str] | None = None
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if columns is None:
                columns = _header(row)
            elif row:
                yield f"row {number}", _term(row, columns, f"row {number}")
    except csv.Error as error:
        raise FormatError(
            f"row {number + 1}: {error}; expected commas and double quotes as in RFC 4180"
        ) from error
    if columns is None:
        _header([])


def _header(columns: list[str]) -> list[str]:
    missing = [column for column in _REQUIRED if column not in columns]
    unknown = [column for column in columns if column not in _COLUMNS]
    twice = [column for column in columns if columns.count(column) > 1]
    for faulty, what in ((unknown, "unknown"), (twice, "there twice"), (missing, "missing")):
        if faulty:
            raise FormatError(
                f"row 1: the column {shown(faulty[0])} is {what}; expected a header with "
                f"at least {', '.join(_REQUIRED)}"
            )
    return columns


def _term(row: list[str], columns: list[str], place: str) -> Term:
    if len(row) != len(columns):
        raise FormatError(
            f"{place}: {len(row)} cells where the header has {len(columns)}; "
            "quote a cell that holds a comma"
        )
    cells = zip(columns, row, strict=True)
    fields = {column: _value(column, cell, place) for column, cell in cells if cell}
    try:
        return Term.model_validate(fields)
    except ValidationError as error:
        raise FormatError(f"{place}: {fault(error)}; correct the cell") from error


def _value(column: str, cell: str, place: str) -> Any:
    if column in _NESTED:
        try:
            return json.loads(cell)
        except (ValueError, RecursionError) as error:
            raise FormatError(
                f"{place}: {column}: {shown(cell)} is not JSON ({error}); "
                'expected for example ["one", "two"]'
            ) from error
    return cell[1:] if cell[0] == "'" and cell[1:].startswith(_ACTIVE) else cell


def __dir__() -> list[str]:
    return __all__

"""JSON Lines: one term a line, sorted by id; the same bytes as the records of a bundle.

Encoded as UTF-8, every line ends with a line feed. Categories are not carried; `json`
carries them.
"""

from __future__ import annotations

from genai_terms._errors import FormatError
from genai_terms.export import _files
from genai_terms.export._content import glossary_of, json_lines
from genai_terms.export._reading import fault, glossary_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from genai_terms._glossary import Glossary
    from genai_terms._models import Term

__all__ = ["dump", "dumps", "load", "loads"]


def dumps(terms: Iterable[Term] | Term) -> str:
    r"""Return *terms* as JSON Lines; a compiled glossary is not decoded for it.

    Args:
        terms: A Glossary, an iterable of terms, or one Term.

    Raises:
        ValueError: Two terms have the same id.

    >>> from genai_terms import Term
    >>> dumps(Term(id="token", name="Token", definition="A unit of text."))[:29]
    '{"id":"token","name":"Token",'
    """
    # One wide character slows the decoding of everything behind it: keep that to its line.
    return "".join([str(line, "utf-8") for line in json_lines(glossary_of(terms))])


def dump(terms: Iterable[Term] | Term, path: str | PathLike[str]) -> None:
    """Write what `dumps` returns to the file *path*, whole or not at all.

    Raises:
        ValueError: Two terms have the same id.
        OSError: The place cannot be written to.
    """
    _files.write(path, b"".join(json_lines(glossary_of(terms))))


def loads(text: str) -> Glossary:
    """Return the glossary that *text* holds; blank lines do not count.

    Raises:
        FormatError: A line is not a term, or two terms have the same id; the line is named.

    >>> loads('{"id": "token", "name": "Token"}')
    Traceback (most recent call last):
        ...
    genai_terms.FormatError: line 1: definition: Field required; expected one term a line, \
as an object in JSON
    """
    return glossary_from(_terms(text))


def load(path: str | PathLike[str]) -> Glossary:
    """Return the glossary in the file *path*, which is UTF-8 with or without a mark.

    Raises:
        FormatError: The file is not UTF-8 or not what `loads` reads.
        OSError: It cannot be read.
    """
    return _files.load(path, loads)


def _terms(text: str) -> Iterator[tuple[str, Term]]:
    from pydantic import ValidationError

    from genai_terms._models import Term

    # Not splitlines(): the separators of Unicode may stand inside a string of JSON.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            yield f"line {number}", Term.model_validate_json(line)
        except ValidationError as error:
            # The parser counts lines too, and each of ours is its first.
            what = fault(error).replace(" at line 1 column", " at column")
            raise FormatError(
                f"line {number}: {what}; expected one term a line, as an object in JSON"
            ) from error


def __dir__() -> list[str]:
    return __all__

"""Rules that content must keep, each with a stable code.

One validator for all callers: compile, the command line, the tests and contributors all
call `check`. A code is a letter and three digits: E is a fault that keeps a glossary from
being compiled, W is a breach of the content guide; the first digit is the subject::

    1  files and schema    4  links         7  prose
    2  names               5  questions     8  retired ids
    3  definitions         6  references

`RULES` lists them all with what each means.
"""

from __future__ import annotations

from genai_terms._arguments import several

# Importing a module registers its rules.
# pyright: reportUnusedImport=false
from genai_terms.checks import (  # noqa: F401
    _definitions,
    _links,
    _names,
    _prose,
    _questions,
    _references,
    _retired,
)
from genai_terms.checks._rules import RULES, Corpus, Draft, Finding, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from genai_terms._models import Term
    from genai_terms._source import Source

__all__ = ["RULES", "Draft", "Finding", "check"]


def check(
    content: Source | Iterable[Term],
    *,
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Return every fault of *content*, all at once, in order of file and line.

    Args:
        content: A `Glossary`, any other iterable of terms, or content read from files.
        select: Codes, or beginnings of codes ("E", "W7"), to look for; all if empty.
        ignore: Codes, or beginnings of codes, to leave out.

    Raises:
        TypeError: *content* is neither content nor terms.
        ValueError: A selector matches no code.
        MissingExtraError: W708 is looked for and textstat is not installed.

    >>> from genai_terms import Term
    >>> for finding in check([Term(id="token", name="Token", definition="Is a token")],
    ...                      select=["W303", "W304"]):
    ...     print(finding)
    token: W303 definition: opens with 'Is a' (begin with the class that the thing belongs to)
    token: W304 definition: does not end with a full stop (write a whole sentence)
    """
    corpus = content if isinstance(content, Corpus) else Corpus.of(content)
    return run(corpus, several(select), several(ignore))


def __dir__() -> list[str]:
    return __all__

"""Addresses: where a host application has its pages, and which ones may be linked to."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Page = Literal["term", "category", "glossary", "jobs", "positions", "salaries"]

__all__ = ["Links", "check_address", "outside"]

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_SCHEME: Final = re.compile(r"(?i)https?://[^/?#]")
# What stands before the first of these cannot be a scheme, such as javascript.
_PATH_BEGINS: Final = re.compile(r"[/?#]")
_NEVER_IN_ADDRESS: Final = frozenset(' "<>\\^`{|}')
_RESERVED: Final = "%/?#:@!$&'()*+,;=~[]"


def check_address(address: object, what: str) -> None:
    """Refuse an *address* that is neither http, nor https, nor relative.

    Raises:
        TypeError: It is not text.
        ValueError: It has another scheme, or a character that no address has.
    """
    if not isinstance(address, str):
        raise TypeError(f"{what} is a str, found {type(address).__name__}")
    unfit = sorted({c for c in address if c in _NEVER_IN_ADDRESS or not c.isprintable()})
    if unfit:
        raise ValueError(
            f"{what}={address!r} holds {unfit[0]!r}, which no address has; percent-encode it"
        )
    if ":" in _PATH_BEGINS.split(address, maxsplit=1)[0] and not _SCHEME.match(address):
        raise ValueError(
            f"{what}={address!r} has a scheme that is not allowed; "
            "begin it with https://, http:// or /"
        )


def outside(address: str) -> str | None:
    """Return *address* percent-encoded if a page may link to it; otherwise None.

    >>> outside("https://example.org/a b"), outside("javascript:alert(1)")
    ('https://example.org/a%20b', None)
    """
    return quote(address, safe=_RESERVED) if _SCHEME.match(address) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Templates of the pages that a host application has, for `markdown` and `html`.

    Args:
        term: The page of a term, such as "/glossary/{id}".
        category: The page of a category, such as "/glossary/category/{id}".
        glossary: The page with all terms; it has no placeholder.
        jobs: Jobs for a term, such as "https://jobs.example/search?q={name}".
        positions: Open positions for a term.
        salaries: Salary ranges for a term.

    `{id}` and `{name}` stand for those of the term (of the category in `category`) and are
    percent-encoded. What is left out is not linked.

    Raises:
        ValueError: A template has another placeholder, or is neither relative nor http(s).

    >>> links = Links(term="/glossary/{id}", jobs="/jobs?q={name}")
    >>> links.href("jobs", id="rlhf", name="R&D / RLHF")
    '/jobs?q=R%26D%20%2F%20RLHF'
    >>> print(links.href("salaries", id="rlhf", name="RLHF"))
    None
    """

    __module__ = "genai_terms.export"

    term: str | None = None
    category: str | None = None
    glossary: str | None = None
    jobs: str | None = None
    positions: str | None = None
    salaries: str | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            template = getattr(self, field.name)
            if template is not None:
                _check_template(template, field.name)

    def href(self, page: Page, *, id: str = "", name: str = "") -> str | None:  # noqa: A002 - the placeholder's name
        """Return the address of a *page* for a term or category, or None.

        Args:
            page: One of the templates, by its name.
            id: The id of the term or category.
            name: Its headword or title.
        """
        template: str | None = getattr(self, page)
        if template is None:
            return None
        values = {"id": quote(id, safe=""), "name": quote(name, safe="")}
        return _PLACEHOLDER.sub(lambda match: values[match[1]], template)


def _check_template(template: object, what: str) -> None:
    if not isinstance(template, str):
        raise TypeError(f"{what} is a str, found {type(template).__name__}")
    allowed = () if what == "glossary" else ("id", "name")
    for placeholder in _PLACEHOLDER.findall(template):
        if placeholder not in allowed:
            expected = " and ".join(f"{{{name}}}" for name in allowed) or "none"
            raise ValueError(
                f"{what}={template!r} has the placeholder {{{placeholder}}}; "
                f"allowed are: {expected}"
            )
    check_address(_PLACEHOLDER.sub("x", template), what)


def __dir__() -> list[str]:
    return __all__

"""A glossary in other formats: one module per format, the same verbs in each.

===========  ==========================================  ===============
module       what it writes                              reads it again
===========  ==========================================  ===============
`json`       one object with categories and terms        yes
`jsonl`      one term a line: the bytes of a bundle      yes
`csv`        one row a term, for spreadsheets            yes
`markdown`   pages for people, every text escaped        no
`html`       pages for people, accessible, no script     no
===========  ==========================================  ===============

The verbs: `dumps(terms) -> str` and `dump(terms, path)`, which replaces the file whole or
not at all; `loads(text) -> Glossary` and `load(path) -> Glossary` in the formats that can
be read again, with `loads(dumps(glossary)) == glossary`. What is written may be a
Glossary, any iterable of terms, or a single Term; terms are sorted by id, and the same
terms give the same bytes. `Links` tells the pages for people where a host application has
its own pages. Each module is imported when it is first used.

    >>> import genai_terms as gt
    >>> term = gt.Term(id="token", name="Token", definition="A unit of text.")
    >>> gt.export.jsonl.loads(gt.export.jsonl.dumps(term))["token"] == term
    True
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from genai_terms.export import csv, html, json, jsonl, markdown
    from genai_terms.export._links import Links

__all__ = ["FORMATS", "Links", "csv", "html", "json", "jsonl", "markdown"]

FORMATS = ("json", "jsonl", "csv", "markdown", "html")
"""The names of the formats, each of which is a module here."""


def __getattr__(name: str) -> object:
    """Load a format, or `Links`, when it is first used (PEP 562)."""
    from importlib import import_module

    if name in FORMATS:
        return import_module(f"{__name__}.{name}")
    if name == "Links":
        links = import_module(f"{__name__}._links").Links
        globals()[name] = links
        return links
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

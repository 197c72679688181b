"""Every term of generative AI as typed, immutable objects.

    >>> import genai_terms as gt
    >>> gt.lookup("RAG")
    <Term retrieval-augmented-generation: Retrieval-augmented generation (RAG)>

The module functions are the methods of the built-in glossary, `glossary`. Importing the
package reads no data and imports no dependency; each name is loaded when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from genai_terms import checks, export
    from genai_terms._annotate import Annotator, Mention
    from genai_terms._errors import (
        AmbiguousTermError,
        BundleError,
        ContentError,
        FormatError,
        GlossaryError,
        MissingExtraError,
        RetiredTermWarning,
        StaleBundleWarning,
        TermNotFoundError,
    )
    from genai_terms._glossary import Glossary
    from genai_terms._markup import annotate_html, annotate_markdown
    from genai_terms._models import (
        FAQ,
        Category,
        Example,
        Formula,
        Misconception,
        Reference,
        RelatedConcept,
        Term,
    )
    from genai_terms._search.hits import FAQHit, SearchHit, Suggestion
    from genai_terms._vocabulary import Kind, Level, ReferenceKind, Relation

    __version__: str
    glossary = Glossary()
    annotate = glossary.annotate
    faqs = glossary.faqs
    get = glossary.get
    lookup = glossary.lookup
    lookup_all = glossary.lookup_all
    search = glossary.search
    search_faqs = glossary.search_faqs
    suggest = glossary.suggest

__all__ = [
    "FAQ",
    "AmbiguousTermError",
    "Annotator",
    "BundleError",
    "Category",
    "ContentError",
    "Example",
    "FAQHit",
    "FormatError",
    "Formula",
    "Glossary",
    "GlossaryError",
    "Kind",
    "Level",
    "Mention",
    "Misconception",
    "MissingExtraError",
    "Reference",
    "ReferenceKind",
    "RelatedConcept",
    "Relation",
    "RetiredTermWarning",
    "SearchHit",
    "StaleBundleWarning",
    "Suggestion",
    "Term",
    "TermNotFoundError",
    "annotate",
    "annotate_html",
    "annotate_markdown",
    "checks",
    "export",
    "faqs",
    "get",
    "glossary",
    "lookup",
    "lookup_all",
    "search",
    "search_faqs",
    "suggest",
]

_HOMES = {
    "_annotate": ("Annotator", "Mention"),
    "_errors": (
        "AmbiguousTermError",
        "BundleError",
        "ContentError",
        "FormatError",
        "GlossaryError",
        "MissingExtraError",
        "RetiredTermWarning",
        "StaleBundleWarning",
        "TermNotFoundError",
    ),
    "_glossary": ("Glossary",),
    "_markup": ("annotate_html", "annotate_markdown"),
    "_models": (
        "FAQ",
        "Category",
        "Example",
        "Formula",
        "Misconception",
        "Reference",
        "RelatedConcept",
        "Term",
    ),
    "_search.hits": ("FAQHit", "SearchHit", "Suggestion"),
    "_vocabulary": ("Kind", "Level", "ReferenceKind", "Relation"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
_SUBMODULES = ("checks", "export")
_VERBS = ("annotate", "faqs", "get", "lookup", "lookup_all", "search", "search_faqs", "suggest")


def __getattr__(name: str) -> object:
    """Load *name* when it is first used (PEP 562), and keep it."""
    if name in _HOME:
        value = getattr(_import(_HOME[name]), name)
    elif name in _SUBMODULES:
        value = _import(name)
    elif name == "glossary" or name in _VERBS:
        from genai_terms._builtin import built_in

        value = built_in() if name == "glossary" else getattr(built_in(), name)
    elif name == "__version__":
        value = _version()
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("genai-terms")
    except PackageNotFoundError:
        raise AttributeError("genai_terms is not installed, so it has no version") from None


def _import(name: str) -> object:
    from importlib import import_module

    return import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return __all__

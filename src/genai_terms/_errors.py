"""Every error and warning that the library raises.

The tree::

    GlossaryError
    ├── TermNotFoundError (KeyError)      no term bears this name
    ├── AmbiguousTermError (LookupError)  several terms bear it
    ├── ContentError (ValueError)         content that does not pass the checks
    ├── BundleError (ValueError)          a bundle that is missing, damaged or foreign
    ├── FormatError (ValueError)          text that is not what a format's loads() reads
    └── MissingExtraError (ImportError)   an optional part whose dependency is absent

    RetiredTermWarning (DeprecationWarning)  an id that was merged into another entry
    StaleBundleWarning (UserWarning)         content that is newer than its bundle
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from genai_terms.checks import Finding

__all__ = [
    "AmbiguousTermError",
    "BundleError",
    "ContentError",
    "FormatError",
    "GlossaryError",
    "MissingExtraError",
    "RetiredTermWarning",
    "StaleBundleWarning",
    "TermNotFoundError",
]

_SHOWN = 80
_NOT_CALLERS = ("genai_terms", "importlib")


def shown(text: str) -> str:
    """Return *text* quoted, and cut where it would flood a message.

    >>> shown("RAG")
    "'RAG'"
    """
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


class GlossaryError(Exception):
    """The root of every error that the library raises on purpose."""

    __module__ = "genai_terms"


class TermNotFoundError(GlossaryError, KeyError):
    """No term of the glossary bears the name that was looked up.

    >>> print(TermNotFoundError("retreival", ("Retrieval-augmented generation",)))
    No term is called 'retreival'. Did you mean 'Retrieval-augmented generation'?
    """

    __module__ = "genai_terms"

    def __init__(self, query: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(query, tuple(suggestions))
        self.query = query
        self.suggestions = tuple(suggestions)

    def __str__(self) -> str:
        message = f"No term is called {shown(self.query)}."
        if not self.suggestions:
            return f"{message} Use search() to look for it by what it means."
        names = [repr(name) for name in self.suggestions]
        listed = " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        return f"{message} Did you mean {listed}?"


class AmbiguousTermError(GlossaryError, LookupError):
    """Several terms bear the name that was looked up.

    >>> print(AmbiguousTermError("SAM", ("segment-anything-model", "sharpness-aware-minimization")))
    2 terms are called 'SAM': segment-anything-model, sharpness-aware-minimization. \
Look one of these ids up, or take all of them with lookup_all('SAM').
    """

    __module__ = "genai_terms"

    def __init__(self, query: str, candidates: Sequence[str]) -> None:
        super().__init__(query, tuple(candidates))
        self.query = query
        self.candidates = tuple(candidates)

    def __str__(self) -> str:
        name = shown(self.query)
        return (
            f"{len(self.candidates)} terms are called {name}: {', '.join(self.candidates)}. "
            f"Look one of these ids up, or take all of them with lookup_all({name})."
        )


class ContentError(GlossaryError, ValueError):
    """Content that does not pass the checks; `findings` has every fault, not only the first."""

    __module__ = "genai_terms"

    def __init__(self, summary: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(summary, tuple(findings))
        self.summary = summary
        self.findings = tuple(findings)

    def __str__(self) -> str:
        return "\n".join([self.summary, *(f"  {finding}" for finding in self.findings)])


class BundleError(GlossaryError, ValueError):
    """A bundle that is missing, damaged, or of a format that this version does not read."""

    __module__ = "genai_terms"


class FormatError(GlossaryError, ValueError):
    """Text that is not what the `loads` of an export format reads."""

    __module__ = "genai_terms"


class MissingExtraError(GlossaryError, ImportError):
    """An optional part of the library whose dependency is not installed.

    >>> print(MissingExtraError("The command line", "cli", "typer"))
    The command line needs typer, which is not installed. Run: pip install 'genai-terms[cli]'
    """

    __module__ = "genai_terms"

    def __init__(self, what: str, extra: str, missing: str) -> None:
        super().__init__(what, extra, missing)
        self.what, self.extra, self.missing = what, extra, missing

    def __str__(self) -> str:
        return (
            f"{self.what} needs {self.missing}, which is not installed. "
            f"Run: pip install 'genai-terms[{self.extra}]'"
        )


class RetiredTermWarning(DeprecationWarning):
    """An id that was merged into another entry, which answered in its place."""

    __module__ = "genai_terms"


class StaleBundleWarning(UserWarning):
    """Content in a source checkout that changed after its bundle was compiled."""

    __module__ = "genai_terms"


def warn(message: str, category: type[Warning]) -> None:
    """Warn at the line outside the library from which it was called, however deep inside."""
    import sys
    import warnings

    frame = sys._getframe(1)  # noqa: SLF001 - as `warnings` itself does
    while frame.f_back and _module(frame).partition(".")[0] in _NOT_CALLERS:
        frame = frame.f_back
    warnings.warn_explicit(
        message,
        category,
        frame.f_code.co_filename,
        frame.f_lineno,
        _module(frame),
        frame.f_globals.setdefault("__warningregistry__", {}),
    )


def _module(frame: FrameType) -> str:
    """The name of the module of *frame*; code that was given to `exec` may have none."""
    name: str = frame.f_globals.get("__name__", "<string>")
    return name


def __dir__() -> list[str]:
    return __all__

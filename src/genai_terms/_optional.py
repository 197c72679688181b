"""Parts of the library that need an extra: reached lazily, absent with advice."""

from __future__ import annotations

from importlib import import_module

from genai_terms._errors import MissingExtraError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["load"]


def load(module: str, what: str, extra: str, missing: str) -> ModuleType:
    """Import *module* of this package, which needs the distribution *missing*.

    Raises:
        MissingExtraError: That distribution is not installed.
    """
    try:
        return import_module(f"genai_terms.{module}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "genai_terms":
            raise
        raise MissingExtraError(what, extra, missing) from error

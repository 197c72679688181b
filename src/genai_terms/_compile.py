"""From content written by hand to a bundle: read, check, connect, write.

The built-in glossary and a user's own take the same way. The content is checked whole;
faults with an E code keep it from being compiled, and the old bundle stays as it was.
"""

from __future__ import annotations

import os
import sys
from typing import Final

from genai_terms._errors import ContentError, GlossaryError
from genai_terms._save import write
from genai_terms._source import Source, read_folder
from genai_terms.checks import check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from genai_terms._models import Term

__all__ = ["compile_folder", "connected", "load"]

_HERE: Final = os.path.dirname(os.path.abspath(__file__))


def load(folder: str) -> Source:
    """Read and check the content in *folder*.

    Raises:
        ContentError: It has faults; all of them are in `findings`.
        NotADirectoryError: There is no such folder.
    """
    source = read_folder(folder)
    findings = check(source, select=["E"])
    if findings:
        noun = "fault" if len(findings) == 1 else "faults"
        raise ContentError(f"{folder}: {len(findings)} {noun} in the content", findings)
    return source


def connected(terms: Iterable[Term]) -> list[Term]:
    """Give every link its target's name and definition; leave out links to no entry."""
    terms = list(terms)
    cards = {term.id: {"name": term.name, "definition": term.definition} for term in terms}
    return [
        term.model_copy(
            update={
                "related": tuple(
                    link.model_copy(update=cards[link.id])
                    for link in term.related
                    if link.id in cards
                )
            }
        )
        for term in terms
    ]


def compile_folder(folder: str, bundle: str) -> Source:
    """Compile the content in *folder* into a bundle at *bundle*, whole or not at all.

    Raises:
        ContentError: The content has faults; nothing is written.
        BundleError: *bundle* exists and is something else.
        OSError: Something cannot be read or written.
    """
    source = load(folder)
    write(
        bundle,
        connected(draft.term for draft in source.drafts),
        source.categories,
        source.retired,
        source.digest,
    )
    return source


def compile_built_in() -> str:
    """Compile the content of a source checkout; return where the bundle was written."""
    bundle = os.path.join(_HERE, "_data")
    compile_folder(os.path.join(_HERE, "content"), bundle)
    return bundle


if __name__ == "__main__":
    try:
        print(compile_built_in())  # noqa: T201 - the answer of the command
    except (GlossaryError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)

"""`genai-terms compile`: from content written by hand to a bundle."""

from typing import Annotated

import typer

from genai_terms import _optional
from genai_terms.cli._terminal import say, working

__all__ = ["compile_"]

Folder = Annotated[
    str,
    typer.Argument(metavar="FOLDER", help="Content: <category>/<id>.yaml, _categories.yaml, …"),
]
Bundle = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="BUNDLE", help="The folder to make, or the bundle to replace."
    ),
]


def compile_(folder: Folder, output: Bundle) -> None:
    """Compile a folder of YAML into a bundle, whole or not at all; every fault is listed."""
    compiler = _optional.load("_compile", "Reading YAML", "authoring", "PyYAML")
    with working(f"Compiling {folder}"):
        source = compiler.compile_folder(folder, output)
    say(f"{output}: {len(source.drafts):,} terms")

"""Compile the content when a wheel, a source distribution or an editable install is built.

A wheel and an editable install need the bundle; a source distribution carries the content
instead, which is compiled here all the same, so that content that does not pass its checks
cannot leave the project.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileContent(BuildHookInterface[Any]):
    """The hook that hatchling calls before it collects files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile `content/`; a fault in the content stops the build."""
        del version, build_data
        source = str(Path(self.root, "src"))
        sys.path.insert(0, source)
        try:
            from genai_terms._compile import compile_folder

            content = Path(source, "genai_terms", "content")
            with TemporaryDirectory() as elsewhere:
                shipped = self.target_name == "wheel"
                bundle = content.with_name("_data") if shipped else Path(elsewhere, "_data")
                compile_folder(str(content), str(bundle))
        finally:
            sys.path.remove(source)

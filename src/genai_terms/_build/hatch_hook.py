"""Compile the content when a wheel, a source distribution or an editable install is built.

A wheel and an editable install need the bundle; a source distribution carries the content
instead, which is compiled here all the same, so that content that does not pass its checks
cannot leave the project.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileContent(BuildHookInterface[Any]):
    """The hook that hatchling calls before it collects files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile `content/` into `_data/`; a fault in the content stops the build."""
        del version, build_data
        source = str(Path(self.root, "src"))
        sys.path.insert(0, source)
        try:
            from genai_terms._compile import compile_built_in

            compile_built_in()
        finally:
            sys.path.remove(source)

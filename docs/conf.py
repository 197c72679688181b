"""Configuration of the documentation."""

from importlib import metadata

project = "genai_terms"
author = "The genai_terms maintainers"
copyright = "2026, the genai_terms maintainers"
release = version = metadata.version("genai-terms")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]

html_theme = "furo"
html_title = "genai_terms"

autodoc_typehints = "description"
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
# The types of the standard library and of pydantic are not part of this documentation.
nitpick_ignore_regex = [("py:.*", r".*")]

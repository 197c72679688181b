"""Documentation that cannot lie: what it lists is what there is."""

from __future__ import annotations

import re

import pytest

import genai_terms as gt
from genai_terms import _errors
from genai_terms._models import Term
from genai_terms.checks import RULES


def codes_page() -> str:
    rows = [f"| {code} | {meaning} |" for code, meaning in sorted(RULES.items())]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows, ""])


def test_every_code_is_documented(root):
    """docs/reference/codes.md is the table of RULES."""
    assert (root / "docs" / "reference" / "codes.md").read_text(encoding="utf-8") == codes_page()


def test_every_field_is_in_the_content_guide(root):
    guide = (root / "docs" / "content-guide.md").read_text(encoding="utf-8")
    assert [
        f for f in Term.model_fields if f not in {"id", "category"} and f"`{f}`" not in guide
    ] == []


def test_the_template_has_every_key(root):
    template = (root / "src/genai_terms/content/_template.yaml").read_text(encoding="utf-8")
    written = set(re.findall(r"^(\w+):", template, re.MULTILINE))
    assert written == set(Term.model_fields) - {"id", "category"}


def test_every_public_name_is_documented(root):
    pages = "\n".join(
        path.read_text(encoding="utf-8") for path in (root / "docs").rglob("*.md")
    ) + (root / "README.md").read_text(encoding="utf-8")
    assert "automodule:: genai_terms._errors" in pages
    whole = {*_errors.__all__, "checks", "export", "strategies"}
    assert [name for name in gt.__all__ if name not in pages and name not in whole] == []


@pytest.mark.parametrize("command", ["show", "list", "faq", "export", "check", "compile", "stats",
                                     "search", "suggest", "annotate"])  # fmt: skip
def test_every_command_is_documented(root, command):
    page = (root / "docs" / "how-to" / "command-line.md").read_text(encoding="utf-8")
    assert f"$ genai-terms {command}" in page


def test_the_changelog_has_the_version(root):
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {gt.__version__}" in changelog


def test_the_project_speaks_of_itself_alone(root):
    """No text names paths of one machine."""
    told = [
        path.relative_to(root)
        for folder in ("src", "docs", "tests", "benchmarks", "scripts")
        for path in (root / folder).rglob("*")
        if path.suffix in {".py", ".md", ".yaml", ".toml", ".csv", ".tsv"}
        if re.search(r"(?<!\w)/(?:work|root|tmp|home)/\w", path.read_text(encoding="utf-8"))
        if path.name != "test_docs.py"
    ]
    assert told == []

"""What an import costs: nothing that is not needed yet, and a face that cannot drift."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import genai_terms as gt

LOADED = """
import sys
before = set(sys.modules)
{statement}
loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*sorted(loaded & {{{suspects}}}))
"""
HEAVY = "'pydantic', 'json', 're', 'typing', 'dataclasses', 'importlib_resources', 'yaml', 'rich', "
HEAVY += "'typer', 'hypothesis', 'snowballstemmer', 'importlib', 'inspect', 'threading'"


def loaded_by(statement: str, suspects: str) -> list[str]:
    code = LOADED.format(statement=statement, suspects=suspects)
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout.split()


def test_importing_the_package_loads_nothing_else():
    assert (
        loaded_by("import genai_terms", f"'_', 'enum', 'collections', 'functools', {HEAVY}") == []
    )


@pytest.mark.parametrize(
    "statement",
    [
        "import genai_terms as gt; gt.search('why does it make things up')",
        "import genai_terms as gt; [h.name + h.definition for h in gt.search('retreival')]",
        "import genai_terms as gt; gt.suggest('retriev')",
        "import genai_terms as gt; gt.annotate('Ask an LLM.')",
        "import genai_terms as gt; gt.get('no such thing')",
    ],
)
def test_finding_loads_no_models(statement):
    """Search, suggestions, annotation and misses need neither pydantic nor the records."""
    assert (
        loaded_by(statement, f"'genai_terms._models', {HEAVY}".replace("'importlib', ", "")) == []
    )


@pytest.mark.parametrize("verb", ["search", "suggest", "get"])
def test_finding_loads_little_of_the_standard_library(verb):
    """With collections and functools, and what they load, it would take a fifth longer."""
    statement = f"import genai_terms as gt; gt.{verb}('modle')"
    assert loaded_by(statement, f"'collections', 'functools', 'types', 'operator', {HEAVY}") == []


def test_a_failed_lookup_loads_no_models():
    statement = (
        "import genai_terms as gt\ntry:\n gt.lookup('retreival augmented generatoin')\n"
        "except gt.TermNotFoundError as error:\n assert error.suggestions"
    )
    assert loaded_by(statement, "'pydantic', 'json', 're', 'typing'") == []


def test_a_lookup_loads_no_optional_part():
    optional = (
        "'yaml', 'typer', 'rich', 'hypothesis', 'snowballstemmer', 'markdown_it', 'selectolax'"
    )
    assert loaded_by("import genai_terms as gt; gt.lookup('RAG')", optional) == []


def test_the_face_is_what_all_says():
    """`__all__` is sorted and complete: no public name comes or goes unnoticed."""
    assert sorted(gt.__all__) == dir(gt)
    assert gt.__all__ == FACE
    for name in gt.__all__:
        assert getattr(gt, name) is getattr(gt, name)


FACE = [
    "FAQ", "AmbiguousTermError", "Annotator", "BundleError", "Category", "ContentError",
    "Example", "FAQHit", "FormatError", "Formula", "Glossary", "GlossaryError", "Kind", "Level",
    "Mention", "Misconception", "MissingExtraError", "Reference", "ReferenceKind",
    "RelatedConcept", "Relation", "RetiredTermWarning", "SearchHit", "StaleBundleWarning",
    "Suggestion", "Term", "TermNotFoundError", "annotate", "annotate_html", "annotate_markdown",
    "checks", "export", "faqs", "get", "glossary", "lookup", "lookup_all", "search",
    "search_faqs", "suggest",
]  # fmt: skip


def test_public_classes_say_where_they_are_imported_from():
    private = [n for n in gt.__all__ if isinstance(getattr(gt, n), type)
               and getattr(gt, n).__module__ != "genai_terms"]  # fmt: skip
    assert [n for n in private if n not in {"Kind", "Level", "Relation", "ReferenceKind"}] == []


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'genai_terms' has no attribute 'yolo'"):
        gt.yolo
    with pytest.raises(AttributeError):
        gt.__yolo__


def test_the_version_is_that_of_the_distribution():
    from importlib.metadata import version

    assert gt.__version__ == version("genai-terms")


@pytest.mark.parametrize(
    "module",
    ["_annotate", "_bundle", "_collection", "_compile", "_container", "_errors", "_facets",
     "_files", "_glossary", "_merge", "_models", "_names", "_near", "_pickle", "_save",
     "_text", "_vocabulary", "checks", "export", "export.csv", "export.html", "export.json",
     "export.jsonl", "export.markdown", "schema", "strategies"],
)  # fmt: skip
def test_modules_list_what_they_offer(module):
    from importlib import import_module

    loaded = import_module(f"genai_terms.{module}")
    missing = [name for name in loaded.__all__ if not hasattr(loaded, name)]
    assert missing == []


def test_a_missing_extra_answers_with_the_install_command(monkeypatch, capsys):
    from genai_terms import __main__, _optional

    monkeypatch.setitem(sys.modules, "typer", None)
    for name in [name for name in sys.modules if name.startswith("genai_terms.cli")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 2
    assert "pip install 'genai-terms[cli]'" in capsys.readouterr().err
    with pytest.raises(ModuleNotFoundError, match="genai_terms.absent"):
        _optional.load("absent", "Nothing", "none", "none")


def test_strategies_without_hypothesis_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "genai_terms.strategies", raising=False)
    with pytest.raises(gt.MissingExtraError, match=r"genai-terms\[testing\]"):
        import genai_terms.strategies  # noqa: F401


def test_everything_can_be_imported_without_extras():
    """A star import needs no extra, and the version is known where there is one."""
    code = (
        "import sys; sys.modules['hypothesis'] = None; sys.modules['yaml'] = None\n"
        "from genai_terms import *\nassert lookup('RAG') in glossary"
    )
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_without_metadata_there_is_no_version(monkeypatch):
    from importlib import metadata

    def absent(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    monkeypatch.delitem(vars(gt), "__version__", raising=False)
    assert getattr(gt, "__version__", None) is None

"""Laws that all formats keep."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms import export

READABLE = ("json", "jsonl", "csv")


@pytest.fixture(scope="session", params=export.FORMATS)
def module(request):
    return import_module(f"genai_terms.export.{request.param}")


@pytest.fixture(scope="session", params=READABLE)
def readable(request):
    return import_module(f"genai_terms.export.{request.param}")


def _run(code, root, environment=os.environ):
    paths = os.pathsep.join([str(root / "src"), *sys.path])
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "PYTHONPATH": paths},
    ).stdout


def test_every_format_has_the_same_verbs():
    """Every format writes; those that can be read again have both reading verbs."""
    verbs = {name: set(getattr(export, name).__all__) for name in export.FORMATS}
    assert all({"dump", "dumps"} <= has for has in verbs.values())
    assert [name for name in export.FORMATS if {"load", "loads"} <= verbs[name]] == list(READABLE)


def test_the_package_lists_what_it_offers():
    """dir() is __all__, every name in it exists, and no other name does."""
    assert dir(export) == export.__all__ == sorted(export.__all__)
    assert all(getattr(export, name) is not None for name in export.__all__)
    assert not hasattr(export, "xml")
    offered = {name: dir(getattr(export, name)) for name in export.FORMATS}
    assert offered == {name: getattr(export, name).__all__ for name in export.FORMATS}


def test_a_format_is_imported_when_it_is_used(root):
    """Writing JSON Lines of the built-in glossary imports no other format and no pydantic."""
    code = (
        "import sys, genai_terms as gt; text = gt.export.jsonl.dumps(gt.glossary);"
        "print(sorted(m for m in sys.modules if m.startswith('genai_terms.export.')"
        " and '._' not in m), 'pydantic' in sys.modules, len(text) > 0)"
    )
    assert _run(code, root).strip() == "['genai_terms.export.jsonl'] False True"


def test_links_is_kept_once_it_is_loaded():
    """The class is the same object at every use."""
    vars(export).pop("Links", None)
    assert export.Links is export.Links is vars(export)["Links"]


def test_a_glossary_an_iterable_and_a_single_term_are_written_alike(module, full):
    """What holds the same terms gives the same text."""
    texts = {module.dumps(terms) for terms in (full, [full], iter([full]), gt.Glossary([full]))}
    assert len(texts) == 1


def test_the_order_in_which_terms_are_given_does_not_matter(module, mini):
    """Terms are sorted by id."""
    assert module.dumps(list(mini)[::-1]) == module.dumps(list(mini))


@pytest.mark.parametrize("wrong", [None, 3, "text", [1], {"id": "x"}])
def test_what_is_no_term_is_refused(module, wrong):
    """Anything but terms is a TypeError that says what was found."""
    with pytest.raises(TypeError, match=r"Term.*found"):
        module.dumps(wrong)


def test_two_terms_of_one_id_are_refused(module, full):
    """Ids are unique in what is written."""
    with pytest.raises(ValueError, match="'dropout'"):
        module.dumps([full, full])


def test_a_file_holds_what_dumps_returns(module, mini, tmp_path):
    """dump writes the text of dumps as UTF-8; CSV with a mark in front."""
    path = tmp_path / "out"
    module.dump(mini, path)
    assert path.read_bytes().decode("utf-8-sig") == module.dumps(mini)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (module is export.csv)


def test_a_failed_dump_leaves_the_old_file_and_nothing_else(module, full, tmp_path):
    """What cannot be written changes nothing."""
    path = tmp_path / "out"
    path.write_text("old")
    with pytest.raises(ValueError, match="dropout"):
        module.dump([full, full], path)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"out": "old"}


@given(data=st.data())
def test_reading_gives_back_what_was_written(readable, hostile_glossaries, data):
    """loads(dumps(g)) == g, whatever the texts are, and writing it again gives the same text."""
    glossary = data.draw(hostile_glossaries)
    text = readable.dumps(glossary)
    assert readable.loads(text) == glossary
    assert readable.loads("\ufeff" + text) == glossary
    assert readable.dumps(readable.loads(text)) == text


def test_the_built_in_glossary_survives_the_round_trip(readable, glossary, tmp_path):
    """load(dump(g)) == g for the glossary that the package ships."""
    path = tmp_path / "glossary"
    readable.dump(glossary, path)
    assert readable.load(path) == glossary


def test_every_field_survives_the_round_trip(readable, full):
    """A term that has everything comes back whole."""
    assert [*readable.loads(readable.dumps(full))] == [full]


def test_a_filtered_glossary_is_written_filtered(readable, glossary):
    """Only the terms that were chosen are written."""
    chosen = glossary.filter(category="foundations")
    assert 0 < len(chosen) < len(glossary)
    assert readable.loads(readable.dumps(chosen)) == chosen


def test_a_file_that_is_not_utf_8_is_refused_by_its_byte(readable, tmp_path):
    """The message names the file and the byte, counted with the mark."""
    path = tmp_path / "glossary"
    path.write_bytes(b"\xef\xbb\xbf" + b"ab\xff")
    with pytest.raises(gt.FormatError, match=r"glossary: byte 5 \(0xff\) is not UTF-8"):
        readable.load(path)


def test_a_fault_in_a_file_is_told_with_its_path(readable, tmp_path):
    """Messages of load begin with the path."""
    path = tmp_path / "glossary"
    path.write_text("nonsense")
    with pytest.raises(gt.FormatError) as caught:
        readable.load(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_missing_file_is_an_os_error(readable, tmp_path):
    """load raises what open raises."""
    with pytest.raises(FileNotFoundError):
        readable.load(tmp_path / "absent")


def test_people_formats_work_from_a_zip_archive(root, tmp_path):
    """The stylesheet is found where the package has no folder."""
    import zipfile

    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in (root / "src").rglob("genai_terms/**/*"):
            relative = path.relative_to(root / "src")
            if path.suffix in {".py", ".css"} and "content" not in relative.parts:
                zipped.write(path, relative)
    code = (
        f"import sys; sys.path.insert(0, {str(archive)!r});"
        "import genai_terms as gt; print(gt.__file__, '.term' in gt.export.html.stylesheet())"
    )
    # Lines that run inside the archive are no lines of the source tree.
    unmeasured = {key: value for key, value in os.environ.items() if "COVERAGE" not in key}
    where, found = _run(code, root, unmeasured).split()
    assert where.startswith(str(archive))
    assert found == "True"

"""Every rule fires on its smallest bad fixture, and none on the good content.

`data/bad/<CODE>.yaml` lists the edits that turn the good content into the bad: either an
old and a new passage of a file, or the whole text of one more file.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from genai_terms._source import read_folder
from genai_terms.checks import RULES, Finding, check

DATA = Path(__file__).parent.parent / "data"
BAD = sorted(path.stem for path in (DATA / "bad").glob("*.yaml"))
EMPTY = {"E107"}


def spoiled(code: str, folder: Path) -> Path:
    """A copy of the good content with the edits of one bad fixture."""
    shutil.copytree(DATA / "good", folder)
    for edit in yaml.safe_load((DATA / "bad" / f"{code}.yaml").read_text(encoding="utf-8")):
        path = folder / edit["path"]
        if "text" in edit:
            path.parent.mkdir(exist_ok=True)
            path.write_text(edit["text"], encoding="utf-8")
        else:
            whole = path.read_text(encoding="utf-8")
            assert edit["old"] in whole, f"{code}: {edit['old']!r} is not in {edit['path']}"
            path.write_text(whole.replace(edit["old"], edit["new"], 1), encoding="utf-8")
    return folder


def test_every_code_has_a_fixture_and_every_fixture_a_code():
    assert set(BAD) | EMPTY == set(RULES)


def test_the_good_content_is_good():
    assert check(read_folder(str(DATA / "good"))) == ()


@pytest.mark.parametrize("code", BAD)
def test_a_rule_fires_on_its_fixture(code, tmp_path):
    findings = check(read_folder(str(spoiled(code, tmp_path / "content"))), select=[code])
    assert {finding.code for finding in findings} == {code}
    for finding in findings:
        assert finding.message
        assert finding.suggestion
        assert finding.path
        assert finding.path.startswith(str(tmp_path))
        assert code in str(finding)


@pytest.mark.parametrize("code", [code for code in BAD if code not in {"E105", "E101"}])
def test_a_finding_names_the_line(code, tmp_path):
    """Every finding about a value leads to its line, or to the file where none is at fault."""
    folder = spoiled(code, tmp_path / "content")
    for finding in check(read_folder(str(folder)), select=[code]):
        lines = Path(finding.path).read_text(encoding="utf-8").splitlines()
        assert finding.line is None or 1 <= finding.line <= len(lines)
        if finding.line and finding.line > 1 and finding.field:
            key = finding.field.split(".")[0]
            assert any(line.startswith(key) for line in lines[: finding.line]), finding


@pytest.mark.parametrize(
    ("code", "file", "line"),
    [
        ("E204", "_ambiguous.yaml", 1),
        ("E801", "_retired.yaml", 1),
        ("E802", "_retired.yaml", 1),
        ("W410", "_planned.yaml", 4),
    ],
)
def test_what_a_declaration_says_falsely_is_found_there(code, file, line, tmp_path):
    folder = spoiled(code, tmp_path / "content")
    places = {(f.path, f.line) for f in check(read_folder(str(folder)), select=[code])}
    assert places == {(str(folder / file), line)}


def test_an_ambiguous_name_is_borne_by_entries(tmp_path):
    folder = spoiled("E204", tmp_path / "content")
    (folder / "_ambiguous.yaml").write_text("starter: [sourdough, barm]\n", encoding="utf-8")
    (finding,) = check(read_folder(str(folder)), select=["E204"])
    assert finding.message == "no entry 'barm'"


@pytest.mark.parametrize("broken", ["tools/starter-jar.yaml", "_planned.yaml"])
def test_a_file_that_cannot_be_read_is_one_error(broken, tmp_path):
    """What links to it, or is declared in it, is not at fault."""
    folder = tmp_path / "content"
    shutil.copytree(DATA / "good", folder)
    (folder / broken).write_bytes(b"name: caf\xe9\n")
    (finding,) = check(read_folder(str(folder)), select=["E"])
    assert (finding.code, finding.path) == ("E101", str(folder / broken))


@pytest.mark.parametrize("code", ["E106", "E201", "E202"])
def test_a_declaration_that_cannot_be_read_is_one_error(code, tmp_path):
    """What it may have allowed is not at fault."""
    folder = spoiled(code, tmp_path / "content")
    name = "_categories.yaml" if code == "E106" else "_ambiguous.yaml"
    (folder / name).write_bytes(b"caf\xe9: {}\n")
    findings = check(read_folder(str(folder)), select=["E"])
    assert [(f.code, f.path) for f in findings] == [("E101", str(folder / name))]


def test_a_category_of_the_wrong_form_is_one_error(tmp_path):
    """The entries that it holds are not at fault."""
    folder = tmp_path / "content"
    shutil.copytree(DATA / "good", folder)
    path = folder / "_categories.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Tools", "title: 3"), "utf-8")
    (finding,) = check(read_folder(str(folder)), select=["E"])
    assert (finding.code, finding.path) == ("E103", str(path))


def test_a_folder_without_content_says_so(tmp_path):
    (finding,) = check(read_folder(str(tmp_path)))
    assert finding.code == "E107"
    assert "expected <category>/<id>.yaml" in finding.message


def test_codes_are_selected_by_their_beginnings(tmp_path):
    source = read_folder(str(spoiled("W501", tmp_path / "content")))
    assert [f.code for f in check(source, select=["W5"])] == ["W501"]
    assert check(source, select=["E"]) == ()
    assert check(source, ignore=["W501"]) == ()


@pytest.mark.parametrize("selector", ["X", "W999", ""])
def test_an_unknown_selector_is_refused(selector):
    with pytest.raises(ValueError, match="no check has a code that begins with"):
        check([], select=[selector])


def test_a_finding_without_a_file_names_the_term():
    finding = Finding("W501", "no question mark", term_id="x", field="faqs.0")
    assert str(finding) == "x: W501 faqs.0: no question mark"
    assert not finding.is_error
    assert Finding("E107", "empty").location == "glossary"
    assert Finding("E101", "m", path="a.yaml", line=3).location == "a.yaml:3"


def test_a_glossary_is_checked_like_content(mini):
    codes = {finding.code for finding in check(mini)}
    assert "E201" in codes
    assert "W702" in codes


def test_all_codes_say_what_they_mean():
    assert all(meaning.endswith(".") for meaning in RULES.values())
    assert all(code[0] in "EW" and code[1:].isdigit() for code in RULES)


def test_a_selector_may_be_one_text():
    assert check([], select="E") == ()


@pytest.mark.parametrize("content", ["text", [3], [object()]])
def test_only_terms_and_content_are_checked(content):
    with pytest.raises(TypeError, match="of Term objects"):
        check(content)

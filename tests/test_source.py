"""Content written by hand: strict YAML, every fault with its line, nothing raised."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms._compile import compile_folder, load
from genai_terms._digest import digest, files
from genai_terms._source import read_folder
from genai_terms._yaml import UnreadableError, load_yaml

GOOD = Path(__file__).parent / "data" / "good"
ENTRY = "bread/sourdough.yaml"


@pytest.fixture
def folder(tmp_path):
    """A copy of the good content."""
    shutil.copytree(GOOD, tmp_path / "content")
    return tmp_path / "content"


def faults(folder):
    return [(f.code, f.line, f.message) for f in read_folder(str(folder)).faults]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"name:\tX\n\tkind: y\n", 2, "not YAML"),
        (b"name: X\nname: Y\n", 2, "the key 'name' stands twice"),
        (b"name: X\na: {b: 1, b: 2}\n", 2, "the key 'b' stands twice"),
        (b"a: &a [x]\nb: *a\n", 1, "an anchor is used again"),
        (b"a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n", 1, "anchor is used"),
        (b"name: !!python/object/apply:os.system ['id']\n", 1, "the tag"),
        (b"name: !secret x\n", 1, "the tag '!secret' is not allowed"),
        (b"1: x\n", 1, "the key '1' is not text"),
        (b"? [a]\n: x\n", 1, "is not text"),
        (b"name: caf\xe9\n", 1, "byte 9 (0xe9) is not UTF-8"),
        (b"name: x\ndefinition: \xff\n", 2, "byte 20 (0xff) is not UTF-8"),
        (b"\xef\xbb\xbfname: x\n", 1, "byte order mark"),
        (b"- a\n- b\n", 1, "the file holds a list, not a mapping"),
        (b"just text\n", 1, "the file holds text, not a mapping"),
        (b"", 1, "the file holds nothing, not a mapping"),
        (b"name: 'x\n", None, "not YAML"),
        (b"reviewed: 2026-02-30\n", 1, "'2026-02-30'"),
        (b"name: \x00\n", None, "not YAML"),
        (b"a: " + b"[" * 40 + b"]" * 40 + b"\n", 1, "nested too deeply"),
        (b"a: " + b"[" * 4000 + b"]" * 4000 + b"\n", None, "nested too deeply"),
        (b"a: " + b"[" * 1_000_000 + b"\n", None, "nested too deeply"),
        (b"- " * 500_000 + b"\n", None, "nested too deeply"),
        (b"a: " + b"{a: " * 200_000 + b"\n", None, "nested too deeply"),
        (b"a: !!bool maybe\n", 1, "'maybe' is no bool"),
        (b"a: !!timestamp garbage\n", 1, "'garbage' is no timestamp"),
        (b"a: !!int ''\n", 1, "'' is no int"),
        (b"a: !!float ''\n", 1, "'' is no float"),
        (b"tier: 0x" + b"f" * 5000 + b"\n", 1, "a number of too many digits"),
        (b"x" * (2**20 + 1), None, "the file has 1,048,577 bytes, an entry at most 1,048,576"),
    ],
)
def test_what_is_not_strict_yaml_is_one_fault_with_its_line(folder, content, line, message):
    (folder / ENTRY).write_bytes(content)
    ((code, found, text),) = faults(folder)
    assert code == "E101"
    assert message in text
    assert line is None or found == line


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("kind: technique", "kind: technique\nid: sourdough", "E102", "the file name says it"),
        ("kind: technique", "kind: technique\ncategory: bread", "E102", "the folder says it"),
        ("kind: technique", "kind: [technique]", "E103", "kind"),
        ("tier: 3", "tier: 4", "E103", "less than or equal to 3, found 4"),
        (
            "name: Sourdough",
            "name: no",
            "E103",
            "name: Input should be a valid string, found False",
        ),
        ("[wild leaven, starter]", "wild leaven", "E103", "aliases"),
        ("[wild leaven, starter]", "[3.5]", "E103", "aliases.0"),
        ("reviewed: 2026-11-21", "reviewed: soon", "E103", "reviewed"),
        ("authors: De Vuyst and Neysens, ", "", "E104", "'references.0.authors' is missing"),
        ("doi: 10.1016", "isbn: 10.1016/x, doi: 10.1016", "E103", "exactly one of"),
        ("relation: broader", "relation: wider", "E103", "related.0.relation"),
        ("  - question: How", "  - ask: How", "E102", "unknown key 'faqs.0.ask'"),
    ],
)
def test_a_wrong_value_is_a_fault_at_its_line(folder, old, new, code, message):
    path = folder / ENTRY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = faults(folder)
    assert any(f[0] == code and message in f[2] for f in found), found
    assert all(f[1] for f in found)


def test_a_misspelt_key_is_recognized(folder):
    path = folder / ENTRY
    text = path.read_text(encoding="utf-8").replace("how_it_works:", "how_it_work:")
    path.write_text(text, encoding="utf-8")
    (fault,) = read_folder(str(folder)).faults
    assert fault.suggestion == "did you mean 'how_it_works'?"


def test_paragraphs_are_kept_and_lines_joined(folder):
    path = folder / ENTRY
    text = path.read_text(encoding="utf-8").replace(
        "  Mix flour with water, wait some days, and it begins to bubble.",
        "  Mix flour  with\n  water.\n\n\n  Wait some days.",
    )
    path.write_text(text, encoding="utf-8")
    overview = gt.Glossary.from_yaml(folder)["sourdough"].overview
    assert overview.startswith("Mix flour with water.\n\nWait some days. Wild yeasts")


@pytest.mark.parametrize("name", ["Rye.yaml", "rye bread.yaml", "rye.yml", "notes.txt", "..yaml"])
def test_every_file_is_an_entry_or_a_fault(folder, name):
    (folder / "bread" / name).write_text("name: x\n", encoding="utf-8")
    found = read_folder(str(folder)).faults
    assert [f.code for f in found] == ([] if name.startswith(".") else ["E105"])


def test_folders_that_are_no_category_are_faults_or_hidden(folder):
    for name in ("Not A Slug", ".git", "_drafts"):
        (folder / name).mkdir()
    assert [f.code for f in read_folder(str(folder)).faults] == ["E105"]


@pytest.mark.parametrize("name", ["_categories.yaml", "_planned.yaml", "_retired.yaml"])
def test_declarations_are_read_as_strictly(folder, name):
    (folder / name).write_bytes(b"a: *x\n")
    found = read_folder(str(folder)).faults
    assert [f.code for f in found] == ["E101"]
    assert found[0].path == str(folder / name)


def test_a_category_needs_title_and_scope(folder):
    (folder / "_categories.yaml").write_text("bread: {title: Bread}\ntools: x\n", encoding="utf-8")
    assert [f.code for f in read_folder(str(folder)).faults] == ["E104", "E104", "E104"]


def test_content_needs_no_declarations(folder):
    for path in folder.glob("_*.yaml"):
        path.unlink()
    source = read_folder(str(folder))
    assert source.categories == ()
    assert len(source.drafts) == 2


def test_planned_ids_may_stand_under_any_heading(folder):
    (folder / "_planned.yaml").write_text("a: dough\nb: [yeast, scale]\nc: [3]\n", encoding="utf-8")
    assert read_folder(str(folder)).planned == {"dough", "yeast", "scale"}


def test_a_file_that_cannot_be_read_is_a_fault(folder, monkeypatch):
    from genai_terms import _source

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(_source, "text_of", refuse)
    assert {f.message for f in read_folder(str(folder)).faults} == {
        "cannot be read (Permission denied)"
    }


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(NotADirectoryError, match="no such folder"):
        read_folder(str(tmp_path / "absent"))
    with pytest.raises(NotADirectoryError, match="no such folder"):
        gt.Glossary.from_yaml(tmp_path / "absent")


@given(st.text())
def test_no_text_makes_the_reader_fail(text):
    """Whatever stands in a file, it is data or one fault."""
    try:
        data, lines = load_yaml(text)
    except UnreadableError as error:
        assert error.message
        assert error.suggestion
    else:
        assert data is None or lines[()] >= 1


def test_links_to_planned_ids_stay_out_of_the_bundle(folder, tmp_path):
    compile_folder(str(folder), str(tmp_path / "b"))
    compiled = gt.Glossary.open(tmp_path / "b")
    assert [link.id for link in compiled["sourdough"].related] == ["starter-jar"]
    assert compiled["sourdough"].related[0].definition == compiled["starter-jar"].definition
    assert compiled["sourdough"].faqs[0].term_id == "sourdough"
    assert compiled == gt.Glossary.from_yaml(folder)
    assert [c.title for c in compiled.categories] == ["Bread", "Tools"]
    with pytest.warns(gt.RetiredTermWarning):
        assert compiled["natural leaven"].id == "sourdough"


def test_content_with_faults_is_not_compiled_and_all_faults_are_told(folder, tmp_path):
    compile_folder(str(folder), str(tmp_path / "b"))
    before = (tmp_path / "b" / "terms.jsonl").read_bytes()
    for path in folder.glob("*/*.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + "\nshape: round\n", encoding="utf-8")
    with pytest.raises(gt.ContentError, match="2 faults in the content") as caught:
        compile_folder(str(folder), str(tmp_path / "b"))
    assert [f.code for f in caught.value.findings] == ["E102", "E102"]
    assert str(caught.value).count("shape") == 2
    assert (tmp_path / "b" / "terms.jsonl").read_bytes() == before


def test_one_fault_is_counted_as_one(folder):
    (folder / "_retired.yaml").unlink()
    (folder / ENTRY).write_bytes(b"")
    with pytest.raises(gt.ContentError, match=r": 1 fault in the content\n"):
        load(str(folder))


def test_compiling_twice_gives_the_same_bytes(folder, tmp_path):
    for name in ("one", "two"):
        compile_folder(str(folder), str(tmp_path / name))
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("one", "two"))
    assert one == two


def test_the_digest_sees_every_byte_and_every_name(folder):
    seen = {digest(str(folder))}
    path = folder / ENTRY
    path.write_bytes(path.read_bytes() + b"\n")
    seen.add(digest(str(folder)))
    os.rename(path, path.with_name("rye.yaml"))
    seen.add(digest(str(folder)))
    assert len(seen) == 3


@pytest.mark.parametrize(
    "name", ["_template.yaml", ".#rye.yaml", "bread/.#rye.yaml", "_drafts/x.yaml"]
)
def test_the_digest_is_that_of_what_is_read(folder, name):
    """No more, no less: what cannot change the bundle does not make it stale."""
    before = read_folder(str(folder)).digest
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("name: Rye\n", encoding="utf-8")
    assert before == digest(str(folder))
    for path in map(Path, files(str(folder))):
        path.write_bytes(path.read_bytes() + b"\n")
        assert before != read_folder(str(folder)).digest == digest(str(folder))
        before = digest(str(folder))


def test_an_edit_while_content_is_compiled_is_noticed(folder, tmp_path):
    """The bundle is told from one of the edited content, which it does not have."""
    planned, shelves = folder / "_planned.yaml", folder / "_categories.yaml"
    content = planned.read_bytes()
    planned.rename(tmp_path / "planned")
    os.mkfifo(planned)

    def edit():
        with planned.open("wb") as pipe:  # opens when it is read, and that is after the shelves
            text = shelves.read_text(encoding="utf-8")
            shelves.write_text(text.replace("Tools", "Things"), encoding="utf-8")
            (tmp_path / "planned").replace(planned)
            pipe.write(content)

    editor = threading.Thread(target=edit)
    editor.start()
    compile_folder(str(folder), str(tmp_path / "b"))
    editor.join()
    assert [c.title for c in gt.Glossary.open(tmp_path / "b").categories] == ["Bread", "Tools"]
    manifest = json.loads((tmp_path / "b" / "manifest.json").read_bytes())
    assert manifest["source"] != digest(str(folder))


def test_a_declaration_that_cannot_be_read_is_one_fault(folder):
    """What it would have declared is not missed as well."""
    (folder / "_planned.yaml").unlink()
    (folder / "_planned.yaml").symlink_to(folder / "nowhere")
    with pytest.raises(gt.ContentError, match=r"1 fault .*\n.*_planned\.yaml: E101 cannot be read"):
        load(str(folder))


def test_without_pyyaml_the_extra_is_named(monkeypatch, folder):
    for name in ("genai_terms._compile", "genai_terms._source", "genai_terms._yaml"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(gt.MissingExtraError, match=r"pip install 'genai-terms\[authoring\]'"):
        gt.Glossary.from_yaml(folder)


def test_lists_of_the_wrong_things_are_faults(folder):
    path = folder / ENTRY
    text = path.read_text(encoding="utf-8")
    for key in ("faqs", "related"):
        start = text.index(f"\n{key}:") + 1
        path.write_text(f"{text[:start]}{key}: [just text]\n", encoding="utf-8")
        assert [f[0] for f in faults(folder)] == ["E103"]


def test_the_slower_parser_finds_the_same_faults(folder, monkeypatch):
    """Without the parser in C, deep nesting is a fault too, not a crash."""
    import yaml

    from genai_terms import _yaml

    monkeypatch.setattr(_yaml, "_LOADER", yaml.SafeLoader)
    assert faults(folder) == []
    (folder / ENTRY).write_bytes(b"a: " + b"[" * 100_000 + b"\n")
    ((code, _, message),) = faults(folder)
    assert (code, message) == ("E101", "values are nested too deeply")


def test_the_command_compiles_the_content_of_a_checkout(monkeypatch, tmp_path):
    from genai_terms import _compile

    shutil.copytree(GOOD, tmp_path / "content")
    monkeypatch.setattr(_compile, "_HERE", str(tmp_path))
    assert _compile.compile_built_in() == str(tmp_path / "_data")
    assert len(gt.Glossary.open(tmp_path / "_data")) == 2


@pytest.mark.parametrize("line", ["faqs: 3", "related: true", "faqs: {a: b}", "related: text"])
def test_what_should_be_a_list_is_a_fault(folder, line):
    path = folder / ENTRY
    text = path.read_text(encoding="utf-8")
    start = text.index(f"\n{line.split(':')[0]}:") + 1
    path.write_text(text[:start] + line + "\n", encoding="utf-8")
    assert [f[0] for f in faults(folder)] == ["E103"]


@pytest.mark.parametrize("name", ["rye.yaml", "_ambigous.yaml", "notes.yml"])
def test_no_file_at_the_root_is_passed_over(folder, name):
    (folder / name).write_text("name: Rye\n", encoding="utf-8")
    assert [f[0] for f in faults(folder)] == ["E105"]

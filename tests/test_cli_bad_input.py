"""Bad input on the command line: one clear line, the right exit code, never a traceback."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from typer.testing import CliRunner

from genai_terms import cli, export

RUNNER = CliRunner()


def run(*arguments):
    return RUNNER.invoke(cli.app, [str(argument) for argument in arguments])


def assert_refused(result, *parts, code=2):
    """The exit code is right, nothing was printed but one message, and it names the *parts*."""
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert [part for part in parts if str(part) not in result.stderr] == []
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.fixture
def bundle(mini, tmp_path):
    path = tmp_path / "bundle"
    mini.save(path)
    return path


@pytest.fixture
def folder(tmp_path):
    """Content without entries, into which a test puts one that is bad."""
    (tmp_path / "content" / "models").mkdir(parents=True)
    return tmp_path / "content"


BAD_YAML = {
    "tabs": (b"name: X\n\tdefinition: D.\n", "E101", "indent with spaces"),
    "duplicate-keys": (b"name: X\nname: Y\ndefinition: D.\n", "E101", "stands twice"),
    "anchors": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nname: *c\ndefinition: D.\n",
        "E101",
        "an anchor is used again",
    ),
    "too-long": (b"name: X\ndefinition: >-\n" + b"  word word\n" * 100_000, "E101", "1,048,576"),
    "not-utf-8": (b"name: X\ndefinition: caf\xe9.\n", "E101", "is not UTF-8"),
    "mark": (b"\xef\xbb\xbfname: X\ndefinition: D.\n", "E101", "byte order mark"),
    "tag": (b"name: !!python/object/apply:os.system [ls]\ndefinition: D.\n", "E101", "tag"),
    "nested": (b"name: " + b"[" * 50 + b"]" * 50 + b"\ndefinition: D.\n", "E101", "nested too"),
    "list": (b"- a\n- b\n", "E101", "a list, not a mapping"),
    "empty": (b"", "E101", "nothing, not a mapping"),
    "unknown-key": (b"name: X\ndefinition: D.\noverveiw: O.\n", "E102", "did you mean 'overview'?"),
    "wrong-type": (b"name: 3\ndefinition: D.\n", "E103", "name"),
}


@pytest.mark.parametrize("fault", BAD_YAML)
def test_bad_yaml_is_a_finding_with_its_file(folder, fault):
    """`check` lists it and exits with 1."""
    text, code, part = BAD_YAML[fault]
    path = folder / "models" / "x.yaml"
    path.write_bytes(text)
    result = run("check", folder, "--select", "E1")
    assert result.exit_code == 1
    assert str(path) in result.stdout
    assert code in result.stdout
    assert part in result.stdout
    assert len(result.stdout) < 1500


@pytest.mark.parametrize("fault", BAD_YAML)
@pytest.mark.parametrize("command", ["compile", "use"])
def test_bad_yaml_cannot_be_compiled_or_used(folder, tmp_path, fault, command):
    """Both list the findings on standard error, exit with 2 and write nothing."""
    text, code, part = BAD_YAML[fault]
    (folder / "models" / "x.yaml").write_bytes(text)
    if command == "compile":
        result = run("compile", folder, "-o", tmp_path / "bundle")
    else:
        result = run("--glossary", folder, "list")
    assert (result.exit_code, result.stdout) == (2, "")
    assert code in result.stderr
    assert part in result.stderr
    assert not (tmp_path / "bundle").exists()


def test_a_folder_without_content_is_told(folder, tmp_path):
    """An empty folder is a finding for check, and bad input for the rest."""
    assert run("check", folder).exit_code == 1
    assert "E107" in run("check", folder).stdout
    for result in (run("--glossary", folder, "list"), run("compile", folder, "-o", tmp_path / "b")):
        assert (result.exit_code, "E107" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", [["check"], ["compile", "-o", "bundle"]])
def test_a_folder_that_is_not_there_is_told(tmp_path, command):
    """The message names the folder and what was expected."""
    absent = tmp_path / "absent"
    assert_refused(run(*command, absent), absent, "no such folder")


def test_an_empty_path_is_not_the_built_in_glossary():
    """An empty string, as an unset variable gives it, is no path."""
    assert_refused(run("check", ""), "no such folder")
    assert_refused(run("--glossary", "", "list"), "No such file or directory")


def test_a_glossary_that_is_not_there_is_told(tmp_path):
    """The message names the path."""
    absent = tmp_path / "absent.json"
    assert_refused(run("--glossary", absent, "list"), f"{absent}: No such file or directory")


def test_a_file_of_another_kind_is_told(tmp_path):
    """The message says which kinds there are."""
    path = tmp_path / "glossary.xml"
    path.write_text("<x/>")
    assert_refused(run("--glossary", path, "list"), path, ".json, .jsonl, .csv")


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("x.json", b"{", "Invalid JSON"),
        ("x.json", b"", "Invalid JSON"),
        ("x.json", b"\xff\xfe{\x00", "byte 0 (0xff) is not UTF-8"),
        ("x.json", b'{"schema": 9, "terms": []}', "schema"),
        ("x.jsonl", b'\n{"id": "x"}\n', "line 2: name: Field required"),
        ("x.csv", b"a;b\n1;2\n", "row 1: the column 'a;b' is unknown"),
        ("x.csv", b"PK\x03\x04\x00\x00", "row 1"),
    ],
)
def test_a_damaged_export_is_told_with_its_place(tmp_path, name, data, part):
    """The message names the file, and where in it the fault is."""
    path = tmp_path / name
    path.write_bytes(data)
    assert_refused(run("--glossary", path, "list"), path, part)


def _truncated(bundle):
    path = bundle / "terms.jsonl"
    path.write_bytes(path.read_bytes()[:-10])


def _tampered(bundle):
    path = bundle / "terms.jsonl"
    path.write_bytes(path.read_bytes().replace(b"billions", b"trillion"))


def _tampered_names(bundle):
    path = bundle / "names.idx"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def _newer(bundle):
    path = bundle / "names.idx"
    data = bytearray(path.read_bytes())
    data[8:12] = struct.pack("<I", 99)
    path.write_bytes(data)


def _newer_manifest(bundle):
    path = bundle / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 99}))


def _without_names(bundle):
    (bundle / "names.idx").unlink()


def _foreign(bundle):
    (bundle / "names.idx").write_bytes(b"nothing of the sort, but long enough for a header")


def _empty(bundle):
    (bundle / "names.idx").write_bytes(b"")


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        (_truncated, "cut off"),
        (_tampered, "checksum"),
        (_tampered_names, "checksum"),
        (_newer, "schema 99"),
        (_newer_manifest, "schema 99"),
        (_without_names, "names.idx"),
        (_foreign, "not a part of a glossary bundle"),
        (_empty, "not a part of a glossary bundle"),
    ],
)
def test_a_damaged_bundle_is_told(bundle, damage, part):
    """A bundle that is cut off, altered, foreign or of the future says so, and what to do."""
    damage(bundle)
    result = run("--glossary", bundle, "show", "token")
    assert_refused(result, bundle, part)
    assert "ompile" in result.stderr or "pgrade" in result.stderr


def test_output_into_a_missing_folder_is_told(bundle, tmp_path):
    """The message names the file that was asked for."""
    path = tmp_path / "absent" / "out.json"
    assert_refused(
        run("--glossary", bundle, "export", "json", "-o", path),
        f"{path}: No such file or directory",
    )


def test_output_onto_a_folder_is_told(bundle, tmp_path):
    """A folder is not replaced by a file."""
    assert_refused(
        run("--glossary", bundle, "export", "json", "-o", tmp_path), tmp_path, "directory"
    )


def test_compile_does_not_replace_what_is_no_bundle(folder, tmp_path):
    """A folder with files of somebody's is left alone."""
    (folder / "models" / "x.yaml").write_text("name: X\ndefinition: D.\n")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    result = run("compile", folder, "-o", tmp_path / "mine")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"


@contextmanager
def _as_nobody():
    """Root may read and write everything; the rights of files count for others."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_what_may_not_be_read_or_written_is_told():
    """One line names the file, and nothing is left beside it."""
    with TemporaryDirectory() as place:
        mine, locked = Path(place, "mine.json"), Path(place, "locked.json")
        for path in (mine, locked):
            path.write_text("[]")
        run("--glossary", mine, "export", "json", "-o", place)  # imports what it needs, as root
        os.chmod(place, 0o755)
        locked.chmod(0o000)
        with _as_nobody():
            reading = run("--glossary", locked, "list")
            writing = run("--glossary", mine, "export", "json", "-o", Path(place, "new.json"))
        assert_refused(reading, f"{locked}: Permission denied")
        assert_refused(writing, f"{Path(place, 'new.json')}: Permission denied")
        assert sorted(os.listdir(place)) == ["locked.json", "mine.json"]


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--select", "Z", "'Z'"),
        ("--select", "", "''"),
        ("--ignore", "E999", "'E999'"),
    ],
)
def test_a_code_that_no_rule_has_is_told(bundle, option, value, part):
    """A mistyped code does not pass for a clean check."""
    assert_refused(run("--glossary", bundle, "check", option, value), part, "the codes are")


@pytest.mark.parametrize("value", ["nonsense", ""])
def test_an_unknown_category_is_told(bundle, value):
    """The message lists the categories."""
    result = run("--glossary", bundle, "list", "--category", value)
    assert_refused(result, f"unknown {value!r}", "models, training")


def test_bad_input_gives_a_process_one_line(bundle, root):
    """The same through the real program: exit code 2, one line, no traceback."""
    (bundle / "manifest.json").unlink()
    paths = os.pathsep.join([str(root / "src"), *sys.path])
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "genai_terms", "--glossary", str(bundle), "list"],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert "manifest.json" in result.stderr


def test_a_control_character_in_a_path_cannot_steer_the_terminal(tmp_path):
    """Messages are cleaned as texts are."""
    result = run("--glossary", "\x1b[31m.json", "list")
    assert_refused(result, "No such file or directory")
    assert "\x1b" not in result.stderr


def test_export_formats_have_no_fault_in_common_with_the_cli():
    """Every readable format can be named by its extension."""
    from genai_terms.cli._open import _READABLE

    readable = [name for name in export.FORMATS if hasattr(getattr(export, name), "loads")]
    assert [extension[1:] for extension in _READABLE] == readable

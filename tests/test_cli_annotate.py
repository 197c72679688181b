"""`genai-terms annotate`."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from genai_terms.cli import app

TEXT = "An LLM reads tokens; an LLM writes tokens."


@pytest.fixture
def run(mini, tmp_path):
    """Call `annotate` on the six terms."""
    mini.save(tmp_path / "bundle")

    def call(*arguments, text=None, **environment):
        command = ["--glossary", str(tmp_path / "bundle"), "annotate", *arguments]
        return CliRunner().invoke(app, command, input=text, env=environment)

    return call


def test_a_pipe_gets_the_text_with_ids(run):
    result = run(text="Ask an LLM.\n")
    assert result.exit_code == 0
    assert result.stdout == "Ask an LLM [large-language-model].\n"


def test_every_character_of_the_text_comes_out(run, tmp_path):
    """Without the brackets, the output is the input, line ends and all."""
    path = tmp_path / "long.txt"
    whole = ("An LLM.\r\n" + "x" * 5000 + "\n") * 60
    path.write_bytes(whole.encode())
    result = run(str(path))
    assert result.stdout_bytes.decode().replace(" [large-language-model]", "") == whole


@pytest.mark.parametrize("written", ["text", "html", "markdown"])
def test_a_pipe_is_read_as_a_file_is(run, tmp_path, written):
    """UTF-8 in any locale, line ends of any system, and a name across two chunks."""
    whole = "\ufeffLe modèle\r\n\rLLM " + "x " * (2**15 - 12) + "large language model\n"
    path = tmp_path / "text.txt"
    path.write_bytes(whole.encode())
    piped = run("--format", written, text=whole.encode(), LC_ALL="C").stdout_bytes
    assert piped == run(str(path), "--format", written).stdout_bytes
    assert piped.startswith("\ufeffLe modèle\r\n\r".encode())
    assert piped.count(b"large-language-model") == 2


def test_mentions_are_objects_with_offsets_in_the_whole_text(run, tmp_path):
    path = tmp_path / "long.txt"
    whole = ("é" * 4000 + " LLM ") * 50
    path.write_text(whole, encoding="utf-8")
    mentions = [json.loads(line) for line in run(str(path), "--json").stdout.splitlines()]
    assert len(mentions) == 50
    assert all(whole[m["start"] : m["end"]] == m["text"] == "LLM" for m in mentions)
    assert mentions[0]["candidates"] == ["large-language-model"]


def test_a_terminal_gets_the_mentions_marked(run):
    shown = run(text=TEXT, FORCE_COLOR="1").stdout
    assert "\x1b[1;33mLLM\x1b[0m" in shown


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["LLM", "tokens", "LLM", "tokens"]),
        (("--first-only",), ["LLM", "tokens"]),
        (("--exclude", "token"), ["LLM", "LLM"]),
        (("--kind", "concept"), ["tokens", "tokens"]),
        (("--level", "advanced"), []),
    ],
)
def test_filters_narrow_what_is_found(run, arguments, found):
    lines = run("--json", *arguments, text=TEXT).stdout.splitlines()
    assert [json.loads(line)["text"] for line in lines] == found


@pytest.mark.parametrize(
    ("name", "text", "linked"),
    [
        (
            "page.html",
            "<p>An LLM.</p>\n",
            '<p>An <a class="genai-term" href="/t/large-language-model">LLM</a>.</p>\n',
        ),
        ("page.md", "An LLM.\n", "An [LLM](/t/large-language-model).\n"),
    ],
)
def test_markup_is_known_by_its_ending(run, tmp_path, name, text, linked):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert run(str(path), "--link", "/t/{id}").stdout == linked
    assert run("--link", "/t/{id}", "--format", path.suffix.replace(".md", "markdown").strip("."),
               text=text).stdout == linked  # fmt: skip


def test_what_cannot_be_read_exits_with_two(run, tmp_path):
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    for arguments in (("absent.txt",), (str(tmp_path / "latin.txt"),), (str(tmp_path),),
                      ("--exclude", "no such term"), ("--format", "rtf")):  # fmt: skip
        result = run(*arguments, text="x")
        assert result.exit_code == 2
        assert result.stderr.strip()
    assert run(text=b"caf\xe9").exit_code == 2

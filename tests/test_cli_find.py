"""`genai-terms search` and `suggest`."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from genai_terms.cli import app


@pytest.fixture
def run(mini, tmp_path):
    """Call the command line on the six terms."""
    mini.save(tmp_path / "bundle")

    def call(*arguments, **environment):
        runner = CliRunner()
        return runner.invoke(
            app, ["--glossary", str(tmp_path / "bundle"), *arguments], env=environment
        )

    return call


def test_hits_are_rows_in_a_pipe(run, mini):
    result = run("search", "what ChatGPT runs on")
    assert result.exit_code == 0
    first = result.stdout.splitlines()[0].split("\t")
    assert first == ["large-language-model", "Large language model", mini["LLM"].definition]


def test_hits_are_objects_in_json(run, mini):
    found = json.loads(run("search", "tokn", "--json", "-n", "1").stdout)
    (hit,) = mini.search("tokn", limit=1)
    assert [{**entry, "highlights": tuple(map(tuple, entry["highlights"]))} for entry in found] == [
        dict(zip(hit._fields, hit, strict=True))
    ]


def test_a_terminal_gets_the_words_marked(run, monkeypatch):
    result = run("search", "how many parameters", FORCE_COLOR="1", COLUMNS="80")
    assert "\x1b[" in result.stdout
    assert "Large language model" in result.stdout
    assert "parameters" in result.stdout


def test_filters_narrow_the_search(run):
    rows = run("search", "model", "--kind", "algorithm").stdout.splitlines()
    assert [row.split("\t")[0] for row in rows] == []
    rows = run("search", "SAM", "--kind", "algorithm", "--level", "advanced").stdout.splitlines()
    assert [row.split("\t")[0] for row in rows] == ["sharpness-aware-minimization"]


def test_suggestions_say_which_name_matched(run):
    assert (
        run("suggest", "gpt").stdout == "large-language-model\tLarge language model\tGPT-4 Turbo\n"
    )
    assert json.loads(run("suggest", "gpt", "--json").stdout)[0]["highlights"] == [[0, 3]]
    shown = run("suggest", "gpt", FORCE_COLOR="1").stdout
    assert "Large language model" in shown
    assert "\x1b[" in shown
    assert "Tok\x1b[0men\n" in run("suggest", "tok", FORCE_COLOR="1").stdout


@pytest.mark.parametrize("command", ["search", "suggest"])
def test_nothing_found_exits_with_one(run, command):
    result = run(command, "zzzqxj")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.strip()


@pytest.mark.parametrize(
    "arguments",
    [("search",), ("search", "x", "--limit", "0"), ("search", "x", "--category", "cooking"),
     ("suggest", "x", "-n", "many"), ("search", "x", "--kind", "animal")],
)  # fmt: skip
def test_wrong_use_exits_with_two(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr


def test_a_hit_in_the_definition_needs_no_passage(run):
    shown = run("search", "flat minima of the loss", "-n", "1", FORCE_COLOR="1").stdout
    assert "An optimizer that looks for flat minima" in shown
    assert "…" not in shown

"""The command line: what each command prints, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper

import pytest
from typer.testing import CliRunner

import genai_terms as gt
from genai_terms import cli, export
from genai_terms.cli import _options, _terminal
from genai_terms.export._page import HEADINGS

RUNNER = CliRunner()
RICH = "_GENAI_TERMS_COMPLETE"


@pytest.fixture(scope="session")
def bundle(mini, tmp_path_factory):
    """The six terms, compiled."""
    path = tmp_path_factory.mktemp("cli") / "bundle"
    mini.save(path)
    return str(path)


@pytest.fixture(scope="session")
def rich_entry(tmp_path_factory):
    """A file with one term that has every kind of section."""
    path = tmp_path_factory.mktemp("cli") / "rich.json"
    term = gt.Term(
        id="dropout",
        name="Dropout",
        aliases=("unit dropout",),
        category="training",
        definition="A regularizer.",
        overview="One.\n\nTwo.",
        misconceptions=(gt.Misconception(claim="It is slow.", correction="No."),),
        examples=(
            gt.Example(name="AlexNet", text="It dropped units."),
            gt.Example(name="BERT", text="So did it."),
        ),
        formula=gt.Formula(latex=r"y = m \odot x", meaning="m is the mask."),
        faqs=(gt.FAQ(question="Which rate?", answer="0.1.", term_id="dropout"),),
        related=(gt.RelatedConcept(id="x", relation="uses", name="Mask", definition="Zeros."),),
        references=(
            gt.Reference(
                title="Dropout", authors="S. et al.", year=2014, kind="paper", doi="10.1/x"
            ),
        ),
    )
    shelf = gt.Category(id="training", title="How to train", scope="All of it.", order=1)
    export.json.dump(gt.Glossary([term], categories=[shelf]), path)
    return str(path)


@pytest.fixture
def content(tmp_path):
    """A folder of content with one entry that keeps the rules with an E code."""
    folder = tmp_path / "content"
    (folder / "models").mkdir(parents=True)
    (folder / "_categories.yaml").write_text(
        "models:\n  title: Models\n  scope: What is trained.\n"
    )
    (folder / "models" / "token.yaml").write_text("name: Token\ndefinition: A unit of text.\n")
    return folder


def run(*arguments, glossary=None, **options):
    """The result of a command; over *glossary* instead of the built-in one."""
    chosen = [] if glossary is None else ["--glossary", str(glossary)]
    return RUNNER.invoke(cli.app, [*chosen, *arguments], **options)


def process(*arguments, root, environment=None, **options):
    """The same in a process of its own."""
    paths = os.pathsep.join([str(root / "src"), *sys.path])
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "genai_terms", *arguments],
        env={**os.environ, "PYTHONPATH": paths, **(environment or {})},
        capture_output=True,
        check=False,
        **options,
    )


def on_terminal(monkeypatch, *arguments, glossary, width=60):
    """What the command prints where standard output and error are a terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return run(*arguments, glossary=glossary)


# show


def test_show_prints_the_whole_entry(rich_entry):
    """In a pipe: every section with its heading, one paragraph a line, no escape codes."""
    result = run("show", "unit dropout", glossary=rich_entry)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
Glossary › How to train
Dropout

A regularizer.

Also known as: unit dropout
Kind: concept
Level: beginner

What it is
One.

Two.

Formula
  y = m \\odot x

m is the mask.

Common misconceptions
It is slow.
  No.

Examples
AlexNet
  It dropped units.

BERT
  So did it.

Frequently asked questions
Which rate?
  0.1.

Related concepts
Mask (Uses)
  Zeros.

References
S. et al. (2014). Dropout.
  https://doi.org/10.1/x
"""
    )


def test_a_pipe_gets_no_wrapped_lines_and_no_color(tmp_path):
    """A paragraph is one line, however long it is."""
    text = "word " * 200
    export.json.dump(gt.Term(id="x", name="X", definition=text), tmp_path / "x.json")
    result = run("show", "x", "--section", "definition", glossary=tmp_path / "x.json")
    assert result.stdout == f"{text.strip()}\n"


def test_a_terminal_gets_color_and_wrapped_lines(monkeypatch, tmp_path):
    """On a terminal the text is wrapped to its width; NO_COLOR takes the color away."""
    term = gt.Term(id="x", name="X", definition="word " * 50, overview="O.")
    export.json.dump(term, tmp_path / "x.json")
    result = on_terminal(monkeypatch, "show", "x", glossary=tmp_path / "x.json")
    assert "\x1b[1;36mWhat it is" in result.stdout
    assert max(map(len, result.stdout.splitlines())) < 75
    monkeypatch.setenv("NO_COLOR", "1")
    assert "36m" not in run("show", "x", glossary=tmp_path / "x.json").stdout


def test_text_of_an_entry_cannot_steer_a_terminal(tmp_path):
    """Control characters are replaced, and nothing is read as markup."""
    text = "\x9b31mred\x9f [bold]plain[/bold] \x9b1m :smile:"
    export.json.dump(gt.Term(id="x", name="X", definition=text), tmp_path / "x.json")
    shown = run("show", "x", glossary=tmp_path / "x.json").stdout
    assert "\ufffd31mred\ufffd [bold]plain[/bold] \ufffd1m :smile:" in shown
    assert not set(shown) & {"\x1b", "\x9f", "\x9b"}


@pytest.mark.parametrize(
    ("sections", "shown"),
    [
        (["definition"], "A regularizer.\n"),
        (["aliases"], "unit dropout\n"),
        (["common_word"], "False\n"),
        (["faqs"], "Which rate?\n  0.1.\n"),
        (["definition", "definition"], "A regularizer.\n"),
        (["tier", "overview"], "\nTier\n3\n\nWhat it is\nOne.\n\nTwo.\n"),
    ],
)
def test_show_can_be_limited_to_fields(rich_entry, sections, shown):
    """One field is printed bare, several with their headings."""
    options = [part for section in sections for part in ("--section", section)]
    assert run("show", "dropout", *options, glossary=rich_entry).stdout == shown


def test_a_field_may_be_written_with_hyphens(rich_entry):
    """How-it-works is how_it_works; a field that the entry lacks is told, and not found."""
    result = run("show", "dropout", "--section", "how-it-works", glossary=rich_entry)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The entry 'dropout' has no how_it_works.\n"


def test_one_missing_field_among_several_is_told(rich_entry):
    """What there is is shown."""
    options = ["--section", "origin", "--section", "definition"]
    result = run("show", "dropout", *options, glossary=rich_entry)
    assert (result.exit_code, result.stdout) == (0, "\nDefinition\nA regularizer.\n")
    assert "no origin" in result.stderr


def test_show_writes_the_term_as_json(rich_entry):
    """The JSON is that of the term, or of the chosen fields."""
    whole = run("show", "dropout", "--format", "json", glossary=rich_entry)
    assert gt.Term.model_validate_json(whole.stdout) == export.json.load(rich_entry)["dropout"]
    part = run("show", "dropout", "--format", "json", "--section", "id", glossary=rich_entry)
    assert json.loads(part.stdout) == {"id": "dropout"}


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_show_writes_the_page_of_a_format(rich_entry, name):
    """The page is that of the export, with the title of the category."""
    module = getattr(export, name)
    result = run("show", "dropout", "--format", name, glossary=rich_entry)
    assert result.stdout == module.dumps(export.json.load(rich_entry))
    assert "How to train" in result.stdout


def test_a_page_can_be_limited_to_sections(rich_entry):
    """Only the chosen sections follow the definition."""
    options = ["--format", "markdown", "--section", "overview", "--section", "faqs"]
    text = run("show", "dropout", *options, glossary=rich_entry).stdout
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        f"## {HEADINGS['overview']}",
        f"## {HEADINGS['faqs']}",
    ]


def test_show_finds_built_in_terms_by_any_name(glossary):
    """Without --glossary it is the built-in one."""
    term = next(iter(glossary))
    assert term.definition in run("show", term.name).stdout


# what is not found


def test_a_miss_suggests_names(bundle):
    """Exit code 1, and names that are near."""
    result = run("show", "tokenizatoin", glossary=bundle)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "No term is called 'tokenizatoin'. Did you mean 'Tokenization'?\n"


@pytest.mark.parametrize("name", ["", " ", "quite another thing", "x" * 10_000, "\x00", "[/bold]"])
def test_a_miss_without_near_names_says_what_to_do(bundle, name):
    """Any string has an answer."""
    result = run("show", name, glossary=bundle)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("No term is called ")
    assert result.stderr.endswith("See what there is: genai-terms list\n")
    assert len(result.stderr) < 200


@pytest.mark.parametrize("command", ["show", "faq"])
def test_an_ambiguous_name_lists_its_terms(bundle, command):
    """Exit code 1, and the ids to choose from."""
    result = run(command, "SAM", glossary=bundle)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "2 terms are called 'SAM'; name one by its id:\n"
        "  segment-anything-model  Segment Anything Model (SAM)\n"
        "  sharpness-aware-minimization  Sharpness-aware minimization (SAM)\n"
    )


def test_a_retired_id_is_answered_with_a_note(content, tmp_path):
    """The successor is shown; the note goes to standard error."""
    (content / "_retired.yaml").write_text("old-token: token\n")
    assert run("compile", str(content), "-o", str(tmp_path / "b")).exit_code == 0
    result = run("show", "old-token", "--section", "id", glossary=tmp_path / "b")
    assert (result.exit_code, result.stdout) == (0, "token\n")
    assert result.stderr == "note: 'old-token' was merged into 'token'; look that up instead\n"


# list, faq, stats


def test_list_gives_programs_a_line_with_tabs(bundle, mini):
    """Id, name and facets, one term a line."""
    lines = run("list", glossary=bundle).stdout.splitlines()
    assert [line.split("\t") for line in lines] == [
        [t.id, t.name, t.category, t.kind.value, t.level.value, str(t.tier)] for t in mini
    ]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--category", "training", "--kind", "technique"], ["tokenization"]),
        (
            ["--kind", "algorithm", "--kind", "technique"],
            ["sharpness-aware-minimization", "tokenization"],
        ),
        (["--level", "advanced"], ["sharpness-aware-minimization"]),
        (["--tier", "1"], ["language-model", "large-language-model"]),
    ],
)
def test_list_filters(bundle, options, ids):
    """Values of one option are alternatives, options are conditions."""
    listed = json.loads(run("list", "--json", *options, glossary=bundle).stdout)
    assert [term["id"] for term in listed] == ids
    assert set(listed[0]) == {
        "id", "name", "abbreviations", "category", "kind", "level", "tier", "definition",
    }  # fmt: skip


def test_list_is_a_table_on_a_terminal(monkeypatch, bundle):
    """Columns have titles."""
    result = on_terminal(monkeypatch, "list", glossary=bundle, width=100)
    first, second, *_ = result.stdout.splitlines()
    assert all(title in first for title in ("Term", "Category", "Kind", "Level", "Tier"))
    assert second.startswith("Language model (LM)")


@pytest.mark.parametrize("command", [["list"], ["export", "json"]])
def test_filters_that_no_term_fits_find_nothing(bundle, command):
    """Exit code 1 and nothing on standard output."""
    result = run(*command, "--kind", "law", glossary=bundle)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "No term fits all of these filters.\n"


def test_an_empty_glossary_has_an_empty_list(tmp_path):
    """Nothing was filtered away, so nothing is missing."""
    export.json.dump([], tmp_path / "empty.json")
    result = run("list", "--json", glossary=tmp_path / "empty.json")
    assert (result.exit_code, result.stdout) == (0, "[]\n")


def test_faq_prints_questions_with_answers(bundle):
    """The question stands out, the answer is indented."""
    result = run("faq", "LLM", glossary=bundle)
    assert (
        result.stdout == "How many parameters does it have?\n  Billions of them, in most cases.\n"
    )
    as_json = run("faq", "LLM", "--json", glossary=bundle)
    assert json.loads(as_json.stdout) == [
        {
            "question": "How many parameters does it have?",
            "answer": "Billions of them, in most cases.",
            "term_id": "large-language-model",
        }
    ]


def test_a_term_without_questions_is_told(bundle):
    """Exit code 1: there is nothing to show."""
    result = run("faq", "token", glossary=bundle)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The entry 'token' has no faqs.\n"


def test_stats_count_the_glossary(rich_entry, bundle):
    """Totals, and the terms by their facets; words are those that were written for the entry."""
    counted = json.loads(run("stats", "--json", glossary=rich_entry).stdout)
    assert counted == {
        "terms": 1, "faqs": 1, "links": 1, "references": 1, "words": 23,
        "category": {"training": 1}, "kind": {"concept": 1}, "level": {"beginner": 1},
        "tier": {"3": 1},
    }  # fmt: skip
    lines = run("stats", glossary=bundle).stdout.splitlines()
    assert lines[:2] == ["terms\t6", "faqs\t1"]
    assert [line for line in lines if line.startswith("level")] == [
        "level\tbeginner\t5",
        "level\tadvanced\t1",
    ]


def test_stats_is_a_table_on_a_terminal(monkeypatch, bundle):
    """Each facet has a heading."""
    shown = on_terminal(monkeypatch, "stats", glossary=bundle).stdout
    assert [facet in shown for facet in ("Category", "Kind", "Level", "Tier")] == [True] * 4


# export


@pytest.mark.parametrize("name", export.FORMATS)
def test_export_writes_every_format(bundle, mini, tmp_path, name):
    """To standard output what dumps returns, to a file what dump writes."""
    module = getattr(export, name)
    opened = gt.Glossary.open(bundle)
    module.dump(opened, tmp_path / "expected")
    result = run("export", name, glossary=bundle)
    assert (result.exit_code, result.stdout_bytes.decode()) == (0, module.dumps(opened))
    written = run("export", name, "-o", str(tmp_path / "out"), glossary=bundle)
    assert (written.exit_code, written.output) == (0, "")
    assert (tmp_path / "out").read_bytes() == (tmp_path / "expected").read_bytes()


@pytest.mark.parametrize("name", ["json", "jsonl", "csv"])
def test_what_was_exported_can_be_used_as_glossary(bundle, mini, tmp_path, name):
    """The readable formats are read by their extension."""
    path = tmp_path / f"out.{name.upper()}"
    run("export", name, "-o", str(path), glossary=bundle)
    assert run("list", glossary=path).stdout == run("list", glossary=bundle).stdout


def test_export_filters(bundle):
    """Only the terms that fit are written."""
    result = run("export", "jsonl", "--category", "training", glossary=bundle)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [
        "sharpness-aware-minimization",
        "tokenization",
    ]


def test_long_work_shows_progress_on_a_terminal_only(monkeypatch, bundle, tmp_path):
    """The bar goes to standard error and is taken away at the end."""
    out = str(tmp_path / "out")
    result = on_terminal(monkeypatch, "export", "json", "-o", out, glossary=bundle, width=200)
    assert "Writing" in result.stderr
    assert result.stdout == ""


# check, compile


def test_check_is_silent_where_all_rules_are_kept(bundle):
    """Exit code 0 and no output."""
    result = run("check", "--ignore", "W", "--ignore", "E2", glossary=bundle)
    assert (result.exit_code, result.output) == (0, "")


def test_check_lists_findings_with_file_and_line(content):
    """Exit code 1; each finding has a line, the number of them goes to standard error."""
    result = run("check", str(content), "--select", "W703", "--select", "W701")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0].startswith(f"{content / 'models' / 'token.yaml'}:")
    assert {line.split(": ")[1].split()[0] for line in lines} <= {"W703", "W701"}
    assert result.stderr == f"{len(lines)} findings, 0 of which keep it from being compiled\n"


def test_check_reads_the_folder_that_glossary_names(content):
    """Content in use is checked as it is written, with files and lines."""
    by_option = run("check", "--ignore", "W", glossary=content)
    assert (by_option.exit_code, by_option.output) == (0, "")
    (content / "models" / "token.yaml").write_text("name: Token\n")
    faulty = run("check", "--json", "--select", "E", glossary=content)
    (finding,) = json.loads(faulty.stdout)
    assert faulty.exit_code == 1
    assert (finding["code"], finding["line"]) == ("E104", 1)
    assert finding["path"] == str(content / "models" / "token.yaml")


def test_check_colors_findings_on_a_terminal(monkeypatch, content):
    """Errors are red, breaches of the guide yellow; lines are not wrapped."""
    (content / "models" / "x.yaml").write_text("name: X\n")
    result = on_terminal(monkeypatch, "check", str(content), "--ignore", "W708", glossary=None)
    assert "\x1b[31mE104" in result.stdout
    assert "\x1b[33mW" in result.stdout


def test_compile_makes_a_bundle(content, tmp_path):
    """The bundle opens, and it says how many terms it has."""
    target = str(tmp_path / "bundle")
    result = run("compile", str(content), "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{target}: 1 terms\n"
    assert gt.Glossary.open(target)["token"].definition == "A unit of text."
    assert run("list", glossary=target).stdout == run("list", glossary=content).stdout


def test_compile_lists_every_fault_and_writes_nothing(content, tmp_path):
    """Exit code 2, all faults at once, no bundle."""
    for name in ("x", "y"):
        (content / "models" / f"{name}.yaml").write_text("name: X\n")
    result = run("compile", str(content), "-o", str(tmp_path / "bundle"))
    assert (result.exit_code, result.stderr.count("E104")) == (2, 2)
    assert not (tmp_path / "bundle").exists()


# options of the program


def test_version_is_that_of_the_distribution(monkeypatch):
    """An installed package tells its version, a source checkout that it is one."""
    from genai_terms.cli import _app

    monkeypatch.setattr(_app, "version", lambda name: "1.2.3")
    assert run("--version").stdout == "genai-terms 1.2.3\n"

    def absent(name):
        raise _app.PackageNotFoundError(name)

    monkeypatch.setattr(_app, "version", absent)
    assert run("--version").stdout == "genai-terms (not installed: a source checkout)\n"


def test_help_tells_the_exit_codes():
    """Every command is listed, and what the exit codes mean."""
    shown = " ".join(run("--help").stdout.split())
    assert "Exit codes: 0 found" in shown
    names = ("show", "faq", "list", "stats", "export", "check", "compile")
    assert [name for name in names if f" {name} " not in shown] == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["show"],
        ["show", "a", "b"],
        ["show", "token", "--section", "nonsense"],
        ["show", "token", "--format", "xml"],
        ["list", "--tier", "4"],
        ["list", "--tier", "x"],
        ["list", "--kind", "nonsense"],
        ["list", "--level", ""],
        ["export"],
        ["export", "xml"],
        ["export", ""],
        ["compile", "folder"],
        ["--glossary"],
    ],
)
def test_wrong_use_is_exit_code_2(bundle, arguments):
    """What the program cannot understand is told on standard error."""
    result = run(*arguments, glossary=bundle if "--glossary" not in arguments else None)
    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert result.output != ""


def test_an_unknown_field_lists_those_there_are(bundle):
    """The message has every name that --section takes."""
    result = run("show", "token", "--section", "nonsense", glossary=bundle)
    shown = " ".join(result.stderr.replace("│", " ").split())
    assert [field for field in gt.Term.model_fields if field not in shown] == []


def test_the_commands_are_offered(root):
    """The module says what it offers."""
    assert dir(cli) == cli.__all__


# completion


class _Context:
    def __init__(self, glossary):
        self.params = {"glossary": glossary}

    def find_root(self):
        return self


def test_names_are_completed_from_the_glossary(bundle):
    """Ids and abbreviations that begin so, in any case, with the headwords."""
    assert _options.complete_name(_Context(bundle), "l") == [
        ("language-model", "Language model"),
        ("LM", "Language model"),
        ("large-language-model", "Large language model"),
        ("LLM", "Large language model"),
    ]


def test_categories_are_completed_from_the_glossary(bundle):
    """Ids of categories, with their titles."""
    assert _options.complete_category(_Context(bundle), "t") == [("training", "Training")]


def test_completion_is_silent_where_there_is_no_glossary(tmp_path, capsys):
    """A shell that waits for names gets none, and no message."""
    absent = _Context(str(tmp_path / "absent"))
    assert _options.complete_name(absent, "") == []
    assert _options.complete_category(absent, "") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("genai-terms --glossary {} show tokeni", {"tokenization"}),
        ("genai-terms --glossary {} list --category mod", {"models"}),
        ("genai-terms show token --section faq", {"faqs"}),
        ("genai-terms export js", {"json", "jsonl"}),
        ("genai-terms sh", {"show"}),
    ],
)
def test_a_shell_gets_completions(root, bundle, line, expected):
    """The program answers a shell that asks what may come next."""
    words = line.format(bundle)
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), RICH: "complete_bash"}
    result = process(root=root, environment=asked)
    assert set(result.stdout.decode().split()) == expected


# processes


def test_the_module_is_the_program(root, bundle):
    """`python -m genai_terms` answers on standard output and exits with 0."""
    result = process("--glossary", bundle, "show", "LLM", "--section", "definition", root=root)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode() == "A model of text with billions of parameters.\n"


@pytest.mark.parametrize(("arguments", "code"), [(["show", "no such"], 1), (["nonsense"], 2)])
def test_exit_codes_reach_the_shell(root, bundle, arguments, code):
    """1 for a miss, 2 for wrong use."""
    assert process("--glossary", bundle, *arguments, root=root).returncode == code


def test_a_missing_dependency_is_told_with_the_command_that_installs_it(root):
    """Without typer there is one line of advice instead of a traceback."""
    code = (
        "import sys; sys.modules['typer'] = None; from genai_terms import __main__ as m; m.main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "The command line needs typer, which is not installed. Run: pip install 'genai-terms[cli]'"
    ]


def test_exported_bytes_do_not_depend_on_the_locale(root, bundle):
    """Formats are UTF-8 with their own line ends, whatever the terminal speaks."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = process("--glossary", bundle, "export", "csv", root=root, environment=ascii_only)
    assert result.stdout.decode() == export.csv.dumps(gt.Glossary.open(bundle))


def test_a_terminal_that_lacks_a_character_shows_a_question_mark(root, bundle):
    """No traceback where an encoding cannot carry the text."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = process("--glossary", bundle, "show", "token", root=root, environment=ascii_only)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.startswith(b"Glossary ? Models\n")


def test_a_closed_pipe_is_quiet(root, bundle):
    """A reader that goes away causes no message."""
    for command in (["list"], ["export", "jsonl"], ["show", "LLM"]):
        reading, writing = os.pipe()
        os.close(reading)
        paths = os.pathsep.join([str(root / "src"), *sys.path])
        child = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "genai_terms", "--glossary", bundle, *command],
            env={**os.environ, "PYTHONPATH": paths},
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(writing)
        assert (command, child.stderr) == (command, b"")


def test_main_works_with_streams_that_cannot_be_reconfigured(monkeypatch, bundle):
    """A stream that an embedding program put in place is used as it is."""

    class Plain:
        def __init__(self):
            self.buffer = BytesIO()

        def write(self, text):
            return self.buffer.write(text.encode())

        def flush(self):
            pass

    plain = Plain()
    wrapped = TextIOWrapper(BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", plain)
    monkeypatch.setattr(sys, "stderr", wrapped)
    monkeypatch.setattr(sys, "argv", ["genai-terms", "--glossary", bundle, "export", "jsonl"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 0
    assert plain.buffer.getvalue().decode() == export.jsonl.dumps(gt.Glossary.open(bundle))
    assert wrapped.errors == "replace"


def test_clean_text_keeps_line_feeds():
    """Only what steers a terminal is replaced."""
    assert _terminal.clean("a\nb\tc\x1b") == "a\nb\ufffdc\ufffd"

"""What is built and shipped: made anew, installed alone, used as a stranger would."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALONE = """
import genai_terms as gt
assert gt.lookup("RAG").abbreviations == ("RAG",)
assert gt.lookup("Generative AI (GenAI)").faqs
assert gt.search("my model makes things up")[0].term_id == "hallucination"
assert gt.suggest("retriev")
assert gt.annotate("An LLM reads tokens.")[0].text == "LLM"
assert gt.Glossary([gt.lookup("RAG")])["RAG"] == gt.lookup("RAG")
assert gt.export.jsonl.loads(gt.export.jsonl.dumps(gt.glossary)) == gt.glossary
assert "<article" in gt.export.html.dumps(gt.lookup("RAG"))
try:
    gt.Glossary.from_yaml(".")
except gt.MissingExtraError as error:
    assert "genai-terms[authoring]" in str(error)
print(gt.__file__, len(gt.glossary))
"""


def run(*command: object, **options: object) -> str:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))},
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, env=environment, check=False,
        timeout=600, **options,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(source: Path, target: Path, kind: str) -> Path:
    run(sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "-o", target, source)
    (made,) = target.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return build(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def unpacked(sdist, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (inside,) = folder.iterdir()
    return inside


@pytest.fixture(scope="module")
def wheel(unpacked, tmp_path_factory):
    """The wheel that is built from the source distribution."""
    return build(unpacked, tmp_path_factory.mktemp("wheel"), "wheel")


def test_the_source_distribution_carries_content_and_no_bundle(sdist):
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert "src/genai_terms/content/foundations/generative-ai.yaml" in names
    assert "src/genai_terms/_build/hatch_hook.py" in names
    assert {"README.md", "CHANGELOG.md", "LICENSES/MIT.txt", "LICENSES/CC-BY-4.0.txt"} <= names
    assert not [name for name in names if "/_data/" in name or name.endswith(".pyc")]


def test_the_wheel_carries_the_bundle_and_no_content(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (n for n in names if n.endswith(".dist-info/METADATA"))
        fields = archive.read(metadata).decode()
    bundle = {"manifest.json", "terms.jsonl", "names.idx", "search.idx"}
    assert {n.rpartition("/")[2] for n in names if n.startswith("genai_terms/_data/")} == bundle
    assert not [n for n in names if n.endswith((".yaml", ".pyc")) or "/_build/" in n]
    assert "genai_terms/py.typed" in names
    assert {n.partition("/")[0].partition("-")[0] for n in names} == {"genai_terms"}
    assert "License-Expression: MIT AND CC-BY-4.0" in fields
    assert sum("/licenses/" in n for n in names) == 2
    assert wheel.stat().st_size < 6 * 2**20


def test_the_bundle_is_rebuilt_byte_for_byte(wheel, tmp_path):
    """What the source distribution compiles to is what the checkout compiled to."""
    from genai_terms import _compile

    _compile.compile_folder(str(ROOT / "src/genai_terms/content"), str(tmp_path / "bundle"))
    with zipfile.ZipFile(wheel) as archive:
        for path in (tmp_path / "bundle").iterdir():
            assert archive.read(f"genai_terms/_data/{path.name}") == path.read_bytes(), path.name


def test_the_wheel_alone_does_the_main_job(wheel, tmp_path):
    """Installed with nothing but its dependencies, it looks up, searches, annotates, exports."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", wheel)
    printed = run(python, "-W", "error", "-c", ALONE, cwd=tmp_path)
    assert str(tmp_path) in printed
    answer = subprocess.run(
        [str(python), "-m", "genai_terms"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 2
    assert "pip install 'genai-terms[cli]'" in answer.stderr


def test_the_wheel_works_from_inside_a_zip(wheel, tmp_path):
    """Imported from the archive itself, without a folder to map files from."""
    code = f"import sys; sys.path.insert(0, {str(wheel)!r})\n" + ALONE.replace(
        'gt.Glossary.from_yaml(".")', 'raise gt.MissingExtraError("", "authoring", "")'
    )
    printed = run(sys.executable, "-c", code, cwd=tmp_path)
    assert str(wheel) in printed


def test_content_with_a_fault_builds_no_wheel(unpacked, tmp_path):
    import shutil

    broken = tmp_path / "broken"
    shutil.copytree(unpacked, broken)
    entry = broken / "src" / "genai_terms" / "content" / "foundations" / "generative-ai.yaml"
    entry.write_text(entry.read_text(encoding="utf-8") + "\nshape: round\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", tmp_path, broken],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "unknown key 'shape'" in done.stdout + done.stderr

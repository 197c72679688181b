"""Bundles: reproducible, atomic, refused when they are not whole."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms import _bundle
from genai_terms import strategies as gts
from genai_terms._bundle import FILES


@pytest.fixture
def saved(mini, tmp_path):
    """A bundle of the six terms."""
    path = tmp_path / "bundle"
    mini.save(path)
    return path


def read(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(max_examples=25)
@given(glossary=gts.glossaries())
def test_what_is_saved_opens_as_it_was(glossary, tmp_path_factory):
    path = tmp_path_factory.mktemp("bundles") / "b"
    glossary.save(path)
    opened = gt.Glossary.open(path, verify=True)
    assert opened == glossary
    assert opened.categories == glossary.categories
    assert all(opened.lookup(name) == term for term in glossary for name in term.names)


def test_the_same_terms_give_the_same_bytes(mini, tmp_path):
    for name in ("one", "two"):
        gt.Glossary(reversed([*mini]), categories=mini.categories).save(tmp_path / name)
    assert read(tmp_path / "one") == read(tmp_path / "two")


def test_a_bundle_is_four_files_that_others_may_read(saved):
    assert sorted(read(saved)) == sorted(FILES)
    assert saved.stat().st_mode & 0o777 == 0o755


def test_the_manifest_tells_what_is_in_it(saved, mini):
    manifest = json.loads((saved / "manifest.json").read_bytes())
    assert manifest["terms"] == len(mini)
    assert manifest["faqs"] == len(mini.faqs())
    assert manifest["links"] == sum(len(term.related) for term in mini)
    assert "do not edit" in manifest["generated"]


def test_records_are_decoded_once(saved):
    opened = gt.Glossary.open(saved)
    assert opened["LLM"] is opened["large language model"]


def test_a_bundle_replaces_a_bundle(saved, mini):
    mini.filter(category="training").save(saved)
    assert [term.id for term in gt.Glossary.open(saved)] == [
        "sharpness-aware-minimization", "tokenization",
    ]  # fmt: skip
    assert [path.name for path in saved.parent.iterdir()] == ["bundle"]


def test_a_folder_with_anything_else_is_never_replaced(mini, tmp_path):
    (tmp_path / "thesis.txt").write_text("ten years of work", encoding="utf-8")
    with pytest.raises(gt.BundleError, match=r"not a glossary bundle \(it has 'thesis.txt'\)"):
        mini.save(tmp_path)
    with pytest.raises(gt.BundleError, match="not a glossary bundle"):
        mini.save(tmp_path / "thesis.txt")
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "ten years of work"


def test_a_bundle_is_for_those_whom_the_one_before_was_for(saved, mini):
    saved.chmod(0o750)
    mini.save(saved)
    assert saved.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("name", FILES[1:])
def test_an_export_that_is_named_as_a_part_of_a_bundle_is_not_replaced(mini, tmp_path, name):
    gt.export.jsonl.dump(mini, tmp_path / name)
    with pytest.raises(gt.BundleError, match=rf"not a glossary bundle \(it has '{name}'\)"):
        mini.filter(category="training").save(tmp_path)
    assert gt.export.jsonl.load(tmp_path / name) == mini


def test_an_empty_folder_may_become_a_bundle(mini, tmp_path):
    mini.save(tmp_path)
    assert gt.Glossary.open(tmp_path) == mini


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_save_leaves_the_old_bundle_whole(saved, mini, monkeypatch, fault):
    """Whether the first or the second renaming of folders fails, the old bundle stays."""
    before = read(saved)
    rename = _bundle.os.rename
    calls = []

    def fail_at(number):
        def renaming(source, target):
            calls.append(source)
            if len(calls) == number:
                raise fault
            rename(source, target)

        return renaming

    for number in (1, 2):
        calls.clear()
        monkeypatch.setattr(_bundle.os, "rename", fail_at(number))
        with pytest.raises(type(fault)) as raised:
            mini.filter(category="models").save(saved)
        assert raised.value is fault
        monkeypatch.undo()
        assert read(saved) == before
        assert [path.name for path in saved.parent.iterdir()] == ["bundle"]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(saved, name):
    (saved / name).unlink()
    with pytest.raises(gt.BundleError, match=name):
        gt.Glossary.open(saved)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=20)
@given(data=st.data())
def test_a_cut_file_is_refused(mini, tmp_path_factory, name, data):
    folder = tmp_path_factory.mktemp("cut") / "b"
    mini.save(folder)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: data.draw(st.integers(0, len(whole) - 2))])
    with pytest.raises(gt.BundleError):
        gt.Glossary.open(folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["terms.jsonl", "names.idx", "search.idx"])
@settings(max_examples=30)
@given(data=st.data())
def test_a_changed_byte_is_refused(mini, tmp_path_factory, name, data):
    """Tampering is noticed on opening: no changed byte of the data reaches a reader."""
    folder = tmp_path_factory.mktemp("changed") / "b"
    mini.save(folder)
    whole = bytearray((folder / name).read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    (folder / name).write_bytes(whole)
    with pytest.raises(gt.BundleError):
        gt.Glossary.open(folder)
    shutil.rmtree(folder)


def test_a_record_is_checked_when_it_is_read(saved):
    """Even where a bundle is opened unverified, a changed record is not given out."""
    path = saved / "terms.jsonl"
    path.write_bytes(path.read_bytes().replace(b"billions", b"trillion"))
    opened = gt.Glossary.open(saved, verify=False)
    with pytest.raises(gt.BundleError, match="'large-language-model' in terms.jsonl"):
        opened["LLM"]
    assert opened["token"].name == "Token"


def test_records_that_are_cut_off_are_noticed_unverified(saved):
    path = saved / "terms.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(gt.BundleError, match=r"terms.jsonl has \d+ bytes where names.idx expects"):
        gt.Glossary.open(saved, verify=False)


def test_a_newer_schema_says_upgrade(saved):
    path = saved / "manifest.json"
    manifest = json.loads(path.read_bytes()) | {"schema": 99}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(gt.BundleError, match=r"schema 99.*Upgrade genai-terms"):
        gt.Glossary.open(saved)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'"x"', b"{}", b"\xff\xfe", b"not json", b"[" * 10**6]
)
def test_a_broken_manifest_is_refused(saved, content):
    (saved / "manifest.json").write_bytes(content)
    with pytest.raises(gt.BundleError, match="not the manifest of a glossary bundle"):
        gt.Glossary.open(saved)


@pytest.mark.parametrize("digests", [None, [], "x", {"terms.jsonl": 3}])
def test_a_manifest_without_the_digests_is_refused(saved, digests):
    path = saved / "manifest.json"
    manifest = json.loads(path.read_bytes()) | {"sha256": digests}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(gt.BundleError, match=r"terms.jsonl: is not the file that manifest.json"):
        gt.Glossary.open(saved)


def test_a_manifest_that_miscounts_is_refused(saved):
    path = saved / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"terms": 6', '"terms": 7'),
                    encoding="utf-8")  # fmt: skip
    with pytest.raises(gt.BundleError, match="speaks of 7 terms"):
        gt.Glossary.open(saved)


def test_files_of_different_bundles_are_not_mixed(saved, mini, tmp_path):
    mini.filter(category="models").save(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "terms.jsonl", saved / "terms.jsonl")
    with pytest.raises(gt.BundleError, match="belongs to another bundle"):
        gt.Glossary.open(saved)


def test_a_record_of_another_version_is_refused(saved, mini):
    """A record that is intact but no Term of this version is told from a damaged one."""
    opened = gt.Glossary.open(saved)
    opened._bundle.record = lambda position: b'{"id": "x", "shape": "unknown"}'
    with pytest.raises(gt.BundleError, match="is not a Term of this version"):
        opened["LLM"]


@pytest.mark.parametrize("path", ["absent", "absent/deeper", "file"])
def test_a_place_without_a_bundle_says_how_to_make_one(tmp_path, path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(gt.BundleError, match="no such folder.*genai-terms compile"):
        gt.Glossary.open(tmp_path / path)


def test_an_empty_glossary_is_a_glossary(tmp_path):
    gt.Glossary().save(tmp_path / "empty")
    opened = gt.Glossary.open(tmp_path / "empty")
    assert len(opened) == 0
    assert opened.search("anything") == []
    assert opened.suggest("any") == []
    assert opened.get("anything") is None


def test_without_a_folder_the_package_itself_is_read(monkeypatch, tmp_path):
    """Inside an archive there is no path to map: the files are read as resources."""
    monkeypatch.setattr(_bundle, "__file__", str(tmp_path / "archive.zip" / "_bundle.py"))
    opened = _bundle.StoredBundle.built_in()
    assert opened.source == "genai_terms/_data"
    assert opened.manifest()["terms"] == len(opened.names)


def test_a_checkout_without_a_bundle_says_what_to_run(monkeypatch, tmp_path):
    (tmp_path / "_bundle.py").touch()
    monkeypatch.setattr(_bundle, "__file__", str(tmp_path / "_bundle.py"))
    with pytest.raises(gt.BundleError, match="Run: python -m genai_terms._compile"):
        _bundle.StoredBundle.built_in()


def test_a_file_of_another_bundle_is_refused(saved, mini, tmp_path):
    """Even if it is whole in itself: the manifest knows every file."""
    mini.filter(tier=1).save(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "search.idx", saved / "search.idx")
    with pytest.raises(gt.BundleError, match=r"search.idx: is not the file that manifest.json"):
        gt.Glossary.open(saved)


def test_a_folder_with_a_manifest_of_something_else_is_not_replaced(mini, tmp_path):
    (tmp_path / "manifest.json").write_text('{"name": "a web app"}', encoding="utf-8")
    with pytest.raises(gt.BundleError, match="not a glossary bundle"):
        mini.save(tmp_path)
    assert (tmp_path / "manifest.json").exists()

"""Saving over a bundle that others read or write at the same time: everybody gets one whole."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

import genai_terms as gt
from genai_terms import _files, _save

WRITER = """
import os, sys
import genai_terms as gt
place, term_id, signal = sys.argv[1:]
glossary = gt.Glossary(
    gt.Term(id=f"{term_id}-{n}", name=f"{term_id} {n}", definition=f"The {term_id}.")
    for n in range(len(term_id))
)
while os.path.exists(signal):
    glossary.save(place)
"""


def kind(glossary):
    """What the terms of a glossary are; all its parts must agree."""
    ids = [term.id for term in glossary]
    (word,) = {term_id.partition("-")[0] for term_id in ids}
    assert len(ids) == len(word)
    assert {hit.term_id for hit in glossary.search(word, limit=99)} == {*ids}
    return word


@contextmanager
def writers(place, signal):
    """Two processes that save to *place*, again and again until the context is left."""
    signal.touch()
    command = [sys.executable, "-c", WRITER, str(place)]
    processes = [subprocess.Popen([*command, w, str(signal)]) for w in ("apple", "cherry")]
    try:
        while not place.exists():
            assert [process.poll() for process in processes] == [None, None]
        yield
    finally:
        signal.unlink()
        assert [process.wait() for process in processes] == [0, 0]


@pytest.mark.parametrize("verify", [True, False])
def test_who_opens_a_bundle_while_it_is_saved_gets_one_whole(tmp_path, verify):
    place = tmp_path / "shared" / "bundle"
    with writers(place, tmp_path / "signal"):
        met = {kind(gt.Glossary.open(place, verify=verify)) for _ in range(100)}
    assert met | {kind(gt.Glossary.open(place, verify=True))} <= {"apple", "cherry"}
    assert [path.name for path in place.parent.iterdir()] == ["bundle"]


def test_threads_may_save_to_one_place(mini, tmp_path):
    place = tmp_path / "bundle"
    parts = [mini.filter(category=c.id) for c in mini.categories]
    threads = [
        threading.Thread(target=lambda p=part: [p.save(place) for _ in range(10)]) for part in parts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gt.Glossary.open(place, verify=True) in parts
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_a_save_that_comes_between_the_renames_of_another_is_replaced(mini, tmp_path, monkeypatch):
    place = tmp_path / "bundle"
    mini.save(place)
    rename = os.rename
    between = iter([mini.filter(category="models")])

    def renaming(source, target):
        rename(source, target)
        for other in between:
            other.save(place)

    monkeypatch.setattr(_save.os, "rename", renaming)
    mini.filter(category="training").save(place)
    assert gt.Glossary.open(place, verify=True) == mini.filter(category="training")
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


@pytest.mark.parametrize("name", _files.FILES[1:])
def test_saves_between_two_files_begin_the_opening_anew(mini, tmp_path, monkeypatch, name):
    place = tmp_path / "bundle"
    mini.filter(category="models").save(place)
    content = _files._content
    between = iter([mini] * 5)

    def reading(path):
        if os.path.basename(path) == name:
            other = next(between, None)
            if other is not None:
                other.save(place)
        return content(path)

    monkeypatch.setattr(_files, "_content", reading)
    assert gt.Glossary.open(place, verify=False).search("tokenization")[0].term_id == "tokenization"


def test_what_is_open_stays_as_it_was(mini, tmp_path):
    """Also the parts of it that were not looked at before."""
    mini.filter(category="training").save(tmp_path / "b")
    opened = gt.Glossary.open(tmp_path / "b")
    mini.filter(category="models").save(tmp_path / "b")
    assert opened == mini.filter(category="training")
    assert opened.search("tokenization")[0].term_id == "tokenization"
    assert copy.copy(opened) == copy.deepcopy(opened) == mini.filter(category="training")


def test_an_opening_waits_for_a_save_to_put_its_folder_in_place(mini, tmp_path):
    place, aside = tmp_path / "bundle", tmp_path / ".bundle-x"
    mini.save(aside)
    timer = threading.Timer(0.05, aside.rename, [place])
    timer.start()
    assert gt.Glossary.open(place) == mini
    timer.join()


def test_a_save_that_ends_while_an_opening_asks_for_it_is_not_missed(mini, tmp_path, monkeypatch):
    place, aside = tmp_path / "bundle", tmp_path / ".bundle-x"
    mini.save(aside)
    asked = _files._being_saved

    def asking(folder):
        if aside.exists():
            aside.rename(place)
        return asked(folder)

    monkeypatch.setattr(_files, "_being_saved", asking)
    assert gt.Glossary.open(place) == mini


def test_a_save_that_was_cut_short_is_told(mini, tmp_path, monkeypatch):
    monkeypatch.setattr(_files, "_TRIES", 5)
    mini.save(tmp_path / ".bundle-x")
    with pytest.raises(gt.BundleError, match=r"was cut short: there are folders \.bundle-\.\.\."):
        gt.Glossary.open(tmp_path / "bundle")

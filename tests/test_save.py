"""Saving over a bundle that others read or write at the same time: everybody gets one whole."""

from __future__ import annotations

import copy
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

import genai_terms as gt
from genai_terms import _files, _save
from genai_terms.cli._open import glossary_at, open_glossary

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
    place, aside = tmp_path / "bundle", tmp_path / ".bundle-abcdefgh.saving"
    mini.save(aside)
    timer = threading.Timer(0.05, aside.rename, [place])
    timer.start()
    assert gt.Glossary.open(place) == mini
    timer.join()


def test_a_save_that_ends_while_an_opening_asks_for_it_is_not_missed(mini, tmp_path, monkeypatch):
    place, aside = tmp_path / "bundle", tmp_path / ".bundle-abcdefgh.saving"
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
    mini.save(tmp_path / ".bundle-abcdefgh.saving")
    with pytest.raises(gt.BundleError, match=r"was cut short: there are folders \.bundle-\.\.\."):
        gt.Glossary.open(tmp_path / "bundle")


STOPPED = """
import os, signal, sys
import genai_terms as gt
place, event, turn, how = sys.argv[1:]
glossary = gt.Glossary([gt.Term(id="apple", name="Apple", definition="A fruit.")])
glossary.search("apple")
turns = iter(range(int(turn)))
def stop(name, arguments):
    inside = any(".saving" in str(argument) for argument in arguments)
    if name == event and inside and next(turns, None) is None:
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        print("waits", flush=True)
        sys.stdin.readline()
sys.addaudithook(stop)
glossary.save(place)
"""
EVENTS = [
    ("open", 0), ("os.mkdir", 1), ("open", 3), ("os.rename", 0), ("os.rename", 1),
    ("shutil.rmtree", 0),
]  # fmt: skip
"""Locking its folder, making the files, putting the old aside and the new in place, tidying."""


def stopped(place, event, turn, how):
    """A process that saves to *place* and is killed, or waits, before it does something."""
    command = [sys.executable, "-c", STOPPED, str(place), event, str(turn), how]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.mark.parametrize(("event", "turn"), EVENTS)
def test_what_a_killed_save_left_is_removed_by_the_next(mini, tmp_path, event, turn):
    place = tmp_path / "bundle"
    mini.save(place)
    with stopped(place, event, turn, "kill") as process:
        assert process.wait() == -signal.SIGKILL
    if place.exists():
        assert len(gt.Glossary.open(place, verify=True)) in {1, len(mini)}
    else:
        (left,) = tmp_path.iterdir()
        assert gt.Glossary.open(left / "old", verify=True) == mini
    mini.save(place)
    assert gt.Glossary.open(place, verify=True) == mini
    left = {path for path in tmp_path.iterdir() if path != place}
    assert not any(any(path.iterdir()) for path in left)
    assert not left or (event, turn) in EVENTS[:2]  # an empty folder may be a writer's that lives


@pytest.mark.parametrize(("event", "turn"), EVENTS)
def test_what_a_save_under_way_needs_is_left_alone(mini, tmp_path, event, turn):
    """Whatever it is about to do while another is saved there, it goes on and comes last."""
    place = tmp_path / "bundle"
    mini.save(place)
    with stopped(place, event, turn, "wait") as process:
        assert process.stdout.readline() == b"waits\n"
        mini.save(place)
        process.communicate(b"go on\n")
        assert process.returncode == 0
    assert len(gt.Glossary.open(place, verify=True)) in (
        {1} if event != "shutil.rmtree" else {len(mini)}
    )
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_what_looks_like_a_left_over_but_is_not_stays(mini, tmp_path):
    """A neighbor's, and somebody's own folders."""
    places = [tmp_path / name for name in (".b-x-abcdefgh.saving", ".b-abcdefgh.saving", ".b-x")]
    for place in places:
        (place / "new").mkdir(parents=True)
    (places[1] / "thesis.txt").touch()
    mini.save(tmp_path / "b")
    assert {*tmp_path.iterdir()} == {*places, tmp_path / "b"}


def test_a_neighbor_that_was_left_half_saved_is_not_waited_for(mini, tmp_path):
    mini.save(tmp_path / ".bundle-x-abcdefgh.saving")
    with pytest.raises(gt.BundleError, match="no such folder"):
        gt.Glossary.open(tmp_path / "bundle")


def test_an_old_bundle_that_cannot_be_put_back_is_kept(mini, tmp_path, monkeypatch):
    place, rename = tmp_path / "bundle", os.rename
    mini.save(place)

    def renaming(source, target):
        if target == str(place):
            raise OSError(5, "Input/output error")
        rename(source, target)

    monkeypatch.setattr(_save.os, "rename", renaming)
    with pytest.raises(OSError, match="Input/output"):
        mini.filter(category="models").save(place)
    monkeypatch.undo()
    (left,) = tmp_path.iterdir()
    assert gt.Glossary.open(left / "old", verify=True) == mini
    mini.save(place)
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_the_command_line_waits_for_a_bundle_that_is_being_replaced(mini, tmp_path):
    place, aside = tmp_path / "bundle", tmp_path / ".bundle-abcdefgh.saving"
    for read in (open_glossary, glossary_at):
        mini.save(aside)
        timer = threading.Timer(0.05, aside.rename, [place])
        timer.start()
        assert read(str(place)) == mini
        timer.join()
        place.rename(tmp_path / read.__name__)


def test_the_command_line_opens_what_others_save(tmp_path):
    place = tmp_path / "shared" / "bundle"
    with writers(place, tmp_path / "signal"):
        met = {kind(glossary_at(str(place))) for _ in range(100)}
    assert met <= {"apple", "cherry"}

"""Writing files whole or not at all."""

from __future__ import annotations

import os

import pytest

from genai_terms.export._files import write


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_new_file_has_the_usual_permissions(tmp_path):
    """The file may be read by whoever may read files of this user."""
    write(tmp_path / "new", b"x")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o666 & ~_umask()


def test_an_old_file_keeps_its_permissions(tmp_path):
    """Replacing a private file leaves it private."""
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_link_is_followed(tmp_path):
    """The file that a link leads to is replaced, not the link."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "file")
    write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "file").read_bytes() == b"new"


def test_a_device_is_written_to_and_stays(tmp_path):
    """What is no regular file is never replaced."""
    write(os.devnull, b"x")
    assert not os.path.isfile(os.devnull)


def test_a_folder_is_no_file(tmp_path):
    """A folder cannot be written to."""
    with pytest.raises(IsADirectoryError):
        write(tmp_path, b"x")


def test_a_place_that_cannot_be_written_to_is_named(tmp_path):
    """The error has the path that was asked for, not that of a temporary file."""
    with pytest.raises(FileNotFoundError) as caught:
        write(tmp_path / "absent" / "file", b"x")
    assert caught.value.filename == str(tmp_path / "absent" / "file")


def test_nothing_is_left_where_replacing_fails(tmp_path, monkeypatch):
    """The temporary file goes away, the old file stays."""

    def refuse(source, target):
        raise PermissionError(13, "Permission denied", source)

    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError, match="file"):
        write(tmp_path / "file", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"old"}

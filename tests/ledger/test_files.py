"""A file is there whole or not at all, and a folder has one writer."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from ledger import files
from ledger.errors import NoSpace, PlaceBusy, PlaceUnusable


def test_a_file_appears_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    """What was written is there, nobody else may read it, and nothing lies beside it."""
    files.appear(tmp_path / "note", b"first")
    files.appear(tmp_path / "note", b"second")
    assert (tmp_path / "note").read_bytes() == b"second"
    assert stat.S_IMODE((tmp_path / "note").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses, what stood there stands, and no draft is left."""
    files.appear(tmp_path / "note", b"first")
    monkeypatch.setattr("ledger.files.os.fsync", _full)
    with pytest.raises(NoSpace):
        files.appear(tmp_path / "note", b"second")
    assert (tmp_path / "note").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_a_file_that_appears_once_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is refused and the first stands; one that the disk refuses is not there at all."""
    files.appear_once(tmp_path / "key", b"first")
    with pytest.raises(FileExistsError):
        files.appear_once(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    monkeypatch.setattr("ledger.files.os.fsync", _full)
    with pytest.raises(OSError, match="No space"):
        files.appear_once(tmp_path / "other", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def _full(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """The sentence says which place, and what the system says of it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(PlaceUnusable, match="file"), files.only_one(tmp_path / "file" / "folder"):
        pass


def test_a_folder_has_one_writer(tmp_path: Path) -> None:
    """A second one is told so at once, and comes in when the first has left; drafts that a kill left are gone."""
    folder = tmp_path / "copies"
    with files.only_one(folder):
        with pytest.raises(PlaceBusy, match="copies"), files.only_one(folder):
            pass
        (folder / f".half{files.DRAFT}").write_text("")
        (folder / "whole").write_text("")
    with files.only_one(folder):
        assert [path.name for path in folder.iterdir()] == ["whole"]


def test_a_digest_is_of_all_bytes(tmp_path: Path) -> None:
    """A file longer than a piece is read to its end."""
    data = bytes(range(256)) * 5000
    (tmp_path / "file").write_bytes(data)
    assert files.digest(tmp_path / "file") == f"sha256:{hashlib.sha256(data).hexdigest()}"

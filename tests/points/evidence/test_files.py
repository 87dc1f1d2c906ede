"""Files under their digests."""

from __future__ import annotations

from pathlib import Path

from points.evidence import files


def test_a_file_is_kept_once_for_its_owner_alone(tmp_path: Path) -> None:
    """Under its digest, in a folder nobody else can enter; asked for by it."""
    digest = files.put(tmp_path / "kept", b"proof")
    assert files.put(tmp_path / "kept", b"proof") == digest
    path = files.place(tmp_path / "kept", digest)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert files.get(tmp_path / "kept", digest) == b"proof"
    assert list(files.listed(tmp_path / "kept")) == [digest]


def test_a_changed_or_missing_file_is_never_given_out(tmp_path: Path) -> None:
    """And is told apart; brought again, it is mended."""
    digest = files.put(tmp_path, b"proof")
    assert files.standing(tmp_path, digest) == "whole"
    files.place(tmp_path, digest).write_bytes(b"forged")
    assert (files.get(tmp_path, digest), files.standing(tmp_path, digest)) == (None, "changed")
    assert files.put(tmp_path, b"proof") == digest
    assert files.standing(tmp_path, digest) == "whole"
    files.drop(tmp_path, digest)
    assert (files.get(tmp_path, digest), files.standing(tmp_path, digest)) == (None, "missing")


def test_what_nobody_cites_is_swept_when_it_is_old(tmp_path: Path) -> None:
    """What is young may be waiting for its row; what a kill left half written goes too."""
    kept, left = files.put(tmp_path, b"kept"), files.put(tmp_path, b"left")
    half = files.place(tmp_path, left).with_name(".abc.new")
    half.write_bytes(b"ha")
    later = half.stat().st_mtime + files.LEFT_SECONDS + 60
    assert files.sweep(tmp_path, {kept}, now=later - 120) == 0
    assert files.sweep(tmp_path, {kept}, now=later) == 2
    assert list(files.listed(tmp_path)) == [kept]
    assert not half.exists()


def test_a_copy_brings_what_is_lacking_and_nothing_damaged(tmp_path: Path) -> None:
    """Twice is once."""
    here, there = tmp_path / "here", tmp_path / "there"
    whole, broken = files.put(here, b"whole"), files.put(here, b"broken")
    files.place(here, broken).write_bytes(b"x")
    assert [files.copy(here, there), files.copy(here, there)] == [1, 0]
    assert list(files.listed(there)) == [whole]

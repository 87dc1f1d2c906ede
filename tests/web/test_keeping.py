"""The pepper is made once, for its owner alone, and what is wrong with its file is said."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from points.people.errors import PepperUnusable
from web.keeping import LENGTH, make_pepper, read_pepper


def test_it_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """0600 whatever the umask; a second making leaves it as it is."""
    path = tmp_path / "a.pepper"
    make_pepper(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    pepper = read_pepper(path)
    make_pepper(path)
    assert read_pepper(path) == pepper
    assert len(pepper) == LENGTH
    make_pepper(tmp_path / "b.pepper")
    assert read_pepper(tmp_path / "b.pepper") != pepper


WRONG = [b"", b"zz", b"00" * (LENGTH - 1), "胡椒".encode(), b"\xff" * 64, b"00" * (LENGTH + 1)]


@pytest.mark.parametrize("content", WRONG)
def test_anything_else_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    """Half of it would open nothing, and say nothing about why. The content is not repeated."""
    path = tmp_path / "a.pepper"
    path.write_bytes(content)
    with pytest.raises(PepperUnusable, match=r"a\.pepper") as refused:
        read_pepper(path)
    assert not content or content.decode("latin-1") not in str(refused.value)


def test_an_absent_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    """One is not there, the other cannot be read."""
    with pytest.raises(PepperUnusable, match="不存在"):
        read_pepper(tmp_path / "none")
    with pytest.raises(PepperUnusable, match="读不了"):
        read_pepper(tmp_path)

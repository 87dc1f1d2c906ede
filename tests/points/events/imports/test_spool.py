"""Bytes put by."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

import pytest

from points.events.imports import spool
from points.events.imports.spool import Spool


def test_what_is_put_in_comes_out_from_memory_and_from_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stretch is asked for: before, across and after where the file ends."""
    monkeypatch.setattr(spool, "A_PIECE", 100)
    kept, whole = Spool(), b""
    for number in range(40):
        kept.append(bytes([number]) * 7)
        whole += bytes([number]) * 7
        assert len(kept) == len(whole)
        assert kept.read(0, len(whole)) == whole
    for begins, ends in ((0, 1), (90, 110), (199, 280), (275, 280), (280, 280)):
        assert kept.read(begins, ends) == whole[begins:ends]


@pytest.mark.embedded
def test_nothing_is_left_of_a_file_and_nobody_else_can_find_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its name is gone while it is in use, and its descriptor with whoever held it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept = Spool()
    kept.append(b"x" * (spool.A_PIECE + 1))
    number = kept._file
    assert number is not None
    assert list(tmp_path.iterdir()) == []
    assert os.fstat(number).st_nlink == 0
    del kept
    gc.collect()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(number)

"""Files on their way in."""

from __future__ import annotations

import io
import os
import stat
import time
from pathlib import Path

import pytest
from starlette.datastructures import UploadFile

from web import uploads
from web.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A book in a folder of its own."""
    return load(book=f"sqlite://{tmp_path / 'town.db'}")


def kept(settings: Settings, name: str = "六月.csv") -> uploads.Upload:
    """A file that 陈国强 brought."""
    file = UploadFile(io.BytesIO("姓名\n王\n".encode()), filename=name)
    return uploads.keep(settings, file, by="S-0001", kind="members", source=None)


def test_a_file_is_kept_beside_the_book_for_its_owner_alone(settings: Settings, tmp_path: Path) -> None:
    """Under a random name, with its ending; nobody else finds it."""
    upload = kept(settings)
    path = upload.path(settings)
    assert path == tmp_path / "town.uploads" / upload.key / "file.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert uploads.find(settings, upload.key, "S-0001") == upload
    assert uploads.find(settings, upload.key, "S-0002") is None
    assert uploads.find(settings, "../town", "S-0001") is None
    assert uploads.find(settings, "0" * 24, "S-0001") is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\六月.csv", "a\x00b\n.csv", "", "/"])
def test_a_name_leads_nowhere(settings: Settings, name: str) -> None:
    """Its folders and its unprintable characters go."""
    upload = kept(settings, name)
    assert upload.path(settings).parent.parent == uploads.folder(settings)
    assert upload.name.isprintable()
    assert "/" not in upload.name
    assert "\\" not in upload.name


def test_what_nobody_went_on_with_is_swept_after_a_day(settings: Settings) -> None:
    """Not before; and what was dropped is gone at once."""
    old, new = kept(settings), kept(settings)
    long_ago = time.time() - uploads.KEPT_SECONDS - 60
    os.utime(old.path(settings).parent, (long_ago, long_ago))
    assert uploads.sweep(settings) == 1
    assert uploads.find(settings, old.key, "S-0001") is None
    assert uploads.find(settings, new.key, "S-0001") == new
    uploads.drop(settings, new)
    assert list(uploads.folder(settings).iterdir()) == []

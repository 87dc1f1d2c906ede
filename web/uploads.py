"""Files on their way in: read from a form in parts, kept beside the book for a day at most, each in its own folder."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from points.events.imports.reading import BYTES_AT_MOST
from web.bodies import Form, Malformed
from web.settings import Settings

MOST_OF_A_FORM = BYTES_AT_MOST + 65536
"""A body may be so long: a file at its longest, and the few fields beside it."""
A_PIECE = 1 << 20
KEPT_SECONDS = 24 * 3600
NAME_AT_MOST = 120
_KEY = re.compile(r"[0-9a-f]{24}")
_PLAIN = re.compile(r'multipart/form-data; *boundary="?[0-9A-Za-z\'()+_,./:=? -]{1,70}"?$', re.ASCII)


class FileForm(Form):
    """A form with one file, None when nobody chose one."""

    def __init__(self, pairs: list[tuple[str, str]], file: UploadFile | None) -> None:
        super().__init__(pairs)
        self.file = file

    def close(self) -> None:
        """Let go of the file; what was kept of it is kept."""
        if self.file is not None:
            self.file.file.close()


async def form(request: Request) -> FileForm:
    """The body of a form in parts, its file spooled to disk. Raises 400, 413 or 415; no charset can be chosen."""
    if not _PLAIN.fullmatch(request.headers.get("content-type", "")):
        raise HTTPException(415, "unsupported media type")
    try:
        read = await request.form(max_files=1, max_fields=20, max_part_size=4096)
    except (MultiPartException, HTTPException, UnicodeDecodeError, KeyError) as error:
        raise Malformed("not a form with a file") from error
    try:
        return _whole(read.multi_items())
    except Malformed:
        await read.close()
        raise


def _whole(items: Iterable[tuple[str, UploadFile | str]]) -> FileForm:
    file: UploadFile | None = None
    pairs: list[tuple[str, str]] = []
    for name, value in items:
        if isinstance(value, UploadFile):
            file = value if value.filename else None
            if file is None:
                value.file.close()
        elif "\x00" in value or "\ufffd" in value:
            raise Malformed("forbidden character")
        else:
            pairs.append((name, value))
    return FileForm(pairs, file)


@dataclass(frozen=True)
class Upload:
    """A file that somebody brought: of which kind, from which source, what they call it."""

    key: str
    by: str
    kind: str
    source: str | None
    name: str

    def path(self, settings: Settings) -> Path:
        """Where the file is. It keeps its ending, and nothing else of its name."""
        return folder(settings) / self.key / ("file" + PurePath(self.name).suffix.lower()[:8])

    def beside(self, settings: Settings, name: str) -> Path:
        """A file of ours beside it: what was found in it, and its errors."""
        return folder(settings) / self.key / name


def folder(settings: Settings) -> Path:
    """Beside the book, or beside its key when the book is elsewhere."""
    return settings.key_file.with_suffix(".uploads")


def keep(settings: Settings, file: UploadFile, *, by: str, kind: str, source: str | None) -> Upload:
    """Keep a file; only the owner of the book can read it."""
    upload = Upload(secrets.token_hex(12), by, kind, source, _name(file.filename or ""))
    place = folder(settings) / upload.key
    place.mkdir(parents=True, mode=0o700)
    file.file.seek(0)
    with upload.path(settings).open("xb") as kept:
        shutil.copyfileobj(file.file, kept, A_PIECE)
    upload.path(settings).chmod(0o600)
    write(place / "about.json", asdict(upload))
    return upload


def drop(settings: Settings, upload: Upload) -> None:
    """Take a file away, and what was found in it."""
    shutil.rmtree(folder(settings) / upload.key, ignore_errors=True)


def find(settings: Settings, key: str, by: str) -> Upload | None:
    """A file that this person brought; None for any other and when it is gone."""
    if not _KEY.fullmatch(key):
        return None
    about = read(folder(settings) / key / "about.json")
    return Upload(**about) if about and about["by"] == by else None


def write(path: Path, value: Any) -> None:
    """Keep something as JSON, whole or not at all."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(path)


def read(path: Path) -> Any:
    """What was kept as JSON; None when there is nothing."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def sweep(settings: Settings, *, now: float | None = None) -> int:
    """Take away what nobody went on with for a day; how many files those were."""
    latest = (time.time() if now is None else now) - KEPT_SECONDS
    old = [place for place in folder(settings).glob("*") if place.stat().st_mtime < latest]
    for place in old:
        shutil.rmtree(place, ignore_errors=True)
    return len(old)


def _name(said: str) -> str:
    plain = "".join(c for c in PurePath(said.replace("\\", "/")).name if c.isprintable())
    return plain[-NAME_AT_MOST:] or "file"

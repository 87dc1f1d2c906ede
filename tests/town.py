"""The sample town for tests of pages: settled once for the run, copied for each test that changes it."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from ledger import heads, signatures
from points import district, founding
from points.district import open_district
from points.progress import quiet
from points.sample import town
from tests import books
from web.app import create_app
from web.commands.serving import open_with_jobs
from web.doorkeeper import BookDoorkeeper
from web.keeping import make_pepper, make_seal
from web.settings import Settings, load

NAMES = ("town.db", "town.key", "town.pepper", "town.seal")


@cache
def _settled(today: date) -> Path:
    """The folder of the one settled town of this run: its book, key and pepper.

    Its last day is today. A run that goes on after midnight settles it once more.
    """
    folder = books.folder() / f"town-{today}"
    folder.mkdir()
    with ThreadPoolExecutor(max_workers=1) as thread:  # Playwright leaves a loop running in this one
        thread.submit(asyncio.run, _settle(folder)).result()
    with closing(sqlite3.connect(folder / NAMES[0])) as book:
        # what a connection left in the log beside the book would be missing in a copy of the book alone
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


async def _settle(folder: Path) -> None:
    path = folder / NAMES[0]
    await district.migrate(path)
    await settle(f"sqlite://{path}", folder)


async def settle(url: str, folder: Path) -> None:
    """Let the town live its days in an empty book; its key and pepper stand in a folder."""
    key = signatures.generate(f"jishan/{secrets.token_hex(4)}")
    signatures.save(key, folder / NAMES[1])
    make_pepper(folder / NAMES[2])
    make_seal(folder / NAMES[3])
    pepper, seal = [bytes.fromhex((folder / name).read_text()) for name in NAMES[2:]]
    async with open_district(url) as book:
        await founding.open_ledger(book, vkey=str(key.verifier), on=book.today())
        await founding.settle(book, on=book.today())
        await town.settle(book, pepper=pepper, seal=seal, progress=lambda _label: quiet)
        await heads.checkpoint(book, key)


def copied(folder: Path) -> Settings:
    """A town of one's own in a folder, and the settings that open it."""
    settled = _settled(datetime.now(ZoneInfo("Asia/Shanghai")).date())
    for name in NAMES:
        shutil.copy(settled / name, folder / name)
    return load(book=f"sqlite://{folder / NAMES[0]}", insecure_cookie=True)


def site(settings: Settings) -> Starlette:
    """The whole site on a town, as `jishan serve` assembles it."""
    return create_app(settings, open_book=open_with_jobs, doorkeeper=BookDoorkeeper(settings.pepper()))

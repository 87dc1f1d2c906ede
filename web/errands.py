"""What the house does by itself: give back what nobody fetched, sign the head, sweep out what has ended."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from ledger import heads, signatures, tree
from ledger.book import Book
from ledger.errors import LedgerError
from points.events import attachments
from points.market import lapsing, photos
from web import uploads
from web.models import Limit, Session
from web.settings import Settings

log = logging.getLogger("jishan.errands")

EVERY_SECONDS = 60.0
SWEEP_EVERY = 60
"""Rounds between two sweeps: once an hour."""
KEPT = timedelta(days=30)
"""A count of tries is kept so long after its lock ended, so that whoever goes on guessing meets the longer lock."""


async def run(book: Book, settings: Settings) -> None:
    """Do the errands until cancelled. One that fails is logged, and tried again in a minute."""
    rounds = 0
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await lapsing.lately(book)
            await sign(book, settings)
            if rounds % SWEEP_EVERY == 0:
                await sweep(book)
                uploads.sweep(settings)
                await attachments.sweep(book, settings.attachments, also=await photos.cited(book))
        except (LedgerError, OSError) as error:
            log.error("%s", error)
        rounds += 1


async def sign(book: Book, settings: Settings) -> bool:
    """Sign the head unless the last checkpoint says it already; whether there was something to sign."""
    last = await heads.last(book)
    if last is not None and last.size == await tree.head(book.reader):
        return False
    await heads.checkpoint(book, signatures.load(settings.key_file))
    return True


async def sweep(book: Book) -> None:
    """Take out the sessions that have ended and the counts that nobody remembers."""
    now = book.now()
    async with book.write() as db:
        await Session.filter(expires_at__lte=now).using_db(db).delete()
        await Limit.filter(until__lte=now - KEPT).using_db(db).delete()

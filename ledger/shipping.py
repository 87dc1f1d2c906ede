"""Ship new entries to a second place: read what the book has more than the folder, and write it as segments."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import encoding, files, segments, tree
from ledger.errors import BookDamaged, NotContinuous, OtherBook
from ledger.frontier import Frontier
from ledger.segments import MOST, Entry

EVERY_SECONDS = 30.0
"""An entry waits no longer than this for its segment, half of what a loss may cost."""
LOOK_SECONDS = 1.0
PAGE = 1_000

_NEW = "SELECT position, body, leaf FROM ledger_transaction WHERE position > ? ORDER BY position LIMIT ?"

Told = Callable[["Shipped"], None]


@dataclass(frozen=True, slots=True)
class Shipped:
    """What was written: so many entries in so many segments; the folder now reaches to position `last`."""

    entries: int
    segments: int
    last: int


async def ship(db: BaseDBAsyncClient, folder: Path, *, progress: segments.Progress) -> Shipped:
    """Ship everything that the folder lacks.

    Begun again after a kill at any point it goes on where the folder ends: a segment is there whole or not at all.
    Raises PlaceBusy, CopyDamaged, OtherBook when the folder holds another book's entries, NotContinuous when it holds
    more than the book or a different history, BookDamaged rather than ship a text that is not its leaf's, NoSpace.
    """
    with files.only_one(folder):
        return await _send(db, folder, await _end(db, folder), progress)


async def follow(
    db: BaseDBAsyncClient, folder: Path, *, stopped: asyncio.Event, told: Told, every: float = EVERY_SECONDS
) -> Shipped:
    """Ship what is there, then go on until `stopped`: at the latest `every` seconds after an entry came, sooner when
    100 wait. What still waits is shipped at the end. `told` hears of each delivery; the answer adds them up."""
    with files.only_one(folder):
        end = await _end(db, folder)
        total, due, over = Shipped(0, 0, end.size), 0.0, False
        while not over:
            over = await _until(stopped, LOOK_SECONDS if due else 0)
            waiting = await tree.head(db) - end.size
            now = time.monotonic()
            if waiting >= MOST or now >= due or over:
                sent = await _send(db, folder, end, _quiet)
                total = Shipped(total.entries + sent.entries, total.segments + sent.segments, sent.last)
                if sent.entries:
                    told(sent)
                due = now + every
        return total


async def _until(stopped: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await stopped.wait()
    except TimeoutError:
        return False
    return True


async def _end(db: BaseDBAsyncClient, folder: Path) -> Frontier:
    """The tree that the folder ends with, when it is the beginning of the book's own."""
    there = await asyncio.to_thread(segments.listed, folder)
    size, root = await asyncio.to_thread(segments.last_root, there)
    if there and await _first_leaf(db) != await asyncio.to_thread(segments.first_leaf, there):
        raise OtherBook(place=folder)
    head = await tree.head(db)
    if size > head:
        raise NotContinuous(place=folder, problem=f"那里有 {size} 笔，账本只有 {head} 笔，缺了末尾")
    frontier = await tree.frontier(db, size)
    if frontier.root != root:
        raise NotContinuous(place=folder, problem=f"到第 {size} 笔为止的历史不同")
    return frontier


async def _first_leaf(db: BaseDBAsyncClient) -> bytes:
    rows = await db.execute_query_dict(_NEW, [0, 1])
    return bytes(rows[0]["leaf"]) if rows else b""


async def _send(db: BaseDBAsyncClient, folder: Path, end: Frontier, progress: segments.Progress) -> Shipped:
    """Write what comes after `end`, which is moved on with it."""
    first, head, written = end.size, await tree.head(db), 0
    while end.size < head:
        page = await _page(db, end)
        for at in range(0, len(page), MOST):
            await asyncio.to_thread(segments.write, folder, page[at : at + MOST])
            written += 1
        progress(end.size, max(head, end.size))
    return Shipped(end.size - first, written, end.size)


async def _page(db: BaseDBAsyncClient, end: Frontier) -> list[Entry]:
    rows = await db.execute_query_dict(_NEW, [end.size, PAGE])
    page = []
    for row in rows:
        position, body, leaf = row["position"], bytes(row["body"]), bytes(row["leaf"])
        if position != end.size + 1 or encoding.leaf_hash(body) != leaf:
            raise BookDamaged(problem=f"第 {end.size + 1} 笔缺失，或正文与叶子指纹不符")
        end.append(leaf)
        page.append(Entry(position, body, leaf, end.root))
    if not page:
        raise BookDamaged(problem=f"第 {end.size + 1} 笔以后有缺失")
    return page


def _quiet(_done: int, _total: int) -> None:
    """Nobody is looking."""

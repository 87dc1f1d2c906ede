"""Baseline: what one writes first with an ORM. One Tortoise transaction per post, objects created one by one.

It looks up the reference, the head and the last postings of each account, checks the floor, and creates the rows. It
writes no text that anybody could check, and no tree: `body` and `leaf` are filled with the reference.
"""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.transactions import in_transaction

from alembic_like_migrations.rooms import APPS
from benchmarks.figures import Round, Watch
from ledger.models import LedgerAccount, LedgerPosting, LedgerTransaction
from ledger.transactions import Draft, Posting
from points.chart import CHART

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(1)"


def file(path: Path) -> dict[str, Any]:
    """The connection to a file."""
    return {"engine": "tortoise.backends.sqlite", "credentials": {"file_path": str(path)}}


class NotEnough(Exception):
    """The account would fall below its floor."""


async def run(connection: Mapping[str, Any], drafts: Sequence[Draft], callers: int) -> Round:
    """Post the drafts from so many callers, through a connection as Tortoise is told of it."""
    work = asyncio.get_running_loop().create_task(
        _run(connection, drafts, callers), context=contextvars.copy_context()
    )
    return await work


async def _run(connection: Mapping[str, Any], drafts: Sequence[Draft], callers: int) -> Round:
    async with _opened(connection):
        waiting = iter(drafts)
        watch = Watch()
        took = await asyncio.gather(*(_caller(_name(connection), waiting) for _ in range(callers)))
        return watch.round(len(drafts), [seconds for one in took for seconds in one])


@asynccontextmanager
async def _opened(connection: Mapping[str, Any]) -> AsyncIterator[None]:
    async with TortoiseContext() as context:
        name = _name(connection)
        apps = {label: {**app, "default_connection": name} for label, app in APPS.items()}
        config = {"connections": {name: dict(connection)}, "apps": apps, "use_tz": True}
        await context.init(config=config)
        try:
            yield
        finally:
            await context.connections.close_all()


def _name(connection: Mapping[str, Any]) -> str:
    """One for each engine: Tortoise keeps the text of inserts by the name of a connection."""
    return f"orm on {connection['engine']}"


async def _caller(name: str, waiting: Iterator[Draft]) -> list[float]:
    took = []
    for draft in waiting:
        started = time.perf_counter()
        await post(name, draft)
        took.append(time.perf_counter() - started)
    return took


async def post(name: str, draft: Draft) -> int:
    """One transaction of the database for one draft; the answer is its position."""
    async with in_transaction(name) as db:
        if db.capabilities.dialect == "postgres":  # an SQLite file has one writer anyway
            await db.execute_query(_ONE_AT_A_TIME)
        if known := await LedgerTransaction.filter(reference=draft.reference).using_db(db).first():
            return known.position
        last = await LedgerTransaction.all().using_db(db).order_by("-position").first()
        position = last.position + 1 if last else 1
        await LedgerTransaction.create(
            position=position,
            reference=draft.reference,
            request=draft.request,
            kind=draft.kind,
            evidence_kind=draft.evidence.kind,
            evidence_id=draft.evidence.id,
            effective_on=draft.effective_on.isoformat(),
            recorded_at="2018-07-04T00:00:00.000000Z",
            body=draft.reference.encode(),
            leaf=draft.reference.encode().ljust(32)[:32],
            using_db=db,
        )
        for line, posting in enumerate(draft.postings):
            await _create(db, position, line, posting)
        for row in draft.rows:
            await row.save(using_db=db, force_create=True)
        return position


async def _create(db: BaseDBAsyncClient, position: int, line: int, posting: Posting) -> None:
    source = await _account(db, position, line * 2, posting.source, posting.unit)
    target = await _account(db, position, line * 2 + 1, posting.target, posting.unit)
    given, left = await _standing(db, source)
    taken, held = await _standing(db, target)
    if source.floor is not None and left - posting.amount < source.floor:
        raise NotEnough(posting.source)
    await LedgerPosting.create(
        id=position * 256 + line,
        unit=posting.unit,
        source=source.id,
        source_version=given + 1,
        source_balance=left - posting.amount,
        target=target.id,
        target_version=taken + 1,
        target_balance=held + posting.amount,
        amount=posting.amount,
        using_db=db,
    )


async def _account(
    db: BaseDBAsyncClient, position: int, order: int, address: str, unit: str
) -> LedgerAccount:
    found = await LedgerAccount.filter(address=address, unit=unit).using_db(db).first()
    if found is not None:
        return found
    floor = CHART.account(address, unit).floor
    number = position * 512 + order
    return await LedgerAccount.create(
        id=number, address=address, unit=unit, floor=floor, opened_at=position, using_db=db
    )


async def _standing(db: BaseDBAsyncClient, account: LedgerAccount) -> tuple[int, int]:
    """Version and balance after the account's last posting, whichever side it was on."""
    given = await LedgerPosting.filter(source=account.id).using_db(db).order_by("-source_version").first()
    taken = await LedgerPosting.filter(target=account.id).using_db(db).order_by("-target_version").first()
    out, into = given.source_version if given else 0, taken.target_version if taken else 0
    if given and out > into:
        return out, given.source_balance
    return into, taken.target_balance if taken else 0

"""How often something may be tried: five wrong passwords lock a name, and an address may not try for ever."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from tortoise.expressions import F

from web.models import Limit

TRIES = 5
LOCK = timedelta(minutes=15)
MOST = 15
NEVER = timedelta(days=36_500)
PER_ADDRESS = timedelta(minutes=15)


class TooOften(HTTPException):
    """Somebody tried too often: 429 with Retry-After in seconds."""

    def __init__(self, until: datetime, now: datetime) -> None:
        self.wait = max(1, int((until - now).total_seconds()))
        super().__init__(429, "too often", headers={"Retry-After": str(self.wait)})


@dataclass(frozen=True)
class Attempt:
    """One try that was counted before it was made. `left`: how many wrong ones may follow it."""

    key: str
    left: int
    locked_until: datetime | None = None

    @property
    def for_good(self) -> bool:
        """Only staff can open it again."""
        return self.locked_until is not None and self.locked_until.year > 2100


async def attempt(book: Any, name: str, *, now: datetime) -> Attempt:
    """Counts a try of a name before its password is looked at, so that tries at the same moment cannot share one count.

    Five tries, then 15 minutes' lock; after fifteen a reset by staff. The name itself is not stored, only its digest.
    """
    key = "signin:" + hashlib.sha256(name.encode()).hexdigest()
    async with book.write() as db:
        row = await Limit.filter(key=key).using_db(db).first()
        if row and row.count % TRIES == 0 and now < row.until:
            return Attempt(key, 0, row.until)
        count = _next(row, now)
        locked = count % TRIES == 0
        until = now + (NEVER if count >= MOST else LOCK if locked else timedelta(days=1))
        await _put(db, row, key, count, until)
    return Attempt(key, TRIES - 1 - (count - 1) % TRIES)


async def forgive(book: Any, tried: Attempt) -> None:
    """The password was right: the count starts again."""
    await _remove(book, tried.key)


async def reset(book: Any, name: str) -> None:
    """Staff has seen the person: the name may be tried again."""
    await _remove(book, "signin:" + hashlib.sha256(name.encode()).hexdigest())


async def require(book: Any, key: str, *, most: int, now: datetime) -> None:
    """Raises `TooOften` when `key` was counted `most` times and its time is not over."""
    row = await Limit.filter(key=key).using_db(book.reader).first()
    if row and row.count >= most and now < row.until:
        raise TooOften(row.until, now)


async def count(book: Any, key: str, *, per: timedelta, now: datetime) -> None:
    """Counts once; the count is forgotten `per` after its first."""
    async with book.write() as db:
        row = await Limit.filter(key=key).using_db(db).first()
        running = row is not None and now < row.until
        number, until = (row.count + 1, row.until) if row and running else (1, now + per)
        await _put(db, row, key, number, until)


async def spend(book: Any, allowed: Mapping[str, int], *, per: timedelta, now: datetime) -> None:
    """Counts a try under each of these keys before it is made, so that tries at one moment cannot share one count.

    Raises `TooOften` when one of them was counted as often as allowed and its time is not over; then none is counted.
    """
    async with book.write() as db:
        rows = {row.key: row for row in await Limit.filter(key__in=list(allowed)).using_db(db)}
        running = {key: row for key, row in rows.items() if now < row.until}
        for key, row in running.items():
            if row.count >= allowed[key]:
                raise TooOften(row.until, now)
        for key in allowed:
            number, until = (running[key].count + 1, running[key].until) if key in running else (1, now + per)
            await _put(db, rows.get(key), key, number, until)


async def give_back(book: Any, keys: Collection[str]) -> None:
    """The try was none of those that are counted."""
    async with book.write() as db:
        await Limit.filter(key__in=list(keys), count__gt=0).using_db(db).update(count=F("count") - 1)


def address(request: Request) -> str:
    """A key for where a request comes from: the IPv4 address, or the /64 of an IPv6 one."""
    host = request.client.host if request.client else "unknown"
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return f"address:{host[:60]}"
    return f"address:{ip if ip.version == 4 else ipaddress.ip_network((ip, 64), strict=False)}"


def _next(row: Limit | None, now: datetime) -> int:
    """A day without a try, unless a lock has just ended, begins again."""
    if row is None:
        return 1
    return row.count + 1 if now < row.until or row.count % TRIES == 0 else 1


async def _put(db: Any, row: Limit | None, key: str, number: int, until: datetime) -> None:
    if row is None:
        await Limit.create(using_db=db, key=key, count=number, until=until)
    else:
        await Limit.filter(key=key).using_db(db).update(count=number, until=until)


async def _remove(book: Any, key: str) -> None:
    async with book.write() as db:
        await Limit.filter(key=key).using_db(db).delete()

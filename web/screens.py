"""Second screens: each shows what one till shows it, and takes the PIN for that; it is signed in to nothing."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request

from points.people import damm
from web import sessions, tills
from web.models import Screen
from web.orders import AGREED_FOR

WAITS = timedelta(minutes=10)
"""How long a screen's code can be typed at a till."""
STAYS = timedelta(minutes=2)
"""How long a screen shows what became of an order."""
_CODE = re.compile(r"[0-9]{6}")


class UnknownScreen(Exception):
    """No screen shows these six digits now."""


async def begin(request: Request) -> Screen:
    """This browser becomes a screen that waits to be paired, with a new code; what it was before is forgotten."""
    now, token = request.app.state.now(), secrets.token_urlsafe(32)
    state = request.scope["state"]
    async with request.app.state.book.write() as db:
        await Screen.filter(till=None, turned_at__lte=now - WAITS).using_db(db).delete()
        await Screen.filter(turned_at__lte=now - tills.YEAR).using_db(db).delete()
        if known := _known(request):
            await Screen.filter(id=known).using_db(db).delete()
        waiting: set[object] = {row.code for row in await Screen.filter(till=None).using_db(db)}
        code = next(code for code in iter(_draw, None) if code not in waiting)
        screen = await Screen.create(using_db=db, id=_digest(token), code=code, turned_at=now)
    state["cookies"].append(state["jar"].write("screen", token, int(tills.YEAR.total_seconds())))
    return screen


async def mine(request: Request) -> Screen | None:
    """The screen that this browser is; None when it is none, or when its code was not typed in time."""
    known = _known(request)
    row = await Screen.filter(id=known).using_db(request.app.state.book.reader).first() if known else None
    if row is None or (row.till is None and request.app.state.now() - row.turned_at > WAITS):
        return None
    return row


async def end(request: Request) -> None:
    """This browser is no screen any more."""
    state = request.scope["state"]
    if known := _known(request):
        async with request.app.state.book.write() as db:
            await Screen.filter(id=known).using_db(db).delete()
    state["cookies"].append(state["jar"].write("screen", "", 0))


async def pair(book: Any, text: str, *, till: str, shop: int, now: datetime) -> None:
    """From now on the screen with this code shows what the till shows it. Raises UnknownScreen."""
    code = re.sub(r"\s", "", text)
    if not (_CODE.fullmatch(code) and damm.is_whole(code)):
        raise UnknownScreen
    async with book.write() as db:
        waiting = Screen.filter(code=code, till=None, turned_at__gt=now - WAITS).using_db(db)
        if not await waiting.update(code=None, till=till, shop=shop, turned_at=now):
            raise UnknownScreen


async def part(book: Any, *, till: str) -> int:
    """No screen shows what this till shows any more; returns how many did."""
    async with book.write() as db:
        return int(await Screen.filter(till=till).using_db(db).delete())


async def beside(book: Any, till: str | None) -> list[Screen]:
    """The screens of a till."""
    return await Screen.filter(till=till).using_db(book.reader) if till else []


async def turn(
    book: Any, till: str | None, *, now: datetime, shop: int, sealed: str = "", position: int | None = None
) -> None:
    """Show an order on the screens of a till, or what became of it, or, with neither, nothing."""
    if not await beside(book, till):
        return
    shown = {"sealed": sealed, "position": position, "agreed_at": None, "shop": shop, "turned_at": now}
    async with book.write() as db:
        await Screen.filter(till=till).using_db(db).update(**shown)


async def agree(book: Any, screen: Screen, *, now: datetime) -> bool:
    """The PIN was given on this screen for what it showed; False when it shows something else by now."""
    async with book.write() as db:
        same = Screen.filter(id=screen.id, sealed=screen.sealed, till=screen.till, position=None).using_db(db)
        return bool(await same.update(agreed_at=now))


async def agreed_at(book: Any, till: str | None, sealed: str, *, now: datetime) -> datetime | None:
    """When the PIN was given, on a screen of this till, for this very order; None when it was not, or long ago."""
    for screen in await beside(book, till):
        if screen.sealed == sealed and screen.agreed_at and now - screen.agreed_at <= AGREED_FOR:
            return screen.agreed_at
    return None


def digest(sealed: str) -> str:
    """Which order a screen showed when its PIN was typed."""
    return sessions.digest(sealed)[:16]


def _draw() -> str:
    """Five digits and a check digit: a slip of the finger pairs nobody else's screen."""
    digits = f"{secrets.randbelow(10**5):05d}"
    return digits + damm.check_digit(digits)


def _known(request: Request) -> str | None:
    token = request.scope["state"]["jar"].read(request, "screen")
    return _digest(token) if token else None


def _digest(token: str) -> str:
    return sessions.digest(f"screen: {token}")

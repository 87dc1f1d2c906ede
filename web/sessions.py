"""Sessions are rows on the server: the browser holds 256 random bits, the table only their SHA-256."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ledger.errors import LedgerError
from web.access import CHOOSING, LOCKED, Book, Doorkeeper, Who
from web.models import Session
from web.text import CHINA

RESIDENT, STAFF = "resident", "staff"
FRESH = timedelta(minutes=5)
TOUCH = timedelta(minutes=1)
UNATTENDED = "x-unattended"
"""A page that looks again by itself says so with this header: that is no use of the session."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A session as it was read at the beginning of a request: a row of `models.Session`."""

    id: str
    member: str
    kind: str
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    stepped_up_at: datetime | None


_KEPT = f"SELECT {', '.join(Kept.__slots__)} FROM web_session WHERE id = ?"  # noqa: S608 - our own names


@dataclass(frozen=True)
class Term:
    """How long a session lives unused, and at the longest."""

    idle: timedelta
    absolute: timedelta


RESIDENTS = Term(timedelta(minutes=30), timedelta(hours=24))
AT_WORK = Term(timedelta(minutes=15), timedelta(hours=8))
WHILE_LOCKED = Term(timedelta(hours=8), timedelta(hours=8))
TO_CHOOSE = Term(timedelta(minutes=10), timedelta(minutes=30))
BY_ROLE = {
    "admin": Term(timedelta(minutes=10), timedelta(hours=4)),
    "auditor": Term(timedelta(minutes=30), timedelta(hours=8)),
}


def term(kind: str, roles: Collection[str]) -> Term:
    """The strictest term of what the person may do."""
    if kind == RESIDENT:
        return RESIDENTS
    if kind == CHOOSING:
        return TO_CHOOSE
    if kind == LOCKED:
        return WHILE_LOCKED
    terms = [BY_ROLE.get(role, AT_WORK) for role in roles if role not in ("anyone", "member")] or [AT_WORK]
    return Term(min(t.idle for t in terms), min(t.absolute for t in terms))


class Cookies:
    """Writes the cookies that anything further in asked for, error pages included.

    `secure=False` is for plain HTTP on this machine: the cookies then lack Secure and the __Host- prefix.
    """

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.jar = Jar(secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pure ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state |= {"jar": self.jar, "cookies": [], "form_token": lambda: form_token(Request(scope))}

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                for cookie in state["cookies"]:
                    MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, with_cookies)


class Sessions:
    """Finds the person asking: `scope["state"]["who"]`, or `"away"` when their session has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pure ASGI."""
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            await _recognise(Request(scope))
        await self.app(scope, receive, send)


class Jar:
    """Names and attributes of our cookies."""

    def __init__(self, secure: bool) -> None:
        self.prefix = "__Host-" if secure else ""
        self.tail = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")

    def read(self, request: Request, name: str) -> str | None:
        """The token in a cookie of ours, or None when it does not look like one."""
        value = request.cookies.get(self.prefix + name, "")
        return value if _TOKEN.fullmatch(value) else None

    def write(self, name: str, value: str, max_age: int | None = None) -> str:
        """A Set-Cookie header; without `max_age` it ends with the browser."""
        age = "" if max_age is None else f"; Max-Age={max_age}"
        return f"{self.prefix}{name}={value}{self.tail}{age}"


async def begin(request: Request, member: str, kind: str) -> None:
    """Signs a person in on this browser with a new token; whatever session it had before is gone."""
    now = request.app.state.now()
    token = secrets.token_urlsafe(32)
    longest = (RESIDENTS if kind == RESIDENT else AT_WORK).absolute
    async with request.app.state.book.write() as db:
        await _forget(request, now, db)
        times = {"created_at": now, "seen_at": now, "expires_at": now + longest, "stepped_up_at": now}
        await _insert(db, token, member, kind, times)
    _set(request, "sid", token)


async def end(request: Request) -> None:
    """Signs out: the row is deleted, so the cookie opens nothing any more."""
    async with request.app.state.book.write() as db:
        await _forget(request, request.app.state.now(), db)
    _set(request, "sid", "", max_age=0)


async def end_all(book: Any, member: str) -> int:
    """Signs a person out everywhere; returns how many sessions that were."""
    async with book.write() as db:
        return await Session.filter(member=member).using_db(db).delete()


async def lock(request: Request) -> None:
    """Locks the screen: the session is kept, and opens nothing before `step_up`."""
    row: Kept = request.scope["state"]["session"]
    async with request.app.state.book.write() as db:
        await Session.filter(id=row.id).using_db(db).update(kind=LOCKED)


async def step_up(request: Request) -> None:
    """Notes that the password was asked again, under a new token; a locked screen is open again."""
    now, token = request.app.state.now(), secrets.token_urlsafe(32)
    row: Kept = request.scope["state"]["session"]
    times = {"created_at": row.created_at, "seen_at": now, "expires_at": row.expires_at, "stepped_up_at": now}
    async with request.app.state.book.write() as db:
        await Session.filter(id=row.id).using_db(db).delete()
        kept = await _insert(db, token, row.member, STAFF if row.kind == LOCKED else row.kind, times)
    request.scope["state"]["session"] = kept  # what is shown in answer has forms, and they carry its secret
    _set(request, "sid", token)


def is_fresh(request: Request) -> bool:
    """Whether the password was asked at most five minutes ago."""
    row: Kept | None = request.scope["state"].get("session")
    return bool(row and row.stepped_up_at and request.app.state.now() - row.stepped_up_at <= FRESH)


def form_token(request: Request) -> str:
    """What a form must carry: the session's secret, or before sign-in a digest of a cookie only this browser has."""
    state = request.scope["state"]
    if row := state.get("session"):
        return str(row.csrf)
    token = state.get("visitor") or state["jar"].read(request, "visitor")
    if token is None:
        token = secrets.token_urlsafe(32)
        _set(request, "visitor", token)
    state["visitor"] = token
    return digest("form of a visitor: " + token)


def digest(token: str) -> str:
    """SHA-256 of a token, 64 hex digits."""
    return hashlib.sha256(token.encode()).hexdigest()


async def _recognise(request: Request) -> None:
    state, app = request.scope["state"], request.app.state
    token = state["jar"].read(request, "sid")
    row = await _kept(app.book, token) if token else None
    if row is None:
        state["away"] = token is not None
        return
    asking = await _who(app, row)
    if asking is None or not _lives(row, asking, app.now()):
        state["away"] = True
        return
    state |= {"session": row, "who": asking}
    if request.headers.get(UNATTENDED) is None:
        await _touch(app, row)


async def _kept(book: Book, token: str) -> Kept | None:
    """The row of a session. A statement of its own: every page asks it, and reading moments as Tortoise does costs more
    than asking."""
    rows = await book.reader.execute_query_dict(_KEPT, [digest(token)])
    return Kept(**{name: _read(name, value) for name, value in rows[0].items()}) if rows else None


def _read(name: str, value: Any) -> Any:
    """SQLite keeps a moment as text."""
    return datetime.fromisoformat(value) if name.endswith("_at") and isinstance(value, str) else value


async def _who(app: Any, row: Kept) -> Who | None:
    keeper: Doorkeeper = app.doorkeeper
    asking = await keeper.asking(app.book, row.member, app.now().astimezone(CHINA).date())
    if asking is None:
        return None
    return Who(row.member, asking.name, row.kind, tuple(asking.grants) if row.kind == STAFF else ())


def _lives(row: Kept, asking: Who, now: datetime) -> bool:
    allowed = term(row.kind, asking.roles)
    return now < min(row.expires_at, row.created_at + allowed.absolute, row.seen_at + allowed.idle)


async def _touch(app: Any, row: Kept) -> None:
    """Once a minute is enough; a book that cannot be written now still shows its pages."""
    now = app.now()
    if now - row.seen_at < TOUCH:
        return
    try:
        async with app.book.write() as db:
            await Session.filter(id=row.id).using_db(db).update(seen_at=now)
    except LedgerError:
        return


async def _insert(db: Any, token: str, member: str, kind: str, times: dict[str, datetime]) -> Kept:
    kept = Kept(digest(token), member, kind, secrets.token_urlsafe(32), **times)
    await Session.create(using_db=db, **asdict(kept))
    return kept


async def _forget(request: Request, now: datetime, db: Any) -> None:
    state = request.scope["state"]
    await Session.filter(expires_at__lte=now).using_db(db).delete()
    if token := state["jar"].read(request, "sid"):
        await Session.filter(id=digest(token)).using_db(db).delete()
    state["session"] = state["who"] = None


def _set(request: Request, name: str, value: str, max_age: int | None = None) -> None:
    state = request.scope["state"]
    state["cookies"].append(state["jar"].write(name, value, max_age))

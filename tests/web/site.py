"""A running site with a small book of its own: 王秀兰 signs in with a PIN, 张强 and 周静 with a password."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext, _current_context

from ledger.errors import LedgerError
from web.app import create_app
from web.routes import ROUTES
from web.settings import Settings, load

ORIGIN = {"Origin": "http://localhost"}


@dataclass(frozen=True)
class FakePerson:
    """Somebody with a name."""

    name: str


@dataclass(frozen=True)
class FakeGrant:
    """A role for an area."""

    role: str
    area: str


@dataclass(frozen=True)
class FakeAsking:
    """Somebody with a name and roles."""

    name: str
    grants: Sequence[FakeGrant]


NAMES = {"10000001155": "王秀兰", "S-0001": "张强", "S-0002": "周静"}


@dataclass
class FakeDoorkeeper:
    """Three people; secrets as in their fields. `gone` are people who were disabled."""

    pins: dict[str, str] = field(default_factory=lambda: {"10000001155": "314159", "13800000001": "314159"})
    passwords: dict[str, str] = field(
        default_factory=lambda: {"S-0001": "zhang-qiang", "S-0002": "zhou-jing"}
    )
    roles: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {"S-0001": ("counter",), "S-0002": ("auditor",)}
    )
    gone: set[str] = field(default_factory=set)

    async def by_pin(self, book: Any, number_or_phone: str, pin: str) -> str | None:
        """Number or phone, and PIN."""
        return "10000001155" if self.pins.get(number_or_phone) == pin else None

    async def by_password(self, book: Any, number: str, password: str) -> str | None:
        """Number and password."""
        return number if self.passwords.get(number) == password else None

    async def chose(self, book: Any, member: str) -> bool:
        """Everybody did."""
        return True

    async def person(self, book: Any, member: str) -> FakePerson | None:
        """Unless they are gone."""
        return None if member in self.gone else FakePerson(NAMES[member])

    async def asking(self, book: Any, member: str, on: date) -> FakeAsking | None:
        """With their roles, all for one community; unless they are gone."""
        if member in self.gone:
            return None
        held = [FakeGrant(role, "440310003000") for role in self.roles.get(member, ())]
        return FakeAsking(NAMES[member], held)


class InBook:
    """Enters Tortoise's context for each request, as the real book arranges for the whole process."""

    def __init__(self, app: ASGIApp, site: Starlette) -> None:
        self.inner, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pure ASGI."""
        if scope["type"] == "http":
            _current_context.set(self.site.state.book.context)
        await self.inner(scope, receive, send)


class FakeBook:
    """Reads and writes on one connection; `refuses` makes the next writes fail as a busy or read-only book does."""

    def __init__(self, context: TortoiseContext) -> None:
        self.context = context
        self.reader = context.db()
        self.refuses: LedgerError | None = None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[BaseDBAsyncClient]:
        """A transaction."""
        if self.refuses:
            raise self.refuses
        async with self.reader._in_transaction() as db:
            yield db


@dataclass
class Clock:
    """A clock that the test moves."""

    now: datetime = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The instant."""
        return self.now

    def later(self, **span: float) -> None:
        """Time passes."""
        self.now += timedelta(**span)


@dataclass
class Site:
    """The site, its people and its clock; `browser()` is a new browser."""

    app: Starlette
    keeper: FakeDoorkeeper
    clock: Clock
    client: TestClient

    @property
    def book(self) -> FakeBook:
        """The open book."""
        book: FakeBook = self.app.state.book
        return book

    def run(self, work: Callable[[], Any]) -> Any:
        """Runs a coroutine function in the site's own loop."""

        async def in_book() -> Any:
            _current_context.set(self.book.context)
            return await work()

        assert self.client.portal is not None
        return self.client.portal.call(in_book)

    def browser(self) -> TestClient:
        """A browser that has never been here."""
        other = TestClient(self.app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False)
        other.portal = self.client.portal
        return other


def settings_for(folder: Path, **more: Any) -> Settings:
    """Settings for a book in a folder, on plain HTTP."""
    return load(
        **{"book": f"sqlite://{folder / 'web.db'}", "insecure_cookie": True, "community": "桃园社区"} | more
    )


@asynccontextmanager
async def open_fake_book(settings: Settings) -> AsyncIterator[FakeBook]:
    """The book that settings name, with the tables of the web floor."""
    async with TortoiseContext() as context:
        await context.init(db_url=settings.book, modules={"web": ["web.models"]})
        await context.generate_schemas()
        yield FakeBook(context)


@contextmanager
def open_site(folder: Path, routes: Sequence[BaseRoute] = ROUTES, **more: Any) -> Iterator[Site]:
    """The site with its fake book, started."""
    keeper, clock = FakeDoorkeeper(), Clock()
    more = {"phone": "010-1234 5678", "hours": "周一到周六 8:30–17:30"} | more
    app = create_app(
        settings_for(folder, **more), open_book=open_fake_book, doorkeeper=keeper, routes=routes, now=clock
    )
    app.add_middleware(InBook, site=app)
    with TestClient(app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False) as client:
        yield Site(app, keeper, clock, client)


def token_in(html: str) -> str:
    """The form token of a page."""
    return html.split('name="csrf" value="', 1)[1].split('"', 1)[0]


def sign_in(client: TestClient, number: str, secret: str, *, staff: bool = False) -> Any:
    """Signs in as a person would: open the page, send its form."""
    path = "/signin/staff" if staff else "/signin"
    token = token_in(client.get(path).text)
    return client.post(path, data={"csrf": token, "next": "/", "number": number, "secret": secret})

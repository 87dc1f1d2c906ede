"""Who may pass: every door names its roles in the site map, asked for before the view. Nothing is open by default."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from tortoise.backends.base.client import BaseDBAsyncClient

from web import bodies, i18n, origins

CHOOSING = "choosing"
"""The kind of session of somebody whose password another person set: they choose their own first."""
LOCKED = "locked"
"""The kind of session of somebody who locked their screen: nothing opens until their password was given again."""
ANYONE = frozenset({"anyone"})
MEMBER = frozenset({"member"})
View = Callable[[Request], Awaitable[Response]]
Reader = Callable[[Request], Awaitable[Any]]


class Book(Protocol):
    """What the web floor needs of a district's book."""

    @property
    def reader(self) -> BaseDBAsyncClient:
        """For `Model.filter(…).using_db(book.reader)`."""

    def write(self) -> AbstractAsyncContextManager[BaseDBAsyncClient]:
        """A transaction that is committed whole or not at all; yields the client for `using_db`."""


class Grant(Protocol):
    """A role that somebody holds for an area and all below it."""

    @property
    def role(self) -> str:
        """verifier, counter, admin, auditor …"""

    @property
    def area(self) -> str | None:
        """None is the whole book."""


class Person(Protocol):
    """Somebody who may be here."""

    @property
    def name(self) -> str | None:
        """What they are called, unless it was erased."""


class Asking(Protocol):
    """Somebody who may be here, with the roles they hold."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def grants(self) -> Sequence[Grant]:
        """The roles held that day."""


class Doorkeeper(Protocol):
    """Knows people and their roles. A sign-in answers with the member number, or None after the same work."""

    async def by_password(self, book: Any, number: str, password: str) -> str | None:
        """Staff: their number and password."""

    async def by_pin(self, book: Any, number_or_phone: str, pin: str) -> str | None:
        """Residents: member number or phone, and six digits."""

    async def chose(self, book: Any, member: str) -> bool:
        """Whether the password of staff is one that they chose themselves."""

    async def person(self, book: Any, member: str) -> Person | None:
        """None for somebody who left or was disabled."""

    async def asking(self, book: Any, member: str, on: date) -> Asking | None:
        """The same with their roles, asked at every request and never remembered; who is nobody any more has no session
        at the next."""


@dataclass(frozen=True)
class Who:
    """The person asking, with what they may do today. A PIN alone never opens a staff role."""

    member: str
    name: str
    kind: str
    grants: tuple[Grant, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """anyone, member, and for staff the roles granted."""
        return ANYONE | MEMBER | {grant.role for grant in self.grants}

    def areas(self, role: str) -> tuple[str | None, ...]:
        """The areas for which they hold this role; None is the whole book."""
        return tuple(grant.area for grant in self.grants if grant.role == role)


class NotSignedIn(Exception):
    """The door is for people who signed in; `away` when a session has just ended."""

    def __init__(self, *, away: bool, back: str) -> None:
        super().__init__()
        self.where = "/signin?" + ("away=1&" if away else "") + f"next={quote(back, safe='/')}"


class MustChoose(Exception):
    """The door waits until a password of one's own is chosen."""

    where = "/password"


class MustUnlock(Exception):
    """The door waits until the screen is unlocked; `back` is where that leads."""

    def __init__(self, back: str) -> None:
        super().__init__()
        self.where = f"/locked?next={quote(back, safe='/')}"


class Door(Route):
    """A URL, its view and who may use it. A body is read, and its token compared, before the view is called.

    who      ANYONE, MEMBER or a set of role names, of which one suffices
    menu     the label under which it stands in the navigation of those who may
    aside    what one does there, in a sentence: then it stands on the desk (`/desk`) and not in the navigation
    choosing whether it is open while a password of one's own is to be chosen
    locked   whether it is open while the screen is locked
    reads    how a body is read (bodies.form, bodies.json); `form(request)` or `body(request)` has it afterwards
    """

    def __init__(
        self,
        path: str,
        view: View,
        *,
        name: str,
        who: Collection[str],
        methods: Collection[str] = ("GET",),
        menu: str | None = None,
        aside: str | None = None,
        choosing: bool = False,
        locked: bool = False,
        reads: Reader = bodies.form,
        max_body: int = bodies.MAX_BODY,
    ) -> None:
        super().__init__(path, view, name=name, methods=methods)
        self.who = frozenset(who)
        self.menu = menu
        self.aside = aside
        self.choosing = choosing
        self.locked = locked
        self.reads = reads
        self.max_body = max_body
        self.begins = path.partition("{")[0]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Starlette's, asked only where the path begins like this door's: there are hundreds of them."""
        return super().matches(scope) if scope["path"].startswith(self.begins) else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Admit, then let the view answer in the language of who asks; a file that came with the body is let go of,
        whatever the answer was."""
        request = Request(scope, receive, send)
        try:
            if scope["method"] in (self.methods or ()):
                scope["body_limit"] = self.max_body
                await self._admit(request)
            with i18n.speaking(i18n.chosen(request)):
                await super().handle(scope, receive, send)
        finally:
            if isinstance(body := scope["state"].get("body"), bodies.Form):
                body.close()

    async def _admit(self, request: Request) -> None:
        state = request.scope["state"]
        asking: Who | None = state.get("who")
        if asking and asking.kind == CHOOSING and not (self.choosing or self.who & ANYONE):
            raise MustChoose
        if asking and asking.kind == LOCKED and not (self.locked or self.who & ANYONE):
            raise MustUnlock(_back(request))
        if not self.who & (asking.roles if asking else ANYONE):
            if asking:
                raise HTTPException(404)  # as if it were not there
            raise NotSignedIn(away=bool(state.get("away")), back=_back(request))
        if any(not _plain(value) for value in request.path_params.values()):
            raise HTTPException(404)
        if request.method not in origins.SAFE:
            state["body"] = await self.reads(request)
            origins.require_token(_token(request, state["body"]), state["form_token"]())


class PublicFiles(Mount):
    """The folder of our own style sheet, script and pictures."""

    who = ANYONE

    def __init__(self, path: str, directory: str) -> None:
        super().__init__(path, app=StaticFiles(directory=directory), name="static")


def who(request: Request) -> Who:
    """The person asking, behind a door that is not open to anyone."""
    return cast(Who, request.scope["state"]["who"])


def visitor(request: Request) -> Who | None:
    """The person asking, or None, behind a door open to anyone; nobody while the screen is locked."""
    asking = cast("Who | None", request.scope["state"].get("who"))
    return None if asking and asking.kind == LOCKED else asking


def form(request: Request) -> bodies.Form:
    """The form that the door has read."""
    return cast(bodies.Form, request.scope["state"]["body"])


def body(request: Request) -> Any:
    """Whatever the door's reader has read."""
    return request.scope["state"]["body"]


def book(request: Request) -> Any:
    """The book of this site."""
    return request.app.state.book


def menu(request: Request) -> list[tuple[str, str]]:
    """(label, path) of the doors with a menu label that are open to the person asking.

    Who works here sees the work, and of what is everybody's only the first: the rest is one step from there.
    """
    doors = [door for door in _labelled(request) if not door.aside]
    work = [door for door in doors if not door.who & (ANYONE | MEMBER)]
    common = [door for door in doors if door not in work]
    return [(str(door.menu), door.path) for door in (*work, *(common[:1] if work else common))]


def aside(request: Request) -> list[Door]:
    """The doors that stand on the desk of the person asking."""
    return [door for door in _labelled(request) if door.aside]


def _labelled(request: Request) -> list[Door]:
    asking = visitor(request)
    if asking and asking.kind == CHOOSING:
        return []
    roles = asking.roles if asking else ANYONE
    return [r for r in request.app.routes if isinstance(r, Door) and r.menu and r.who & roles]


def _token(request: Request, read: Any) -> str:
    if isinstance(read, bodies.Form):
        return read.one(origins.FIELD)
    return request.headers.get("x-csrf-token", "")


def _back(request: Request) -> str:
    if request.method not in origins.SAFE:
        return "/"
    query = request.scope.get("query_string", b"").decode("latin-1")
    return request.url.path + (f"?{query}" if query else "")


def _plain(value: object) -> bool:
    return not isinstance(value, str) or (value.isprintable() and "\ufffd" not in value)

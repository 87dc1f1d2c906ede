"""The site, assembled in one call: the protections in their order, the doors, and the book it keeps open."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import URLPath
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, NoMatchFound

from web.access import Book, Doorkeeper
from web.bodies import BodyLimit
from web.headers import Headers
from web.origins import Origins
from web.routes import ROUTES
from web.sessions import Cookies, Sessions
from web.settings import Settings
from web.views import status

OpenBook = Callable[[Settings], AbstractAsyncContextManager[Book]]
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of the site."""
    return datetime.now(UTC)


class Site(Starlette):
    """Starlette, whose site map is looked up by name: it would ask hundreds of doors in turn for each address of a
    page."""

    @cached_property
    def named(self) -> dict[str, list[BaseRoute]]:
        """The doors of each name, in their order."""
        found: dict[str, list[BaseRoute]] = {}
        for route in self.routes:
            found.setdefault(getattr(route, "name", ""), []).append(route)
        return found

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The path of a door by its name. Raises NoMatchFound."""
        for route in self.named.get(name, ()):
            try:
                return route.url_path_for(name, **path_params)
            except NoMatchFound:
                continue
        raise NoMatchFound(name, path_params)


def create_app(
    settings: Settings,
    *,
    open_book: OpenBook,
    doorkeeper: Doorkeeper,
    routes: Sequence[BaseRoute] = ROUTES,
    now: Clock = utc_now,
) -> Site:
    """The site of one district. The book is opened when it starts and closed when it stops."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_book(settings) as book:
            app.state.book = book
            yield

    secure = not settings.insecure_cookie
    app = Site(
        routes=list(routes),
        lifespan=lifespan,
        exception_handlers=status.HANDLERS,
        middleware=[
            Middleware(Headers, secure=secure),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False),
            Middleware(Cookies, secure=secure),
            Middleware(ExceptionMiddleware, handlers={**status.HANDLERS, Exception: status.on_fault}),
            Middleware(Sessions),
            Middleware(BodyLimit),
            Middleware(Origins),
        ],
    )
    app.state.settings, app.state.doorkeeper, app.state.now = settings, doorkeeper, now
    return app

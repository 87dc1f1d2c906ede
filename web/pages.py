"""Pages, the only place that knows Jinja: a template written for the person asking, in their language and size."""

from __future__ import annotations

import functools
import hashlib
import secrets
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ledger.errors import ReadOnly
from web import access, i18n, text
from web.i18n import Say

HERE = Path(__file__).parent
SIZES = (1, 2, 3, 4)
CONTRASTS = ("normal", "high")


@dataclass(frozen=True)
class Page:
    """What every template may say about the request; `page` in templates."""

    request: Request
    language: str

    @property
    def settings(self) -> Any:
        """The settings of the site."""
        return self.request.app.state.settings

    @property
    def who(self) -> access.Who | None:
        """The person asking, or None."""
        return access.visitor(self.request)

    @property
    def menu(self) -> list[tuple[str, str]]:
        """(label, path) of the navigation of the person asking."""
        return access.menu(self.request) if self.who else []

    @property
    def path(self) -> str:
        """The path asked for."""
        return self.request.url.path

    @property
    def read_only(self) -> Say | None:
        """Why the book cannot be written now, if it cannot: said on every page."""
        journal = getattr(access.book(self.request), "journal", None)
        return _reason(journal.read_only) if journal and journal.read_only else None

    @property
    def here(self) -> str:
        """Where to come back to after changing language, size or contrast."""
        query = self.request.scope.get("query_string", b"").decode("latin-1")
        return local(self.path + (f"?{query}" if query and self.request.method == "GET" else ""))

    @property
    def size(self) -> int:
        """Text size, 1 to 4."""
        cookie = self.request.cookies.get("size", "1")
        return int(cookie) if cookie in {str(size) for size in SIZES} else SIZES[0]

    @property
    def contrast(self) -> str:
        """normal or high."""
        cookie = self.request.cookies.get("contrast", "")
        return cookie if cookie in CONTRASTS else CONTRASTS[0]

    @property
    def number(self) -> str:
        """The number of this request, for the people who must find it in the log."""
        return str(self.request.scope["state"].get("request_id", ""))


def _reason(why: ReadOnly | str) -> Say:
    error = why if isinstance(why, ReadOnly) else ReadOnly(reason=why)
    return Say(error.template, **error.facts)


_page: ContextVar[Page] = ContextVar("jishan_page")


def render(
    request: Request,
    template: str,
    *,
    status_code: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page from a template. Everything the template needs is passed by name; a missing name is an error."""
    page = Page(request, language(request))
    token = _page.set(page)
    try:
        with i18n.speaking(page.language):
            html = environment().get_template(template).render(page=page, **context)
    finally:
        _page.reset(token)
    varying = {"Content-Language": page.language, "Vary": "Cookie, Accept-Language"}
    return HTMLResponse(html, status_code, {**varying, **(headers or {})})


def see(where: str) -> Response:
    """303: after a form was taken, the browser looks at the thing it made."""
    return RedirectResponse(local(where), 303)


def local(where: str) -> str:
    """A path on this site, or / for anything else."""
    ours = where.startswith("/") and not where.startswith(("//", "/\\"))
    return where if ours and where.isascii() and where.isprintable() and "\\" not in where else "/"


def language(request: Request) -> str:
    """zh or en, by what the browser chose here or accepts."""
    return i18n.chosen(request)


@functools.cache
def environment() -> Environment:
    """Templates, filters and the words they may use; every value is escaped, an unknown name is an error."""
    env = Environment(
        loader=FileSystemLoader([HERE / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]
    for name in (
        "called",
        "thousands",
        "signed",
        "day",
        "full_day",
        "dated",
        "doer",
        "whole_month",
        "moment",
        "clock",
        "month",
        "iso",
    ):
        env.filters[name] = getattr(text, name)
    env.globals |= {"asset": asset, "url": url, "form_token": form_token, "fresh_key": fresh_key, "say": Say}
    return env


def asset(name: str) -> str:
    """The address of a file of ours, with its content's digest so that browsers may keep it."""
    return f"/static/{name}?v={_digest(name)}"


def url(name: str, **parameters: Any) -> str:
    """The path of a door by its name in the site map."""
    return str(_page.get().request.app.url_path_for(name, **parameters))


def form_token() -> str:
    """The token that a form on this page must carry."""
    return str(_page.get().request.scope["state"]["form_token"]())


def fresh_key() -> str:
    """A new key for the effect of a form: pressing twice does it once."""
    return secrets.token_hex(12)


@functools.cache
def _digest(name: str) -> str:
    return hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:10]

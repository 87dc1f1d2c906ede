"""The pages for when something did not work: what happened, what is safe, what to do; and the two health answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from tortoise.exceptions import ValidationError

from ledger.errors import (
    AlreadyReversed,
    Busy,
    ClockWrong,
    LedgerError,
    NoSpace,
    OutcomeUnknown,
    ReadOnly,
    ReferenceConflict,
    Refusal,
)
from points.errors import PointsError
from points.people.errors import NotAllowed
from web import access, pages
from web.access import MustChoose, MustUnlock, NotSignedIn
from web.i18n import N_, Say
from web.limits import TooOften

log = logging.getLogger("jishan.web")
SOON, LATER = "2", "60"
_LONG = 32
"""Characters of a key."""

_STATUS = {
    400: (N_("这个请求看不懂"), N_("没有做任何改动。请返回上一页，再试一次。")),
    403: (N_("没有做，因为这一页放得太久了"), N_("没有做任何改动。请返回上一页，刷新后再按一次。")),
    404: (N_("找不到这一页"), N_("可能地址少了几个字，也可能它已经下架了。")),
    405: (N_("这一页不能这样用"), N_("没有做任何改动。请从首页重新进来。")),
    413: (N_("内容太大了"), N_("没有收下。请减少内容，或分几次提交。")),
    415: (N_("这种格式收不了"), N_("没有收下。请用本站的页面提交。")),
    409: (N_("没有再做一次"), N_("这件事已经办过了。")),
    422: (N_("没有办成"), N_("没有做任何改动。请返回上一页，改一改再试。")),
    429: (N_("试得太多了，请歇一会儿"), N_("没有做任何改动。着急的话请到窗口，工作人员帮您办。")),
    500: (N_("我们这边出错了"), N_("刚才那一步可能没有做成。请先看一眼记录，再决定要不要重做。")),
    503: (N_("现在太忙"), N_("请过几秒再试。")),
    507: (N_("这台机器的磁盘满了"), N_("请过几秒再试。")),
}
_LEDGER: tuple[tuple[type[LedgerError], int, str | None], ...] = (
    (Busy, 503, SOON),
    (OutcomeUnknown, 503, SOON),
    (ReadOnly, 503, LATER),
    (ClockWrong, 503, LATER),
    (NoSpace, 507, LATER),
    (ReferenceConflict, 409, None),
    (AlreadyReversed, 409, None),
    (Refusal, 422, None),
)


def page(
    request: Request, status: int, *, say: Say | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The status page; `say` replaces its usual sentence."""
    title, advice = _STATUS.get(status, _STATUS[400 if status < 500 else 500])
    words = {"title": Say(title), "advice": say or Say(advice), "status": status}
    return pages.render(request, "status.html", status_code=status, headers=dict(headers or {}), **words)


async def on_http(request: Request, exc: Exception) -> Response:
    """404, 405, 413 and what else a door refuses."""
    assert isinstance(exc, HTTPException)
    return page(request, exc.status_code, headers=exc.headers)


async def on_too_often(request: Request, exc: Exception) -> Response:
    """429 with how long to wait, in words too."""
    assert isinstance(exc, TooOften)
    wait = Say(N_("请等 {minutes} 分钟再试。着急的话请到窗口，工作人员帮您办。"), minutes=-(-exc.wait // 60))
    return page(request, exc.status_code, say=wait, headers=exc.headers)


async def on_ledger(request: Request, exc: Exception) -> Response:
    """What the ledger refuses, in its own sentence; damage is told without its detail and logged with it."""
    assert isinstance(exc, LedgerError)
    for kind, status, wait in _LEDGER:
        if isinstance(exc, kind):
            headers = {"Retry-After": wait} if wait else None
            return page(request, status, say=Say(exc.template, **exc.facts), headers=headers)
    log.error("%s %s", request.scope["state"].get("request_id"), exc)
    damaged = Say(N_("账本正在检查，现在不能用。没有记上任何东西。"))
    return page(request, 503, say=damaged, headers={"Retry-After": LATER})


async def on_points(request: Request, exc: Exception) -> Response:
    """What a verb refuses, in its own sentence; what is not theirs looks as if it were not there."""
    assert isinstance(exc, PointsError)
    if isinstance(exc, NotAllowed):
        return page(request, 404)
    return page(request, 422, say=Say(exc.template, **exc.facts))


async def on_too_long(request: Request, exc: Exception) -> Response:
    """A key longer than any of ours names nothing: 404 when a path names it so, 400 when a form or a query does."""
    assert isinstance(exc, ValidationError)
    log.info("%s %s", request.scope["state"].get("request_id"), str(exc)[:200])
    named = [str(value) for value in request.path_params.values()]
    return page(request, 404 if any(len(each) > _LONG or f"'{each}'" in str(exc) for each in named) else 400)


async def on_stranger(_request: Request, exc: Exception) -> Response:
    """Whoever has to sign in first is sent there, and afterwards back."""
    assert isinstance(exc, NotSignedIn)
    return RedirectResponse(exc.where, 303)


async def on_chooser(_request: Request, exc: Exception) -> Response:
    """Whoever has a password that another person knows is sent to choose their own."""
    assert isinstance(exc, MustChoose)
    return RedirectResponse(exc.where, 303)


async def on_locked(_request: Request, exc: Exception) -> Response:
    """Whoever locked their screen gives their password first, and goes on where they were."""
    assert isinstance(exc, MustUnlock)
    return RedirectResponse(exc.where, 303)


async def on_gone(_request: Request, _exc: Exception) -> Response:
    """The client went away while it was sending; nobody reads this answer."""
    return PlainTextResponse("", 400)


async def on_fault(request: Request, exc: Exception) -> Response:
    """Our own mistake: the log has everything, the page only the number to ask for."""
    number = request.scope.get("state", {}).get("request_id", "")
    log.error("request %s failed: %s %s", number, request.method, request.url.path, exc_info=exc)
    try:
        return page(request, 500)
    except Exception:
        log.exception("request %s: nor could the page be written", number)
        return PlainTextResponse(f"500 {number}", 500)


HANDLERS: dict[Any, Callable[[Request, Any], Awaitable[Response]]] = {
    HTTPException: on_http,
    TooOften: on_too_often,
    LedgerError: on_ledger,
    PointsError: on_points,
    NotSignedIn: on_stranger,
    MustChoose: on_chooser,
    MustUnlock: on_locked,
    ValidationError: on_too_long,
    ClientDisconnect: on_gone,
}


async def live(request: Request) -> Response:
    """/livez: this process still answers and still gets through to its book within two seconds."""
    return _health(await _in_time(_reads(access.book(request))))


async def ready(request: Request) -> Response:
    """/readyz: the book can be written now. No detail for strangers."""
    return _health(await _in_time(_writes(access.book(request))))


async def _reads(book: access.Book) -> None:
    await book.reader.execute_query("SELECT 1")


async def _writes(book: access.Book) -> None:
    async with book.write() as db:
        await db.execute_query("SELECT 1")


async def _in_time(probe: Any, seconds: float = 2.0) -> bool:
    """The probe is left to itself when it is late: cancelling a transaction could take its connection with it."""
    task = asyncio.ensure_future(probe)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    done, _ = await asyncio.wait({task}, timeout=seconds)
    return bool(done) and task.exception() is None


def _health(well: bool) -> Response:
    return PlainTextResponse("ok\n") if well else PlainTextResponse("no\n", 503, {"Retry-After": SOON})

"""When something did not work: the right number, our own words, and no detail for strangers."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ledger.errors import (
    AlreadyReversed,
    BelowFloor,
    BookDamaged,
    Busy,
    ClockWrong,
    LedgerError,
    NoSpace,
    OutcomeUnknown,
    ReadOnly,
    ReferenceConflict,
)
from points.people.errors import NotAllowed, UnknownMember
from tests.web.site import Site
from web import pages
from web.access import ANYONE, Door
from web.i18n import Say
from web.routes import ROUTES
from web.views import status

RAISED: list[Exception] = []


async def fail(request: Request) -> Response:
    """Raises what the test put there."""
    raise RAISED.pop()


@pytest.fixture
def routes() -> list[object]:
    """A door behind which something goes wrong."""
    return [Door("/fail", fail, name="fail", who=ANYONE), *ROUTES]


def failing(site: Site, error: Exception) -> Any:
    """The answer when a view raises this."""
    RAISED.append(error)
    return site.client.get("/fail")


@pytest.mark.parametrize(
    ("error", "number", "wait", "said"),
    [
        (Busy(), 503, "2", "请过几秒再试"),
        (OutcomeUnknown(), 503, "2", "用同一编号再试一次"),
        (ReadOnly(reason="核对中"), 503, "60", "账本现在只读：核对中。"),
        (ClockWrong(seconds=90), 503, "60", "请先校准时间"),
        (NoSpace(), 507, "60", "磁盘满了，没有记上任何东西"),
        (ReferenceConflict(reference="r", position=7), 409, None, "没有再记"),
        (AlreadyReversed(position=7), 409, None, "已经更正过了"),
        (BelowFloor(address="a", available=1, amount=2, unit="POINT"), 422, None, "不够 2"),
        (BookDamaged(problem="triggers"), 503, "60", "账本正在检查"),
        (LedgerError(), 503, "60", "账本正在检查"),
        (UnknownMember(member="<b>"), 422, None, "没有找到成员 &lt;b&gt;。"),
        (NotAllowed(member="S-1", role="核实人"), 404, None, "找不到这一页"),
    ],
)
def test_what_the_ledger_and_the_verbs_refuse_has_its_page(
    site: Site, error: Exception, number: int, wait: str | None, said: str
) -> None:
    """The sentence of the error, its number, and when to come back; what is not theirs is not there."""
    answer = failing(site, error)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (number, wait)
    assert said in answer.text


def test_damage_is_not_described_to_strangers(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """The log has what the page has not."""
    with caplog.at_level(logging.ERROR, "jishan.web"):
        assert "triggers" not in failing(site, BookDamaged(problem="triggers")).text
    assert "triggers" in caplog.text


def test_our_own_mistake_shows_only_its_number(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """The page has no detail, the log has all, and one number joins them."""
    with caplog.at_level(logging.ERROR, "jishan.web"):
        answer = failing(site, ZeroDivisionError("secret of the house"))
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "secret of the house" in caplog.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert answer.headers["X-Request-ID"] in caplog.text


def test_a_page_that_cannot_be_written_is_still_answered(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the 500 page itself fails."""

    def broken(*_args: object, **_words: object) -> Response:
        raise RuntimeError("template")

    monkeypatch.setattr(pages, "render", broken)
    answer = failing(site, ZeroDivisionError())
    assert answer.status_code == 500
    assert answer.text.startswith("500 ")


@pytest.mark.parametrize("number", [400, 403, 404, 405, 409, 413, 415, 418, 429, 500, 503, 507])
def test_every_number_has_words_in_both_languages(site: Site, number: int) -> None:
    """A number without words of its own takes those of its family."""
    for language in ("zh", "en"):
        RAISED.append(HTTPException(number))
        answer = site.client.get("/fail", headers={"Accept-Language": language})
        assert answer.status_code == number
        assert f">{number}<" in answer.text
        assert "<h1" in answer.text


def test_whoever_goes_away_leaves_no_trace(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """A client that hangs up is no error of ours."""
    with caplog.at_level(logging.ERROR, "jishan.web"):
        assert failing(site, ClientDisconnect()).status_code == 400
    assert caplog.text == ""


def test_health_is_told_without_detail(site: Site) -> None:
    """Alive and ready while the book can be read and written; not ready when it cannot."""
    assert [site.client.get(path).status_code for path in ("/livez", "/readyz")] == [200, 200]
    site.book.refuses = ReadOnly(reason="核对中")
    answer = site.client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "no\n")
    assert site.client.get("/livez").status_code == 200


@pytest.mark.anyio
async def test_a_late_probe_is_left_to_itself() -> None:
    """It is answered in time, and not cancelled: a transaction cut off could keep its connection."""
    goes_on, done = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        await goes_on.wait()
        done.set()

    assert not await status._in_time(slow(), seconds=0.01)
    goes_on.set()
    await asyncio.wait_for(done.wait(), 60)


def test_a_sentence_may_replace_the_usual_one(site: Site) -> None:
    """`page` with its own words keeps the title of its number."""

    async def drawn() -> Response:
        scope = {
            "type": "http",
            "app": site.app,
            "path": "/",
            "headers": [],
            "method": "GET",
            "query_string": b"",
        }
        scope |= {"state": {"form_token": lambda: "t"}, "server": ("localhost", 80), "scheme": "http"}
        return status.page(Request(scope), 503, say=Say("现在太忙"))

    assert "<p>现在太忙</p>" in bytes(site.run(drawn).body).decode()

"""Boards on pages: looked at by who may close them, closed once, read by anybody, printed by who is on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from ledger.book import Book
from points.people.members import find
from tests.web.guests import Guests, words
from tests.web.views import servings


async def _area(book: Book) -> str:
    return (await find(book, "V-000001")).area


@contextmanager
def a_month_later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The days pass; sessions go by another clock."""
    today = Book.today
    with monkeypatch.context() as patched:
        patched.setattr(Book, "today", lambda book: _later(today(book)))
        yield


def _later(day: date) -> date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)


def test_a_board_is_closed_and_read_by_everybody(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """周静 is no closer; 陈国强 sees whole names before, strangers masked ones after; closing twice is once."""
    guests.run(servings.serve, guests.book, "V-000001", [150, 90])
    guests.run(servings.serve, guests.book, "V-000003", [60])
    guests.run(servings.agree, guests.book, "V-000001")
    area, month = guests.run(_area, guests.book), f"{guests.book.today():%Y-%m}"
    admin, where = guests.by("陈国强"), f"/boards/of/{area}"
    page = admin.get(f"{where}?period={month}")
    assert "第 1 名 王秀兰" in words(page)
    assert "王军" not in words(page)
    assert "以后才能封榜" in words(page)
    refused = admin.client.post(where, data={"csrf": _token(page), "period": month})
    assert refused.status_code == 422
    assert "才结束" in words(refused.text)
    guests.by("周静").get(where, 404)
    with a_month_later(monkeypatch):
        page = admin.get(f"{where}?period={month}")
        board = admin.press(page, where, period=month)
        assert admin.press(page, where, period=month) == board
        answer = admin.client.get(f"{where}?period={month}")
        assert answer.headers["location"] == board
    stranger = guests.stranger()
    said = words(stranger.get(board))
    assert "第 1 名 王*兰" in said
    assert "怎么算的" in said
    assert "封榜以后不重算" in said
    assert "光荣榜" in words(stranger.get("/boards"))
    wang = guests.by("王秀兰")
    assert "第 1 名 您" in words(wang.get(board))
    assert "第 1 名" in words(wang.get("/hours"))
    assert "评为“优秀网格员”" in words(wang.get(f"{board}/1/paper"))
    guests.by("李梅").get(f"{board}/1/paper", 404)
    wang.get(f"{board}/2/paper", 404)


def _token(page: str) -> str:
    return page.split('name="csrf" value="', 1)[1].split('"', 1)[0]


def test_a_board_nobody_closed_is_not_there(guests: Guests) -> None:
    """Neither for strangers nor for members."""
    guests.stranger().get("/boards/0123456789abcdef0123456789abcdef", 404)
    assert "还没有封过的榜" in words(guests.stranger().get("/boards"))


@pytest.mark.needs("pango", "fonts")
def test_an_honour_is_saved_as_pdf(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sheet, for the one who is on the board."""
    guests.run(servings.serve, guests.book, "V-000001", [150])
    guests.run(servings.agree, guests.book, "V-000001")
    area, month = guests.run(_area, guests.book), f"{guests.book.today():%Y-%m}"
    admin = guests.by("陈国强")
    with a_month_later(monkeypatch):
        page = admin.get(f"/boards/of/{area}?period={month}")
        board = admin.press(page, f"/boards/of/{area}", period=month)
    answer = guests.by("王秀兰").client.get(f"{board}/1/honour.pdf")
    assert answer.content.startswith(b"%PDF")


def test_a_period_that_is_none_is_the_month_before(guests: Guests) -> None:
    """An address somebody made up is no error."""
    area = guests.run(_area, guests.book)
    assert "怎么算的" in words(guests.by("陈国强").get(f"/boards/of/{area}?period=2026-99"))

"""What residents see without an account: the form, the number, how far it is."""

from __future__ import annotations

from typing import Any

from points.events.models import Event
from points.events.records import Attachment
from tests.points.events.photographs import photo
from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in
from tests.web.views.test_posters import made
from web.views import public_reports

SAID = {"category": "F", "text": "三楼张三家门口堵了", "place": "3 栋东侧", "contact": "13800000001"}


def send(guest: Guest, code: str, data: bytes | None = None, **fields: str) -> Any:
    """Send the form of a poster."""
    said = {"csrf": token_in(guest.get(f"/r/{code}")), "key": "k1"} | SAID | fields
    return guest.client.post(f"/r/{code}", data=said, files={"file": ("a.jpg", data) if data else ("", b"")})


def test_a_resident_reports_and_follows_it(guests: Guests) -> None:
    """Twice is once; the number leads to the steps, and to nothing that was said; who works there reads it all."""
    code, stranger = made(guests), guests.stranger()
    first, again = [send(stranger, code, photo()) for _ in range(2)]
    assert (first.status_code, first.headers["location"]) == (303, again.headers["location"])
    page = guests.stranger().get(first.headers["location"])
    assert "等受理派遣" in words(page)
    assert not [secret for secret in ("张三", "13800000001", "3 栋", "E-2026", "刘") if secret in words(page)]

    async def kept() -> tuple[list[str], int]:
        rows = await Event.filter(origin_name="居民扫码").using_db(guests.book.reader)
        files = Attachment.filter(event__in=[row.id for row in rows]).using_db(guests.book.reader)
        return [row.id for row in rows], await files.count()

    (event,), files = guests.run(kept)
    assert files == 1
    read = guests.by("刘洋").get(f"/events/{event}")
    assert [said for said in SAID.values() if said not in words(read) and said != "F"] == []
    assert links(read, f"/events/{event}/attachments/0")
    assert "13800000001" not in words(guests.by("周静").get(f"/events/{event}"))


def test_what_is_missing_or_no_picture_is_said(guests: Guests) -> None:
    """What was typed stays; nothing is filed."""
    code, stranger = made(guests), guests.stranger()
    for data, fields, sentence in (
        (None, {"text": ""}, "请填写看到了什么"),
        (None, {"category": "M"}, "没有“M”这一类事件"),
        (b"MZ", {}, "这个文件不能用"),
    ):
        answer = send(stranger, code, data, **fields)
        assert (answer.status_code, sentence in words(answer.text)) == (422, True)
        assert "3 栋东侧" in answer.text

    async def filed() -> int:
        return await Event.filter(origin_name="居民扫码").using_db(guests.book.reader).count()

    assert guests.run(filed) == 0


def test_wrong_numbers_look_the_same_and_are_limited(guests: Guests) -> None:
    """Whether it was never given or cannot be one; after so many the address waits, also for a right one."""
    stranger, pages = guests.stranger(), set()
    for number in ("AAAAA-AAAAA", "x", "E-2026-000001"):
        answer = stranger.client.get("/follow", params={"number": number})
        assert answer.status_code == 404
        pages.add(words(answer.text))
    assert len(pages) == 1
    for _ in range(public_reports.WRONG_AT_MOST - 3):
        stranger.client.get("/follow", params={"number": "x"})
    answer = stranger.client.get("/follow", params={"number": "x"})
    assert (answer.status_code, "retry-after" in answer.headers) == (429, True)


def test_an_address_reports_so_often(guests: Guests) -> None:
    """Then it waits; nothing more is filed."""
    code, stranger = made(guests), guests.stranger()
    for number in range(public_reports.REPORTS_AT_MOST):
        assert send(stranger, code, key=f"k{number}").status_code == 303
    assert send(stranger, code, key="more").status_code == 429


def test_pages_cost_a_constant_number_of_statements(guests: Guests) -> None:
    """A form behind a poster, whoever looks."""
    code = made(guests)
    assert guests.statements(guests.stranger(), f"/r/{code}") <= 6

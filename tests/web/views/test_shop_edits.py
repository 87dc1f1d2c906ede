"""A shop changed on its pages by those who work there."""

from __future__ import annotations

import re
from datetime import timedelta

from points.market import shops
from points.sample.town import COMMUNITY
from tests.web.guests import Guest, Guests, words

EDIT = "/shops/1/edit"


def key_in(page: str) -> str:
    """The key of the first form on a page that has one."""
    return re.findall(r'name="key" value="(\w+)"', page)[-1]


def send(guest: Guest, path: str, at: str = EDIT, **fields: object) -> str:
    """Fill in one of the forms of a page; where it led."""
    page = guest.get(at)
    return guest.press(page, path, key=key_in(page), **fields)


async def _today(guests: Guests):  # type: ignore[no-untyped-def]
    return guests.book.today()


async def _days(guests: Guests):  # type: ignore[no-untyped-def]
    return (await shops.standing(guests.book, await shops.find(guests.book, 1))).days


def test_a_shop_is_opened_renamed_closed_and_opened_again(guests: Guests) -> None:
    """By an administrator, each once; closed, it is in nobody's catalogue."""
    guest = guests.by("陈国强")
    assert "/shops/new" in guest.get("/desk")
    where = send(
        guest,
        "/shops/new",
        "/shops/new",
        name="南门无人站",
        kind="unmanned",
        area=COMMUNITY,
        hours="每天 0:00-24:00",
    )
    assert where == "/shops/2"
    at = "/shops/2/edit"
    assert send(guest, at + "/name", at, name="南门驿站", kind="station") == where
    page = words(guest.get(where))
    assert "驿站" in page
    assert "现在开着，到 24:00" in page
    send(guest, at + "/closing", at, act="close")
    assert "南门驿站" not in words(guests.stranger().get("/shops"))
    send(guest, at + "/closing", at, act="reopen")
    assert "南门驿站" in words(guests.stranger().get("/shops"))


def test_the_counter_says_when_it_is_open_and_a_mistake_is_kept(guests: Guests) -> None:
    """A day that cannot be read is named, with what was typed; a holiday stands beside the week."""
    guest = guests.by("张强")
    page = guest.get(EDIT)
    assert EDIT + "/closing" not in page
    days = {"monday": "9:00-12:00，14:00-17:30", "tuesday": "上午"}
    answer = guest.client.post(
        EDIT + "/hours",
        data={"csrf": re.findall(r'name="csrf" value="([^"]+)"', page)[0], "key": "k1", **days},
    )
    assert answer.status_code == 422
    assert "“上午”看不懂" in words(answer.text)
    assert "9:00-12:00，14:00-17:30" in answer.text
    send(guest, EDIT + "/hours", **{**days, "tuesday": ""})
    day = guests.run(_today, guests) + timedelta(days=7)
    send(guest, EDIT + "/day", day=day.isoformat(), times="")
    page = words(guest.get("/shops/1"))
    assert "周一 9:00–12:00、14:00–17:30 周二至周日 不开" in page
    assert f"{day.year}年{day.month}月{day.day}日 不开" in page
    send(guest, EDIT + "/day", day=day.isoformat(), as_usual="yes")
    assert guests.run(_days, guests) == {}

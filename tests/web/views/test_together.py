"""A resident's household: agreeing and taking it back are their own; nobody presses for another."""

from __future__ import annotations

import pytest

from points.market import pools
from points.people import households, pooling
from tests.web.guests import Guests, words
from tests.web.site import token_in

WANG, JUN, MIN = "V-000001", "V-000003", "V-000002"


def test_what_is_shared_shows_as_soon_as_both_agree(guests: Guests) -> None:
    """Alone there is only one's own; with 王军 the sum; taken back it is gone."""
    wang, book = guests.by("王秀兰"), guests.book
    page = wang.get("/together")
    assert "没有同意" in words(page)
    assert "王秀兰" not in page.split("<main")[1]
    assert wang.press(page, "/together", member=WANG, what="agree", key="k1") == "/together"
    guests.run(_agree, book, JUN)
    pool = guests.run(pools.of, book, WANG, book.today())
    said = words(wang.get("/together"))
    assert f"家里一共可以用的积分 {pool.total:,} 分" in said
    wang.press(page, "/together", member=WANG, what="take_back", key="k2")
    assert "家里一共" not in words(wang.get("/together"))


async def _agree(book: object, member: str) -> None:
    await pooling.agree(book, member, by=member, key="k9")  # type: ignore[arg-type]


@pytest.mark.parametrize("member", [JUN, MIN, "V-999999", ""])
def test_nobody_presses_for_another(guests: Guests, member: str) -> None:
    """Neither for a grown-up at home nor for a neighbour: the same 404 as for nobody."""
    wang = guests.by("王秀兰")
    page = wang.get("/together")
    data = {"csrf": token_in(page), "member": member, "what": "agree", "key": "k1"}
    assert wang.client.post("/together", data=data).status_code == 404


def test_who_lives_in_no_household_is_told_where_to_go(guests: Guests) -> None:
    """张强 has none."""
    assert "您还没有登记家庭户" in words(guests.by("张强").get("/together"))


def test_the_page_costs_the_same_however_many_live_there(guests: Guests) -> None:
    """The number of statements does not grow with the household."""
    wang, book = guests.by("王秀兰"), guests.book
    guests.run(_agree, book, WANG)
    few = guests.statements(wang, "/together")
    for number in ("V-000004", "V-000005", "V-000006"):
        guests.run(_move_in, book, number)
    assert guests.statements(wang, "/together") == few


async def _move_in(book: object, member: str) -> None:
    await households.join(book, "HS01", member, on=book.today())  # type: ignore[arg-type,attr-defined]

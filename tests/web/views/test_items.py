"""The pages of the catalogue's keeper: words, prices, limits, photos; and the second person for a deep cut."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

from PIL import Image

from tests.web.guests import Guest, Guests, words
from tests.web.site import token_in

SOAP = "/items/1"


def key_in(page: str) -> str:
    """The key of the last form on a page."""
    return re.findall(r'name="key" value="(\w+)"', page)[-1]


def send(guest: Guest, path: str, at: str, **fields: object) -> str:
    """Fill in a form of a page; where it led."""
    page = guest.get(at)
    return guest.press(page, path, key=key_in(page), **fields)


async def _today(guests: Guests) -> Any:
    return guests.book.today()


def test_an_item_is_put_in_edited_and_taken_out(guests: Guests) -> None:
    """By the keeper; residents read its words, and nothing of it once it is out."""
    guest = guests.by("吴娟")
    new = {"name": "茶叶", "name_en": "Tea", "kind": "goods", "cost_fen": "1800", "points": "18"}
    where = send(guest, "/items/new", "/items/new", **new)
    assert where == "/items/22"
    words_ = {
        "name": "绿茶",
        "name_en": "Green tea",
        "cost_fen": "1900",
        "about": "半斤",
        "about_en": "250 g",
    }
    send(guest, where + "/edit", where + "/edit", **words_, backing="company", donor="朝阳茶行")
    page = words(guest.get(where))
    assert "绿茶" in page
    assert "19 元" in page
    assert "企业捐赠 朝阳茶行" in page
    guest.press(guest.get("/shops/1/edit"), "/shops/1/edit/items", key="carry1", items=["1", "22"])
    reader = guests.by("王秀兰")
    assert "半斤" in words(reader.get("/catalogue/22"))
    send(guest, where + "/out", where, act="out")
    reader.get("/catalogue/22", 404)
    assert "不换了" in words(guest.get("/items"))


def test_a_deep_cut_waits_for_a_second_person_who_sees_the_same(guests: Guests) -> None:
    """The keeper is led to the request, and cannot approve it; the approver can, and then it is the price."""
    keeper, day = guests.by("吴娟"), guests.run(_today, guests) + timedelta(days=2)
    where = send(keeper, SOAP + "/price", SOAP + "/price", points="1", from_on=day.isoformat())
    assert where.startswith("/items/price-requests/")
    assert "要另一人审批" in words(keeper.get(where))
    second = guests.by("郑义")
    assert "3 → 1 分" in words(second.get("/items"))
    assert "1 件" in words(second.get("/desk")) or "物品目录" in words(second.get("/desk"))
    page = second.get(where)
    digest = re.findall(r'name="digest" value="([^"]+)"', page)[0]
    second.press(page, where, decision="approve", digest=digest)
    assert "已经批准" in words(keeper.get(where))
    assert f"{day.isoformat()} 1 吴娟" in words(keeper.get(SOAP))
    assert send(keeper, SOAP + "/price", SOAP + "/price", points="2", from_on=day.isoformat()) == SOAP


def test_limits_and_who_may_have_it_are_said_to_residents(guests: Guests) -> None:
    """The limit from tomorrow, who may have it from today; both stand in the item's history."""
    keeper, reader = guests.by("吴娟"), guests.by("王秀兰")
    terms = SOAP + "/terms"
    send(keeper, terms + "/limit", terms, of="member", per="month", most="2")
    assert "每月每人 2" in words(keeper.get(SOAP))
    send(keeper, terms + "/audience", terms, kinds=["special"])
    assert "不能换 只给定好的几类成员换" in words(reader.get("/catalogue/1"))
    page = keeper.get(terms)
    sent = {"csrf": token_in(page), "key": key_in(page), "areas": "没有这个社区"}
    answer = keeper.client.post(terms + "/audience", data=sent)
    assert answer.status_code == 422
    assert "没有这个社区" in answer.text


def test_a_photo_is_shown_to_everybody_under_an_address_of_its_own(guests: Guests) -> None:
    """Kept by browsers for good; with its size in the page; a text is no photo; taken away, it is gone."""
    keeper, stranger = guests.by("吴娟"), guests.stranger()
    page = keeper.get(SOAP + "/photo")
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "green").save(out, "JPEG")
    sent = {"csrf": token_in(page), "key": key_in(page)}
    wrong = keeper.client.post(SOAP + "/photo", data=sent, files={"file": ("a.jpg", b"hello", "image/jpeg")})
    assert wrong.status_code == 422
    done = keeper.client.post(
        SOAP + "/photo", data=sent, files={"file": ("a.jpg", out.getvalue(), "image/jpeg")}
    )
    assert done.headers["location"] == SOAP
    (small,) = re.findall(
        r'src="(/catalogue/photos/\w+\.jpg)" width="240" height="180" alt=""', stranger.get("/catalogue")
    )
    answer = stranger.client.get(small)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert len(answer.content) < 20_000
    send(keeper, SOAP + "/photo/removal", SOAP + "/photo")
    for gone in (small, "/catalogue/photos/../x.jpg", f"/catalogue/photos/{'0' * 64}.jpg"):
        stranger.get(gone, 404)


def test_who_reads_and_who_keeps(shared: Guests) -> None:
    """The auditor reads prices and their history and is offered no form; a counter's door it is not."""
    auditor = shared.by("周静")
    assert "每一次定价" in words(auditor.get(SOAP))
    assert "/items/1/edit" not in auditor.get(SOAP)
    for path in (SOAP + "/edit", "/items/new", "/items/999"):
        auditor.get(path, 404)
    shared.by("张强").get("/items", 404)


def test_the_list_costs_the_same_however_many_there_are(guests: Guests) -> None:
    """A constant number of statements for the list and for one item."""
    keeper = guests.by("吴娟")
    before = [guests.statements(keeper, path) for path in ("/items", SOAP)]
    for n in range(3):
        new = {"name": f"茶叶{n}", "name_en": f"Tea {n}", "kind": "goods", "cost_fen": "1", "points": "1"}
        send(keeper, "/items/new", "/items/new", **new)
    assert [guests.statements(keeper, path) for path in ("/items", SOAP)] == before

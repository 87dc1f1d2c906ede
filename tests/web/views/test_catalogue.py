"""What can be had, for somebody with points, without, and for strangers."""

from __future__ import annotations

from datetime import date, timedelta

from points.market import items, shops, terms
from points.sample.town import COMMUNITY, STAFF
from tests.web.guests import Guests, links, words
from tests.web.site import token_in


def test_now_and_all(shared: Guests) -> None:
    """What is in reach is listed; the thermos is 10 away and stands under “all”."""
    guest = shared.by("王秀兰")
    now, everything = (words(guest.get(f"/catalogue?show={which}")) for which in ("now", "all"))
    assert "大米 5kg 30 分 ✓ 现在能换" in now
    assert "保温杯" not in now
    assert "保温杯 45 分 还差 10 分" in everything
    assert "周一至周六 9:00–17:00" in everything


def test_without_points_it_says_what_is_nearest(shared: Guests) -> None:
    """An empty list is an invitation."""
    assert "现在没有能换的。再得 3 分就能换香皂。" in words(shared.by("周静").get("/catalogue"))


def test_strangers_see_prices_and_are_told_how_to_see_more(shared: Guests) -> None:
    """Nothing of “within reach” or “missing”, which would be nobody's."""
    page = shared.stranger().get("/catalogue")
    assert "香皂 3 分 六和社区道德积分超市 还有 59" in words(page)
    assert "还差" not in words(page).replace("还差多少分", "")
    assert "/signin?next=/catalogue" in page


def test_one_shop_can_be_chosen(guests: Guests) -> None:
    """Where there are several; its empty shelves say so, and a shop that is none is not there."""

    async def open_another() -> None:
        book = guests.book
        await shops.open_shop(
            book, "六和二号驿站", area=COMMUNITY, hours="每天 8:00–20:00", by=STAFF[0].number, on=book.today()
        )

    guests.run(open_another)
    guest = guests.by("王秀兰")
    page = guest.get("/catalogue")
    assert {"/catalogue?show=now&amp;shop=1", "/catalogue?show=now&amp;shop=2"} <= set(
        links(page, "/catalogue")
    )
    assert "货架现在是空的" in words(guest.get("/catalogue?shop=2"))
    assert "香皂" in words(guest.get("/catalogue?shop=1"))
    guest.get("/catalogue?shop=9", 404)


def test_it_is_in_english_too(shared: Guests) -> None:
    """Items by their English names."""
    guest = shared.stranger()
    guest.client.cookies.set("language", "en")
    assert "Soap" in words(guest.get("/catalogue")) or "soap" in words(guest.get("/catalogue"))


def test_goods_and_services_are_filtered_by_links(guests: Guests) -> None:
    """Each choice keeps the others; the haircut is a service, and says so."""
    keeper = guests.by("吴娟")
    keeper.press(
        keeper.get("/shops/1/edit"), "/shops/1/edit/items", key="c1", items=[str(n) for n in range(1, 19)]
    )
    guest = guests.stranger()
    assert "/catalogue?show=all&amp;kind=service" in links(guest.get("/catalogue"), "/catalogue")
    page = words(guest.get("/catalogue?kind=service&shop=1"))
    assert "理发一次" in page
    assert "香皂" not in page


def test_a_limit_that_is_used_up_is_said_at_the_counter_before_anything_is_confirmed(guests: Guests) -> None:
    """Three of an item of which two a month may be had: refused where it is chosen, with when there is more."""
    guests.run(_limit, guests)
    counter = guests.by("张强")
    where = counter.press(counter.get("/counter/1"), "/counter/1", who="V-000001", key="k1")
    page = counter.get(where)
    sent = {"csrf": token_in(page), "key": "k2", "item-1": "3", "on": guests.run(_today, guests).isoformat()}
    answer = counter.client.post(where, data=sent)
    assert answer.status_code == 422
    assert "“香皂”每月每人最多换 2 份，这一期还可以换 2 份" in words(answer.text)


async def _limit(guests: Guests) -> None:
    """Two soaps a month since yesterday."""
    soap = (await items.numbered(guests.book, 1))[0]
    yesterday = guests.book.today() - timedelta(days=1)
    said = {"of": "member", "per": "month", "most": 2, "by": "S-0007", "on": yesterday, "key": "l"}
    await terms.set_limit(guests.book, soap, **said)


async def _today(guests: Guests) -> date:
    return guests.book.today()

"""The pages of reservations: one's own alone, a bound on guesses, and what is said when it is too late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.book import Book
from points.market import baskets, deliveries, items, pick_up_codes, reservations, shops
from points.people import damm
from points.sample.town import COMMUNITY
from tests.web.guests import Guest, Guests, visiting, words
from tests.web.site import token_in
from web import handovers
from web.models import Limit

WANG = "V-000001"
ADMIN, KEEPER = "S-0001", "S-0007"
SALT = 2


@pytest.fixture(scope="module")
def guests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """A town with an unmanned station, for all tests of this module: each reserves for itself and gives back."""
    with visiting(tmp_path_factory.mktemp("reservations")) as opened:
        opened.run(_open_station, opened.book)
        yield opened


async def _open_station(book: Book) -> None:
    today = book.today()
    station = await shops.open_shop(
        book, "三号楼无人站", area=COMMUNITY, hours="", by=ADMIN, on=today, kind="unmanned"
    )
    await deliveries.receive(book, station, {SALT: 9}, document="1", by=KEEPER, on=today, key="salt")


async def _reserve(book: Book, secret: bytes, shop: int, item: str, key: str) -> tuple[str, str]:
    basket = baskets.parse([item], await items.all_items(book))
    place = await shops.find(book, shop)
    row, _ = await reservations.reserve(book, place, WANG, basket, points=3, key=key, secret=secret)
    return row.id, await pick_up_codes.of(book, row.id, secret)


@pytest.fixture
def made(guests: Guests, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """A soap that 王秀兰 reserved at the shop: its key and its code; cancelled afterwards."""
    pepper = guests.app.state.settings.pepper()
    key = re.sub(r"\W", "", request.node.name)[-30:]
    made = guests.run(_reserve, guests.book, pepper, 1, "香皂", key)
    yield made
    wang = guests.by("王秀兰")
    where = f"/reservations/{made[0]}/cancellation"
    wang.client.post(where, data={"csrf": token_in(wang.get("/reservations"))})


def test_a_reservation_is_nobody_elses(guests: Guests, made: tuple[str, str]) -> None:
    """Another member reads 404 at each of its addresses, and cancels nothing."""
    zhao = guests.by("赵敏")
    for path in (f"/reservations/{made[0]}", f"/reservations/{made[0]}/cancellation"):
        zhao.get(path, 404)
    data = {"csrf": token_in(zhao.get("/reservations"))}
    assert zhao.client.post(f"/reservations/{made[0]}/cancellation", data=data).status_code == 404
    page = guests.by("王秀兰").get(f"/reservations/{made[0]}")
    assert f"{made[1][:4]} {made[1][4:]}" in words(page)


def test_five_wrong_codes_lock_this_till_and_no_other(guests: Guests, made: tuple[str, str]) -> None:
    """The sixth is not looked at, were it the right one; the shop's other tills go on."""
    zhang = guests.by("张强")
    page = zhang.get("/counter/1/pick-up")
    answers = [give(zhang, page, wrong(n)).status_code for n in range(5)]
    assert answers == [422] * 5
    locked = give(zhang, page, made[1])
    assert locked.status_code == 429
    assert "请等 15 分钟再试" in words(locked.text)
    guests.run(_unlock, guests.book)
    assert give(zhang, page, made[1]).status_code == 303


def wrong(number: int) -> str:
    """A code that is read right and is nobody's."""
    body = f"599999{number}"
    return body + damm.check_digit(body)


def give(guest: Guest, page: str, code: str, path: str = "/counter/1/pick-up") -> Any:
    """Type a code; the answer."""
    return guest.client.post(path, data={"csrf": token_in(page), "code": code})


async def _unlock(book: Book) -> None:
    async with book.write() as db:
        await Limit.filter(key__startswith="pick-up").using_db(db).delete()


def test_a_right_code_is_not_counted(guests: Guests, made: tuple[str, str]) -> None:
    """A busy Saturday locks nobody out."""
    zhang = guests.by("张强")
    page = zhang.get("/counter/1/pick-up")
    assert {give(zhang, page, made[1]).status_code for _ in range(8)} == {303}


def test_the_proof_of_a_code_is_of_one_clerk(guests: Guests, made: tuple[str, str]) -> None:
    """Its address opens nothing for somebody else, nor changed by one letter, and grows old."""
    zhang = guests.by("张强")
    where = give(zhang, zhang.get("/counter/1/pick-up"), made[1]).headers["location"]
    assert "王*兰" in words(zhang.get(where))
    guests.by("吴娟").get(where, 404)
    zhang.get(where[:-2] + ("aa" if where[-2:] != "aa" else "bb"), 404)
    given = handovers.unseal(where.rpartition("/")[2], guests.app.state.settings.pepper())
    assert given is not None
    old = handovers.Given(given.shop, given.by, given.reservation, given.key, given.at - 601)
    zhang.get(f"/counter/1/pick-up/{handovers.seal(old, guests.app.state.settings.pepper())}", 403)


def test_the_last_step_says_what_is_in_the_way(guests: Guests) -> None:
    """Too dear, too many: what happened, that no points moved, and another choice."""
    wang = guests.by("王秀兰")
    page = words(wang.get("/reservations/check?shop=1&item-7=30", 422))
    assert "换不了，积分没有扣。还差" in page
    assert "选别的" in page
    assert "还没有选物品" in words(wang.get("/reservations/check?shop=1", 422))
    wang.get("/reservations/new?shop=99", 404)
    wang.get("/reservations/new?shop=x", 404)


def test_a_form_sent_twice_is_one_reservation(guests: Guests) -> None:
    """Pressed twice, one page."""
    wang = guests.by("王秀兰")
    page = wang.get("/reservations/check?shop=2&item-2=1")
    said = {"shop": "2", "item-2": "1", "points": "3", "key": "twice"}
    places = {wang.press(page, "/reservations", **said) for _ in range(2)}
    assert len(places) == 1
    (place,) = places
    wang.press(page, place + "/cancellation")
    assert "已经取消" in words(wang.get(place))
    assert "价格刚刚变了" in words(
        wang.client.post(
            "/reservations", data={"csrf": token_in(page), **said, "points": "2", "key": "other"}
        ).text
    )


def test_a_station_locks_by_place_and_says_nothing_of_who(guests: Guests) -> None:
    """Without signing in: five wrong codes and it waits; the page of a right one names things and no person."""
    pepper = guests.app.state.settings.pepper()
    key, code = guests.run(_reserve, guests.book, pepper, 2, "食盐", "station")
    anyone = guests.stranger()
    page = anyone.get("/stations/2")
    where = give(anyone, page, code, "/stations/2").headers["location"]
    shown = words(anyone.get(where))
    assert "食盐" in shown
    assert "王" not in shown
    assert "还没有放进柜子" in shown
    answer = anyone.client.post(where, data={"csrf": token_in(page)})
    assert (answer.status_code, "先不要按" in words(answer.text)) == (422, True)
    statuses = [give(anyone, page, wrong(n), "/stations/2").status_code for n in range(6)]
    assert statuses == [422] * 5 + [429]
    anyone.get("/stations/1", 404)
    wang = guests.by("王秀兰")
    wang.press(wang.get("/reservations"), f"/reservations/{key}/cancellation")
    assert "已经取消" in words(anyone.get(where))


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("王秀兰", "/reservations", 30),
        ("王秀兰", "/reservations/new?shop=1&item=1", 50),
        ("张强", "/counter/1/reservations", 40),
        ("张强", "/counter/2/lockers", 40),
        ("张强", "/counter/2/lockers/days/{today}", 60),
    ],
)
def test_pages_cost_a_constant_number_of_statements(guests: Guests, who: str, path: str, most: int) -> None:
    """As many with three reservations as with none."""
    path = path.format(today=guests.book.today().isoformat())
    guest = guests.by(who)
    empty = guests.statements(guest, path)
    pepper = guests.app.state.settings.pepper()
    shop, item = (2, "食盐") if "/2/" in path else (1, "香皂")
    keys = [
        guests.run(_reserve, guests.book, pepper, shop, item, f"c{who == '张强'}{n}{shop}{len(path)}")
        for n in range(3)
    ]
    full = guests.statements(guest, path)
    wang = guests.by("王秀兰")
    for key, _ in keys:
        wang.press(wang.get("/reservations"), f"/reservations/{key}/cancellation")
    assert full <= empty + 4
    assert full <= most

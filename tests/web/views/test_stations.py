"""The pages of unmanned stations: the poster's, which knows no person, and those of who fills the lockers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.web.guests import Guests, words
from tests.web.site import token_in
from tests.web.views import reserving


@pytest.fixture(scope="module")
def guests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town for all tests of this module: each reserves for itself and gives back."""
    with reserving.town(tmp_path_factory.mktemp("stations")) as opened:
        yield opened


def test_a_station_locks_by_place_and_says_nothing_of_who(guests: Guests) -> None:
    """Without signing in: five wrong codes and it waits; the page of a right one names things and no person."""
    key, code = reserving.reserve(guests, "station", shop=2, item="食盐")
    anyone = guests.stranger()
    page = anyone.get("/stations/2")
    where = reserving.give(anyone, page, code, "/stations/2").headers["location"]
    shown = words(anyone.get(where))
    assert "食盐" in shown
    assert "王" not in shown
    assert "还没有放进柜子" in shown
    answer = anyone.client.post(where, data={"csrf": token_in(page)})
    assert (answer.status_code, "先不要按" in words(answer.text)) == (422, True)
    statuses = [reserving.give(anyone, page, reserving.wrong(n), "/stations/2").status_code for n in range(6)]
    assert statuses == [422] * 5 + [429]
    anyone.get("/stations/1", 404)
    wang = guests.by("王秀兰")
    wang.press(wang.get("/reservations"), f"/reservations/{key}/cancellation")
    assert "已经取消" in words(anyone.get(where))


def test_a_locker_is_filled_and_wrong_ones_are_said(guests: Guests) -> None:
    """No such reservation is 404, no such locker is said; at a shop where somebody serves there are no lockers."""
    zhang = guests.by("张强")
    with reserving.reserved(guests, "fill", shop=2, item="食盐") as (key, code):
        page = zhang.get("/counter/2/lockers")
        assert f"码尾 {code[4:]}" in words(page)
        assert code not in words(page)
        said = {"csrf": token_in(page), "key": "f", "reservation": key}
        assert zhang.client.post("/counter/2/lockers", data=said | {"locker": "七"}).status_code == 422
        nobody = said | {"locker": "7", "reservation": "0" * 32}
        assert zhang.client.post("/counter/2/lockers", data=nobody).status_code == 404
        zhang.press(page, "/counter/2/lockers", key="f", reservation=key, locker="７")
        assert "7 号柜" in words(zhang.get("/counter/2/lockers"))
    zhang.get("/counter/1/lockers", 404)
    assert "要从柜子拿回货架 1 份" in words(zhang.get(f"/counter/2/lockers/days/{guests.book.today()}"))
    zhang.get("/counter/2/lockers/days/gestern", 404)
    assert "/stations/2" in zhang.get("/counter/2/lockers/poster")


@pytest.mark.parametrize(
    ("path", "most"), [("/counter/2/lockers", 40), ("/counter/2/lockers/days/{today}", 60)]
)
def test_pages_cost_a_constant_number_of_statements(guests: Guests, path: str, most: int) -> None:
    """As many with three reservations as with none."""
    path = path.format(today=guests.book.today().isoformat())
    guest = guests.by("张强")
    empty = guests.statements(guest, path)
    with ExitStack() as stack:
        for n in range(3):
            stack.enter_context(reserving.reserved(guests, f"c{n}{len(path)}", shop=2, item="食盐"))
        full = guests.statements(guest, path)
    assert full <= min(empty + 4, most)

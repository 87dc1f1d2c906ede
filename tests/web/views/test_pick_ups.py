"""The pages of pick-up: a bound on guesses, a proof that is of one clerk, and what waits at a shop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.web.guests import Guests, words
from tests.web.site import token_in
from tests.web.views import reserving
from tests.web.views.reserving import Made
from web import handovers


@pytest.fixture(scope="module")
def guests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town for all tests of this module: each reserves for itself and gives back."""
    with reserving.town(tmp_path_factory.mktemp("pick-ups")) as opened:
        yield opened


@pytest.fixture
def made(guests: Guests, request: pytest.FixtureRequest) -> Iterator[Made]:
    """A soap that 王秀兰 reserved at the shop."""
    with reserving.reserved(guests, re.sub(r"\W", "", request.node.name)[-30:]) as found:
        yield found


def test_five_wrong_codes_lock_this_till_and_no_other(guests: Guests, made: Made) -> None:
    """The sixth is not looked at, were it the right one; the shop's other tills go on."""
    zhang = guests.by("张强")
    page = zhang.get("/counter/1/pick-up")
    answers = [reserving.give(zhang, page, reserving.wrong(n)).status_code for n in range(5)]
    assert answers == [422] * 5
    locked = reserving.give(zhang, page, made[1])
    assert locked.status_code == 429
    assert "请等 15 分钟再试" in words(locked.text)
    guests.run(reserving.unlock, guests.book)
    assert reserving.give(zhang, page, made[1]).status_code == 303


def test_a_right_code_is_not_counted(guests: Guests, made: Made) -> None:
    """A busy Saturday locks nobody out."""
    zhang = guests.by("张强")
    page = zhang.get("/counter/1/pick-up")
    assert {reserving.give(zhang, page, made[1]).status_code for _ in range(8)} == {303}


def test_the_proof_of_a_code_is_of_one_clerk(guests: Guests, made: Made) -> None:
    """Its address opens nothing for somebody else, nor changed by one letter, and grows old."""
    zhang = guests.by("张强")
    where = reserving.give(zhang, zhang.get("/counter/1/pick-up"), made[1]).headers["location"]
    assert "王*兰" in words(zhang.get(where))
    guests.by("吴娟").get(where, 404)
    zhang.get(where[:-2] + ("aa" if where[-2:] != "aa" else "bb"), 404)
    given = handovers.unseal(where.rpartition("/")[2], guests.app.state.settings.pepper())
    assert given is not None
    old = handovers.Given(given.shop, given.by, given.reservation, given.key, given.at - 601)
    zhang.get(f"/counter/1/pick-up/{handovers.seal(old, guests.app.state.settings.pepper())}", 403)


def test_staff_cancels_and_says_why(guests: Guests, made: Made) -> None:
    """Without a reason nothing happens; the member reads it; twice is once, and the page says how it ended."""
    zhang = guests.by("张强")
    where = f"/counter/1/reservations/{made[0]}/cancellation"
    page = zhang.get(where)
    answer = zhang.client.post(where, data={"csrf": token_in(page)})
    assert answer.status_code == 422
    assert zhang.press(page, where, reason="gone") == "/counter/1/reservations"
    assert "货坏了或者找不到" in words(guests.by("王秀兰").get(f"/reservations/{made[0]}"))
    assert zhang.press(page, where, reason="gone") == "/counter/1/reservations"
    assert "已经取消" in words(zhang.get(where))


def test_a_shop_chooses_its_days_on_its_page(guests: Guests) -> None:
    """Ticked and sent it stands there; a day that is none changes nothing; none at all is 24 hours again."""
    zhang = guests.by("张强")
    page = zhang.get("/counter/1/reservations")
    zhang.press(page, "/counter/1/pick-up-days", days=["2", "5"], key="d1")
    assert "周二、周五" in words(zhang.get("/counter/1/reservations"))
    said = {"csrf": token_in(page), "days": "9", "key": "d2"}
    assert zhang.client.post("/counter/1/pick-up-days", data=said).status_code == 422
    zhang.press(page, "/counter/1/pick-up-days", key="d3")
    assert "预留都留 24 小时" in words(zhang.get("/counter/1/reservations"))


def test_what_was_handed_over_leads_to_its_receipt(guests: Guests) -> None:
    """The code again shows the receipt and says that nothing was taken twice."""
    key, code = reserving.reserve(guests, "receipt")
    zhang = guests.by("张强")
    page = zhang.get("/counter/1/pick-up")
    where = reserving.give(zhang, page, code).headers["location"]
    receipt = zhang.press(page, where)
    assert zhang.press(page, where) == receipt + "?again=1"
    again = reserving.give(zhang, page, code).headers["location"]
    assert zhang.client.get(again).headers["location"] == receipt + "?again=1"
    assert "已经取走" in words(guests.by("王秀兰").get(f"/reservations/{key}"))


@pytest.mark.parametrize(("path", "most"), [("/counter/1/reservations", 40)])
def test_pages_cost_a_constant_number_of_statements(guests: Guests, path: str, most: int) -> None:
    """As many with three reservations as with none."""
    path = path.format(today=guests.book.today().isoformat())
    guest = guests.by("张强")
    empty = guests.statements(guest, path)
    with ExitStack() as stack:
        for n in range(3):
            stack.enter_context(reserving.reserved(guests, f"c{n}{len(path)}", shop=1, item="香皂"))
        full = guests.statements(guest, path)
    assert full <= min(empty + 4, most)

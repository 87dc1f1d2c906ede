"""The pages of one's own reservations: one's own alone, once for each press, and what is in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from points.market import pools
from points.people import pooling
from tests.web.guests import Guests, words
from tests.web.site import token_in
from tests.web.views import reserving
from tests.web.views.reserving import Made


@pytest.fixture(scope="module")
def guests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town for all tests of this module: each reserves for itself and gives back."""
    with reserving.town(tmp_path_factory.mktemp("reservations")) as opened:
        yield opened


@pytest.fixture
def made(guests: Guests, request: pytest.FixtureRequest) -> Iterator[Made]:
    """A soap that 王秀兰 reserved at the shop."""
    with reserving.reserved(guests, re.sub(r"\W", "", request.node.name)[-30:]) as found:
        yield found


def test_a_reservation_is_nobody_elses(guests: Guests, made: Made) -> None:
    """Another member reads 404 at each of its addresses, and cancels nothing."""
    zhao = guests.by("赵敏")
    for path in (f"/reservations/{made[0]}", f"/reservations/{made[0]}/cancellation"):
        zhao.get(path, 404)
    data = {"csrf": token_in(zhao.get("/reservations"))}
    assert zhao.client.post(f"/reservations/{made[0]}/cancellation", data=data).status_code == 404
    page = guests.by("王秀兰").get(f"/reservations/{made[0]}")
    assert f"{made[1][:4]} {made[1][4:]}" in words(page)


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


@pytest.mark.parametrize(("path", "most"), [("/reservations", 30), ("/reservations/new?shop=1&item=1", 50)])
def test_pages_cost_a_constant_number_of_statements(guests: Guests, path: str, most: int) -> None:
    """As many with three reservations as with none."""
    path = path.format(today=guests.book.today().isoformat())
    guest = guests.by("王秀兰")
    empty = guests.statements(guest, path)
    with ExitStack() as stack:
        for n in range(3):
            stack.enter_context(reserving.reserved(guests, f"c{n}{len(path)}", shop=1, item="香皂"))
        full = guests.statements(guest, path)
    assert full <= min(empty + 4, most)


async def _share(guests: Guests) -> int:
    """王秀兰 and her son 王军 agree to spend together; what she has of her own."""
    for member in ("V-000001", "V-000003"):
        await pooling.agree(guests.book, member, by=member, key="share")
    own = await pools.alone(guests.book, "V-000001", guests.book.today())
    return own.total


def test_a_home_that_agreed_reserves_together(guests: Guests) -> None:
    """More than she has: the page says what each gives before she presses, and after; cancelled, each has it back."""
    own = guests.run(_share, guests)
    wang, many = guests.by("王秀兰"), own // 3 + 1
    page = wang.get(f"/reservations/check?shop=1&item-1={many}")
    said = words(page)
    assert ("家里一起换" in said, f"王*兰 {own} 分" in said, f"王* {3 * many - own} 分" in said) == (
        True,
    ) * 3
    parts = re.findall(r'name="part" value="([^"]+)"', page)
    assert parts == [f"member/V-000001={own}", f"member/V-000003={3 * many - own}"]
    sent = {"shop": "1", "item-1": str(many), "points": str(3 * many), "key": "together"}
    alone = {"csrf": token_in(page), **sent}
    assert "换不了" in words(wang.client.post("/reservations", data=alone).text)
    place = wang.press(page, "/reservations", **sent, part=parts)
    assert "家里一起换" in words(wang.get(place))
    assert f"家里一起预留香皂 ×{many}" in words(wang.get("/points"))
    wang.press(page, place + "/cancellation")
    assert guests.run(_own, guests) == own


async def _own(guests: Guests) -> int:
    return (await pools.alone(guests.book, "V-000001", guests.book.today())).total

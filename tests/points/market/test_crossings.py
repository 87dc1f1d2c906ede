"""Crossings: each spent point has one community and one place, and two places set off what they owe."""

from __future__ import annotations

import random

import pytest

from ledger import statements
from points import chart
from points.keys import new_key
from points.market import crossings, pools
from points.market.crossings import Crossings, Flow, Net
from points.people import households, pooling
from tests.points.market.allied import CHECK, HAIRCUT, Allied, Watch
from tests.points.market.conftest import COMMUNITY, DISTRICT, ELSEWHERE
from tests.points.market.settling import take_back


@pytest.mark.anyio
async def test_what_is_spent_away_from_home_is_owed_by_home(allied: Allied, watch: Watch) -> None:
    """王秀兰 of 六和 has her hair cut in 和平, 刘洋 of 和平 buys soap in 六和: the rest is owed, in points and fen."""
    await allied.town.stock(香皂=9)
    month = allied.month
    await allied.cut(f"{HAIRCUT}x2")
    await allied.buy(allied.liu, "香皂x2")
    await allied.buy(allied.town.wang, "香皂")
    watch.next_month()
    found = await crossings.draw(allied.book, DISTRICT, month)
    assert set(found.flows) == {
        Flow(COMMUNITY, COMMUNITY, 3, 300),
        Flow(COMMUNITY, ELSEWHERE, 20, 2000),
        Flow(ELSEWHERE, COMMUNITY, 6, 600),
    }
    assert found.nets() == [Net(COMMUNITY, ELSEWHERE, 14, 1400)]
    took = [chart.taken(shop.number) for shop in (allied.town.shop, allied.barber)]
    assert found.points == sum([await statements.balance(allied.book.reader, one) for one in took])


@pytest.mark.anyio
async def test_what_is_undone_comes_off_the_month_it_is_undone_in(allied: Allied, watch: Watch) -> None:
    """The month before stays as it was, drawn up again after it; in the same month nothing is left."""
    month = allied.month
    gone = await allied.cut()
    watch.next_month()
    first, later = await crossings.draw(allied.book, DISTRICT, month), allied.month
    await take_back(allied, gone.receipt.position)
    watch.next_month()
    assert await crossings.draw(allied.book, DISTRICT, month) == first
    after = await crossings.draw(allied.book, DISTRICT, later)
    assert after.flows == (Flow(COMMUNITY, ELSEWHERE, -10, -1000),)
    assert after.nets() == [Net(ELSEWHERE, COMMUNITY, 10, 1000)]


@pytest.mark.parametrize("seed", range(20))
def test_nets_sum_to_what_each_is_owed(seed: int) -> None:
    """Of each place, what it is paid less what it pays is what others spent there less what its people spent elsewhere;
    no pair stands twice."""
    chance = random.Random(seed)
    codes = [f"44031000100{n}" for n in range(5)]
    flows = [
        Flow(home, place, chance.randint(-20, 90), chance.randint(-900, 9000))
        for home in codes
        for place in codes
    ]
    found = crossings.nets(flows)
    for code in codes:
        for unit in ("points", "fen"):
            due = sum(getattr(f, unit) for f in flows if f.place == code != f.community)
            owes = sum(getattr(f, unit) for f in flows if f.community == code != f.place)
            net = sum(getattr(n, unit) for n in found if n.creditor == code)
            net -= sum(getattr(n, unit) for n in found if n.debtor == code)
            assert net == due - owes
    assert len({frozenset((net.debtor, net.creditor)) for net in found}) == len(found)
    assert all((net.fen, net.points) > (0, 0) for net in found)


@pytest.mark.anyio
async def test_what_a_household_paid_together_is_each_ones_own_communitys(
    allied: Allied, watch: Watch
) -> None:
    """王秀兰 takes what costs 115 points, 100 of hers and 15 of 刘洋's of 和平: 94 yuan are shared to the last fen."""
    book, wang, month = allied.book, allied.town.wang, allied.month
    for member in (wang, allied.liu):
        await households.join(book, "H-000009", member, on=allied.today)
        await pooling.agree(book, member, by=member, key=new_key())
    pool = await pools.of(book, wang, allied.today)
    assert pool is not None
    await allied.cut(f"{CHECK}x7", HAIRCUT, together=pool.parts(pool.draw(115)))
    watch.next_month()
    assert (await crossings.draw(book, DISTRICT, month)).flows == (
        Flow(COMMUNITY, ELSEWHERE, 100, 8174),
        Flow(ELSEWHERE, ELSEWHERE, 15, 1226),
    )


def test_two_ways_are_set_against_each_other() -> None:
    """Equal ways leave nothing; who owes fen is the debtor, even where the points go the other way."""
    there = Flow(COMMUNITY, ELSEWHERE, 10, 100)
    assert crossings.nets([there, Flow(ELSEWHERE, COMMUNITY, 10, 100)]) == []
    assert crossings.nets([there, Flow(ELSEWHERE, COMMUNITY, 4, 150)]) == [Net(ELSEWHERE, COMMUNITY, -6, 50)]
    assert crossings.nets([Flow(COMMUNITY, COMMUNITY, 5, 500)]) == []


def test_a_text_is_read_as_the_flows_it_was_written_of() -> None:
    """All of it comes back, and the same flows are the same text; it sums to what the shops took."""
    flows = (Flow(COMMUNITY, COMMUNITY, 3, 300), Flow(ELSEWHERE, COMMUNITY, -10, -1000))
    month = Crossings(DISTRICT, "2026-10", flows)
    again = crossings.read(month.text)
    assert (again, again.text) == (month, month.text)
    assert (month.points, month.fen, month.places) == (-7, -700, [COMMUNITY, ELSEWHERE])

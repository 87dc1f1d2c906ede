"""Netting: each spent point has one community and one place, two set off what they owe, and a month closes once."""

from __future__ import annotations

import asyncio
import random

import pytest

from ledger import statements
from points import chart
from points.keys import new_key
from points.market import baskets, counter, crossings, items, netting, redemptions, settlements
from points.market.allied_errors import (
    MonthNotOver,
    MonthSettled,
    NotADistrict,
    NothingToSettle,
    NotSettlementSecond,
)
from points.market.catalogue_records import ItemChange
from points.market.crossings import Flow, Net
from points.market.netting import Drawn
from points.market.undoing import undone
from points.people.errors import NotAllowed
from tests.points.market.allied import HAIRCUT, Allied, Watch, live, watched
from tests.points.market.conftest import COMMUNITY, DISTRICT, ELSEWHERE, STREET, Town

pytestmark = pytest.mark.anyio


@pytest.fixture
async def watch(town: Town, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The clock, after the town was laid out."""
    return watched(monkeypatch)


@pytest.fixture
async def allied(town: Town, watch: Watch) -> Allied:
    """The town with its barber."""
    return await live(town)


async def buy(allied: Allied, member: str, *entries: str) -> int:
    """张强 hands over in the supermarket; the number of the receipt."""
    wanted = baskets.parse(entries, await items.all_items(allied.book))
    done = await counter.redeem(
        allied.book, allied.town.shop, member, wanted,
        by=allied.town.counter, key=new_key(), on=allied.today, found_by="card",
    )  # fmt: skip
    return done.receipt.position


async def draw(allied: Allied, month: str, *, by: str = "") -> Drawn:
    """孙丽 draws up the district's month."""
    return await netting.draw(allied.book, DISTRICT, month, by=by or allied.keeper, key=new_key())


async def close(allied: Allied, drawn: Drawn) -> Drawn:
    """郑义 closes what he sees."""
    return await netting.decide(allied.book, drawn.id, approved=True, digest=drawn.digest, by=allied.second)


async def test_what_is_spent_away_from_home_is_owed_by_home(allied: Allied, watch: Watch) -> None:
    """王秀兰 of 六和 has her hair cut in 和平, 刘洋 of 和平 buys soap in 六和: the rest is owed, in points and fen."""
    await allied.town.stock(香皂=9)
    month = allied.month
    await allied.cut(f"{HAIRCUT}x2")
    await buy(allied, allied.liu, "香皂x2")
    await buy(allied, allied.town.wang, "香皂")
    watch.next_month()
    found = (await draw(allied, month)).crossings
    assert set(found.flows) == {
        Flow(COMMUNITY, COMMUNITY, 3, 300),
        Flow(COMMUNITY, ELSEWHERE, 20, 2000),
        Flow(ELSEWHERE, COMMUNITY, 6, 600),
    }
    assert found.nets() == [Net(COMMUNITY, ELSEWHERE, 14, 1400)]
    took = [chart.taken(shop.number) for shop in (allied.town.shop, allied.barber)]
    assert found.points == sum([await statements.balance(allied.book.reader, one) for one in took])


async def test_what_is_undone_comes_off_the_month_it_is_undone_in(allied: Allied, watch: Watch) -> None:
    """The month before stays as it was, drawn up again after it; in the same month nothing is left."""
    month = allied.month
    gone = await allied.cut()
    watch.next_month()
    first, later = (await draw(allied, month)).crossings, allied.month
    entry = await redemptions.numbered(allied.book, gone.receipt.position)
    assert entry is not None
    asked = {"by": allied.zhou, "key": new_key(), "note": "", "stays": ()}
    await undone.carry_out(allied.book, await undone.asking(allied.book, entry.reference, "输错人", **asked))
    watch.next_month()
    assert (await draw(allied, month)).crossings == first
    assert (await draw(allied, later)).crossings.flows == (Flow(COMMUNITY, ELSEWHERE, -10, -1000),)
    assert (await draw(allied, later)).crossings.nets() == [Net(ELSEWHERE, COMMUNITY, 10, 1000)]


async def test_a_month_is_closed_once_by_two_people(allied: Allied, watch: Watch) -> None:
    """Two drawn up and closed in the same moment close one; who drew it up closes none."""
    month = allied.month
    with pytest.raises(MonthNotOver):
        await draw(allied, month)
    await allied.cut()
    watch.next_month()
    with pytest.raises(NotAllowed):
        await draw(allied, month, by=allied.second)
    drawn = [await draw(allied, month) for _ in range(2)]
    with pytest.raises(NotSettlementSecond):
        await netting.decide(
            allied.book, drawn[0].id, approved=True, digest=drawn[0].digest, by=allied.keeper
        )
    answers = await asyncio.gather(*(close(allied, one) for one in drawn), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Drawn", "MonthSettled"]
    done = next(answer for answer in answers if isinstance(answer, Drawn))
    assert await close(allied, done) == done
    with pytest.raises(MonthSettled):
        await draw(allied, month)


async def test_only_a_district_is_netted_and_only_what_there_is(allied: Allied, watch: Watch) -> None:
    """A street's month would be in the district's too; a month without anything needs nothing."""
    month = allied.month
    watch.next_month()
    with pytest.raises(NothingToSettle):
        await draw(allied, month)
    with pytest.raises(NotADistrict):
        await netting.draw(allied.book, STREET, month, by=allied.keeper, key="k")


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


async def test_a_cost_that_changes_later_changes_no_month_that_was(allied: Allied, watch: Watch) -> None:
    """What a thing cost on its day counts, in the balance and in the statement; the new cost from the day after."""
    book, month = allied.book, allied.month
    await allied.cut()
    item = (await allied.town.item(HAIRCUT)).number
    row = ItemChange(
        id=new_key(), item=item, what="cost_fen", value="4000", changed_on=allied.today.isoformat(),
        changed_by="S-0001", reference="item-change/test",
    )  # fmt: skip
    async with book.write() as db:
        await row.save(using_db=db, force_create=True)
    watch.next_month()
    later = allied.month
    await allied.cut()
    watch.next_month()
    assert [(await draw(allied, each)).crossings.fen for each in (month, later)] == [1000, 4000]
    said = await settlements.preview(book, allied.barber, later)
    assert [line.fen for line in said.lines] == [1000, 4000]

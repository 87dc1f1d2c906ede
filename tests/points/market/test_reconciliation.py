"""The month adds up to the ledger: for people, for shelves, and for what it cost."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from ledger import statements
from points import chart
from points.keys import new_key
from points.market import (
    baskets,
    counter,
    losses,
    reconciliation,
    shops,
    stock_counts,
    stock_decisions,
    stocktaking,
    transfers,
)
from points.market.catalogue_records import ItemChange
from points.market.models import Shop
from points.market.reconciliation import Goods, Reconciliation
from tests.points.market.conftest import COMMUNITY, Town
from tests.points.market.counting import statements_during
from tests.points.market.stocked import Stocked, lay

pytestmark = pytest.mark.anyio
SOAP, SALT = 1, 2
NOW = date(2019, 7, 20)


@pytest.fixture
async def there(town: Town, monkeypatch: pytest.MonkeyPatch) -> Stocked:
    """A town that has lived through January (goods, points) and is now in July."""
    monkeypatch.setattr(type(town.book), "today", lambda _self: NOW)
    await town.stock(香皂=20, 食盐=20)
    await town.give(town.wang, 100)
    await town.give(town.zhao, 30)
    return await lay(town)


async def buy(there: Stocked, member: str, item: int, quantity: int, on: date) -> None:
    """Somebody takes something on a day."""
    town = there.town
    await counter.redeem(
        town.book,
        town.shop,
        member,
        baskets.of({item: quantity}),
        by=town.counter,
        key=new_key(),
        on=on,
        found_by="card",
    )


async def lived(there: Stocked) -> None:
    """June and July: things are had, sent, lost and counted."""
    town = there.town
    await buy(there, town.wang, SOAP, 2, date(2019, 6, 3))
    await buy(there, town.wang, SOAP, 3, date(2019, 7, 3))
    await buy(there, town.zhao, SALT, 1, date(2019, 7, 4))
    sent = await transfers.send(town.book, town.shop, there.other, {SOAP: 5}, by=town.keeper, key="t1")
    await transfers.receive(town.book, sent, {SOAP: 4}, {SOAP: "broken"}, by=there.there)
    await transfers.send(town.book, town.shop, there.other, {SALT: 2}, by=town.keeper, key="t2")
    await losses.report(town.book, town.shop, [(SALT, 1, "expired")], by=town.keeper, key="l1")
    count = await stocktaking.begin(town.book, town.shop, by=town.keeper, key="c1")
    entered = await stocktaking.enter(
        town.book, await stock_counts.find(town.book, count), {SOAP: 9, SALT: 17}, by=town.keeper
    )
    asked = await stocktaking.ask(
        town.book, entered, {SOAP: "stolen", SALT: "unrecorded"}, by=town.keeper, key="c1"
    )
    await stock_decisions.decide(town.book, asked.id, approved=True, digest=asked.digest, by=there.second)


def of(found: Reconciliation, shop: Shop, item: int) -> Goods:
    """One item at one shop."""
    return next(each for each in found.goods if (each.shop, each.item) == (shop.number, item))


async def test_a_month_leads_from_what_there_was_to_what_there_is(there: Stocked) -> None:
    """Every column of two shops, to the piece; the equation holds for each."""
    await lived(there)
    shelves = [there.town.shop, there.other]
    found = await reconciliation.read(there.town.book, COMMUNITY, "2019-07", of=shelves)
    here, away = there.town.shop, there.other
    fen = {
        item.number: item.cost_fen for item in [await there.town.item("香皂"), await there.town.item("食盐")]
    }
    assert of(found, here, SOAP) == Goods(
        1, SOAP, fen[SOAP], opening=18, moved_out=5, handed_out=3, lost=1, left=9
    )
    assert of(found, here, SALT) == Goods(
        1, SALT, fen[SALT], opening=20, found=1, moved_out=2, handed_out=1, lost=1, left=17
    )
    assert of(found, away, SOAP) == Goods(2, SOAP, fen[SOAP], moved_in=4, left=4)
    assert of(found, away, SALT).coming == 2
    for each in found.goods:
        came = each.opening + each.received + each.found + each.moved_in
        assert came - each.moved_out - each.handed_out - each.lost == each.left
    assert found.fen("handed_out") == 3 * fen[SOAP] + fen[SALT]
    assert found.taken == {1: 12, 2: 0}


async def test_months_follow_one_another_and_agree_with_the_ledger(there: Stocked) -> None:
    """What one month leaves the next begins with; on every border it is the ledger's own balance of that day."""
    await lived(there)
    book, shop = there.town.book, there.town.shop
    months = [await reconciliation.read(book, COMMUNITY, f"2019-0{n}") for n in (5, 6, 7)]
    for before, after in itertools.pairwise(months):
        assert before.purse.left == after.purse.opening
        assert of(before, shop, SOAP).left == of(after, shop, SOAP).opening
    for month in months:
        last = min(reconciliation.bounds(month.month)[1], NOW)
        shelf = await statements.balances_on(book.reader, chart.stock(1), last)
        assert of(month, shop, SOAP).left == shelf[chart.stock(1), chart.item(SOAP)]
        people = [
            amount
            for member in (there.town.wang, there.town.zhao)
            for (_, unit), amount in (
                await statements.balances_on(book.reader, f"member/{member}/", last)
            ).items()
            if unit == chart.POINTS
        ]
        assert month.purse.left == sum(people)
        assert month.taken[1] == month.purse.flows.spent, "nobody else came"
    assert months[-1].purse.liability == months[-1].purse.left == 112


async def test_it_costs_as_many_statements_for_two_shops_as_for_one(there: Stocked) -> None:
    """A constant number, and as many with twice the entries."""
    book, counts = there.town.book, []
    for _ in range(2):
        await buy(there, there.town.wang, SOAP, 1, NOW)
        async with statements_during(book) as seen:
            await reconciliation.read(book, COMMUNITY, "2019-07", of=[there.town.shop])
        counts.append(len(seen))
        await lived(there) if len(counts) == 1 else None
        async with statements_during(book) as seen:
            await reconciliation.read(book, COMMUNITY, "2019-07", of=[there.town.shop, there.other])
        counts.append(len(seen))
    assert len(set(counts)) == 1
    assert counts[0] < 40


async def test_the_shops_of_a_community_are_its_own(there: Stocked) -> None:
    """The other community's shop is not among them."""
    assert [s.number for s in await reconciliation.shops_of(there.town.book, COMMUNITY)] == [1]
    assert len(await shops.all_shops(there.town.book)) == 2
    first, last = reconciliation.bounds("2020-02")
    assert (first, last) == (date(2020, 2, 1), date(2020, 3, 1) - timedelta(days=1))


async def test_a_month_stays_as_it_was_when_a_cost_is_changed_later(there: Stocked) -> None:
    """A cost said at the end of May is June's and not May's."""
    book, fen = there.town.book, (await there.town.item("香皂")).cost_fen
    change = ItemChange(
        id=new_key(), item=SOAP, what="cost_fen", value="999", changed_on="2019-05-31",
        changed_by=there.town.keeper, reference="item-change/1",
    )  # fmt: skip
    async with book.write() as db:
        await change.save(using_db=db, force_create=True)
    for month, cost in (("2019-05", fen), ("2019-06", 999)):
        found = await reconciliation.read(book, COMMUNITY, month)
        assert of(found, there.town.shop, SOAP).fen == cost != 0

"""The audit's look at stock: silent while all balances, naming the item and the two numbers when it does not."""

from __future__ import annotations

from typing import Any

import pytest

from ledger import encoding
from ledger.findings import Finding
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.keys import new_key
from points.market import deliveries, losses, stock_counts, stock_decisions, stocktaking, transfers
from points.market.stock_checks import stock_balances
from points.market.stock_records import StockLoss
from tests.points.market.conftest import Town
from tests.points.market.stocked import lay

pytestmark = pytest.mark.anyio


async def findings(town: Town) -> list[Finding]:
    """What the check finds."""
    audit: Any = type("Reading", (), {"db": town.book.reader})()
    return [each async for each in stock_balances(town.book)(audit)]


async def test_whatever_is_done_to_stock_balances(town: Town) -> None:
    """Goods in, undone, sent, broken on the way, packed short, lost, counted too many and too few."""
    there = await lay(town)
    await there.deliver("d1", 香皂=10, 食盐=10)
    wrong = await there.deliver("d2", 毛巾=3)
    await deliveries.correct(town.book, town.shop, wrong, "wrong_item", by=town.keeper)
    for key, reason in (("t1", "broken"), ("t2", "short")):
        sent = await transfers.send(town.book, town.shop, there.other, {1: 2}, by=town.keeper, key=key)
        await transfers.receive(town.book, sent, {1: 1}, {1: reason}, by=there.there)
    await losses.report(town.book, town.shop, [(2, 1, "expired")], by=town.keeper, key="l")
    count = await stocktaking.begin(town.book, town.shop, by=town.keeper, key="c")
    entered = await stocktaking.enter(
        town.book, await stock_counts.find(town.book, count), {1: 9, 2: 8}, by=town.keeper
    )
    asked = await stocktaking.ask(town.book, entered, {1: "misplaced", 2: "stolen"}, by=town.keeper, key="c")
    await stock_decisions.decide(town.book, asked.id, approved=True, digest=asked.digest, by=there.second)
    assert await findings(town) == []


async def test_goods_that_came_or_went_without_a_paper_are_named(town: Town) -> None:
    """An entry without its row, and a row without its entry."""
    await town.stock(香皂=5)
    evidence, rows = snapshots.take("delivery", "forged", {"n": 1}, at=town.book.now())
    draft = Draft(
        reference="stock/1/forged",
        kind="delivery",
        evidence=evidence,
        effective_on=town.book.today(),
        request=encoding.digest_of({"n": 1}),
        postings=(Posting(chart.GOODS, chart.stock(1), 3, chart.item(1)),),
        rows=rows,
    )
    await town.book.journal.post(draft)
    (found,) = await findings(town)
    assert found.facts == {"item": "item:1", "said": 5, "there": 8}
    row = StockLoss(
        id=f"{new_key()}#2", shop=1, item=2, quantity=4, reason="other", reported_by=town.keeper,
        lost_on="2019-01-05", reference="loss/1/forged",
    )  # fmt: skip
    async with town.book.write() as db:
        await row.save(using_db=db, force_create=True)
    assert [each.facts for each in await findings(town)][1] == {"item": "item:2", "said": 4, "there": 0}

"""Stocktaking: blind, explained, approved by a second person, and right whatever is handed over meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.keys import new_key
from points.market import baskets, counter, losses, stock_counts, stock_decisions, stock_requests, stocktaking
from points.market.errors import (
    BadFigure,
    CountEntered,
    CountNotEntered,
    MovedSinceCounted,
    MovedWhileCounted,
    OutOfStock,
    ReasonOfDifference,
    StockNeedsOther,
    TooFewThere,
    UnknownCount,
)
from points.market.stock_counts import Count
from points.people.errors import NotAllowed, RequestDecided
from tests import meanwhile
from tests.points.market.conftest import ON, Town
from tests.points.market.stocked import Stocked, lay

pytestmark = pytest.mark.anyio
SOAP, SALT = 1, 2


@pytest.fixture
async def there(town: Town) -> Stocked:
    """Ten soaps (1) and ten packets of salt (2) on the shelf, and 王秀兰 has points."""
    await town.stock(香皂=10, 食盐=10)
    await town.give(town.wang, 100)
    return await lay(town)


async def begun(there: Stocked, key: str = "c1") -> Count:
    """陈静 opens a sheet."""
    book = there.town.book
    return await stock_counts.find(
        book, await stocktaking.begin(book, there.town.shop, by=there.town.keeper, key=key)
    )


async def counted(there: Stocked, numbers: dict[int, int], key: str = "c1") -> Count:
    """She counts and writes down."""
    return await stocktaking.enter(there.town.book, await begun(there, key), numbers, by=there.town.keeper)


async def asked(there: Stocked, numbers: dict[int, int], key: str = "c1") -> stock_requests.Asked:
    """And explains the differences."""
    count = await counted(there, numbers, key)
    reasons = {each.item: "miscounted" for each in count.differing}
    return await stocktaking.ask(there.town.book, count, reasons, by=there.town.keeper, key=key)


async def approve(there: Stocked, request: stock_requests.Asked) -> stock_requests.Asked:
    """郑义 approves what he sees."""
    return await stock_decisions.decide(
        there.town.book, request.id, approved=True, digest=request.digest, by=there.second
    )


async def buy(there: Stocked, item: int, quantity: int = 1) -> None:
    """王秀兰 takes something at the counter."""
    await counter.redeem(
        there.town.book,
        there.town.shop,
        there.town.wang,
        baskets.of({item: quantity}),
        by=there.town.counter,
        key=new_key(),
        on=ON,
        found_by="card",
    )


async def test_a_count_is_blind_explained_approved_and_one_entry(there: Stocked) -> None:
    """Too many come from outside, too few are lost; one transaction; the rows say why."""
    book = there.town.book
    count = await counted(there, {SOAP: 8, SALT: 11})
    assert [(d.item, d.counted, d.book, d.difference) for d in count.lines] == [
        (SOAP, 8, 10, -2),
        (SALT, 11, 10, 1),
    ]
    assert count.state == "entered"
    with pytest.raises(ReasonOfDifference, match="食盐差 \\+1 份"):
        await stocktaking.ask(book, count, {SOAP: "stolen"}, by=there.town.keeper, key="c1")
    request = await stocktaking.ask(
        book, count, {SOAP: "stolen", SALT: "unrecorded"}, by=there.town.keeper, key="c1"
    )
    assert await there.left(SOAP) == 10, "asking moves nothing"
    for by in (there.town.keeper, there.town.counter):
        with pytest.raises(StockNeedsOther):
            await stock_decisions.decide(book, request.id, approved=True, digest=request.digest, by=by)
    for _ in range(2):
        assert (await approve(there, request)).state == "approved"
    assert (await there.left(SOAP), await there.left(SALT)) == (8, 11)
    assert await statements.balance(book.reader, chart.LOST, chart.item(SOAP)) == 2
    assert await statements.balance(book.reader, chart.GOODS, chart.item(SALT)) == -11
    assert (await stock_counts.find(book, count.id)).state == "approved"


async def test_what_was_counted_is_written_once(there: Stocked) -> None:
    """The same again is the same; other numbers, after the book's are known, are refused."""
    count = await begun(there)
    assert await begun(there) == count
    for _ in range(2):
        done = await stocktaking.enter(there.town.book, count, {SOAP: 9}, by=there.town.keeper)
        assert [line.counted for line in done.lines] == [9]
    with pytest.raises((CountEntered, ReferenceConflict)):
        await stocktaking.enter(there.town.book, count, {SOAP: 10}, by=there.town.keeper)


async def test_who_enters_does_not_approve_another_s_question(there: Stocked) -> None:
    """郑义 counts, 陈静 asks: neither approves."""
    count = await begun(there)
    count = await stocktaking.enter(there.town.book, count, {SOAP: 9}, by=there.second)
    request = await stocktaking.ask(there.town.book, count, {SOAP: "other"}, by=there.town.keeper, key="c1")
    with pytest.raises(StockNeedsOther):
        await approve(there, request)


async def test_what_agrees_needs_nobody(there: Stocked) -> None:
    """And only who keeps stock counts it, as whole numbers, of things that exist."""
    assert (await counted(there, {SOAP: 10})).state == "agrees"
    count = await begun(there, "c2")
    with pytest.raises(CountNotEntered):
        await stocktaking.ask(there.town.book, count, {}, by=there.town.keeper, key="c2")
    for numbers in ({}, {SOAP: -1}):
        with pytest.raises(BadFigure):
            await stocktaking.enter(there.town.book, count, numbers, by=there.town.keeper)
    with pytest.raises(NotAllowed):
        await stocktaking.enter(there.town.book, count, {SOAP: 1}, by=there.town.counter)
    with pytest.raises(UnknownCount):
        await stock_counts.find(there.town.book, "nothing")


async def test_what_moved_while_it_was_counted_is_counted_again(there: Stocked) -> None:
    """A redemption between the sheet and the entry: nobody knows on which side of it the counting was."""
    count = await begun(there)
    await buy(there, SOAP)
    with pytest.raises(MovedWhileCounted, match="香皂在您数的时候动过") as refused:
        await stocktaking.enter(there.town.book, count, {SOAP: 9, SALT: 10}, by=there.town.keeper)
    since = refused.value.facts["since"]
    assert isinstance(since, int)
    count = await stocktaking.enter(
        there.town.book, count, {SOAP: 9, SALT: 10}, by=there.town.keeper, since=since
    )
    assert count.state == "agrees"


async def test_what_is_handed_over_after_the_count_does_not_matter(there: Stocked) -> None:
    """Two were missing when it was counted; three are sold before it is approved: five are left."""
    request = await asked(there, {SOAP: 8})
    await buy(there, SOAP, 3)
    await approve(there, request)
    assert await there.left(SOAP) == 5


async def test_a_redemption_during_the_approval_is_reckoned_with(
    there: Stocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between what the approval reads and what it writes somebody buys: both stand, to the piece."""
    request = await asked(there, {SOAP: 8})
    meanwhile.after(monkeypatch, statements, "standings_of", lambda: buy(there, SOAP, 3))
    await approve(there, request)
    assert await there.left(SOAP) == 5


async def test_a_redemption_during_the_entry_is_later_than_the_count(
    there: Stocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the entry compares with is what it read: eight were counted of ten, then one is sold, seven are left."""
    count = await begun(there)
    meanwhile.after(monkeypatch, stocktaking, "_rows", lambda: buy(there, SOAP))
    count = await stocktaking.enter(there.town.book, count, {SOAP: 8}, by=there.town.keeper)
    assert [line.difference for line in count.lines] == [-2]
    request = await stocktaking.ask(there.town.book, count, {SOAP: "stolen"}, by=there.town.keeper, key="c1")
    await approve(there, request)
    assert await there.left(SOAP) == 7


async def test_a_redemption_while_the_entry_reads_is_not_overlooked(
    there: Stocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the balance was read and before it was asked who moved: counted again rather than reckoned wrongly."""
    count = await begun(there)
    meanwhile.after(monkeypatch, statements, "standings_of", lambda: buy(there, SOAP))
    with pytest.raises(MovedWhileCounted):
        await stocktaking.enter(there.town.book, count, {SOAP: 8}, by=there.town.keeper)


async def test_the_last_one_goes_once_to_the_buyer_or_to_the_count(there: Stocked) -> None:
    """Counted as none while one was sold: never below zero, said plainly, and nothing is lost."""
    request = await asked(there, {SOAP: 0})
    await buy(there, SOAP)
    with pytest.raises(TooFewThere, match="香皂现在只有 9 份，不够 10 份"):
        await approve(there, request)
    assert await there.left(SOAP) == 9


async def test_nothing_is_put_right_twice(there: Stocked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two counts of the same shelf, or a count and a loss: whatever comes second is counted anew, even in a race."""
    first, second = await asked(there, {SOAP: 8}, "c1"), await asked(there, {SOAP: 8}, "c2")
    await approve(there, first)
    with pytest.raises(MovedSinceCounted, match="香皂"):
        await approve(there, second)
    third = await asked(there, {SALT: 7}, "c3")

    async def written_off() -> None:
        await losses.report(
            there.town.book, there.town.shop, [(SALT, 3, "broken")], by=there.town.keeper, key="l"
        )

    meanwhile.after(monkeypatch, stocktaking, "_require_untouched", written_off)
    with pytest.raises(MovedSinceCounted):
        await approve(there, third)
    assert (await there.left(SOAP), await there.left(SALT)) == (8, 7)


async def test_a_count_is_put_right_once_whoever_asks_twice(there: Stocked) -> None:
    """Two requests about one count: the second finds it decided."""
    count = await counted(there, {SOAP: 8})
    requests = [
        await stocktaking.ask(there.town.book, count, {SOAP: reason}, by=there.town.keeper, key=reason)
        for reason in ("stolen", "other")
    ]
    await approve(there, requests[0])
    with pytest.raises((MovedSinceCounted, RequestDecided)):
        await approve(there, requests[1])
    assert await there.left(SOAP) == 8


async def test_nine_buyers_and_an_approval_at_once_share_ten(there: Stocked) -> None:
    """Two of ten are missing: eight buyers and the approval, or nine buyers and none; nothing falls below zero."""
    request = await asked(there, {SOAP: 8})
    done = await asyncio.gather(
        approve(there, request), *(buy(there, SOAP) for _ in range(9)), return_exceptions=True
    )
    refused = [each for each in done if isinstance(each, Exception)]
    assert all(isinstance(each, TooFewThere | OutOfStock) for each in refused), refused
    approved, sold = not isinstance(done[0], Exception), sum(each is None for each in done[1:])
    assert (approved, sold) in ((True, 8), (False, 9))
    assert await there.left(SOAP) == 10 - sold - 2 * approved

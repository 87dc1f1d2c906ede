"""Counts as they are read; and what differed at a counter's hand-over, counted again and put right by two others."""

from __future__ import annotations

import pytest

from points.market import (
    hand_overs,
    shift_sheets,
    shifts,
    stock_counts,
    stock_decisions,
    stock_requests,
    stocktaking,
)
from points.market.errors import NothingDiffered, NotOnThisSheet, StockNeedsOther, UnknownCount, UnknownShift
from points.market.shift_records import Shift
from points.people import roles
from points.people.errors import NotAllowed
from tests.points.market.conftest import COMMUNITY, DISTRICT, ON, Town
from tests.points.market.counting import statements_during
from tests.points.market.stocked import Stocked, lay

pytestmark = pytest.mark.anyio
SOAP, SALT = 1, 2


@pytest.fixture
async def there(town: Town) -> Stocked:
    """Ten soaps and ten packets of salt by the book."""
    await town.stock(香皂=10, 食盐=10)
    return await lay(town)


async def handed_over(there: Stocked, soap: int = 8, salt: int = 10) -> Shift:
    """张强 counted so many of each, and went home."""
    town = there.town
    standing = await shifts.begin(town.book, town.shop, by=town.counter)
    shift = await hand_overs.find(town.book, standing.id)
    await hand_overs.count(town.book, town.shop, shift, {SOAP: soap, SALT: salt}, by=town.counter)
    notes = {SOAP: "没数清", SALT: "没数清"}
    await hand_overs.close(town.book, town.shop, shift, notes, by=town.counter)
    return shift


async def begun(there: Stocked, shift: Shift, key: str = "c1") -> stock_counts.Count:
    """陈静 opens the sheet of what differed."""
    town = there.town
    key = await stocktaking.begin(town.book, town.shop, by=town.keeper, key=key, shift=shift)
    return await stock_counts.find(town.book, key)


async def test_what_differed_at_a_hand_over_is_counted_again_and_put_right(there: Stocked) -> None:
    """The sheet has just that item, remembers the shift, and what another approves is what the shelf has then."""
    town, shift = there.town, await handed_over(there)
    assert [(each.id, many) for each, many in await shift_sheets.uncounted(town.book, town.shop)] == [
        (shift.id, 1)
    ]
    count = await begun(there, shift)
    assert await begun(there, shift) == count, "a second press is the first"
    assert (count.shift, count.of, count.state) == (shift.id, (SOAP,), "open")
    assert await stock_counts.of_shifts(town.book, [shift.id, "1.S-0009.1"]) == {shift.id: count}
    assert await shift_sheets.uncounted(town.book, town.shop) == []
    with pytest.raises(NotOnThisSheet, match="食盐"):
        await stocktaking.enter(town.book, count, {SOAP: 8, SALT: 9}, by=town.keeper)
    count = await stocktaking.enter(town.book, count, {SOAP: 8}, by=town.keeper)
    request = await stocktaking.ask(town.book, count, {SOAP: "stolen"}, by=town.keeper, key="c1")
    decided = {"approved": True, "digest": request.digest, "by": there.second}
    assert (await stock_decisions.decide(town.book, request.id, **decided)).state == "approved"
    assert (await there.left(SOAP), await there.left(SALT)) == (8, 10)


async def test_whose_shift_it_was_does_not_approve_what_was_missing(there: Stocked) -> None:
    """张强 is an approver now as well: of this count another one is."""
    town, shift = there.town, await handed_over(there)
    await roles.grant(
        town.book, member=town.counter, role="stock_keeper", area=DISTRICT, by=town.admin, on=ON
    )
    count = await stocktaking.enter(town.book, await begun(there, shift), {SOAP: 8}, by=town.keeper)
    request = await stocktaking.ask(town.book, count, {SOAP: "stolen"}, by=town.keeper, key="c1")
    with pytest.raises(StockNeedsOther):
        await stock_requests.require_second(town.book, town.shop, request, by=town.counter)
    key = await stocktaking.begin(town.book, town.shop, by=town.keeper, key="c2")
    plain = await stock_counts.find(town.book, key)
    plain = await stocktaking.enter(town.book, plain, {SOAP: 8}, by=town.keeper)
    request = await stocktaking.ask(town.book, plain, {SOAP: "stolen"}, by=town.keeper, key="c2")
    await stock_requests.require_second(town.book, town.shop, request, by=town.counter)


async def test_only_a_shift_with_differences_leads_to_a_count(there: Stocked) -> None:
    """Not one that is still open or agreed, not one of another shop, and not for who does not keep the stock."""
    town = there.town
    agreed = await handed_over(there, 10, 10)
    standing = await hand_overs.find(
        town.book, (await shifts.begin(town.book, town.shop, by=town.counter)).id
    )
    for shift in (agreed, standing):
        with pytest.raises(NothingDiffered):
            await begun(there, shift)
    assert await shift_sheets.uncounted(town.book, town.shop) == []
    with pytest.raises(UnknownShift):
        await stocktaking.begin(town.book, there.other, by=town.keeper, key="c1", shift=agreed)
    with pytest.raises(NotAllowed):
        await stocktaking.begin(town.book, town.shop, by=town.counter, key="c1", shift=agreed)
    assert town.shop.area == COMMUNITY


async def test_a_list_of_counts_costs_the_same_however_many_there_are(there: Stocked) -> None:
    """A constant number of statements, of a shop and of its shifts."""
    town, shift = there.town, await handed_over(there)
    costs = []
    for key in ("c1", "c2", "c3"):
        await begun(there, shift, key)
        async with statements_during(town.book) as seen:
            await stock_counts.of_shop(town.book, town.shop)
            await stock_counts.of_shifts(town.book, [shift.id])
            await shift_sheets.uncounted(town.book, town.shop)
        costs.append(len(seen))
    assert len(set(costs)) == 1
    with pytest.raises(UnknownCount):
        await stock_counts.find(town.book, "nothing")

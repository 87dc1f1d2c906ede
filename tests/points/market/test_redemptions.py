"""What was handed over: a shop's day, one receipt, the first answer again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger import encoding
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.market import baskets, counter, redemptions
from points.market.redemptions import Redeemed
from points.people.models import Person
from tests import books
from tests.points.market.conftest import NEXT_YEAR, ON, Town, enrol
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio


async def redeem(town: Town, wanted: dict[int, int], key: str, member: str = "", days: int = 0) -> Redeemed:
    """张强 hands over to 王秀兰, unless the test says otherwise."""
    return await counter.redeem(
        town.book,
        town.shop,
        member or town.wang,
        baskets.of(wanted),
        by=town.counter,
        key=key,
        on=ON + timedelta(days=days),
        found_by="manual",
    )


async def test_a_shops_day_lists_what_it_handed_over_with_masked_names(town: Town) -> None:
    """In the order it happened, and nothing of another day."""
    await town.stock(香皂=9, 洗衣液=9)
    await town.give(town.wang, 100)
    await town.give(town.zhao, 100)
    done = [
        await redeem(town, {7: 1, 1: 2}, "a"),
        await redeem(town, {1: 1}, "b", town.zhao),
        await redeem(town, {1: 1}, "c", days=1),
    ]
    seen = await redemptions.of_day(town.book, town.shop, ON)
    assert [entry.position for entry in seen] == [done[1].receipt.position, done[0].receipt.position]
    assert [(entry.name, entry.points, entry.found_by, entry.served_by) for entry in seen] == [
        ("赵*", 3, "manual", town.counter),
        ("王*兰", 21, "manual", town.counter),
    ]
    assert [(line.name, line.quantity, line.price) for line in seen.rows[1].lines] == [
        ("香皂", 2, 3),
        ("洗衣液", 1, 15),
    ]
    assert not any(entry.corrected for entry in seen)


async def test_one_redemption_is_found_by_reference_and_by_receipt_number(town: Town) -> None:
    """Another transaction's number is no redemption."""
    await town.stock(香皂=1)
    await town.give(town.wang, 3)
    done = await redeem(town, {1: 1}, "a")
    entry = await redemptions.find(town.book, done.receipt.reference)
    assert entry is not None
    assert (entry.position, entry.redeemed_on, entry.shop) == (done.receipt.position, ON, 1)
    assert await redemptions.numbered(town.book, done.receipt.position) == entry
    assert await redemptions.numbered(town.book, 1) is None
    assert await redemptions.numbered(town.book, 10**6) is None
    assert await redemptions.find(town.book, "redeem/1/none") is None


async def test_before_and_after_are_those_of_the_moment(town: Town) -> None:
    """Whatever is earned and spent later, each receipt still adds up."""
    await town.stock(香皂=9)
    await town.give(town.wang, 10)
    first = await redeem(town, {1: 1}, "a")
    await town.give(town.wang, 50, NEXT_YEAR - timedelta(days=1))
    second = await redeem(town, {1: 2}, "b")
    again = await redemptions.answer(town.book, first.receipt)
    assert (again.before, again.points, again.after) == (10, 3, 7)
    assert (second.before, second.points, second.after) == (57, 6, 51)


async def test_two_people_whose_masked_names_agree_can_be_told_apart(town: Town) -> None:
    """王秀兰 and 王玉兰 on one day: each has the tail of their number; alone, neither has."""
    await town.stock(香皂=9)
    other = await enrol(town.book, "王玉兰")
    for member in (town.wang, other):
        await town.give(member, 9)
    await redeem(town, {1: 1}, "a")
    await redeem(town, {1: 1}, "b", other)
    await redeem(town, {1: 1}, "c", other, days=1)
    today = [entry.name for entry in await redemptions.of_day(town.book, town.shop, ON)]
    tomorrow = [
        entry.name for entry in await redemptions.of_day(town.book, town.shop, ON + timedelta(days=1))
    ]
    assert today == [f"王*兰（{other[-3:]}）", f"王*兰（{town.wang[-3:]}）"]
    assert tomorrow == ["王*兰"]


async def test_somebody_who_was_forgotten_has_no_name_on_the_list(town: Town) -> None:
    """The redemption stays, the name is gone."""
    await town.stock(香皂=1)
    await town.give(town.wang, 3)
    await redeem(town, {1: 1}, "a")
    async with town.book.write() as db:
        await Person.filter(member=town.wang).using_db(db).delete()
    (entry,) = await redemptions.of_day(town.book, town.shop, ON)
    assert (entry.name, entry.member) == ("", town.wang)


async def test_a_corrected_redemption_says_so(town: Town) -> None:
    """The line stays, and is marked."""
    await town.stock(香皂=1)
    await town.give(town.wang, 3)
    done = await redeem(town, {1: 1}, "a")
    evidence, rows = snapshots.take("correction", "1", {"reason": "拿错"}, at=town.book.now())
    back = (
        Posting(chart.HANDED_OUT, chart.stock(1), 1, chart.item(1)),
        Posting(chart.taken(1), chart.until(town.wang, NEXT_YEAR), 3, chart.POINTS),
    )
    await town.book.journal.post(
        Draft(
            reference=f"reverse/{done.receipt.reference}",
            kind="correction",
            evidence=evidence,
            effective_on=ON,
            request=encoding.digest("拿错"),
            postings=back,
            reverses=done.receipt.reference,
            rows=rows,
        )
    )
    (entry,) = await redemptions.of_day(town.book, town.shop, ON)
    assert entry.corrected


async def test_a_day_takes_the_same_number_of_statements_however_busy_it_was(town: Town) -> None:
    """One redemption or thirty."""
    await town.stock(香皂=99, 洗衣液=99)
    await town.give(town.wang, 900)
    await redeem(town, {1: 1}, "a")
    async with statements_during(town.book) as few:
        await redemptions.of_day(town.book, town.shop, ON)
    for n in range(30):
        await redeem(town, {1: 1, 7: 1}, f"b{n}")
    async with statements_during(town.book) as many:
        assert len(await redemptions.of_day(town.book, town.shop, ON)) == 31
    assert len(many) == len(few) <= 7


async def test_the_latest_and_the_sum_of_a_day(town: Town) -> None:
    """The latest first and no more than asked for; all are counted, and of another day none."""
    await town.stock(香皂=9)
    await town.give(town.wang, 100)
    done = [await redeem(town, {1: each}, f"k{each}") for each in (1, 2, 3)]
    await redeem(town, {1: 1}, "next-day", days=1)
    latest = await redemptions.of_day(town.book, town.shop, ON, limit=2)
    assert [entry.position for entry in latest] == [each.receipt.position for each in (done[2], done[1])]
    assert await redemptions.sum_of_day(town.book, town.shop, ON) == (3, 18)
    assert await redemptions.sum_of_day(town.book, town.shop, ON - timedelta(days=1)) == (0, 0)


async def test_a_day_is_found_without_reading_the_others(town: Town) -> None:
    """The index of a shop's day is used for both, so that they cost what the day costs, however long the book."""
    if books.engine == "postgres":
        return  # which reads a table as small as this one whole, whatever indexes it has
    latest = (
        "SELECT * FROM market_redemption WHERE shop = 1 AND redeemed_on = '2019-01-05' "
        "ORDER BY redeemed_at DESC, reference DESC LIMIT 8"
    )
    summed = redemptions._SUM_OF_DAY.replace("?", "1", 1).replace("?", "'2019-01-05'")
    for wanted in (latest, summed):
        plan = await town.book.reader.execute_query_dict(f"EXPLAIN QUERY PLAN {wanted}")
        assert any("market_redemption_by_day" in row["detail"] for row in plan), plan

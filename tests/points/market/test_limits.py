"""Limits: so many of an item in a period and no more, however many tills ask at once; and who may have it at all."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from ledger import statements
from ledger.errors import BelowFloor
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.keys import new_key
from points.market import baskets, counter, limits, terms
from points.market.errors import LimitReached, NotForThem
from points.market.redemptions import Line, Redeemed
from points.market.terms import Audience, Limit
from points.people import households, members
from tests import meanwhile
from tests.points.market.conftest import COMMUNITY, ELSEWHERE, ON, Town, enrol
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio

SOAP, LAUNDRY = 1, 7
LATER = date(2019, 1, 6)
"""A limit begins on the day after it is set."""
ITEM = 7


async def limited(town: Town, most: int = 2, of: str = "member", per: str = "month") -> None:
    """Let the laundry liquid be limited from LATER on, with goods and points for all that is asked here."""
    item = await town.item("洗衣液")
    await terms.set_limit(town.book, item, of=of, per=per, most=most, by=town.keeper, on=ON, key=new_key())
    await town.stock(洗衣液=50)
    await town.give(town.wang, 600)


async def take(town: Town, n: int, on: date = LATER, *, member: str = "", key: str = "") -> Redeemed:
    """Hand n of the laundry liquid over."""
    return await counter.redeem(
        town.book,
        town.shop,
        member or town.wang,
        baskets.of({LAUNDRY: n}),
        by=town.counter,
        key=key or new_key(),
        on=on,
        found_by="card",
    )


async def used(town: Town, address: str) -> int:
    """What is used up of a limit."""
    return -await statements.balance(town.book.reader, address, chart.CAP)


async def test_no_more_than_the_limit_in_one_month_and_as_much_again_in_the_next(town: Town) -> None:
    """Two a month are two, the third is refused with what is left and when there is more; February begins anew."""
    await limited(town)
    await take(town, 2)
    with pytest.raises(LimitReached) as refusal:
        await take(town, 1, date(2019, 1, 31))
    assert refusal.value.facts == {
        "item": "洗衣液", "per": "每月", "of": "人", "most": 2, "left": 0, "again": "2019-02-01",
    }  # fmt: skip
    await take(town, 2, date(2019, 2, 1))
    assert await used(town, chart.cap(town.wang, "item-7", 2, "2019-01")) == 2


async def test_before_it_begins_a_limit_holds_nobody(town: Town) -> None:
    """On the day it was set any number may be had, and that is not counted."""
    await limited(town, most=1)
    await take(town, 3, ON)
    await take(town, 1)


async def test_twenty_tills_at_once_give_out_no_more_than_the_limit(town: Town) -> None:
    """The ledger holds the limit, not the look before: exactly two of twenty succeed, and all others say why."""
    await limited(town)
    done = await asyncio.gather(*(take(town, 1) for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(each, Redeemed) for each in done) == 2
    assert {type(each) for each in done if not isinstance(each, Redeemed)} == {LimitReached}
    assert await used(town, chart.cap(town.wang, "item-7", 2, "2019-01")) == 2


async def test_what_another_till_took_meanwhile_is_refused_in_the_same_words(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the entry the limit is used up elsewhere: the answer is the same, nothing is moved."""
    await limited(town)
    meanwhile.after(monkeypatch, limits, "require", lambda: take(town, 2))
    before = await statements.balance(town.book.reader, chart.stock(town.shop.number), "item:7")
    with pytest.raises(LimitReached) as refusal:
        await take(town, 1)
    assert (refusal.value.facts["left"], refusal.value.facts["again"]) == (0, "2019-02-01")
    left = await statements.balance(town.book.reader, chart.stock(town.shop.number), "item:7")
    assert before - left == 2


async def test_the_same_key_again_is_answered_though_the_limit_is_used_up(town: Town) -> None:
    """Pressing twice is pressing once: the first answer, and not a refusal."""
    await limited(town)
    first = await take(town, 2, key="k")
    again = await take(town, 2, key="k")
    assert again.repeated
    assert again.receipt.position == first.receipt.position


async def test_an_undone_redemption_gives_the_limit_back(town: Town) -> None:
    """The exact negative of the entry gives back what it used up."""
    await limited(town)
    done = await take(town, 2)
    await _undo(town, done)
    await take(town, 2)


async def test_a_household_has_its_limit_together(town: Town) -> None:
    """Whoever of the household comes: two in all; who lives in none has two of their own."""
    await limited(town, of="household")
    for member in (town.wang, town.zhao):
        await households.join(town.book, "H-000001", member, on=ON)
    li = await enrol(town.book, "李雷")
    await town.give(town.zhao, 100)
    await town.give(li, 100)
    await take(town, 1)
    await take(town, 1, member=town.zhao)
    with pytest.raises(LimitReached) as refusal:
        await take(town, 1)
    assert refusal.value.facts["of"] == "户"
    await take(town, 2, member=li)
    with pytest.raises(LimitReached):
        await take(town, 1, member=li)


async def test_what_is_left_is_told_for_each_limit(town: Town) -> None:
    """One of two was had: one is left this month."""
    await limited(town)
    await take(town, 1)
    every = (await terms.on_day(town.book, LATER))[ITEM].limits
    left = await limits.standing(town.book, town.wang, every, LATER)
    assert [(each.limit, each.left) for each in left] == [(Limit(7, "member", "month", 2), 1)]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (Audience(kinds=("resident",)), "只给定好的几类成员换"),
        (Audience(areas=(ELSEWHERE,)), "只给定好的社区的成员换"),
        (Audience(least=60), "要看年龄，您的出生年份还没有登记"),
    ],
)
async def test_who_is_left_out_is_told_why(town: Town, who: Audience, why: str) -> None:
    """Of another kind, from another community, of an age nobody knows: refused, and nothing is taken."""
    await town.stock(洗衣液=1)
    await town.give(town.wang, 15)
    await terms.set_audience(town.book, await town.item("洗衣液"), who, by=town.keeper, on=LATER, key="a")
    with pytest.raises(NotForThem) as refusal:
        await take(town, 1)
    assert refusal.value.facts == {"item": "洗衣液", "why": why}


@pytest.mark.parametrize(("born", "may"), [(1958, True), (1959, False), (1930, False)])
async def test_ages_are_counted_on_the_day(town: Town, born: int, may: bool) -> None:
    """From 60 to 80, both included: 60 on the last day of the year of birth counts, where no birthday is known."""
    who = Audience(kinds=("volunteer",), areas=(COMMUNITY,), least=60, oldest=80)
    await terms.set_audience(town.book, await town.item("洗衣液"), who, by=town.keeper, on=ON, key="a")
    old = await members.enrol(
        town.book, name="何伟", kind="volunteer", area=COMMUNITY, by="system", on=ON, key=new_key(),
        details=members.Details(born_year=born),
    )  # fmt: skip
    found = await terms.on_day(town.book, date(2018, 12, 31), [ITEM])
    assert found == {}, "it is said from that day on, and not before"
    found = await terms.on_day(town.book, date(2019, 12, 31), [ITEM])
    assert (not await limits.not_for(town.book, old.number, found, date(2018, 12, 31))) is may


def test_a_refusal_that_is_no_limit_of_an_item_is_not_read_as_one() -> None:
    """A shelf, a purse and the cap of a rule are others' to explain."""
    for address in ("shop/1/stock", "member/V-1/until/2019-12-31", "member/V-1/cap/report-day:10/2019-01-05"):
        refusal = BelowFloor(address=address, unit="cap", available=0, amount=1)
        assert limits.refused(refusal, {7: "洗衣液"}, ON) is None


@pytest.mark.parametrize(
    ("per", "again"),
    [("day", "2019-01-06"), ("week", "2019-01-07"), ("month", "2019-02-01"), ("year", "2020-01-01")],
)
def test_a_refused_draft_says_the_limit_and_when_there_is_more(per: str, again: str) -> None:
    """Read from the account alone: of whom, how many, which period."""
    limit = Limit(7, "household", per, 3)
    for home in (None, "H-000001"):
        address = limits.account(limit, "V-000001", home, ON)
        refusal = BelowFloor(address=address, unit="cap", available=1, amount=2)
        said = limits.refused(refusal, {7: "洗衣液"}, ON)
        assert said is not None
        assert (said.facts["of"], said.facts["most"], said.facts["left"], said.facts["again"]) == (
            "户", 3, 1, again,
        )  # fmt: skip


async def test_an_item_without_terms_costs_one_statement(town: Town) -> None:
    """Most items have none: the counter is no slower for those that do."""
    async with statements_during(town.book) as seen:
        await limits.require(town.book, town.wang, [Line(SOAP, "肥皂", 1, 3)], ON)
    assert len(seen) == 1


async def _undo(town: Town, done: Redeemed) -> None:
    """Post the exact negative of a redemption."""
    sql = """SELECT s.address AS source, t.address AS target, p.amount, p.unit FROM ledger_posting AS p
        JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
        WHERE p.id >= ? AND p.id < ? ORDER BY p.id"""
    first = done.receipt.position * 256
    rows = await town.book.reader.execute_query_dict(sql, [first, first + 256])
    evidence, texts = snapshots.take("undo", "1", {"why": "test"}, at=town.book.now())
    postings = tuple(Posting(row["target"], row["source"], row["amount"], row["unit"]) for row in rows)
    await town.book.journal.post(
        Draft(
            reference=f"reverse/{done.receipt.reference}",
            kind="reversal",
            evidence=evidence,
            effective_on=LATER,
            request=evidence.digest,
            postings=postings,
            reverses=done.receipt.reference,
            rows=tuple(texts),
        )
    )

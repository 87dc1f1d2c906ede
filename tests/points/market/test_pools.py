"""A household's pool: who agrees pays together, in the order that was shown, and nobody else ever does."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.exceptions import IntegrityError

from ledger import statements
from ledger.transactions import Draft
from points import chart, statement
from points.keys import new_key
from points.market import baskets, counter, items, pools, redemptions
from points.market.errors import MarketError, NotEnough, PartsChanged
from points.market.models import RedemptionPart
from points.market.pools import Drawn, Parts, Pool
from points.market.redemptions import Redeemed
from points.people import absorbed, household_changes, households, pooling
from points.people.records import MemberErasure, MemberMerge
from tests.points.market.conftest import NEXT_YEAR, ON, THIS_YEAR, Town, enrol
from web.text import things

pytestmark = pytest.mark.anyio
HOME = "H-000001"
SOAP = 3
DAYS = st.dates(date(2019, 1, 1), date(2030, 1, 1))
PURSE = st.lists(
    st.builds(Drawn, st.sampled_from(["member/V-1", "member/V-2"]), DAYS, st.integers(0, 1000)),
    max_size=12,
    unique_by=lambda one: (one.owner, one.day),
)


async def live_together(town: Town, *others: str) -> list[str]:
    """王秀兰 and others in one household, who all agree."""
    members = [town.wang, *others]
    for member in members:
        await households.join(town.book, HOME, member, on=ON)
        await pooling.agree(town.book, member, by=member, key=new_key())
    return members


async def shown(town: Town, cost: int, *, member: str = "", on: date = ON) -> Parts:
    """What the counter shows of who gives what."""
    pool = await pools.of(town.book, member or town.wang, on)
    assert pool is not None
    return pool.parts(pool.draw(cost))


async def redeem(town: Town, *entries: str, parts: Parts, key: str = "", on: date = ON) -> Redeemed:
    """张强 hands over to 王秀兰, whose household pays."""
    return await counter.redeem(
        town.book, town.shop, town.wang, baskets.parse(entries, await items.all_items(town.book)),
        by=town.counter, key=key or new_key(), on=on, found_by="card", together=parts,
    )  # fmt: skip


async def left(town: Town, owner: str) -> int:
    """What stands in all spendable accounts of an owner."""
    return sum(one.balance for one in await statements.balances(town.book.reader, f"{owner}/until/"))


async def test_what_a_household_earned_is_spent_by_the_one_it_became_part_of(town: Town) -> None:
    """Over two merges; once one is undone it is not theirs, and no till can pretend that it is."""
    await town.stock(洗衣液=5)
    wang, zhao = await live_together(town, town.zhao)
    await give_home(town, 30)
    said = {"by": town.counter}
    first = await household_changes.join(town.book, await enrol(town.book, "周八"), None, key="1", **said)
    await household_changes.merge(town.book, HOME, into=first, key="2", **said)
    second = await household_changes.join(town.book, await enrol(town.book, "孙七"), None, key="3", **said)
    await household_changes.merge(town.book, first, into=second, key="4", **said)
    for member in await households.members_of(town.book, second):
        await pooling.agree(town.book, member, by=member, key=new_key())
    assert (await pools.summary(town.book, second, ON)).spendable == 30
    parts = await shown(town, 15)
    assert parts == ((f"member/{wang}", 0), (f"household/{HOME}", 15))
    await redeem(town, "洗衣液", parts=parts)
    assert await left(town, f"household/{HOME}") == 15
    await undo_merges(town, second)
    assert await absorbed.by(town.book, second) == []
    assert await absorbed.by(town.book, first) == [HOME]
    await undo_merges(town, first)
    assert await absorbed.by(town.book, first) == []
    with pytest.raises(IntegrityError, match="agrees"):
        async with town.book.write() as db:
            await RedemptionPart.create(
                using_db=db, id="x#1", redemption="x", household=first, owner=f"household/{HOME}", points=1
            )
    assert zhao in await households.members_of(town.book, HOME)


async def undo_merges(town: Town, household: str) -> None:
    """Take back the merges into a household that stand."""
    for past in await household_changes.history(town.book, household):
        if past.change.what == "merged" and not past.undone and past.lines[0].after == household:
            await household_changes.undo(town.book, past.change.id, by=town.counter, key=new_key())


async def give_home(town: Town, points: int, until: date = NEXT_YEAR) -> None:
    """Let the household itself have points."""
    await town.put((chart.account(chart.household(HOME), f"until/{until}"), points))


@given(PURSE, st.integers(0, 20_000))
def test_what_is_drawn_is_what_was_asked_or_all_there_is(held: list[Drawn], amount: int) -> None:
    """In the order in which they stand, each part positive and no more than its account holds."""
    drawn = Pool("H-1", "V-1", tuple(held)).draw(amount)
    assert sum(each.points for each in drawn) == min(amount, sum(each.points for each in held))
    there = {(each.owner, each.day): each.points for each in held}
    assert all(0 < each.points <= there[each.owner, each.day] for each in drawn)
    order = [(each.owner, each.day) for each in held]
    places = [order.index((each.owner, each.day)) for each in drawn]
    assert places == sorted(places)


async def test_ones_own_points_go_first_then_the_homes_then_the_others_by_their_day(town: Town) -> None:
    """15 of 19: all 5 of her own, the 4 of the household, and of the others the 6 that end first, whosever they are."""
    await town.stock(洗衣液=1)
    _, zhao, li = await live_together(town, town.zhao, await enrol(town.book, "李建国"))
    await town.give(town.wang, 3, NEXT_YEAR)
    await town.give(town.wang, 2, THIS_YEAR)
    await town.give(zhao, 6, NEXT_YEAR)
    await town.give(li, 4, THIS_YEAR)
    await give_home(town, 4)
    parts = await shown(town, 15)
    assert parts == (
        (f"member/{town.wang}", 5),
        (f"household/{HOME}", 4),
        (f"member/{li}", 4),
        (f"member/{zhao}", 2),
    )
    done = await redeem(town, "洗衣液", parts=parts)
    assert (done.points, done.before, done.after, done.parts[0]) == (15, 5, 0, parts[0])
    assert sorted(done.parts) == sorted(parts)
    balances = [await left(town, owner) for owner, _ in parts]
    assert balances == [0, 0, 0, 4]
    assert await statements.balance(town.book.reader, chart.taken(town.shop.number)) == 15


async def test_each_ones_part_stands_in_their_own_statement(town: Town) -> None:
    """Both read that it was taken together, and the part that was theirs; the statements add up."""
    await town.stock(洗衣液=1)
    _, zhao = await live_together(town, town.zhao)
    await town.give(town.wang, 5)
    await town.give(zhao, 20)
    await redeem(town, "洗衣液", parts=await shown(town, 15))
    for member, part, closing in ((town.wang, 5, 0), (zhao, 10, 10)):
        told = await statement.between(town.book, member, ON, ON)
        assert [
            (line.amount, things(line.taken), line.together) for line in told.lines if line.amount < 0
        ] == [(-part, "洗衣液", True)]
        assert told.closing == closing


async def test_the_same_key_answers_as_it_did_though_somebody_took_it_back(town: Town) -> None:
    """What was asked under the key is done; another split under it is refused."""
    await town.stock(洗衣液=2)
    _, zhao = await live_together(town, town.zhao)
    await town.give(zhao, 20)
    parts = await shown(town, 15)
    first = await redeem(town, "洗衣液", parts=parts, key="k1")
    await pooling.take_back(town.book, zhao, by=zhao, key="b1")
    again = await redeem(town, "洗衣液", parts=parts, key="k1")
    assert (again.repeated, again.receipt.position, again.parts) == (True, first.receipt.position, parts)
    assert (again.before, again.after) == (0, 0)


async def test_what_was_not_shown_is_not_done(town: Town) -> None:
    """A purse moved between the page and the press: nobody pays another part than the one they saw."""
    await town.stock(洗衣液=1)
    _, zhao = await live_together(town, town.zhao)
    await town.give(zhao, 20)
    parts = await shown(town, 15)
    await town.give(town.wang, 1)
    with pytest.raises(PartsChanged):
        await redeem(town, "洗衣液", parts=parts)
    with pytest.raises(NotEnough, match="还差 9 分"):
        await redeem(town, "洗衣液x2", parts=await shown(town, 30))
    assert (await left(town, f"member/{zhao}"), await left(town, f"member/{town.wang}")) == (20, 1)


async def _leaves(town: Town, member: str) -> None:
    await households.join(town.book, "H-000002", member, on=ON)


async def _takes_back(town: Town, member: str) -> None:
    await pooling.take_back(town.book, member, by=member, key=new_key())


async def _is_erased(town: Town, member: str) -> None:
    row = {"erased_on": ON.isoformat(), "asked_by": "S-0001", "approved_by": "S-0002", "reason": "asked"}
    async with town.book.write() as db:
        await MemberErasure.create(using_db=db, member=member, reference=f"erasure/{member}", **row)


async def _is_merged(town: Town, member: str) -> None:
    row = {"merged_on": ON.isoformat(), "merged_by": "S-0001", "reference": "merge/x/1"}
    async with town.book.write() as db:
        await MemberMerge.create(using_db=db, id=new_key(), kept="V-000099", gone=member, **row)


ENDS: dict[str, Callable[[Town, str], Awaitable[None]]] = {
    "moves": _leaves,
    "takes it back": _takes_back,
    "is erased": _is_erased,
    "is merged": _is_merged,
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("after", ["the page", "the plan"])
async def test_nobody_pays_who_does_not_agree_any_more(
    town: Town, end: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it ended while the page was looked at, or in the moment between the plan and the entry."""
    await town.stock(洗衣液=1)
    _, zhao = await live_together(town, town.zhao)
    await town.give(zhao, 20)
    parts = await shown(town, 15)
    if after == "the page":
        await ENDS[end](town, zhao)
    else:
        real = counter._draft

        def late(*given: object) -> Draft:
            monkeypatch.setattr(counter, "_draft", real)
            pending.append(real(*given))  # type: ignore[arg-type]
            raise _Meanwhile

        pending: list[Draft] = []
        monkeypatch.setattr(counter, "_draft", late)
        with pytest.raises(_Meanwhile):
            await redeem(town, "洗衣液", parts=parts)
        await ENDS[end](town, zhao)
        monkeypatch.setattr(counter, "_draft", lambda *given: pending.pop() if pending else real(*given))
    with pytest.raises(MarketError):
        await redeem(town, "洗衣液", parts=parts)
    assert await left(town, f"member/{zhao}") == 20
    assert await RedemptionPart.all().using_db(town.book.reader).count() == 0


class _Meanwhile(Exception):
    """The plan stands, and is not posted yet."""


async def test_who_does_not_agree_cannot_use_what_the_others_share(town: Town) -> None:
    """Sharing is both ways; and a household's own points wait until everybody who lives there agrees."""
    _, zhao = await live_together(town, town.zhao)
    li = await enrol(town.book, "李建国")
    await households.join(town.book, HOME, li, on=ON)
    await town.give(zhao, 20)
    await give_home(town, 7)
    assert await pools.of(town.book, li, ON) is None
    pool = await pools.of(town.book, town.wang, ON)
    assert pool is not None
    assert (pool.own, pool.others) == (0, 20)
    await pooling.agree(town.book, li, by=li, key="a9")
    assert await pools.spendable(town.book, town.wang, ON) == 27


async def test_a_forged_part_of_somebody_elses_is_refused_by_the_book(town: Town) -> None:
    """Even a verb that forgot to ask could not write that a neighbour paid."""
    await town.stock(洗衣液=1)
    stranger = await enrol(town.book, "李建国")
    await live_together(town)
    await town.give(stranger, 20)
    with pytest.raises(MarketError):
        await redeem(town, "洗衣液", parts=((f"member/{town.wang}", 0), (f"member/{stranger}", 15)))
    assert await left(town, f"member/{stranger}") == 20


async def test_two_of_one_household_at_two_counters_spend_a_point_once(town: Town) -> None:
    """Both saw the same 15; one has the goods, the other is told that it changed or is not enough."""
    await town.stock(洗衣液=9)
    _, zhao = await live_together(town, town.zhao)
    await town.give(zhao, 15)
    parts = await shown(town, 15)
    answers = await asyncio.gather(
        *(redeem(town, "洗衣液", parts=parts) for _ in range(6)), return_exceptions=True
    )
    assert Counter(type(answer) for answer in answers) == {Redeemed: 1, NotEnough: 5}
    assert await left(town, f"member/{zhao}") == 0


async def test_the_receipts_of_a_day_know_who_gave_what(town: Town) -> None:
    """The parts of a redemption sum to its price, whoever asks later."""
    await town.stock(洗衣液=2)
    _, zhao = await live_together(town, town.zhao)
    await town.give(town.wang, 1)
    await town.give(zhao, 40)
    done = await redeem(town, "洗衣液x2", parts=await shown(town, 30))
    told = await redemptions.parts_of(town.book, [done.receipt.reference, "redeem/1/nothing"])
    assert told == {done.receipt.reference: ((f"member/{town.wang}", 1), (f"member/{zhao}", 29))}


@pytest.mark.parametrize("seed", range(3))
async def test_any_life_of_a_household_neither_makes_nor_loses_a_point(town: Town, seed: int) -> None:
    """Gifts, consents given and taken back, and spending together in any order, against a model of single points that
    shares no code with us."""
    chance = random.Random(seed)
    await town.stock(香皂=99)
    members = await live_together(town, town.zhao, await enrol(town.book, "李建国"))
    agree, model = set(members), list[tuple[str, date]]()
    for _ in range(18):
        one, step = chance.choice(members), chance.random()
        if step < 0.4:
            until, points = ON + timedelta(days=chance.randint(0, 90)), chance.randint(1, 7)
            await town.give(one, points, until)
            model += [(one, until)] * points
        elif step < 0.55:
            verb = pooling.take_back if one in agree else pooling.agree
            agree ^= {one}
            await verb(town.book, one, by=one, key=new_key())
        else:
            cost = chance.randint(1, 4) * SOAP
            if town.wang not in agree:
                assert await pools.of(town.book, town.wang, ON) is None
                continue
            order = sorted(
                (each for each in model if each[0] in agree), key=lambda p: (p[0] != town.wang, p[1], p[0])
            )
            parts = await shown(town, cost)
            if len(order) < cost:
                with pytest.raises(NotEnough):
                    await redeem(town, f"香皂x{cost // SOAP}", parts=parts)
                continue
            await redeem(town, f"香皂x{cost // SOAP}", parts=parts)
            for spent in order[:cost]:
                model.remove(spent)
            wanted = Counter(owner for owner, _ in order[:cost])
            assert {owner: points for owner, points in parts if points} == {
                f"member/{owner}": points for owner, points in wanted.items()
            }
        for member in members:
            assert await left(town, f"member/{member}") == sum(owner == member for owner, _ in model)


async def test_a_household_change_is_no_way_around(town: Town) -> None:
    """Somebody moved into the household by a clerk shares nothing until they agree."""
    await live_together(town)
    await town.give(town.zhao, 20)
    await household_changes.join(town.book, town.zhao, HOME, by=town.counter, key="h1")
    assert await pools.spendable(town.book, town.wang, ON) == 0

"""A gift is taken back on its day while it is unspent, and is then as if it had not been, with both lines to read."""

from __future__ import annotations

import asyncio

import pytest

from ledger.errors import Refusal
from points import statement
from points.keys import new_key
from points.market import baskets, counter
from points.market.giving import care, gifts, taking_back
from points.market.giving.errors import GiftSpent, GiftTooOld, NotTheirGift, UnknownGift
from points.market.giving.records import Gift
from points.people import roles
from tests.points.market.conftest import COMMUNITY, ON, enrol
from tests.points.market.giving.conftest import Home

pytestmark = pytest.mark.anyio


async def test_each_day_gets_back_what_it_gave(home: Home) -> None:
    """The purse, the month's allowance, the care fund; a second press changes nothing."""
    before = await home.points(f"member/{home.town.wang}/")
    for to in (home.town.zhao, ""):
        done = await home.gift(40, to)
        first = await taking_back.take_back(home.book, done.gift.id, by=home.town.wang)
        again = await taking_back.take_back(home.book, done.gift.id, by=home.town.wang)
        assert (first.repeated, again.repeated, again.position) == (False, True, first.position)
    assert await home.points(f"member/{home.town.wang}/") == before
    assert await home.points(f"member/{home.town.zhao}/") == await home.points(f"care/{COMMUNITY}/") == {}
    assert (await gifts.allowance(home.book, home.town.wang, home.book.today())).left == 100


async def test_what_was_spent_is_not_taken_back(home: Home) -> None:
    """赵敏 took soap for it."""
    await home.town.stock(香皂=20)
    done = await home.gift(40)
    today = home.book.today()
    await counter.redeem(
        home.book, home.town.shop, home.town.zhao, baskets.of({1: 1}),
        by=home.town.counter, key=new_key(), on=today, found_by="card",
    )  # fmt: skip
    with pytest.raises(GiftSpent):
        await taking_back.take_back(home.book, done.gift.id, by=home.town.wang)


async def test_at_once_it_is_taken_back_once(home: Home) -> None:
    """Five presses are one entry."""
    done = await home.gift(10)
    presses = [taking_back.take_back(home.book, done.gift.id, by=home.town.wang) for _ in range(5)]
    assert len({receipt.position for receipt in await asyncio.gather(*presses)}) == 1


async def test_only_the_giver_or_the_counter_takes_it_back_and_only_on_its_day(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither who received it, nor a counter elsewhere, nor a key that is none."""
    done = await home.gift(10)
    elsewhere = await enrol(home.book, "钱进", "staff")
    await roles.grant(
        home.book, member=elsewhere, role="counter", area="440310001003", by=home.town.admin, on=ON
    )
    for by in (home.town.zhao, elsewhere):
        with pytest.raises(NotTheirGift):
            await taking_back.take_back(home.book, done.gift.id, by=by)
    for key in ("x", "y" * 99):
        with pytest.raises(UnknownGift):
            await taking_back.take_back(home.book, key, by=home.town.wang)
    other = await home.gift(1)
    await taking_back.take_back(home.book, other.gift.id, by=home.town.counter)
    old = Gift(
        **{name: getattr(done.gift, name) for name in Gift._meta.db_fields} | {"given_on": "2020-01-01"}
    )
    with pytest.raises(GiftTooOld):
        await taking_back.require(home.book, old, by=home.town.wang)


async def test_both_lines_stand_in_both_statements(home: Home) -> None:
    """Each reads who it was to or from, and both add up."""
    wang, zhao, today = home.town.wang, home.town.zhao, home.book.today()
    done = await home.gift(10)
    await home.gift(3, "")
    await taking_back.take_back(home.book, done.gift.id, by=wang)
    mine, theirs = [await statement.between(home.book, who, today, today) for who in (wang, zhao)]
    lines = [(each.kind, each.amount, each.what) for each in mine.lines]
    assert lines == [("gift", -10, zhao), ("gift", -3, ""), ("ungift", 10, zhao)]
    assert [(each.kind, each.amount, each.what) for each in theirs.lines] == [
        ("gift", 10, wang),
        ("ungift", -10, wang),
    ]
    assert (theirs.closing, mine.closing) == (0, 127)
    assert (await care.read(home.book, COMMUNITY, today)).left == 3


async def test_the_ledger_itself_refuses_a_second_reversal(home: Home) -> None:
    """Whatever a verb would try."""
    done = await home.gift(2)
    await taking_back.take_back(home.book, done.gift.id, by=home.town.wang)
    with pytest.raises(Refusal):
        await home.book.journal.post(
            await gifts._draft(home.book, done.gift, "sha256:" + "0" * 64, {"verb": "again"})
        )

"""A restored book is tried by serving somebody once more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger import statements
from points import chart
from points.market import baskets, counter, trials
from points.market.trials import Trial
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio


async def served(town: Town, key: str = "a") -> None:
    """王秀兰 had a piece of soap."""
    await counter.redeem(
        town.book, town.shop, town.wang, baskets.of({1: 1}), by=town.counter, key=key, on=ON, found_by="card"
    )


async def test_somebody_is_served_once_more(town: Town) -> None:
    """What costs points is taken, not what is free; purse and shelf fall by what it cost, in the ledger itself."""
    await town.stock(香皂=3, 洗衣液=3)
    await town.give(town.wang, 20)
    await served(town)
    trial = await trials.redeem_once(town.book, on=ON)
    assert trial is not None
    assert (trial.member, trial.item, trial.points, trial.spendable, trial.stock) == (
        town.wang,
        "香皂",
        3,
        (17, 14),
        (2, 1),
    )
    assert trial.adds_up
    assert await statements.balance(town.book.reader, chart.stock(1), chart.item(1)) == 1


async def test_the_next_one_is_tried_when_the_first_cannot_be(town: Town) -> None:
    """An empty purse or a staff member who left does not end the trial while somebody else can be served."""
    await town.stock(香皂=5)
    await town.give(town.zhao, 9)
    await counter.redeem(
        town.book, town.shop, town.zhao, baskets.of({1: 1}), by=town.counter, key="z", on=ON, found_by="card"
    )
    await town.give(town.wang, 3)
    await served(town)
    trial = await trials.redeem_once(town.book, on=ON)
    assert trial is not None
    assert trial.member == town.zhao


async def test_nothing_is_tried_when_nobody_can_be_served(town: Town) -> None:
    """Nothing was ever redeemed; the shelf is empty; the points have expired."""
    assert await trials.redeem_once(town.book, on=ON) is None
    await town.stock(香皂=2)
    await town.give(town.wang, 20)
    await served(town)
    assert await trials.redeem_once(town.book, on=ON + timedelta(days=2000)) is None
    await served(town, "b")
    assert await trials.redeem_once(town.book, on=ON) is None


def test_a_trial_that_does_not_add_up_says_so() -> None:
    """A purse or a shelf that did not fall by what was handed over."""
    whole = Trial("V-1", "香皂", 3, 9, (17, 14), (2, 1))
    assert whole.adds_up
    assert not Trial("V-1", "香皂", 3, 9, (17, 17), (2, 1)).adds_up
    assert not Trial("V-1", "香皂", 3, 9, (17, 14), (2, 2)).adds_up

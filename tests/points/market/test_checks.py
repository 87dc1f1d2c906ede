"""The audit's look at who paid for what: silent while all agreed, and naming the purse that paid without."""

from __future__ import annotations

from typing import Any

import pytest

from ledger import encoding
from ledger.findings import Audit, Finding
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.market.checks import parts_agree
from points.market.models import Redemption
from tests.points.market.conftest import NEXT_YEAR, ON, Town
from tests.points.market.test_pools import live_together, redeem, shown

pytestmark = pytest.mark.anyio


async def findings(town: Town) -> list[Finding]:
    """What the check finds."""
    audit: Any = type("Reading", (), {"db": town.book.reader})()
    check = parts_agree(town.book)
    found: Audit = audit
    return [each async for each in check(found)]


async def test_what_was_agreed_is_no_finding(town: Town) -> None:
    """A household that paid together, and somebody who paid alone."""
    await town.stock(洗衣液=2)
    _, zhao = await live_together(town, town.zhao)
    await town.give(town.wang, 5)
    await town.give(zhao, 20)
    await redeem(town, "洗衣液", parts=await shown(town, 15))
    assert await findings(town) == []


async def test_a_purse_that_paid_without_agreeing_is_named(town: Town) -> None:
    """An entry that takes a neighbour's points, however it came about."""
    await town.give(town.zhao, 20)
    evidence, rows = snapshots.take("basket", "forged", {"points": 7}, at=town.book.now())
    row = Redemption(
        reference="redeem/1/forged", shop=1, member=town.wang, served_by=town.counter, found_by="card",
        points=7, redeemed_on=ON.isoformat(), redeemed_at=town.book.now(),
    )  # fmt: skip
    await town.book.journal.post(
        Draft(
            reference="redeem/1/forged",
            kind="redemption",
            evidence=evidence,
            effective_on=ON,
            request=encoding.digest_of({"points": 7}),
            postings=(Posting(chart.until(town.zhao, NEXT_YEAR), chart.taken(1), 7, chart.POINTS),),
            rows=(*rows, row),
        )
    )
    (found,) = await findings(town)
    assert found.facts == {"owner": f"member/{town.zhao}", "there": 7, "right": 0}

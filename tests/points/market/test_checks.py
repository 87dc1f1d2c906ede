"""The audit's look at redemptions: silent while all agrees, naming the purse that paid unasked, or what is not so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ledger import encoding
from ledger.book import Book
from ledger.findings import Audit, Check, Finding
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.market import handing_over
from points.market.checks import parts_agree, redemptions_agree
from points.market.models import Redemption, RedemptionLine
from points.market.undoing import plans
from tests.points.market.conftest import NEXT_YEAR, ON, Town
from tests.points.market.test_counter import redeem as redeem_alone
from tests.points.market.test_pools import live_together, redeem, shown
from tests.points.market.undoing.test_undone import undo

pytestmark = pytest.mark.anyio


async def findings(town: Town, of: Callable[[Book], Check] = parts_agree) -> list[Finding]:
    """What a check finds."""
    audit: Any = type("Reading", (), {"db": town.book.reader})()
    check = of(town.book)
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


async def test_what_was_written_and_what_moved_agree(town: Town) -> None:
    """Alone, together, for nothing, undone whole and in part: no finding."""
    await town.stock(洗衣液=3, 香皂=3, 小红花=1)
    _, zhao = await live_together(town, town.zhao)
    await town.give(town.wang, 40)
    await town.give(zhao, 40)
    await redeem_alone(town, "小红花", "香皂")
    done = await redeem_alone(town, "洗衣液x2")
    await undo(town, done.receipt.reference, stays=[(done.lines[0].item, 1)])
    together = await redeem(town, "洗衣液", "香皂", parts=await shown(town, 18))
    await undo(town, together.receipt.reference, "坏了")
    assert await findings(town, redemptions_agree) == []


@pytest.mark.parametrize(
    ("change", "named"), [("quantity", "item:"), ("price", "points"), ("shop", "shop/"), ("points", "points")]
)
async def test_a_row_that_says_something_else_is_found(
    town: Town, change: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that writes one more of an item, another price, another till, other points: the entry is named."""
    await town.stock(洗衣液=3)
    await town.give(town.wang, 40)
    real = handing_over._rows

    def otherwise(*given: Any) -> list[Any]:
        rows = real(*given)
        for row in rows:
            if isinstance(row, Redemption | RedemptionLine) and hasattr(row, change):
                setattr(row, change, getattr(row, change) + 1)
        return rows

    monkeypatch.setattr(handing_over, "_rows", otherwise)
    done = await redeem_alone(town, "洗衣液")
    found = await findings(town, redemptions_agree)
    assert found
    assert {each.position for each in found} == {done.receipt.position}
    assert all(each.facts["there"] != each.facts["right"] for each in found)
    assert any(str(each.facts["what"]).startswith(named) for each in found)


async def test_an_undoing_that_nobody_wrote_down_is_found(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that gives back without saying why or by whom."""
    await town.stock(洗衣液=1)
    await town.give(town.wang, 40)
    done = await redeem_alone(town, "洗衣液")
    monkeypatch.setattr(plans, "_rows", lambda *_given: [])
    with pytest.raises(KeyError):  # nobody can tell how it was undone
        await undo(town, done.receipt.reference)
    (found,) = await findings(town, redemptions_agree)
    assert (found.position, found.facts) == (done.receipt.position + 1, {"position": done.receipt.position})

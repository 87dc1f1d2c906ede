"""The audit's look at shares: silent when they stand in the ledger, and naming the one that does not."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.findings import Finding
from points import derived
from points.awards.checks import shares_agree
from points.awards.shared_records import AwardShare
from tests.points.awards.test_share_vesting import STUDIO, TEAM, V1, V2, V3, award, lay, vested
from tests.points.awards.town import Town

pytestmark = pytest.mark.anyio


async def findings(town: Town) -> list[Finding]:
    """What the check finds."""
    audit: Any = type("Reading", (), {"db": town.book.reader})()
    return [each async for each in shares_agree(town.book)(audit)]


async def test_shares_that_stand_in_the_ledger_are_no_finding(town: Town) -> None:
    """A team's, and a studio's of one pool; and the pages show what the texts add up to."""
    await lay(town)
    await award(town, (V1, "participant"), kind="meeting")
    await award(town, *((v, "mediator", None, "ordinary") for v in (V1, V2, V3)), kind="mediation")
    await vested(town)
    assert await findings(town) == []
    for owner in (TEAM, STUDIO):
        shown = await derived.shown(town.book, f"{owner}/")
        assert len(shown) > 3
        assert [one for one in shown if one.shown != one.right] == []


async def test_a_share_without_its_entry_is_named(town: Town) -> None:
    """Somebody wrote a row by hand."""
    await lay(town)
    (name,) = await award(town, (V1, "participant"), kind="meeting")
    await town.insert(AwardShare(id=f"{name}#{STUDIO}", award=name, owner=STUDIO, points=9))
    (found,) = await findings(town)
    assert found.facts == {"owner": STUDIO, "there": 0, "right": 9}

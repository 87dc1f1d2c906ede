"""The audit's check of what is frozen: silent when all is well, and naming the member or award when it is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from ledger import audit, encoding
from ledger.findings import Finding
from ledger.transactions import Draft, Evidence, Posting
from points import auditing, chart
from points.awards import vesting
from points.openness.checks import disputes_agree
from tests.points.awards.town import ON, Town
from tests.points.openness.objecting import CLOSES, V1, Listed

pytestmark = pytest.mark.anyio


async def found(town: Town) -> list[Finding]:
    """What the check finds."""
    return list((await audit.run(town.book.reader, [disputes_agree(town.book)], guards={})).findings)


async def test_a_life_of_objections_is_whole(town: Town) -> None:
    """Frozen, answered, corrected and swept: the whole audit, with this check in it, finds nothing."""
    listed = await Listed.begin(town)
    first, second = await listed.object(), await listed.object(listed.codes["V-000002"][0])
    assert await found(town) == []
    await listed.dismiss(first)
    await listed.uphold(second)
    await vesting.sweep(town.book, CLOSES)
    checks = auditing.checks(town.book, witness=None)
    assert "disputes_agree" in {check.__name__ for check in checks}
    assert (await audit.run(town.book.reader, checks, guards=town.book.guards)).findings == ()


async def test_points_frozen_without_an_objection_are_found(town: Town) -> None:
    """An entry that somebody made by hand."""
    await Listed.begin(town)
    evidence = Evidence("test", "1", encoding.digest("x"))
    moved = (Posting(chart.noticed(V1), chart.disputed(V1), 3, chart.POINTS),)
    await town.book.journal.post(Draft("test/1", "object", evidence, ON, encoding.digest("x"), moved))
    assert [(each.row, each.what) for each in await found(town)] == [
        (chart.disputed(V1), "冻结的是 3 分，异议涉及的是 0 分")
    ]


async def test_what_vested_while_frozen_is_found(town: Town) -> None:
    """In a book whose guards somebody took away."""
    if town.book.reader.capabilities.dialect == "postgres":
        pytest.skip("the guards are taken away in the file")
    listed = await Listed.begin(town)
    made = await listed.object()
    with closing(sqlite3.connect(town.book.path)) as file, file:
        file.execute("DROP TRIGGER awards_vesting_stands")
        file.execute(
            "INSERT INTO awards_vesting VALUES (?, 'n', '2020-12-31', '2018-12-08', 'r')", [made.award]
        )
    assert [(each.row, each.what) for each in await found(town)] == [
        (made.award, "异议冻结的积分已经可以用了")
    ]

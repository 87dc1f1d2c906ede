"""Two processes verify the same events at the same moment: every award once, on both engines."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import timedelta

import pytest

from points import chart
from points.awards.models import Verification
from points.events.records import SameThingTurn
from tests import books
from tests.points.awards.town import LIUHE, Town

pytestmark = pytest.mark.anyio
EVENTS = 400 if os.environ.get("JISHAN_FULL") else 24
VERIFY = """
import asyncio, json, sys
from datetime import date
from points.awards import verifications
from points.district import open_district

verifications.AT_ONCE = 10

async def main():
    async with open_district(sys.argv[1]) as book:
        print("ready", flush=True)
        sys.stdin.readline()
        out = await verifications.accept_assigned(book, source="pingshan", by="S-0003", on=date(2018, 12, 1))
    left = [str(each.reason) for each in out.refused]
    print(json.dumps([out.accepted, out.nothing, out.points, left]))

asyncio.run(main())
"""


async def test_two_processes_award_each_contribution_once(town: Town) -> None:
    """Reports, repeats, hours and a cap of ten a day; what one wrote the other finds written, and both together wrote
    all of it: points, honour, minutes and steps add up to what one alone would have written."""
    for month in ("2018-07", "2018-08", "2018-09"):
        await town.fund(100_000, month=month)
    for n in range(EVENTS):
        who = ((f"V-{n % 5:06d}", "reporter"), (f"V-{n % 7 + 10:06d}", "participant", 60))
        await town.event(*who, after=timedelta(hours=5 * n), subtype_name=f"小类{n % 3}")
    url = books.url_of(town.book)
    children = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", VERIFY, url),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for child in children:
        assert child.stdout
        assert await child.stdout.readline() == b"ready\n"
    told = [(await child.communicate(b"\n"))[0] for child in children]
    found = [json.loads(each) for each in told]
    rows = await Verification.all().using_db(town.book.reader)
    assert sum(each[0] + each[1] for each in found) == len(rows) == 2 * EVENTS
    assert [left for each in found for left in each[3] if "已经核实过" not in left] == []
    points = sum(row.points for row in rows)
    assert points == sum(each[2] for each in found) > 0
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 100_000 - sum(
        row.points for row in rows if (row.reference or "").startswith("award/2018-07")
    )
    sql = "SELECT count(*) AS n, count(DISTINCT event) AS events FROM events_step WHERE name = 'verified'"
    (steps,) = await town.rows(sql)
    assert (steps["n"], steps["events"]) == (EVENTS, EVENTS)
    assert await SameThingTurn.all().using_db(town.book.reader).count() == EVENTS
    posted = await town.rows("SELECT count(*) AS n FROM ledger_transaction WHERE kind = 'award'")
    assert posted[0]["n"] == sum(row.reference is not None for row in rows)

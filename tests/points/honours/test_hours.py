"""Hours: apart from points, by the day of service, for one person under every number."""

from __future__ import annotations

import json
import re

import pytest

from points import chart
from points.awards import corrections
from points.honours import hours
from tests.points.awards.town import ON, PUBLISHER, Town
from tests.points.honours.served import V1, V2, one_person, serve

pytestmark = pytest.mark.anyio


async def test_hours_are_what_the_ledger_holds(town: Town) -> None:
    """The sum of what was served and stands is the balance of the account, and each leads to its event."""
    await town.fund(100)
    first = await serve(town, V1, 90)
    await serve(town, V1, 200, day=1)
    await town.verify()
    found = await hours.of(town.book, V1)
    assert found.minutes == 290 == await town.points(chart.hours(V1), chart.MINUTES)
    assert found.years == ((2018, 290, 2),)
    assert found.this_year == 0
    served = await hours.services(town.book, [V1])
    assert [(each.on.isoformat(), each.minutes) for each in served] == [
        ("2018-07-04", 90),
        ("2018-07-05", 200),
    ]
    assert served[0].event in first


async def test_what_was_corrected_does_not_count(town: Town) -> None:
    """It is still told, with the position of its correction."""
    await town.fund(100)
    wrong = await serve(town, V1, 90)
    await serve(town, V1, 60, day=1)
    await town.verify()
    before = await town.head()
    await corrections.correct(town.book, wrong, "情况不实", by=PUBLISHER, on=ON)
    found = await hours.of(town.book, V1)
    assert (found.minutes, found.years) == (60, ((2018, 60, 1),))
    served = await hours.services(town.book, [V1])
    assert [each.corrected_at is None for each in served] == [False, True]
    assert served[0].stood(before)
    assert not served[0].stood(await town.head())


async def test_two_numbers_of_one_person_count_together(town: Town) -> None:
    """Before and after the merge the services are the same; the year is that of the service, not of the merge."""
    await town.fund(100)
    await serve(town, V1, 90)
    await serve(town, V2, 60, day=1)
    await town.verify()
    await one_person(town, V1, V2)
    found = await hours.of(town.book, V1)
    assert (found.minutes, found.years) == (150, ((2018, 150, 2),))


def test_kinds_of_service_come_longest_first() -> None:
    """With how often and how long."""
    one = hours.Service(1, ON, "e", "c", "V", "陪护", 60, None)
    other = hours.Service(2, ON, "e", "c", "E", "清洁", 200, None)
    assert hours.by_content([one, other, one]) == [("E", "清洁", 1, 200), ("V", "陪护", 2, 120)]


async def test_nobody_has_served_nothing(town: Town) -> None:
    """A member without an award has no years."""
    assert await hours.of(town.book, V1) == hours.Hours(0, 0, ())


async def test_services_are_found_along_their_account(town: Town) -> None:
    """On both engines: from the member's account on, however long the ledger is."""
    wanted = json.dumps([[chart.hours(V1)]])
    if town.book.engine.dialect == "sqlite":
        plan = str(
            await town.book.reader.execute_query_dict("EXPLAIN QUERY PLAN " + hours._SERVICES, [wanted, 9])
        )
        assert set(re.findall(r"SCAN (\w+)", plan)) <= {"wanted"}
    else:
        async with town.book.write() as db:
            await db.execute_query("SET LOCAL enable_seqscan = off")
            plan = str(await db.execute_query_dict("EXPLAIN " + hours._SERVICES, [wanted, 9]))
        assert "Seq Scan" not in plan
    assert "ledger_posting" in plan or "SEARCH p" in plan

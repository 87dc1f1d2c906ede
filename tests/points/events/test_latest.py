"""The latest word on an event is what every reader reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from points.awards import repeats, rule_books, waiting
from points.events import latest
from points.events.models import Event
from points.events.records import Amendment
from points.openness import notices
from tests.points.awards.town import FAR, GRID, LIUHE, ON, PUBLISHER, VERIFIER, Town


def amendment(town: Town, event: str, **said: str) -> Amendment:
    """A word on an event."""
    return Amendment(
        id=town.key(), event=event, amended_at=town.book.now(), amended_by="S-0001", reference="r", **said
    )


@pytest.mark.anyio
async def test_the_latest_word_on_each_counts(town: Town) -> None:
    """Null leaves what an earlier amendment said; SQL and rows agree."""
    one, other = await town.event(area=None), await town.event()
    await town.insert(amendment(town, one, area=LIUHE, category="F"))
    await town.insert(amendment(town, one, area=GRID), amendment(town, one, severity="major"))
    rows = await latest.read(town.book.reader, await Event.all().using_db(town.book.reader).order_by("id"))
    said = [(row.id, row.area, row.category, row.severity) for row in rows]
    assert said == [(one, GRID, "F", "major"), (other, LIUHE, "E", "ordinary")]
    asked = await town.rows(
        f"SELECT {latest.AREA} AS area, {latest.CATEGORY} AS category FROM events_event AS e ORDER BY e.id"
    )
    assert [(row["area"], row["category"]) for row in asked] == [(GRID, "F"), (LIUHE, "E")]


@pytest.mark.anyio
async def test_a_placed_event_is_verified_funded_and_noticed_where_it_was_placed(town: Town) -> None:
    """It waited for want of a community; the fund of the new one pays, and the notice is the new one's."""
    event = await town.event(("V-1", "reporter"), area=None, category="E")
    await town.fund(100)
    assert (await town.verify()).accepted == 0
    assert (
        await waiting.unplaced(town.book, "pingshan") == []
    )  # assigned to somebody by the import of this test
    await town.insert(amendment(town, event, area=LIUHE, category="F"))
    outcome = await town.verify()
    assert (outcome.accepted, outcome.points) == (1, 5)
    assert await town.points(f"fund/{LIUHE}/2018-07") == 95
    await notices.publish(town.book, LIUHE, by=PUBLISHER, on=ON)
    lines = await town.rows("SELECT category FROM openness_notice_line")
    assert [line["category"] for line in lines] == ["F"]


@pytest.mark.anyio
async def test_repeats_are_looked_for_where_events_are_now(town: Town) -> None:
    """One moved away is repeated no more, one moved here is, and what was found false is repeated by nothing."""
    rules = await rule_books.shelf(town.book)
    near: dict[str, Any] = {"subtype_name": "消防通道堵塞"}
    here, away, nowhere = [await town.event(area=area, **near) for area in (LIUHE, FAR, None)]
    later = await town.event(area=LIUHE, after=timedelta(hours=1), **near)

    async def repeated() -> list[tuple[str, int]]:
        events = await Event.filter(id=later).using_db(town.book.reader)
        found = await repeats.foresee(town.book, await latest.read(town.book.reader, events), rules=rules)
        return [(each.of_event, each.ordinal) for each in found.values()]

    assert await repeated() == [(here, 1)]
    await town.insert(amendment(town, here, area=FAR))
    assert await repeated() == []
    await town.insert(amendment(town, away, area=GRID), amendment(town, nowhere, area=LIUHE))
    assert await repeated() == [(away, 2)]
    await town.false(away)
    assert await repeated() == [(nowhere, 1)]


@pytest.mark.anyio
async def test_what_was_found_false_waits_for_nobody(town: Town) -> None:
    """Not in a queue, not in a bulk run, not to be assigned; reopened, it waits again."""
    event = await town.event(("V-1", "reporter"))
    await town.fund(100)
    await town.false(event)
    assert await waiting.assigned_to(town.book, VERIFIER, "pingshan") == {}
    assert (await town.verify()).accepted == 0
    await town.turn(event, "reopened")
    assert list(await waiting.assigned_to(town.book, VERIFIER, "pingshan")) == [event]
    assert (await town.verify()).accepted == 1

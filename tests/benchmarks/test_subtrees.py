"""What is measured by area: every verb is asked for every level, and what it costs is noted."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import subtrees
from points.events.models import Event
from points.events.records import Amendment, Dispatch
from tests.points.awards.town import GRID, fresh

pytestmark = pytest.mark.anyio


async def test_every_verb_is_asked_for_a_place_of_every_level(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its statements are counted, more for those that have events to show; what it says has a line for each."""
    async with fresh(tmp_path) as town:
        for _ in range(3):
            await town.event(area=GRID)
        asked = await subtrees.ask(town.book, await subtrees.verbs_of(town.book, "2018-07"), 1)
    by_name = {one.name: one for one in asked}
    assert len(by_name) == 1 + 12 * 5
    assert all(len(one.each) == len(one.statements) == 1 and one.slowest[0] <= one.each[0] for one in asked)
    found, none = (
        len(by_name[f"{name}, grid"].statements[0]) for name in ("events", "events of a kind nobody has")
    )
    assert found > none > 1
    subtrees.say(asked, 20)
    said = capsys.readouterr().out
    assert [name for name in by_name if f"| {name} |" not in said] == []


async def test_a_book_is_filled_once(tmp_path: Path) -> None:
    """Some of its events are placed, some are sent; the second time nothing is added."""
    async with fresh(tmp_path) as town:
        await town.insert(*[_event(town.key(), n) for n in range(300)])
        counts = []
        for _ in range(2):
            await subtrees.fill(town.book)
            counts.append(
                [await model.all().using_db(town.book.reader).count() for model in (Amendment, Dispatch)]
            )
    assert counts[0] == counts[1]
    assert all(0 < count < 60 for count in counts[0])


def _event(key: str, number: int) -> Event:
    names = {"kind": "report", "category": "E", "type_name": "t", "main_type_name": "m", "subtype_name": "s"}
    at = "2018-07-04T09:00:00+08:00"
    return Event(id=key, source="x", external_id=str(number), area=GRID, occurred_at=at, **names)

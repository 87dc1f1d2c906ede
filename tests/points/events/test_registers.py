"""Registers: every event once, in order, page by page, with nothing that nobody else may read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from points.events import periods, registers
from points.events.models import Step
from points.events.records import Dispatch, EventText, Mediation, SealedText
from points.people.models import Person
from tests.points.awards.town import DISTRICT, FAR, GRID, LIUHE, MORNING, STREET, Town
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio
JULY = periods.month_of(date(2018, 7, 1))


async def _all(town: Town, kind: str, area: str | None, limit: int = 50) -> list[registers.Entry]:
    found: list[registers.Entry] = []
    after: str | None = ""
    while after is not None:
        page = await registers.page(town.book, kind, area, JULY, names=False, after=after, limit=limit)
        found += page.entries
        after = page.after
    return found


@pytest.mark.parametrize("limit", [1, 2, 7, 50])
async def test_every_event_stands_once_in_the_order_it_happened(town: Town, limit: int) -> None:
    """Whatever the size of a page, and where two share an instant; grids add up to their community."""
    told = [await town.event(area=(LIUHE, GRID, FAR)[n % 3], after=timedelta(hours=n // 2)) for n in range(9)]
    await town.event(after=timedelta(days=40))
    await town.event(kind="meeting")
    street = [entry.line.event.id for entry in await _all(town, "concerns", STREET, limit)]
    assert street == [key for n, key in enumerate(told) if n % 3 != 2]
    grid = [entry.line.event.id for entry in await _all(town, "concerns", GRID, limit)]
    assert set(grid) == set(told[1::3])
    whole = await registers.whole(town.book, "concerns", None, JULY, names=False)
    assert [entry.line.event.id for entry in whole] == told


async def test_the_second_register_has_disputes_mediations_and_hazards(town: Town) -> None:
    """By what they are now; everything else is in the first only."""
    kept = [await town.event(category=letter) for letter in registers.RISKS]
    kept.append(await town.event(kind="mediation", category="Z"))
    await town.event(category="E")
    await town.event(kind="activity", category="F")
    assert [entry.line.event.id for entry in await _all(town, "risks", DISTRICT)] == kept
    assert len(await _all(town, "concerns", DISTRICT)) == 6


async def test_a_line_says_how_it_was_handled_and_by_whom(town: Town) -> None:
    """The name is masked unless the reader may see names; the handler goes before who wrote the handling down."""
    mediated, handled = await town.event(kind="mediation"), await town.event()
    for number, name in (("V-000007", "王秀兰"), ("V-000008", "赵敏")):
        await town.member(number)
        await town.insert(Person(member=number, name=name, phone=None, birthday=None))
    at = {"dispatched_at": MORNING, "dispatched_by": "S-0001", "due_on": "2018-07-06"}
    await town.insert(
        Mediation(event=mediated, outcome="difficult", agreement="oral", recorded_at=MORNING, recorded_by="S-0001"),
        Dispatch(id=town.key(), event=mediated, lane="own", handler="V-000007", **at),
        *[Step(id=town.key(), event=each, name="handled", taken_at=MORNING, actor="V-000008")
          for each in (mediated, handled)],
    )  # fmt: skip
    for names, called in ((False, ["王*兰", "赵*"]), (True, ["王秀兰", "赵敏"])):
        page = await registers.page(town.book, "concerns", LIUHE, JULY, names=names)
        assert [entry.responsible for entry in page.entries] == called
        assert [entry.mediation for entry in page.entries] == ["difficult", None]
        assert [entry.outcome for entry in page.entries] == ["on_time", "on_time"]


async def test_no_prose_and_no_parties_stand_in_it(town: Town) -> None:
    """Not one word of them in any field of a line."""
    event = await town.event(kind="mediation")
    await town.insert(
        EventText(event=event, text="canary-prose", place="canary-door", contact="canary-phone"),
        SealedText(event=event, sealed="canary-party"),
    )
    page = await registers.page(town.book, "risks", None, JULY, names=True)
    assert len(page.entries) == 1
    event_row = {field: getattr(page.entries[0].line.event, field) for field in ("subtype_name", "type_name")}
    assert "canary" not in repr(page) + repr(event_row)


async def test_a_page_costs_the_same_however_long_the_register_is(town: Town) -> None:
    """A constant number of statements."""
    costs = []
    for _ in range(3):
        for _ in range(5):
            await town.event()
        async with statements_during(town.book) as seen:
            await registers.page(town.book, "risks", STREET, JULY, names=False)
            await registers.page(town.book, "concerns", STREET, JULY, names=False)
        costs.append(len(seen))
    assert costs[0] == costs[1] == costs[2] > 0

"""Figures against the rows themselves, counted once more by other means."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from points.events import figures, periods, workdays
from points.events.models import Event, Step
from points.events.records import Amendment, Dispatch, Satisfaction, Unit
from points.keys import new_key
from tests.points.awards.town import DISTRICT, FAR, GRID, LIUHE, MORNING, SHAHU, STREET, Town
from tests.points.market.counting import statements_during

JULY = periods.month_of(date(2018, 7, 1))
WEDNESDAY = MORNING
"""4 July 2018: two working days later is Friday, 6 July."""


async def _taken(
    town: Town, event: str, *steps: tuple[str, int | None] | tuple[str, int | None, bool]
) -> None:
    """Steps as (name, days after the first morning, and what the source says of the time)."""
    rows = []
    for name, days, *on_time in steps:
        at = None if days is None else WEDNESDAY + timedelta(days=days)
        said = on_time[0] if on_time else None
        rows.append(Step(id=town.key(), event=event, name=name, taken_at=at, on_time=said))
    await town.insert(*rows)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ([], "overdue"),
        ([("handled", 2)], "on_time"),
        ([("handled", 3)], "late"),
        ([("handled", 2), ("archived", 9)], "on_time"),
        ([("assigned", 1)], "overdue"),
        ([("archived", None)], "untold"),
        ([("archived", None, True)], "on_time"),
        ([("archived", 1, False)], "late"),
        ([("handled", 9, True)], "on_time"),
        ([("reported", 0), ("handled", 2)], "on_time"),
        ([("reported", 0)], "overdue"),
        ([("reported", 5), ("handled", 8)], "late"),
        ([("reported", 5), ("handled", 7)], "on_time"),
        ([("found_false", 1)], "false"),
        ([("handled", 1), ("reopened", 8)], "overdue"),
        ([("handled", 9), ("reopened", 12), ("handled", 14)], "on_time"),
        ([("found_false", 1), ("reopened", 2), ("handled", 5)], "on_time"),
    ],
)
async def test_every_event_has_one_outcome(town: Town, steps: list[Any], outcome: str) -> None:
    """By the clock of two working days, from the day it was reported or reopened; a source's own word goes first."""
    event = await town.event()
    await _taken(town, event, *steps)
    (case,) = await figures.cases(town.book, [DISTRICT], JULY)
    assert (case.event, case.outcome) == (event, outcome)


@pytest.mark.anyio
async def test_what_has_time_is_not_overdue(town: Town) -> None:
    """Reported today, it is open."""
    now = town.book.now()
    event = await town.event(after=now - MORNING)
    (case,) = await figures.cases(town.book, [None], periods.month_of(town.book.today()))
    assert (case.event, case.outcome) == (event, "open")


@pytest.mark.anyio
async def test_only_reports_and_mediations_of_the_period_below_the_area_count(town: Town) -> None:
    """On its first and last instant too; where an event was placed is where it counts."""
    begin = datetime(2018, 7, 1, tzinfo=town.book.zone) - MORNING
    end = datetime(2018, 8, 1, tzinfo=town.book.zone) - MORNING
    inside = [
        await town.event(after=begin),
        await town.event(after=end - timedelta(seconds=1), kind="mediation"),
    ]
    for after in (begin - timedelta(seconds=1), end):
        await town.event(after=after)
    await town.event(kind="activity")
    moved = await town.event(area=FAR)
    nowhere = await town.event(area=None)
    row = Amendment(
        id=town.key(), event=moved, area=GRID, amended_at=town.book.now(), amended_by="S-0001", reference="r"
    )
    await town.insert(row)
    found = {case.event for case in await figures.cases(town.book, [STREET], JULY)}
    assert found == {*inside, moved}
    assert {case.event for case in await figures.cases(town.book, [FAR], JULY)} == set()
    assert {case.event for case in await figures.cases(town.book, [None], JULY)} == {*inside, moved, nowhere}


@pytest.mark.anyio
async def test_the_department_is_where_it_was_sent_last(town: Town) -> None:
    """Else the one that the source names, else none."""
    sent, named, none = await town.event(), await town.event(handler_name="水务局"), await town.event()
    units = [Unit(code=c, name=n, area=DISTRICT, kind="department", added_on="2018-01-01", added_by="S-0001")
             for c, n in (("a", "城管局"), ("b", "环保局"))]  # fmt: skip
    dispatches = [
        Dispatch(
            id=town.key(), event=sent, lane="direct", unit=unit, dispatched_at=MORNING, dispatched_by="S-0001",
            due_on="2018-07-06",
        )
        for unit in ("a", "b")
    ]  # fmt: skip
    await town.insert(*units, *dispatches)
    found = {case.event: case.unit for case in await figures.cases(town.book, [DISTRICT], JULY)}
    assert found == {sent: "环保局", named: "水务局", none: None}


@pytest.mark.anyio
async def test_the_latest_word_on_the_whole_says_how_content_somebody_is(town: Town) -> None:
    """Words on a unit are the unit's."""
    event = await town.event()
    rows = [
        Satisfaction(id=town.key(), event=event, unit=unit, stars=stars, rated_at=MORNING)
        for unit, stars in ((None, 2), (None, 4), ("a", 1))
    ]
    await town.insert(*rows)
    tally = figures.count(await figures.cases(town.book, [DISTRICT], JULY))
    assert (tally.rated, tally.content, tally.content_hundredths) == (1, 1, 10000)


def test_shares_are_rounded_half_up_and_none_of_nothing() -> None:
    """As the 89.31 % of mission.md is written."""
    assert figures.share(1, 3) == 3333
    assert figures.share(2, 3) == 6667
    assert figures.share(1, 8) == 1250
    assert figures.share(1, 20000) == 1
    assert figures.share(5, 5) == 10000
    assert figures.share(0, 0) is None


@pytest.mark.anyio
@pytest.mark.parametrize("seed", [1, 2])
async def test_figures_agree_with_the_rows_counted_by_other_means(town: Town, seed: int) -> None:
    """Two hundred random lives, read as rows and judged in plain Python; and the parts add up to every whole."""
    await _lives(town, random.Random(seed), 200)
    expected = await _recount(town)
    for top in (None, DISTRICT, STREET, LIUHE, GRID):
        cases = await figures.cases(town.book, [top], JULY)
        under = {event: each for event, each in expected.items() if top is None or top in each["path"]}
        assert {c.event: (c.outcome, c.category, c.unit, c.stars) for c in cases} == {
            event: (each["outcome"], each["category"], each["unit"], each["stars"])
            for event, each in under.items()
        }
        found = figures.figures(cases, top)
        assert found.whole.reported == len(under)
        assert Counter(each["outcome"] for each in under.values()) == +Counter(
            {name: getattr(found.whole, name) for name in figures.OUTCOMES}
        )
        for parts in (found.places, found.categories, found.units, found.days):
            for name in (*figures.OUTCOMES, "rated", "content"):
                assert sum(getattr(t, name) for t in parts.values()) == getattr(found.whole, name), name
        for code, tally in found.places.items():
            if code:
                assert tally == figures.count(await figures.cases(town.book, [code], JULY))


async def _lives(town: Town, dice: random.Random, many: int) -> None:
    """Events with random places, steps, ratings; some moved."""
    rows: list[Any] = []
    for n in range(many):
        event = new_key()
        at = MORNING + timedelta(hours=dice.randrange(-200, 900))
        facts = {"type_name": "t", "main_type_name": "m", "subtype_name": "s", "occurred_at": at}
        area, category = dice.choice([GRID, LIUHE, SHAHU, FAR, STREET, None]), dice.choice("EFD")
        unit = dice.choice([None, "城管局"])
        rows.append(
            Event(id=event, kind=dice.choice(["report", "mediation", "meeting"]), source="x", external_id=str(n),
                  category=category, area=area, handler_name=unit, **facts)
        )  # fmt: skip
        for name in dice.sample(
            ["reported", "assigned", "handled", "archived", "found_false", "reopened"], dice.randrange(5)
        ):
            taken = dice.choice([None, at + timedelta(hours=dice.randrange(150))])
            on_time = dice.choice([None, None, True, False]) if name == "archived" else None
            rows.append(Step(id=town.key(), event=event, name=name, taken_at=taken, on_time=on_time))
        if dice.random() < 0.3:
            rows.append(Satisfaction(id=town.key(), event=event, stars=dice.randint(1, 5), rated_at=at))
        if dice.random() < 0.2:
            rows.append(Amendment(id=town.key(), event=event, area=dice.choice([GRID, FAR]), amended_at=at,
                                  amended_by="S-0001", reference=event))  # fmt: skip
    await town.insert(*rows)


async def _recount(town: Town) -> dict[str, dict[str, Any]]:
    """Every event of July by a walk over all rows, in the words of the module's docstring."""
    reader = town.book.reader
    paths = {GRID: [DISTRICT, STREET, LIUHE, GRID], LIUHE: [DISTRICT, STREET, LIUHE], SHAHU: [DISTRICT, STREET, SHAHU],
             STREET: [DISTRICT, STREET], FAR: [DISTRICT, "440310002000", FAR], None: []}  # fmt: skip
    moved = {row.event: row.area for row in await Amendment.all().using_db(reader).order_by("id")}
    stars = {row.event: row.stars for row in await Satisfaction.all().using_db(reader).order_by("id")}
    steps: dict[str, list[Step]] = {}
    for step in await Step.all().using_db(reader).order_by("id"):
        steps.setdefault(step.event, []).append(step)
    found = {}
    for event in await Event.all().using_db(reader):
        day = event.occurred_at.astimezone(town.book.zone).date()
        if event.kind == "meeting" or (day.year, day.month) != (2018, 7):
            continue
        taken = steps.get(event.id, [])
        turns = [n for n, step in enumerate(taken) if step.name == "reopened"]
        taken = taken[turns[-1] :] if turns else taken
        found[event.id] = {
            "path": paths[moved.get(event.id, event.area)],
            "category": event.category,
            "unit": event.handler_name,
            "stars": stars.get(event.id),
            "outcome": _judged(town, taken, day),
        }
    return found


def _judged(town: Town, taken: list[Step], day: date) -> str:
    if any(step.name == "found_false" for step in taken):
        return "false"
    begins = [step.taken_at for step in taken if step.name in ("reported", "reopened") and step.taken_at]
    begun = max(begins).astimezone(town.book.zone).date() if begins else day
    done = [step for step in taken if step.name in ("handled", "verified", "archived", "rated")]
    if not done:
        return "overdue"
    said = {step.on_time for step in done} - {None}
    if said:
        return "on_time" if said == {True} else "late"
    times = [step.taken_at for step in done if step.taken_at]
    if not times:
        return "untold"
    third = [d for d in (begun + timedelta(days=n) for n in range(1, 30)) if workdays.is_workday(d)][1]
    return "on_time" if min(times).astimezone(town.book.zone).date() <= third else "late"


@pytest.mark.anyio
async def test_figures_cost_the_same_however_many_events(town: Town) -> None:
    """A constant number of statements."""
    costs = []
    for _ in range(3):
        for _ in range(5):
            await town.event()
        async with statements_during(town.book) as seen:
            await figures.cases(town.book, [STREET], JULY)
        costs.append(len(seen))
    assert costs[0] == costs[1] == costs[2] <= 6

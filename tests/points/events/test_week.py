"""The week of 吹哨报到, Monday to Friday."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from points.events import dispatches, filing, units, week, workdays
from points.events.filing import Held
from tests.points.awards.town import DISTRICT, OTHER_STREET, STREET, Town
from tests.points.events.hands import HEAD, WORKER, filed, key, said, staffed


@pytest.mark.anyio
async def test_a_week_collects_lists_and_meets(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was whistled for leaves the collection for the list; Friday's activity is there; other weeks are not."""
    monday = workdays.week_of(town.book.today())[0]
    now = datetime.combine(monday + timedelta(days=3), datetime.min.time(), town.book.zone).replace(hour=9)
    monkeypatch.setattr(type(town.book), "today", lambda _: now.date())
    monkeypatch.setattr(type(town.book), "now", lambda _: now)
    await staffed(town)
    tuesday = now - timedelta(days=2)
    one, other = [await filed(town, occurred_at=tuesday) for _ in range(2)]
    await filed(town, occurred_at=tuesday - timedelta(days=7))
    await units.add(town.book, "zj", "住建局", area=STREET, kind="sponsor", by=HEAD)
    await dispatches.send(town.book, other.event, "whistle", by=HEAD, key=key(), to=["zj"])
    friday = said(
        kind="activity",
        category="V",
        type_name=week.FRIDAY,
        what="志愿日",
        occurred_at=now + timedelta(days=1),
    )
    held = await filing.hold(
        town.book, friday, Held(friday.occurred_at + timedelta(hours=2)), by=WORKER, key=key()
    )
    read = await week.read(town.book, [DISTRICT], now.date())
    assert [line.event.id for line in read.collected] == [one.event]
    assert [line.event.id for line in read.listed] == [other.event]
    assert [line.event.id for line in read.held] == [held.event]
    assert (read.days[0], len(read.works), read.more) == (monday, 5, False)
    elsewhere = await week.read(town.book, [OTHER_STREET], now.date())
    assert (elsewhere.collected, elsewhere.listed, elsewhere.held) == ((), (), ())
    before = await week.read(town.book, [DISTRICT], now.date() - timedelta(days=7))
    assert (len(before.collected), before.listed) == (1, ())

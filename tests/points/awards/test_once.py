"""One member in two roles of one event: each contribution is decided on, and one rule gives them something once."""

from __future__ import annotations

import asyncio
import json

import pytest

from points import chart
from points.awards import rule_books, sentences, verifications
from points.awards.models import Verification
from points.awards.outcomes import Outcome
from points.people.records import MemberMerge
from tests.points.awards.town import ADMIN, ON, VERIFIER, Town

pytestmark = pytest.mark.anyio
V1, V2 = "V-000001", "V-000002"


async def merge(town: Town, kept: str, gone: str) -> None:
    """Two numbers are one person's, as a merge leaves it."""
    facts = {"merged_on": "2018-07-05", "merged_by": ADMIN, "reference": "merge/1"}
    await town.insert(MemberMerge(id="m1", kept=kept, gone=gone, **facts))


async def decided(town: Town, event: str) -> list[Verification]:
    """What was decided, what was given something first."""
    return await Verification.filter(event=event).using_db(town.book.reader).order_by("-points")


async def test_a_second_role_under_the_same_rule_is_nothing_with_its_reason(town: Town) -> None:
    """Who made a suggestion and sat in the meeting: 10 points, and 0 with a sentence; nothing waits."""
    await town.fund(100)
    facts = {"kind": "meeting", "category": "M", "type_name": "建议采纳"}
    event = await town.event((V1, "reporter"), (V1, "participant", 60), (V2, "participant", 60), **facts)
    outcome = await town.verify()
    assert (outcome.accepted, outcome.nothing, outcome.points, outcome.refused) == (2, 1, 20, ())
    rows = await decided(town, event)
    assert [(row.member, row.rule, row.points) for row in rows if row.member == V1] == [
        (V1, "suggestion", 10),
        (V1, "suggestion", 0),
    ]
    assert await town.verify() == Outcome()


async def test_two_names_of_one_person_are_one(town: Town) -> None:
    """They signed in twice, and their numbers were merged: the rule gives once, and what is left does not wait."""
    await town.fund(100)
    event = await town.event((V1, "participant", 120), (V2, "participant", 120))
    await merge(town, V1, V2)
    outcome = await town.verify()
    assert (outcome.accepted, outcome.nothing, outcome.points, outcome.refused) == (1, 1, 4, ())
    first, second = await decided(town, event)
    assert (first.reference is None, second.reference) == (False, None)
    assert [await town.points(chart.noticed(V1)), await town.points(chart.hours(V1), "minutes")] == [4, 120]
    (step,) = json.loads(second.arithmetic)
    assert step == {"rule": "service", "step": "once"}
    rules = (await rule_books.shelf(town.book)).on(ON)
    assert "一件事同一细则只记一次" in sentences.arithmetic([step], rules)


async def test_the_second_decided_later_is_nothing_too(town: Town) -> None:
    """What was given before counts, whoever decided it."""
    await town.fund(100)
    event = await town.event((V1, "participant", 120), (V2, "participant", 60))
    await merge(town, V1, V2)
    for row in await town.rows("SELECT id FROM events_contribution WHERE event = ? ORDER BY id", event):
        await verifications.accept(town.book, event, by=VERIFIER, on=ON, only=[row["id"]])
    assert [row.points for row in await decided(town, event)] == [4, 0]
    assert await town.points(chart.noticed(V1)) == 4


async def test_both_decided_at_once_give_once(town: Town) -> None:
    """Two windows, one contribution each: whoever comes second plans again and finds that it was given."""
    await town.fund(100)
    event = await town.event((V1, "participant", 120), (V2, "participant", 120))
    await merge(town, V1, V2)
    rows = await town.rows("SELECT id FROM events_contribution WHERE event = ?", event)
    found = await asyncio.gather(
        *(verifications.accept(town.book, event, by=VERIFIER, on=ON, only=[row["id"]]) for row in rows)
    )
    assert [each.refused for each in found] == [(), ()]
    assert sorted(row.points for row in await decided(town, event)) == [0, 4]

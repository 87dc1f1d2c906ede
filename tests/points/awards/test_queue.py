"""The queue of a verifier: theirs alone, the oldest first, page by page; their own household's is shown apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.awards import queue, verifications
from points.awards.errors import OwnHousehold
from points.events.models import Assignment
from points.keys import new_key
from tests.points.awards.town import ON, VERIFIER, Town
from tests.points.market.counting import statements_during


@pytest.mark.anyio
async def test_pages_hold_each_event_once_the_oldest_first(town: Town) -> None:
    """Also when several happened in the same minute."""
    events = [await town.event(("V-000001", "reporter"), after=timedelta(hours=n // 2)) for n in range(7)]
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await queue.page(town.book, VERIFIER, on=ON, after=after, limit=3)
        seen += [line.event.id for line in page.lines]
        after = page.after
    assert sorted(seen) == sorted(events)
    times = [n // 2 for n in map(events.index, seen)]
    assert times == sorted(times)


@pytest.mark.anyio
async def test_what_is_somebody_elses_or_decided_is_not_there(town: Town) -> None:
    """The latest assignment counts, and one undecided contribution is enough to wait."""
    await town.fund(100)
    moved = await town.event(("V-000001", "reporter"))
    await town.insert(Assignment(id=new_key(), event=moved, verifier="S-0004", assigned_on="2018-07-05"))
    done = await town.event(("V-000001", "reporter"))
    await verifications.accept(town.book, done, by=VERIFIER, on=ON)
    half = await town.event(("V-000002", "reporter"), ("V-000003", "participant", 60))
    (first, _) = await town.rows("SELECT id FROM events_contribution WHERE event = ? ORDER BY id", half)
    await verifications.accept(town.book, half, by=VERIFIER, on=ON, only=[first["id"]])
    (line,) = (await queue.page(town.book, VERIFIER, on=ON)).lines
    assert (line.event.id, len(line.undecided), line.reporters, line.points) == (half, 1, ("V-000002",), 2)


@pytest.mark.anyio
async def test_the_household_is_shown_apart_with_the_reason(town: Town) -> None:
    """Given to somebody else, and still told here why; a stranger's event is not among them."""
    await town.household("HS02", VERIFIER, "V-000002")
    home = await town.event(("V-000002", "reporter"), assigned="S-0004")
    await town.event(("V-000001", "reporter"))
    page = await queue.page(town.book, VERIFIER, on=ON, apart=True)
    (line,), (mine,) = page.apart, page.lines
    assert (line.event.id, line.verifier, type(line.refusal)) == (home, "S-0004", OwnHousehold)
    assert (mine.refusal, mine.points, await queue.following(town.book, VERIFIER)) == (None, 0, mine.event.id)
    assert (await queue.page(town.book, "V-000009", on=ON, apart=True)).apart == ()
    assert await queue.following(town.book, "S-0004") == home


@pytest.mark.anyio
async def test_a_page_asks_the_same_number_of_statements_for_one_event_and_for_twenty(town: Town) -> None:
    """Counted on the reader itself."""
    counts = []
    for times in (1, 19):
        for _ in range(times):
            await town.event(("V-000001", "reporter"), ("V-000002", "participant", 60))
        async with statements_during(town.book) as asked:
            await queue.page(town.book, VERIFIER, on=ON)
        counts.append(len(asked))
    assert 0 < counts[0] == counts[1] <= 26


@pytest.mark.anyio
async def test_plain_reports_of_a_source_can_be_accepted_at_once(town: Town) -> None:
    """Hours and mediations go on waiting: they are to be looked at one by one."""
    await town.fund(100)
    await town.event(("V-000001", "reporter"))
    await town.event(("V-000002", "reporter"), ("V-000003", "participant", 60))
    assert await queue.sources(town.book, VERIFIER) == ["pingshan"]
    outcome = await verifications.accept_assigned(
        town.book, source="pingshan", by=VERIFIER, on=ON, plain=True
    )
    assert (outcome.accepted, outcome.points, outcome.refused) == (1, 2, ())
    assert len((await queue.page(town.book, VERIFIER, on=ON)).lines) == 1

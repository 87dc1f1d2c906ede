"""Vesting and expiry on a real book: after the notice, after what is owed, once, and until the day."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from ledger import encoding
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards import corrections, rule_books, vesting
from points.awards.models import Verification, Vesting
from points.awards.vesting import Swept
from points.openness import notices
from tests.points.awards.town import DISTRICT, ON, PUBLISHER, Town, both_have_seen

pytestmark = pytest.mark.anyio

V1, V2 = "V-000001", "V-000002"
CLOSES, DAY = date(2018, 12, 8), date(2019, 12, 31)


async def noticed(town: Town, *members: str, minutes: int = 240) -> list[str]:
    """Eight points for each, verified and published on the first of December; their awards."""
    await town.fund(1000)
    await town.event(*[(member, "participant", minutes) for member in members], kind="activity")
    await town.verify()
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    rows = await Verification.all().using_db(town.book.reader).order_by("reference")
    return [row.reference or "" for row in rows]


async def move(town: Town, source: str, target: str, amount: int, reference: str = "test/move/1") -> None:
    """A posting that another room would make."""
    evidence = Evidence("test", "1", encoding.digest("test"))
    await town.book.journal.post(
        Draft(reference, "test", evidence, ON, evidence.digest, (Posting(source, target, amount, "points"),))
    )


async def test_an_award_vests_when_its_notice_has_closed(town: Town) -> None:
    """Not the day before; then each by itself, until the last day of the next year, citing the notice."""
    awards = await noticed(town, V1, V2)
    assert await vesting.sweep(town.book, CLOSES - timedelta(days=1)) == Swept()
    assert await vesting.sweep(town.book, CLOSES) == Swept(vested=2, points=16)
    for member in (V1, V2):
        assert await town.points(chart.noticed(member)) == 0
        assert await town.points(chart.until(member, DAY)) == 8
        assert await town.points(chart.honour(member), "honour") == 8
    rows = await Vesting.all().using_db(town.book.reader).order_by("award")
    assert [(row.award, row.until_on, row.vested_on) for row in rows] == [
        (award, "2019-12-31", "2018-12-08") for award in awards
    ]
    texts = await town.rows("SELECT body FROM ledger_transaction WHERE kind = 'vest'")
    (notice,) = await town.rows("SELECT * FROM openness_notice")
    (kept,) = await town.rows("SELECT digest FROM evidence_snapshot WHERE id = ?", f"notice/{notice['id']}")
    for each in texts:
        assert encoding.parse(bytes(each["body"]))["evidence"] == {
            "digest": kept["digest"],
            "id": notice["id"],
            "kind": "notice",
        }


async def test_nothing_vests_without_a_notice(town: Town) -> None:
    """Verified long ago and never published: it stays where it is."""
    await town.fund(100)
    await town.event((V1, "reporter"))
    await town.verify()
    assert await vesting.sweep(town.book, date(2030, 1, 1)) == Swept()
    assert await town.points(chart.noticed(V1)) == 2


async def test_a_sweep_run_twice_or_side_by_side_does_nothing_twice(town: Town) -> None:
    """The second finds nothing; two at once vest each award once."""
    await noticed(town, V1, V2)
    both = await asyncio.gather(vesting.sweep(town.book, CLOSES), vesting.sweep(town.book, CLOSES))
    assert sum(each.vested for each in both) == 2
    head = await town.head()
    assert await vesting.sweep(town.book, CLOSES) == Swept()
    assert await town.head() == head


async def test_what_is_owed_is_settled_first(town: Town) -> None:
    """Ten are owed: the first award of 8 settles 8 of it, the second 2, and 6 can be spent."""
    await town.fund(1000)
    for day in range(2):
        await town.event((V1, "participant", 240), kind="activity", after=timedelta(days=day))
    await town.verify()
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    await move(town, chart.owed(V1), chart.ISSUED, 10)
    assert await vesting.sweep(town.book, CLOSES) == Swept(vested=2, points=16, settled=10)
    assert await town.points(chart.owed(V1)) == 0
    assert await town.points(chart.until(V1, DAY)) == 6


@pytest.mark.parametrize("days", [(3, 4), (4, 3)], ids=["the earlier day first", "the later day first"])
async def test_two_sweeps_of_different_days_settle_one_debt_once(
    town: Town, monkeypatch: pytest.MonkeyPatch, days: tuple[int, int]
) -> None:
    """One day has the later award on it, the next day both; each has seen the debt of ten before the other writes."""
    await town.fund(1000)
    for day, closes in ((1, 3), (0, 4)):
        await town.event((V1, "participant", 240), kind="activity", after=timedelta(days=day))
        await town.verify()
        await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON, days=closes)
    await move(town, chart.owed(V1), chart.ISSUED, 10)
    both_have_seen(monkeypatch, vesting, "_owed")
    swept = await asyncio.gather(*(vesting.sweep(town.book, ON + timedelta(days=n)) for n in days))
    assert await town.points(chart.owed(V1)) == 0, "one debt was settled twice"
    assert await town.points(chart.until(V1, DAY)) == 6
    assert [sum(each.vested for each in swept), sum(each.settled for each in swept)] == [2, 10]


async def test_a_sweep_that_is_always_too_late_leaves_the_rest_to_the_next(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The debt moves each time between reading and writing: nothing vests, nothing is settled, the award waits."""
    await noticed(town, V1)
    await move(town, chart.owed(V1), chart.ISSUED, 3)
    read, times = vesting._owed, 0

    async def and_then_it_moves(*given: Any) -> Any:
        nonlocal times
        seen, times = await read(*given), times + 1
        await move(town, chart.owed(V1), chart.ISSUED, 1, f"test/again/{times}")
        return seen

    monkeypatch.setattr(vesting, "_owed", and_then_it_moves)
    assert await vesting.sweep(town.book, CLOSES) == Swept(waiting=1)
    assert times == vesting.ROUNDS
    monkeypatch.undo()
    assert await vesting.sweep(town.book, CLOSES) == Swept(vested=1, points=8, settled=8)


async def test_a_corrected_award_never_vests(town: Town) -> None:
    """It was corrected while its notice hung; the other one on the list vests."""
    awards = await noticed(town, V1, V2)
    await corrections.correct(town.book, awards[0], "时长不对", by=PUBLISHER, on=ON)
    assert await vesting.sweep(town.book, CLOSES) == Swept(vested=1, points=8)
    assert await town.points(chart.until(V1, DAY)) == 0


async def test_a_sweep_that_planned_before_the_correction_moves_nothing(town: Town) -> None:
    """The vesting was planned, then the award was corrected, then the plan is posted: its reference is used up.

    Another award's points are on notice, so that nothing but the reference stands in the way.
    """
    awards = await noticed(town, V1)
    await town.event((V1, "participant", 240), kind="activity", after=timedelta(days=1))
    await town.verify()
    due = await vesting._due(town.book, CLOSES)
    await corrections.correct(town.book, awards[0], "时长不对", by=PUBLISHER, on=ON)
    rules = await rule_books.shelf(town.book)
    assert await vesting._vest(town.book, due, rules, CLOSES, lambda _: None) == (0, 0, 0, 1)
    assert await town.points(chart.noticed(V1)) == 8
    assert await town.points(chart.until(V1, DAY)) == 0


async def test_frozen_points_wait(town: Town) -> None:
    """An objection moved them to the disputed account: the award vests when they are back."""
    await noticed(town, V1)
    await move(town, chart.noticed(V1), chart.disputed(V1), 8)
    assert await vesting.sweep(town.book, CLOSES) == Swept(waiting=1)
    await move(town, chart.disputed(V1), chart.noticed(V1), 8, "test/move/2")
    assert (await vesting.sweep(town.book, CLOSES)).vested == 1


async def test_time_without_points_needs_no_vesting(town: Town) -> None:
    """Twenty minutes are on the notice, and there is nothing to vest."""
    await noticed(town, V1, minutes=20)
    assert await vesting.sweep(town.book, CLOSES) == Swept()


async def test_points_expire_the_day_after_their_day(town: Town) -> None:
    """On 31 December they can be spent; the sweep of 1 January moves what is left, citing the rule book, once."""
    await noticed(town, V1, V2)
    await vesting.sweep(town.book, CLOSES)
    await move(town, chart.until(V1, DAY), "shop/1/taken", 3)
    assert await vesting.sweep(town.book, DAY) == Swept()
    after = DAY + timedelta(days=1)
    assert await vesting.sweep(town.book, after) == Swept(expired=2, lapsed=13)
    assert await town.points(chart.EXPIRED) == 13
    assert [await town.points(chart.until(member, DAY)) for member in (V1, V2)] == [0, 0]
    assert await town.points(chart.honour(V1), "honour") == 8
    rows = await town.rows("SELECT * FROM ledger_transaction WHERE kind = 'expire' ORDER BY reference")
    assert [row["reference"] for row in rows] == [
        f"expire/{chart.until(V1, DAY)}/2",
        f"expire/{chart.until(V2, DAY)}/1",
    ]
    assert {row["evidence_kind"] for row in rows} == {"rule_book"}
    head = await town.head()
    assert await vesting.sweep(town.book, after + timedelta(days=30)) == Swept()
    assert await town.head() == head


async def test_what_comes_back_to_an_expired_account_expires_again(town: Town) -> None:
    """A returned redemption gives 3 points back to an account whose day has passed: the next sweep takes them."""
    await noticed(town, V1)
    await vesting.sweep(town.book, CLOSES)
    await move(town, chart.until(V1, DAY), "shop/1/taken", 3)
    after = DAY + timedelta(days=1)
    await vesting.sweep(town.book, after)
    await move(town, "shop/1/taken", chart.until(V1, DAY), 3, "test/move/2")
    assert await vesting.sweep(town.book, after) == Swept(expired=1, lapsed=3)


async def test_what_is_held_past_its_day_expires_too(town: Town) -> None:
    """A reservation nobody fetched."""
    await noticed(town, V1)
    await vesting.sweep(town.book, CLOSES)
    await move(town, chart.until(V1, DAY), chart.held(V1, DAY), 8)
    assert (await vesting.sweep(town.book, DAY + timedelta(days=1))).lapsed == 8


async def test_progress_reaches_the_end(town: Town) -> None:
    """Two awards: none, both."""
    await noticed(town, V1, V2)
    told: list[tuple[int, int]] = []
    await vesting.sweep(town.book, CLOSES, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 2)
    assert told[-1] == (2, 2)

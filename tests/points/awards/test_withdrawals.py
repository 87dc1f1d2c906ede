"""Withdrawing a whole import."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.book import Book
from points.awards import waiting, withdrawals
from points.awards.errors import (
    BatchInUse,
    BatchNotWithdrawable,
    BatchTooOld,
    NeedsReason,
    NobodysBatch,
    UnknownBatch,
)
from points.awards.models import Verification
from points.events import amendments, assignments, steps
from points.events.amendments import Mended
from points.events.imports import contributions, errors, events, members
from points.events.models import Event, Step
from points.people import roles
from points.people.errors import NotAllowed
from tests import books
from tests.points.events import paper
from tests.points.events.paper import CONTRIBUTIONS, EVENTS, FIRE, MEMBERS
from tests.points.people import village

ADMIN, ELSEWHERE = "V-000001", "V-000002"
PEOPLE = "王秀兰,10000900001,居民,六和社区,,,\n赵敏,10000900002,居民,六和社区,,,\n李梅,10000900003,居民,六和社区,,,\n"


@pytest.fixture
async def lived(tmp_path: Path) -> AsyncIterator[Book]:
    """An admin of everything, one of another district, a verifier; an event and a report of it, each of its batch."""
    async with books.fresh(tmp_path) as book:
        await village.lay(book)
        await paper.imported(members, book, paper.write(tmp_path, MEMBERS + PEOPLE))
        for member, role, area, by in [
            (ADMIN, "admin", None, roles.SYSTEM),
            (ELSEWHERE, "admin", "131022000000", ADMIN),
            ("V-000003", "verifier", None, ADMIN),
        ]:
            await roles.grant(book, member=member, role=role, area=area, by=by, on=book.today())
        yield book


async def brought(book: Book, folder: Path) -> tuple[str, str]:
    """The batches of an event and of a contribution to it."""
    path = paper.write(folder, EVENTS + f"1,2018-07-04 17:24:41,{FIRE},1,0\n")
    _, first = await paper.imported(events, book, path, source="city")
    path = paper.write(folder, CONTRIBUTIONS + "city,1,10000900002,上报人,,\n")
    _, second = await paper.imported(contributions, book, path)
    await assignments.assign_waiting(book, book.today())
    assert first.batch
    assert second.batch
    return first.batch, second.batch


@pytest.mark.anyio
async def test_a_withdrawn_batch_leaves_every_queue_and_cannot_come_again(
    lived: Book, tmp_path: Path
) -> None:
    """The contribution is returned with its reason, the event found false; asked again it is the first receipt."""
    first, second = await brought(lived, tmp_path)
    assert len(await waiting.assigned_to(lived, "V-000003", "city")) == 1
    await withdrawals.withdraw(lived, second, reason="选错了文件", by=ADMIN)
    (row,) = await Verification.all().using_db(lived.reader)
    assert (row.decision, row.points, row.reason) == ("returned", 0, withdrawals.REASON)
    receipt = await withdrawals.withdraw(lived, first[-8:], reason="选错了文件", by=ADMIN)
    assert (await withdrawals.withdraw(lived, first, reason="x", by=ADMIN)).position == receipt.position
    assert steps.false_ones(await Step.all().using_db(lived.reader))
    assert await waiting.assigned_to(lived, "V-000003", "city") == {}
    page = await withdrawals.page(lived)
    assert [gone for _, gone in page.lines][:2] == [True, True]
    path = paper.write(tmp_path, EVENTS + f"1,2018-07-04 17:24:41,{FIRE},1,0\n")
    plan = await events.plan(lived, path, source="city")
    assert [type(p.why) for p in plan.errors] == [errors.Withdrawn]


@pytest.mark.anyio
async def test_what_is_in_use_stays(lived: Book, tmp_path: Path) -> None:
    """An event that others contributed to, and one that was verified: it is said what stands in the way."""
    first, second = await brought(lived, tmp_path)
    with pytest.raises(BatchInUse) as refusal:
        await withdrawals.withdraw(lived, first, reason="错", by=ADMIN)
    assert refusal.value.facts == {"verified": 0, "handled": 0, "joined": 1}
    await withdrawals.withdraw(lived, second, reason="错", by=ADMIN)
    with pytest.raises(BatchInUse) as refusal:
        await withdrawals._require_unused(lived, *await withdrawals._rows(lived, second))
    assert refusal.value.facts["verified"] == 1


@pytest.mark.anyio
async def test_it_is_refused_to_others_too_late_and_of_other_kinds(
    lived: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An admin of another district, no reason, members, nothing new, no such batch, and after 48 hours."""
    _, second = await brought(lived, tmp_path)
    with pytest.raises(NotAllowed):
        await withdrawals.withdraw(lived, second, reason="错", by=ELSEWHERE)
    with pytest.raises(NeedsReason):
        await withdrawals.withdraw(lived, second, reason=" ", by=ADMIN)
    with pytest.raises(UnknownBatch):
        await withdrawals.withdraw(lived, "ffffffff", reason="错", by=ADMIN)
    whole = await withdrawals.page(lived)
    kinds = {batch.kind: batch.id for batch, _ in whole.lines}
    with pytest.raises(BatchNotWithdrawable):
        await withdrawals.withdraw(lived, kinds["members"], reason="错", by=ADMIN)
    late = lived.now() + timedelta(hours=49)
    monkeypatch.setattr(type(lived), "now", lambda _self: late)
    with pytest.raises(BatchTooOld):
        await withdrawals.withdraw(lived, second, reason="错", by=ADMIN)


@pytest.mark.anyio
async def test_a_batch_of_later_steps_alone_has_nothing_to_take_back(lived: Book, tmp_path: Path) -> None:
    """What another system says was done stays said."""
    await paper.imported(
        events,
        lived,
        paper.write(tmp_path, EVENTS + f"1,2018-07-04 17:24:41,{FIRE},-,-\n"),
        source="city",
    )
    path = paper.write(tmp_path, EVENTS + f"1,2018-07-04 17:24:41,{FIRE},1,0\n")
    _, later = await paper.imported(events, lived, path, source="city")
    assert later.batch
    with pytest.raises(NobodysBatch):
        await withdrawals.withdraw(lived, later.batch, reason="错", by=ADMIN)


@pytest.mark.anyio
async def test_pages_of_batches_go_on_where_they_ended(lived: Book, tmp_path: Path) -> None:
    """The latest first, each with who brought it."""
    first, second = await brought(lived, tmp_path)
    page = await withdrawals.page(lived, limit=1)
    assert [batch.id for batch, _ in page.lines] == [second]
    assert page.by == {second: "S-0001"}
    assert page.before
    page = await withdrawals.page(lived, before=page.before, limit=1)
    assert [batch.id for batch, _ in page.lines] == [first]


@pytest.mark.anyio
async def test_a_batch_is_of_where_its_events_are_now(lived: Book, tmp_path: Path) -> None:
    """An event that was placed elsewhere since is withdrawn by who is in charge there, and no more by who was."""
    row = f"7,2018-07-04 17:24:41,{FIRE},1,0\n".replace("六和社区", "131022100201")
    _, there = await paper.imported(events, lived, paper.write(tmp_path, EVENTS + row), source="city")
    assert there.batch
    (event,) = await Event.filter(batch=there.batch).using_db(lived.reader)
    assert event.area == "131022100201"
    await amendments.amend(lived, event.id, Mended(area=village.LIUHE), by=ADMIN, key="k")
    with pytest.raises(NotAllowed):
        await withdrawals.withdraw(lived, there.batch, reason="错", by=ELSEWHERE)
    await withdrawals.withdraw(lived, there.batch, reason="错", by=ADMIN)

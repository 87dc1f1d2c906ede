"""Merging: one number goes on with everything, the other is closed, and nothing is lost or counted twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ledger import audit
from ledger.models import LedgerTransaction
from points import chart
from points.district import open_district
from points.errors import PointsError
from points.market.errors import NotEnough
from points.people import cards, erasing, households, lookup, members, roles
from points.people.errors import CardStopped, Erased, NotAllowed, UnknownMember
from points.people.models import Person
from points.people.records import MemberMerge
from points.people.twice import looks, merging
from points.people.twice.errors import (
    BadMergeReason,
    HomesDiffer,
    MergedInto,
    MergeNeedsOther,
    OwnMerge,
    SameMember,
    StaffMerge,
    WorksStill,
)
from tests import books, meanwhile
from tests.points.awards.steps import COUNTER, Life
from tests.points.awards.town import ADMIN, FAR, LAID_OUT, LIUHE, ON, VERIFIER, Town
from tests.points.people.twice import couple
from tests.points.people.twice.couple import GONE, KEPT, THIRD, redeem, serve, standing, together, vest

pytestmark = pytest.mark.anyio


async def test_everything_of_the_closed_number_is_the_kept_ones(town: Town) -> None:
    """Spendable day for day, noticed, honour, hours and used limits add up; the closed number holds nothing."""
    await serve(town, GONE, count=2)
    await serve(town, KEPT)
    await vest(town)
    await serve(town, GONE, days=1)
    before = together(await standing(town.book, KEPT, GONE), (KEPT, GONE))
    await couple.merge(town.book)
    assert await standing(town.book, GONE) == {}
    assert await standing(town.book, KEPT) == before
    assert before[chart.noticed(KEPT), "points"] == 2
    assert before[chart.honour(KEPT), "honour"] == 8


async def test_it_is_two_linked_entries_with_one_evidence(town: Town) -> None:
    """One under each number, both citing who merged what and why, in codes and numbers; the audit finds it whole."""
    await serve(town, GONE)
    merged = await couple.merge(town.book)
    rows = (
        await LedgerTransaction.filter(evidence_id=merged.id).using_db(town.book.reader).order_by("position")
    )
    said = [(row.reference, row.kind, row.evidence_kind) for row in rows]
    assert said == [(f"merge/{GONE}/1", "merge", "merge"), (f"merge/{KEPT}/1", "act", "merge")]
    report = await audit.run(town.book.reader, guards=town.book.guards, vkey=None)
    assert not report.findings


async def test_a_key_merges_once_and_a_merge_that_stands_is_the_answer(town: Town) -> None:
    """Pressing twice, and another clerk a moment later, find the same merge; nothing more is written."""
    await serve(town, GONE)
    first = await couple.merge(town.book)
    head = await town.head()
    assert await couple.merge(town.book) == first
    assert await couple.merge(town.book, key="k2") == first
    assert await town.head() == head


async def test_somebody_who_has_nothing_can_be_merged(town: Town) -> None:
    """Two acts, and the number is closed."""
    await couple.merge(town.book)
    assert await members.find(town.book, GONE) == await members.exact(town.book, KEPT)


async def test_two_clerks_at_once_make_one_merge(town: Town) -> None:
    """Whichever way round and whoever: one merge of each number stands, and the points are there once."""
    await serve(town, GONE)
    await serve(town, KEPT)
    pairs = [(KEPT, GONE, ADMIN), (KEPT, GONE, COUNTER), (GONE, KEPT, ADMIN), (GONE, KEPT, COUNTER)]
    done = await asyncio.gather(
        *(couple.merge(town.book, a, b, by=by, key=f"k{n}") for n, (a, b, by) in enumerate(pairs)),
        return_exceptions=True,
    )
    stands = {each.id for each in done if not isinstance(each, BaseException)}
    assert len(stands) == 1
    assert all(isinstance(each, MergedInto) for each in done if isinstance(each, BaseException))
    assert await MemberMerge.all().using_db(town.book.reader).count() == 1
    total = together(await standing(town.book, KEPT, GONE), (KEPT, GONE))
    assert (total[chart.noticed(KEPT), "points"], len(await standing(town.book, KEPT, GONE))) == (
        4,
        len(total),
    )


async def test_a_merge_the_other_way_between_the_look_and_the_writing_is_noticed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both were open when they were looked at. Only one merge stands, and who came second is told."""
    await serve(town, GONE)
    meanwhile.after(
        monkeypatch, looks, "look", lambda: couple.merge(town.book, GONE, KEPT, by=COUNTER, key="k2")
    )
    with pytest.raises(MergedInto):
        await couple.merge(town.book)
    assert await MemberMerge.all().using_db(town.book.reader).count() == 1
    assert await standing(town.book, KEPT) == {}


async def test_two_processes_make_one_merge(town: Town, tmp_path: Path) -> None:
    """The same from two books open on one file or schema."""
    await serve(town, GONE)
    async with open_district(books.url_of(town.book)) as other:
        done = await asyncio.gather(
            couple.merge(town.book, key="k1"), couple.merge(other, by=COUNTER, key="k2")
        )
    assert done[0] == done[1]
    assert (await standing(town.book, KEPT))[chart.noticed(KEPT), "points"] == 2


async def test_a_redemption_in_the_same_moment_is_before_or_after(life: Life) -> None:
    """Points spent under the closed number were spent once; whoever came too late is told, and both purses are one."""
    town = life.town
    await serve(town, GONE, 180)
    await vest(town)
    done = await asyncio.gather(
        redeem(life, GONE, 1, "r1"),
        couple.merge(town.book),
        redeem(life, KEPT, 1, "r2"),
        return_exceptions=True,
    )
    refused = [each for each in done if isinstance(each, PointsError)]
    assert all(isinstance(each, NotEnough | MergedInto) for each in refused)
    left = sum(amount for (_, unit), amount in (await standing(town.book, KEPT)).items() if unit == "points")
    assert left == 6 - 3 * (2 - len(refused))
    assert await standing(town.book, GONE) == {}


async def test_limits_are_not_evaded_by_two_numbers(town: Town) -> None:
    """Four hours a day count: what either number served that day is used up for both, and each limit stays held."""
    await serve(town, GONE, 180)
    await serve(town, KEPT, 120)
    await couple.merge(town.book)
    cap = chart.cap(KEPT, "service-day", 240, "2018-07-04")
    assert await town.points(cap, "cap") == -240
    points = await town.points(chart.noticed(KEPT))
    await serve(town, KEPT, 120)
    await serve(town, GONE, 120)
    assert await town.points(chart.noticed(KEPT)) == points
    await serve(town, GONE, 120, days=1)
    assert await town.points(chart.noticed(KEPT)) == points + 4


async def test_what_names_the_closed_number_is_credited_to_the_kept_one(town: Town) -> None:
    """A contribution that an import brought, an award on notice before: all of it vests for the one who goes on."""
    await serve(town, GONE)
    await couple.merge(town.book)
    await serve(town, GONE, days=1)
    await vest(town)
    found = await standing(town.book, KEPT, GONE)
    assert {amount for (address, _), amount in found.items() if "/until/" in address} == {4}
    assert not any(address.startswith(f"member/{GONE}/") for address, _ in found)


async def test_the_closed_number_opens_nothing(life: Life) -> None:
    """Its card is stopped, it is served nothing and given no role; who asks for it finds the kept one."""
    town = life.town
    card = await cards.issue(town.book, GONE, by=ADMIN, on=LAID_OUT)
    await couple.merge(town.book)
    with pytest.raises(CardStopped):
        await cards.find(town.book, card.number)
    assert [each.member for each in await lookup.find(town.book, GONE)] == [KEPT]
    with pytest.raises(MergedInto):
        await redeem(life, GONE, 1, "r1")
    with pytest.raises(MergedInto):
        await roles.grant(town.book, member=GONE, role="verifier", area=LIUHE, by=ADMIN, on=ON)
    with pytest.raises(MergedInto):
        await couple.merge(town.book, GONE, THIRD, key="k2")


async def test_what_cannot_be_merged_is_refused_and_nothing_moves(town: Town) -> None:
    """Each reason by its own sentence, and the ledger is as long as before."""
    await serve(town, GONE)
    await town.household("H1", GONE, "V-000009")
    await town.household("H2", "V-000008", COUNTER)
    await town.insert(Person(member="V-000008", name="赵六", birthday="05-05"))
    await roles.grant(town.book, member=THIRD, role="grid_worker", area=LIUHE, by=ADMIN, on=ON)
    head = await town.head()
    refusals: list[tuple[str, str, str, type[PointsError]]] = [
        (KEPT, KEPT, ADMIN, SameMember),
        (KEPT, "V-999999", ADMIN, UnknownMember),
        (KEPT, VERIFIER, ADMIN, StaffMerge),
        (KEPT, GONE, VERIFIER, NotAllowed),
        (KEPT, GONE, ADMIN, HomesDiffer),
        (KEPT, "V-000008", COUNTER, OwnMerge),
        (KEPT, THIRD, ADMIN, WorksStill),
        (KEPT, "V-000009", ADMIN, Erased),
    ]
    for keep, closed, by, error in refusals:
        with pytest.raises(error):
            await couple.merge(town.book, keep, closed, by=by)
    with pytest.raises(BadMergeReason):
        await merging.merge(town.book, KEPT, GONE, by=ADMIN, reason="因为", key="k1")
    assert await town.head() == head


async def test_a_counter_merges_only_where_both_are(town: Town) -> None:
    """One of another street is as good as nobody's."""
    await roles.grant(town.book, member="S-0006", role="counter", area=FAR, by=ADMIN, on=LAID_OUT)
    with pytest.raises(NotAllowed):
        await couple.merge(town.book, by="S-0006")


async def test_those_who_are_not_alike_take_two_people(town: Town) -> None:
    """One asks, another carries it out; nobody approves what they asked for, and the entry names both."""
    await serve(town, THIRD)
    with pytest.raises(MergeNeedsOther):
        await couple.merge(town.book, KEPT, THIRD)
    await merging.ask(town.book, KEPT, THIRD, by=ADMIN, key="a1")
    with pytest.raises(MergeNeedsOther):
        await couple.merge(town.book, KEPT, THIRD)
    merged = await couple.merge(town.book, KEPT, THIRD, by=COUNTER)
    (row,) = await town.rows(
        "SELECT text FROM evidence_snapshot_text WHERE snapshot = ?", f"merge/{merged.id}"
    )
    assert f'"approved":"{ADMIN}"' in row["text"]
    assert "王" not in row["text"]


async def test_a_household_of_the_closed_number_is_the_kept_ones_too(town: Town) -> None:
    """Where both live in one household they can be merged, and are one side as before."""
    await town.household("H1", KEPT, GONE)
    await couple.merge(town.book)
    homes = await households.of(town.book, [KEPT])
    assert homes == {KEPT: "H1"}


async def test_who_is_forgotten_is_forgotten_under_both_numbers(town: Town) -> None:
    """Name and birthday go with the closed number as well: it is one person who asked."""
    await couple.merge(town.book)
    await erasing.ask(town.book, KEPT, "asked", by=COUNTER, key="e1")
    traces = await erasing.approve(town.book, KEPT, by=ADMIN, key="e2")
    assert set(traces.names) == {couple.NAMES[KEPT], couple.NAMES[GONE]}
    assert await Person.filter(member__in=[KEPT, GONE]).using_db(town.book.reader).count() == 0
    assert (await erasing.erased(town.book, GONE)) is not None

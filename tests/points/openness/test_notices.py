"""Notices on a real book: what was awarded is shown once, to everybody, and names nobody."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta

import pytest

from ledger import encoding
from points.awards import corrections, vesting
from points.awards.models import Verification, Vesting
from points.openness import notices
from points.openness.errors import BadDays, UnknownNotice
from points.openness.models import NoticeLine
from points.people.errors import NotAllowed, UnknownArea
from points.people.models import Person
from tests.points.awards.town import (
    DISTRICT,
    FAR,
    GRID,
    LIUHE,
    ON,
    PUBLISHER,
    SHAHU,
    STREET,
    VERIFIER,
    Town,
)

pytestmark = pytest.mark.anyio


async def awarded(town: Town, area: str, count: int) -> None:
    """So many members report something in an area."""
    await town.fund(1000, under=area[:12], key=f"k{town.told}")
    for n in range(count):
        await town.event((f"V-{town.told:06}", "reporter"), area=area, after=timedelta(minutes=n))
    await town.verify()


async def publish(town: Town, under: str = DISTRICT, on: date = ON) -> list[notices.Notice]:
    """The publisher of the district publishes."""
    return await notices.publish(town.book, under, by=PUBLISHER, on=on)


async def test_each_community_has_its_list(town: Town) -> None:
    """Numbered by day and area, for as many days as the rule book says; a grid's awards are its community's."""
    await awarded(town, LIUHE, 3)
    await awarded(town, GRID, 2)
    await awarded(town, SHAHU, 6)
    made = await publish(town)
    assert [(each.number, len(each.lines)) for each in made] == [
        (f"G-2018-12-01-{LIUHE}-1", 5),
        (f"G-2018-12-01-{SHAHU}-1", 6),
    ]
    assert {(each.days, each.closes_on) for each in made} == {(7, date(2018, 12, 8))}


async def test_short_lists_are_merged_upward(town: Town) -> None:
    """Two and three of one street make the street's list; the other street's two hang in the district."""
    await awarded(town, LIUHE, 2)
    await awarded(town, SHAHU, 3)
    await awarded(town, FAR, 2)
    assert [(each.area, len(each.lines)) for each in await publish(town)] == [(DISTRICT, 2), (STREET, 5)]


async def test_a_line_shows_a_code_a_category_and_points(town: Town) -> None:
    """No member, day, place or event is on the list, nor in the snapshot that the ledger cites."""
    await awarded(town, LIUHE, 5)
    (made,) = await publish(town)
    (row,) = await town.rows(
        "SELECT text FROM evidence_snapshot_text WHERE snapshot = ?", f"notice/{made.id}"
    )
    text = json.loads(row["text"])
    assert all(line.keys() == {"category", "code", "points"} for line in text["lines"])
    assert "V-0" not in row["text"]
    assert "2018-07" not in row["text"]
    assert [(line["code"], line["points"]) for line in text["lines"]] == [
        (line.code, line.points) for line in made.lines
    ]


async def test_a_member_finds_their_line_by_its_code(town: Town) -> None:
    """Each line belongs to an award; the codes of a list are different."""
    await awarded(town, LIUHE, 5)
    (made,) = await publish(town)
    rows = await NoticeLine.filter(notice=made.id).using_db(town.book.reader)
    awards = {row.reference: row.member for row in await Verification.all().using_db(town.book.reader)}
    assert {row.award: row.member for row in rows} == awards
    assert {row.code for row in rows} == {line.code for line in made.lines}
    assert len({row.code for row in rows}) == 5


async def test_nothing_is_said_twice(town: Town) -> None:
    """A second run is silent; what was awarded since has a list of its own, the second of that day."""
    await awarded(town, LIUHE, 5)
    await publish(town)
    head = await town.head()
    assert await publish(town) == []
    assert await town.head() == head
    await awarded(town, LIUHE, 5)
    (second,) = await publish(town)
    assert second.number == f"G-2018-12-01-{LIUHE}-2"


async def test_two_at_once_publish_once(town: Town) -> None:
    """Every award stands on exactly one list."""
    await awarded(town, LIUHE, 6)
    first, second = await asyncio.gather(publish(town), publish(town))
    assert len(first) + len(second) == 1
    assert len(await town.rows("SELECT * FROM openness_notice_line")) == 6


async def test_publishing_is_an_act_with_the_list_as_its_evidence(town: Town) -> None:
    """One transaction without postings for each list; anyone can compute the fingerprint from what hangs there."""
    await awarded(town, LIUHE, 5)
    (made,) = await publish(town)
    (row,) = await town.rows("SELECT * FROM ledger_transaction WHERE reference LIKE 'notice/%'")
    assert (row["kind"], row["evidence_kind"], row["evidence_id"]) == ("act", "notice", made.id)
    lines = [{"category": each.category, "code": each.code, "points": each.points} for each in made.lines]
    assert made.digest == encoding.digest_of({"lines": lines, "number": made.number})
    assert await notices.find(town.book, made.number) == made


async def test_a_corrected_award_is_not_shown(town: Town) -> None:
    """It was undone before it was published."""
    await awarded(town, LIUHE, 6)
    row = await Verification.first(using_db=town.book.reader)
    assert row is not None
    await corrections.correct(town.book, row.reference or "", "not_true", by=PUBLISHER, on=ON)
    (made,) = await publish(town)
    assert len(made.lines) == 5


async def test_a_notice_hangs_until_the_day_it_closes(town: Town) -> None:
    """Seven days, the first included; then it takes itself down."""
    await awarded(town, LIUHE, 5)
    (made,) = await publish(town)
    hanging = [
        [each.number for each in await notices.open_on(town.book, day)]
        for day in (ON - timedelta(days=1), ON, date(2018, 12, 7), date(2018, 12, 8))
    ]
    assert hanging == [[], [made.number], [made.number], []]


@pytest.mark.parametrize("days", [-1, 31, 1.5, True])
async def test_days_are_between_none_and_thirty(town: Town, days: int) -> None:
    """Whatever the rule book says."""
    with pytest.raises(BadDays):
        await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON, days=days)


async def test_only_a_publisher_publishes_in_their_area(town: Town) -> None:
    """Not a verifier; and an unknown area or notice is said to be unknown."""
    with pytest.raises(NotAllowed):
        await notices.publish(town.book, DISTRICT, by=VERIFIER, on=ON)
    with pytest.raises(UnknownArea):
        await publish(town, under="999999999999")
    with pytest.raises(UnknownNotice):
        await notices.find(town.book, "G-0")


async def test_publishing_for_a_street_leaves_the_others(town: Town) -> None:
    """And a short list stays in the street it was asked for."""
    await awarded(town, LIUHE, 2)
    await awarded(town, FAR, 5)
    (made,) = await publish(town, under=STREET)
    assert (made.area, len(made.lines)) == (STREET, 2)


async def test_somebody_under_14_has_no_line_and_their_points_vest_all_the_same(town: Town) -> None:
    """The child's award belongs to the notice, counts for no line, and nothing that hangs there shows it."""
    await awarded(town, LIUHE, 6)
    async with town.book.write() as db:
        young = {"born_year": ON.year - 9, "birthday": "01-01"}
        await Person.create(using_db=db, member="V-000001", name="小宝", **young)
    (made,) = await publish(town)
    rows = await NoticeLine.filter(notice=made.id).using_db(town.book.reader)
    assert len(rows) == 6
    assert len(made.lines) == len((await notices.find(town.book, made.number)).lines) == 5
    (hidden,) = [row for row in rows if row.member == "V-000001"]
    assert hidden.code not in {line.code for line in made.lines}
    await vesting.sweep(town.book, made.closes_on)
    vested = {row.award for row in await Vesting.all().using_db(town.book.reader)}
    assert {row.award for row in rows} == vested

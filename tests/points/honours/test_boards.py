"""Boards: the formula, by consent, closed once; what is asked costs what the period costs."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from points.awards import corrections
from points.honours import boards
from points.honours.boards import Earned
from points.honours.errors import BadBoardPeriod, NobodyOnBoard, PeriodNotOver, UnknownBoard
from points.keys import new_key
from points.people.errors import NotAllowed
from points.people.models import Person
from points.people.records import Consent, ConsentWithdrawal
from tests.points.awards.town import DISTRICT, FAR, LIUHE, ON, PUBLISHER, SHAHU, STREET, VERIFIER, Town
from tests.points.honours.served import V1, V2, V3, V4, agree, one_person, serve

pytestmark = pytest.mark.anyio
DECEMBER = "2018-12"


def names(found: Any) -> list[str]:
    """Whose lines these are."""
    return [each.member for each in found]


def test_the_formula_is_honour_then_minutes_then_who_was_first() -> None:
    """Numbers of one person count together; whoever has nothing left is not in it."""
    rows = [
        Earned("V-1", 5, 60, 10),
        Earned("V-2", 5, 90, 30),
        Earned("V-3", 5, 60, 9),
        Earned("V-4", 3, 0, 4),
        Earned("V-5", 4, 0, 50),
        Earned("V-6", -2, 0, 0),
        Earned("V-7", 2, 0, 3),
        Earned("V-8", -2, 0, 0),
    ]
    found = boards.ordered(rows, {"V-5": "V-4", "V-8": "V-7"})
    assert [(e.member, e.honour) for e in found] == [("V-4", 7), ("V-2", 5), ("V-3", 5), ("V-1", 5)]


async def test_what_took_effect_in_the_period_counts(town: Town) -> None:
    """By the day of the award, not of the event; honour and minutes are those of the ledger."""
    await town.fund(100)
    await agree(town, V1, V2)
    await serve(town, V1, 60)
    await town.verify(on=date(2018, 11, 30))
    await serve(town, V1, 120, day=1)
    await serve(town, V2, 180, day=2)
    await town.verify(on=ON)
    found = await boards.compute(town.book, LIUHE, DECEMBER)
    assert [(e.member, e.honour, e.minutes) for e in found.shown] == [(V2, 6, 180), (V1, 4, 120)]
    quarter = await boards.compute(town.book, LIUHE, "2018-Q4")
    assert [(e.member, e.honour) for e in quarter.shown] == [(V1, 6), (V2, 6)]
    assert names((await boards.compute(town.book, LIUHE, "2018-07")).everybody) == []


async def test_a_place_has_what_happened_in_it_and_below(town: Town) -> None:
    """Whoever helped there counts, wherever they are enrolled."""
    await town.fund(100)
    await town.fund(100, under=SHAHU)
    await town.fund(100, under=FAR)
    await agree(town, V1, V2, V3)
    await serve(town, V1, 60)
    await serve(town, V2, 60, day=1, area=SHAHU)
    await serve(town, V3, 60, day=2, area=FAR)
    await town.verify()
    assert names((await boards.compute(town.book, LIUHE, DECEMBER)).shown) == [V1]
    assert names((await boards.compute(town.book, STREET, DECEMBER)).shown) == [V1, V2]
    assert names((await boards.compute(town.book, DISTRICT, DECEMBER)).shown) == [V1, V2, V3]


async def test_nobody_is_shown_who_did_not_agree(town: Town) -> None:
    """Nor a child under 14; they are in the order all the same, and in nobody's page."""
    await town.fund(100)
    await agree(town, V1, V2)
    await town.insert(Person(member=V2, name="小明", birthday="01-01", born_year=town.book.today().year - 10))
    for n, who in enumerate((V1, V2, V3)):
        await serve(town, who, 60, day=n)
    await town.verify()
    found = await boards.compute(town.book, LIUHE, DECEMBER)
    assert (names(found.shown), names(found.everybody)) == ([V1], [V1, V2, V3])


async def test_no_more_than_the_first_are_on_a_board(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no ranking of the worst."""
    monkeypatch.setattr(boards, "PLACES", 2)
    await town.fund(100)
    for n, who in enumerate((V1, V2, V3)):
        await agree(town, who)
        await serve(town, who, 60 * (n + 1), day=n)
    await town.verify()
    assert names((await boards.compute(town.book, LIUHE, DECEMBER)).shown) == [V3, V2]


async def test_a_closed_board_is_not_computed_again(town: Town) -> None:
    """A correction of later days leaves the lines, and is told beside them; closing again gives the same board."""
    await town.fund(100)
    await agree(town, V1, V2)
    wrong = await serve(town, V1, 120)
    await serve(town, V1, 60, day=1)
    await serve(town, V2, 60, day=2)
    await town.verify()
    board = await boards.close(town.book, LIUHE, DECEMBER, by=PUBLISHER)
    head = await town.head()
    await corrections.correct(town.book, wrong, "情况不实", by=PUBLISHER, on=date(2019, 1, 5))
    after = await town.head()
    assert after > head
    again = await boards.close(town.book, LIUHE, DECEMBER, by=PUBLISHER)
    assert (again.id, await town.head()) == (board.id, after)
    shown = await boards.lines(town.book, board)
    assert [(s.line.place, s.member, s.line.honour, s.corrected) for s in shown] == [
        (1, V1, 6, 4),
        (2, V2, 2, 0),
    ]
    assert [(b.id, line.place) for b, line in await boards.of_member(town.book, V2)] == [(board.id, 2)]
    assert [b.id for b in await boards.recent(town.book)] == [board.id]
    assert [b.id for b in await boards.recent(town.book, [SHAHU])] == []


async def test_a_correction_goes_down_on_its_own_day(town: Town) -> None:
    """A month that was not closed yet keeps what it earned; the month of the correction has less."""
    await town.fund(100)
    await agree(town, V1)
    wrong = await serve(town, V1, 120)
    await town.verify()
    await serve(town, V1, 180, day=1)
    await town.verify(on=date(2019, 1, 4))
    await corrections.correct(town.book, wrong, "情况不实", by=PUBLISHER, on=date(2019, 1, 5))
    (december,) = (await boards.compute(town.book, LIUHE, DECEMBER)).shown
    (january,) = (await boards.compute(town.book, LIUHE, "2019-01")).shown
    assert ((december.honour, december.minutes), (january.honour, january.minutes)) == ((4, 120), (2, 60))


async def test_who_changed_their_mind_is_not_shown(town: Town) -> None:
    """The place stays empty: nobody moves up."""
    await town.fund(100)
    await agree(town, V1, V2)
    await serve(town, V1, 120)
    await serve(town, V2, 60, day=1)
    await town.verify()
    board = await boards.close(town.book, LIUHE, DECEMBER, by=PUBLISHER)
    (given,) = await Consent.filter(member=V1).using_db(town.book.reader)
    withdrawn = ConsentWithdrawal(
        consent=given.id, withdrawn_on="2019-01-01", recorded_by=VERIFIER, reference="consent-withdrawn/t"
    )
    await town.insert(withdrawn)
    assert [(s.line.place, s.member) for s in await boards.lines(town.book, board)] == [(2, V2)]


async def test_one_person_under_two_numbers_has_one_line(town: Town) -> None:
    """Merged before it was closed they count together; merged after, the line goes on under the open number."""
    await town.fund(100)
    await agree(town, V1, V3)
    await serve(town, V1, 60)
    await serve(town, V2, 60, day=1)
    await serve(town, V3, 180, day=2)
    await town.verify()
    await one_person(town, V1, V2)
    found = await boards.compute(town.book, LIUHE, DECEMBER)
    assert [(e.member, e.honour) for e in found.shown] == [(V3, 6), (V1, 4)]


async def test_only_what_is_over_is_closed_and_only_by_who_may(town: Town) -> None:
    """Nothing is written otherwise."""
    await town.fund(100)
    before = await town.head()
    with pytest.raises(NotAllowed):
        await boards.close(town.book, LIUHE, DECEMBER, by=VERIFIER)
    with pytest.raises(PeriodNotOver):
        await boards.close(town.book, LIUHE, f"{town.book.today():%Y-%m}", by=PUBLISHER)
    with pytest.raises(NobodyOnBoard):
        await boards.close(town.book, LIUHE, DECEMBER, by=PUBLISHER)
    with pytest.raises(BadBoardPeriod):
        await boards.close(town.book, LIUHE, "2018-W01", by=PUBLISHER)
    with pytest.raises(UnknownBoard):
        await boards.find(town.book, new_key())
    assert await town.head() == before


async def test_two_who_close_at_once_close_one(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second meets the first one's row, and gets that board."""
    await town.fund(100)
    await agree(town, V4)
    await serve(town, V4, 60)
    await town.verify()
    whole = boards.compute
    first: list[str] = []

    async def meanwhile(*given: Any) -> Any:
        found = await whole(*given)
        if not first:
            first.append("")
            first[0] = (await boards.close(town.book, LIUHE, DECEMBER, by=PUBLISHER)).id
        return found

    monkeypatch.setattr(boards, "compute", meanwhile)
    second = await boards.close(town.book, LIUHE, DECEMBER, by=PUBLISHER)
    assert second.id == first[0]
    assert len(await boards.recent(town.book)) == 1


async def test_a_board_begins_with_the_days_of_its_period(town: Town) -> None:
    """On both engines: nothing is read from its beginning, however long the ledger is."""
    span = (await boards.compute(town.book, LIUHE, DECEMBER)).span
    sql, values = await boards.statement(town.book, LIUHE, span, 99)
    if town.book.engine.dialect == "sqlite":
        plan = str(await town.book.reader.execute_query_dict("EXPLAIN QUERY PLAN " + sql, values))
        # What the parts of a union are put together in (m) is no table.
        assert set(re.findall(r"SCAN (\w+)", plan)) <= {"m"}
    else:
        async with town.book.write() as db:
            await db.execute_query("SET LOCAL enable_seqscan = off")
            plan = str(await db.execute_query_dict("EXPLAIN " + sql, values))
        assert "Seq Scan" not in plan
    assert "awards_verification_by_day" in plan
    assert "awards_correction_by_day" in plan


async def test_what_was_corrected_is_found_by_its_members(town: Town) -> None:
    """The page that everybody may ask for reads what those on the board earned, and nobody else's."""
    sql = boards._CORRECTED.format(area=boards.AREA, inside="a.path >= ? AND a.path < ?")
    values = [f'[["{V1}"]]', "2018-12-01", "2018-12-31", 9, 9, "/", "0"]
    if town.book.engine.dialect == "sqlite":
        plan = str(await town.book.reader.execute_query_dict("EXPLAIN QUERY PLAN " + sql, values))
        assert set(re.findall(r"SCAN (\w+)", plan)) <= {"wanted"}
        assert "SEARCH v" in plan
    else:
        async with town.book.write() as db:
            await db.execute_query("SET LOCAL enable_seqscan = off")
            plan = str(await db.execute_query_dict("EXPLAIN " + sql, values))
        assert "Seq Scan" not in plan

"""Rule books on a real book: versions, the day they are in force, and who publishes them."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from points.awards import rule_books, rule_text
from points.awards.errors import AlreadyJudged, BadRuleBook, NoRuleBook, TooEarly
from points.awards.models import RuleBook
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, KEEPER, LAID_OUT, Town

pytestmark = pytest.mark.anyio


def amended(day: date, points: int = 3) -> str:
    """The default, with other points for a report, from a day on."""
    text = rule_text.default().replace("in_force_from = 2000-01-01", f"in_force_from = {day}")
    return text.replace("points = 2\nfound_first", f"points = {points}\nfound_first", 1)


async def test_the_version_in_force_is_that_of_the_day(town: Town) -> None:
    """The old days keep the old rules; an event on the first day of the new version has the new ones."""
    await rule_books.publish(town.book, amended(date(2018, 9, 1)), by=ADMIN, on=date(2018, 8, 1))
    versions = [
        (await rule_books.in_force(town.book, day)).version
        for day in (date(2000, 1, 1), date(2018, 8, 31), date(2018, 9, 1), date(2026, 1, 1))
    ]
    assert versions == [1, 1, 2, 2]


async def test_before_the_first_version_there_is_none(town: Town) -> None:
    """1999 has no rules, and that is said."""
    with pytest.raises(NoRuleBook):
        await rule_books.in_force(town.book, date(1999, 12, 31))


async def test_a_later_version_takes_the_place_of_one_that_was_announced(town: Town) -> None:
    """The newest that had begun counts, also when an older one was to begin later."""
    await rule_books.publish(town.book, amended(date(2018, 12, 1)), by=ADMIN, on=date(2018, 8, 1))
    await rule_books.publish(town.book, amended(date(2018, 10, 1), points=4), by=ADMIN, on=date(2018, 8, 2))
    assert (await rule_books.in_force(town.book, date(2018, 12, 24))).version == 3


async def test_publishing_is_an_act_with_its_row(town: Town) -> None:
    """One transaction without postings, citing the text; the row repeats its digest."""
    (row,) = await town.rows("SELECT * FROM ledger_transaction WHERE evidence_kind = 'rule_book'")
    assert (row["kind"], row["reference"], row["evidence_id"]) == ("act", "rules/2000-01-01/1", "1")
    stored = await RuleBook.get(version=1, using_db=town.book.reader)
    assert stored.text == rule_text.default()
    assert (await rule_books.in_force(town.book, LAID_OUT)).digest == stored.digest


async def test_the_same_text_again_changes_nothing(town: Town) -> None:
    """`init` may run twice."""
    head = await town.head()
    assert (await rule_books.publish(town.book, rule_text.default(), by="system", on=LAID_OUT)).version == 1
    assert await town.head() == head


async def test_days_gone_by_are_not_rescored(town: Town) -> None:
    """From the second version on, nothing begins before the day it is published."""
    with pytest.raises(TooEarly):
        await rule_books.publish(town.book, amended(date(2018, 7, 31)), by=ADMIN, on=date(2018, 8, 1))
    assert (
        await rule_books.publish(town.book, amended(date(2018, 8, 1)), by=ADMIN, on=date(2018, 8, 1))
    ).version == 2


async def test_what_was_judged_is_not_judged_by_another_version(town: Town) -> None:
    """One event of 4 July was verified that day: a version from then on is refused and says so; a day later not."""
    await town.fund(1000)
    await town.event(("V-000001", "reporter"))
    await town.verify(on=date(2018, 7, 4))
    with pytest.raises(AlreadyJudged) as refused:
        await rule_books.publish(town.book, amended(date(2018, 7, 4)), by=ADMIN, on=date(2018, 7, 4))
    assert refused.value.facts["events"] == 1
    later = await rule_books.publish(town.book, amended(date(2018, 7, 5)), by=ADMIN, on=date(2018, 7, 4))
    assert later.version == 2


async def test_every_award_names_the_version_and_its_digest(town: Town) -> None:
    """In the evidence that the entry cites, beside the number in the verification's row."""
    await town.fund(1000)
    await town.event(("V-000001", "reporter"))
    await town.verify()
    sql = """SELECT s.text FROM ledger_transaction AS x JOIN evidence_snapshot_text AS s
        ON s.snapshot = x.evidence_kind || '/' || x.evidence_id WHERE x.kind = 'award'"""
    said = [json.loads(row["text"])["rule_book"] for row in await town.rows(sql)]
    first = (await rule_books.shelf(town.book)).version(1)
    assert said == [{"digest": first.digest, "version": 1}]


async def test_only_an_admin_publishes(town: Town) -> None:
    """Not a keeper of funds, and not `system` once there is a version."""
    for by in (KEEPER, "system"):
        with pytest.raises(NotAllowed):
            await rule_books.publish(town.book, amended(date(2019, 1, 1)), by=by, on=LAID_OUT)


async def test_a_wrong_text_is_not_published(town: Town) -> None:
    """And nothing is written."""
    head = await town.head()
    with pytest.raises(BadRuleBook):
        await rule_books.publish(town.book, "nothing", by=ADMIN, on=LAID_OUT)
    assert await town.head() == head


async def test_every_limit_a_cap_had_is_known(town: Town) -> None:
    """What was drawn under an old limit still counts against a new one."""
    text = amended(date(2018, 9, 1)).replace("limit = 10", "limit = 14")
    await rule_books.publish(town.book, text, by=ADMIN, on=date(2018, 8, 1))
    shelf = await rule_books.shelf(town.book)
    assert shelf.limits("report-day") == {10, 14}
    assert shelf.limits("nothing") == set()
    assert shelf.version(1).caps["report-day"].limit == 10


async def test_a_month_cap_counts_through_a_change_of_its_limit(town: Town) -> None:
    """4 points were used in July under a limit of 60; the new book allows 7 a month: a report of 5 gives 3."""
    text = amended(date(2018, 7, 5), points=5).replace("limit = 60", "limit = 7")
    await town.fund(1000)
    for _ in range(2):
        await town.event(("V-000001", "reporter"))
    await town.verify(on=date(2018, 7, 4))
    await rule_books.publish(town.book, text, by=ADMIN, on=date(2018, 7, 5))
    await town.event(("V-000001", "reporter"), after=timedelta(days=2))
    assert (await town.verify()).points == 3

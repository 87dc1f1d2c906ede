"""The pure half of a rehearsal: two books over the same cases, in any number of parts."""

from __future__ import annotations

from datetime import date, timedelta

from points.awards import rehearsal, rule_text
from points.awards.cases import Case, Decision, Doing
from points.awards.rehearsal import Rehearsal, Stage
from points.awards.rule_books import Shelf

BOOK = rule_text.parse(rule_text.default())
DRAFT = rule_text.parse(rule_text.default().replace("limit = 60", "limit = 20"))
DAYS = (date(2018, 7, 1), date(2018, 7, 31))


def case(n: int) -> Case:
    """The report of that number: two a day by one member, in one community."""
    doing = Doing(f"c{n:03}", "V-000001", "volunteer", "reporter")
    day = DAYS[0] + timedelta(days=n // 2)
    return Case(f"e{n:03}", day, "440310001001", "report", "F", "", "ordinary", False, (doing,))


def played(*, at_once: int) -> Rehearsal:
    """Forty reports of hazards in July, so many at once."""
    stage: Stage = rehearsal.stage(Shelf((BOOK,)), DRAFT)
    cases = [case(n) for n in range(40)]
    decisions = {
        doing.id: Decision(doing.id, accepted=True) for each in cases for doing in each.contributions
    }
    for start in range(0, len(cases), at_once):
        for play in (stage.now, stage.draft):
            play.go(cases[start : start + at_once], decisions)
    return stage.found(*DAYS, funds={"440310001001": 50}, repeats_anew=False)


def test_a_month_cap_holds_from_part_to_part() -> None:
    """Forty reports at 5: the month stops at 60, by the draft at 20, however many are read at once."""
    found = played(at_once=7)
    assert (found.totals.now, found.totals.draft) == (60, 20)
    assert found == played(at_once=40) == played(at_once=1)


def test_what_a_cap_took_is_counted_by_times_points_and_members() -> None:
    """Twelve reports were whole under 60 a month, 28 gave nothing: 140 points; under 20 it is 36 and 180."""
    month = {line.id: line for line in played(at_once=9).caps}["report-month"]
    assert (month.now.times, month.now.amount, month.now.members) == (28, 140, 1)
    assert (month.draft.times, month.draft.amount, month.draft.members) == (36, 180, 1)


def test_who_loses_and_what_a_fund_lacks() -> None:
    """One member loses 40; a fund of 50 would do for the draft and not for what is in force."""
    found = played(at_once=40)
    assert (found.lost.members, found.lost.amount, found.gained.members) == (1, 40, 0)
    assert [(each.member, each.now, each.draft) for each in found.losers] == [("V-000001", 60, 20)]
    assert found.short == []
    assert found.communities[0].fund < found.communities[0].now


def test_a_draft_counts_on_any_day() -> None:
    """Also before the day on which it is to begin."""
    later = rule_text.parse(rule_text.default().replace("2000-01-01", "2030-01-01", 1))
    assert rehearsal.always(later).on(date(1999, 1, 1)).title_zh == later.title_zh

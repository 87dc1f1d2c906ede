"""What is done on paid duty earns nothing redeemable."""

from __future__ import annotations

from datetime import date

import pytest

from points.awards import sentences
from points.awards.cases import Case, Decision, Doing
from points.awards.duty import Rota
from points.awards.rule_text import default, parse
from points.awards.rules import History, awards_for
from points.people.roles import Grant

RULES = parse(default())
PATH = "/440310000000/440310001000/440310001002/"
GRANT = Grant("1", "S-0008", "grid_worker", "440310001000", "2026-01-01", "2026-06-30")


@pytest.mark.parametrize(
    ("member", "role", "path", "day", "duty"),
    [
        ("S-0008", "reporter", PATH, "2026-03-01", "grid_worker"),
        ("S-0008", "handler", PATH, "2026-06-30", "grid_worker"),
        ("S-0008", "participant", PATH, "2026-03-01", ""),
        ("S-0008", "reporter", PATH, "2025-12-31", ""),
        ("S-0008", "reporter", PATH, "2026-07-01", ""),
        ("S-0008", "reporter", "/440310000000/440310006000/", "2026-03-01", ""),
        ("V-000001", "reporter", PATH, "2026-03-01", ""),
    ],
)
def test_duty_is_a_matter_of_person_part_place_and_day(
    member: str, role: str, path: str, day: str, duty: str
) -> None:
    """A grid worker who joins a clean-up on Sunday is a volunteer like everybody; so is one from the next street."""
    assert Rota(((GRANT, None),)).on_duty(member, role, path, day) == duty


def test_duty_ends_with_the_day_it_was_revoked() -> None:
    """From that day on they report in their own time."""
    rota = Rota(((GRANT, "2026-03-02"),))
    days = ("2026-03-01", "2026-03-02")
    assert [rota.on_duty("S-0008", "reporter", PATH, day) for day in days] == ["grid_worker", ""]


def test_a_grid_worker_and_a_liaison_earn_nothing_for_their_work_and_it_says_why() -> None:
    """The resident who reported the same thing beside them is paid as ever; shares go to those who are not on duty."""
    doings = (
        Doing("1", "V-000001", "volunteer", "reporter"),
        Doing("2", "S-0008", "staff", "reporter", on_duty="grid_worker"),
        Doing("3", "S-0010", "staff", "handler", on_duty="liaison"),
    )
    case = Case("e", date(2026, 3, 1), "440310001002", "report", "F", "消防", "normal", False, doings)
    decisions = [Decision(each.id, accepted=True) for each in doings]
    resident, worker, liaison = awards_for(case, decisions, RULES, History())
    assert resident.points > 0
    for worth, said in (
        (worker, "网格员在岗做的，是本职，不计分"),
        (liaison, "网格对接员在岗做的，是本职，不计分"),
    ):
        assert (worth.points, worth.honour, worth.minutes, worth.draws, worth.nothing) == (0, 0, 0, (), True)
        assert said in sentences.arithmetic(worth.arithmetic, RULES)
    assert "paid duty" in sentences.arithmetic(worker.arithmetic, RULES, "en")


def test_a_mediator_on_duty_takes_no_share_from_the_others() -> None:
    """The pool is shared among those who may have it, and whole."""
    doings = (
        Doing("1", "V-000001", "volunteer", "mediator", outcome="difficult"),
        Doing("2", "V-000002", "volunteer", "mediator", outcome="difficult"),
        Doing("3", "S-0008", "staff", "mediator", outcome="difficult", on_duty="grid_worker"),
    )
    case = Case("e", date(2026, 3, 1), "440310001002", "mediation", "D", "纠纷", "normal", False, doings)
    worths = awards_for(case, [Decision(each.id, accepted=True) for each in doings], RULES, History())
    assert [worth.points for worth in worths] == [15, 15, 0]

"""Points by a rule alone: once, by the hour, by the person, shared; and every step says its figures."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from points.awards.cases import Decision, Repetition
from points.awards.rules import History, awards_for
from tests.points.awards.said import EVERYTHING, accepted, case, doing, worth, worths

ORGANISER = "V-000001"


def test_who_holds_an_activity_earns_by_the_person_who_came() -> None:
    """Three others came: 2 × 3. One who did two things is one person; the organiser does not count themself."""
    came = [doing(f"V-{n}", "participant", minutes=60) for n in range(3)]
    more = [doing("V-1", "handler"), doing(ORGANISER, "participant", minutes=60)]
    it = case(doing(ORGANISER), *came, *more, kind="activity")
    first = worths(it, rule_book=EVERYTHING)[0]
    assert (first.rule, first.points) == ("brought", 6)
    assert first.arithmetic[0] == {"step": "persons", "each": 2, "persons": 3, "points": 6}


def test_only_who_was_accepted_counts_as_having_come() -> None:
    """Accepted before, accepted together, returned, undecided: two persons."""
    before = replace(doing("V-2", "participant"), decided="accepted")
    it = case(doing(ORGANISER), before, *(doing(f"V-{n}", "participant") for n in (3, 4, 5)), kind="activity")
    decisions = [
        Decision(f"{ORGANISER}/reporter", accepted=True),
        Decision("V-3/participant", accepted=True),
        Decision("V-4/participant", accepted=False, reason="不是本人做的"),
    ]
    assert awards_for(it, decisions, EVERYTHING, History())[0].points == 4


def test_who_waits_for_money_has_come_all_the_same() -> None:
    """The fund cannot pay a participant yet: the organiser's points do not wait for that."""
    it = case(doing(ORGANISER), doing("V-2", "participant", minutes=600), kind="activity")
    waiting = it.waiting_for_money("V-2/participant")
    only = [Decision(f"{ORGANISER}/reporter", accepted=True)]
    assert awards_for(waiting, only, EVERYTHING, History())[0].points == 2
    assert awards_for(it, only, EVERYTHING, History())[0].points == 0


def test_an_activity_that_resembles_another_is_no_repeated_report() -> None:
    """Repeats are about reports; who holds two activities in a day brought people twice."""
    it = case(doing(ORGANISER), doing("V-2", "participant"), kind="activity", repeat=Repetition("e0", 1))
    assert worths(it, rule_book=EVERYTHING)[0].points == 2


def test_shared_points_are_split_among_those_the_rule_holds_for() -> None:
    """Ten and one for being first, three handlers: 4, 4, 3. The reporter's own rule is another pool."""
    handlers = [doing(f"V-{n}", "handler") for n in range(3)]
    it = case(doing("V-9"), *handlers, category="S", severity="major", found_first=True)
    got = worths(it, rule_book=EVERYTHING)
    assert [(each.rule, each.points) for each in got] == [
        ("report", 2),
        ("handled", 4),
        ("handled", 4),
        ("handled", 3),
    ]
    assert got[1].arithmetic == (
        {"step": "fixed", "rule": "handled", "points": 10},
        {"step": "found_first", "points": 1},
        {"step": "split", "pool": 11, "persons": 3, "place": 1, "points": 4},
    )


def test_claimed_parts_are_said() -> None:
    """Thirty and seventy in a hundred."""
    two = [doing(f"V-{n}", "handler", parts=parts) for n, parts in enumerate((30, 70))]
    got = worths(case(*two, category="S", severity="major"), rule_book=EVERYTHING)
    assert [each.points for each in got] == [3, 7]
    assert got[0].arithmetic[-1] == {
        "step": "split",
        "pool": 10,
        "persons": 2,
        "place": 1,
        "parts": 30,
        "of": 100,
        "points": 3,
    }


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.booleans(), st.data())
def test_splits_sum_to_the_pool_and_never_pass_it(parts: list[int], first: bool, data: st.DataObject) -> None:
    """Decided together they sum to it exactly. Decided one by one, some of them returned, they never pass it."""
    doings = [doing(f"V-{n}", "handler", parts=each) for n, each in enumerate(parts)]
    it = case(*doings, category="S", severity="major", found_first=first)
    pool = 11 if first else 10
    assert sum(each.points for each in worths(it, rule_book=EVERYTHING)) == pool
    given_out = 0
    for each in data.draw(st.permutations(doings)):
        accept = data.draw(st.booleans())
        for one in awards_for(it, [Decision(each.id, accept, None)], EVERYTHING, History()):
            given_out += one.points
            it = it.awarded(each.id, one.points)
        said = "accepted" if accept else "returned"
        kept = [replace(c, decided=said) if c.id == each.id else c for c in it.contributions]
        it = replace(it, contributions=tuple(kept))
    assert given_out <= pool


def test_hours_count_as_far_as_a_cap_on_minutes_lets_them() -> None:
    """Four hours at one point for two hours, with an hour left of the year: half a point is none."""
    used = History({"V-000001": {("hours-year", "2018"): 5940}})
    got = worth(
        case(doing(role="participant", minutes=240), kind="activity"), rule_book=EVERYTHING, history=used
    )
    assert (got.minutes, got.points) == (60, 0)
    assert accepted(case(doing())) == [Decision("V-000001/reporter", accepted=True)]

"""What moves: every balance day for day, limits as far as they allow, and figures that say the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger.statements import Balance
from points import chart
from points.people.twice import moves

KEPT, GONE, TODAY = "V-000001", "V-000002", date(2026, 11, 20)
LIMIT = 10
CAP = chart.cap(GONE, "report-day", LIMIT, "2026-11-01")


def balance(address: str, amount: int, unit: str = "points", floor: int | None = 0) -> Balance:
    """An account of the closed number."""
    return Balance(address, unit, amount, 1, floor)


def test_each_account_goes_to_its_like() -> None:
    """Points first; what is below zero comes from the kept one; what has passed its day stays for the sweep."""
    theirs = [
        balance(chart.honour(GONE), 9, "honour", None),
        balance(chart.hours(GONE), 90, "minutes", None),
        balance(chart.noticed(GONE), 4),
        balance(chart.owed(GONE), -3, floor=None),
        balance(chart.until(GONE, date(2027, 12, 31)), 5),
        balance(chart.until(GONE, date(2025, 12, 31)), 7),
        balance(chart.held(GONE, date(2026, 12, 31)), 2),
        balance(chart.disputed(GONE), 0),
        balance(CAP, -6, "cap", -LIMIT),
    ]
    found = moves.between(KEPT, GONE, theirs, {}, TODAY)
    units = [each.unit for each in found]
    assert units == sorted(units, key=lambda unit: unit != "points")
    said = moves.figures(GONE, found)
    assert (said.days, said.noticed, said.held, said.owed) == (((date(2027, 12, 31), 5),), 4, 2, 3)
    assert (said.honour, said.minutes, said.counters, said.points) == (9, 90, 1, 11)
    assert [(e.source, e.target, e.amount) for e in found if e.unit == "cap"] == [
        (chart.cap(KEPT, "report-day", LIMIT, "2026-11-01"), CAP, 6)
    ]


@given(st.integers(0, LIMIT), st.integers(0, LIMIT))
def test_a_limit_is_used_up_by_both_together(mine: int, theirs: int) -> None:
    """Afterwards the kept number has used what both did, or all there is: never less than either, never beyond."""
    target = moves.moved(CAP, GONE, KEPT)
    found = moves.between(KEPT, GONE, [balance(CAP, -theirs, "cap", -LIMIT)], {(target, "cap"): -mine}, TODAY)
    assert mine + sum(each.amount for each in found) == min(LIMIT, mine + theirs)


def test_what_a_correction_gave_back_is_given_back() -> None:
    """A limit of the closed number above zero makes room under the kept one's."""
    (one,) = moves.between(KEPT, GONE, [balance(CAP, 2, "cap", -LIMIT)], {}, TODAY)
    assert (one.source, one.amount) == (CAP, 2)


def test_very_many_limits_take_more_than_one_entry() -> None:
    """An entry holds 256 postings, and its reversal may need some more."""
    caps = [
        balance(chart.cap(GONE, "report-day", LIMIT, f"2026-11-{n}"), -1, "cap", -LIMIT) for n in range(450)
    ]
    parts = moves.parts(moves.between(KEPT, GONE, caps, {}, TODAY))
    assert [len(part) for part in parts] == [200, 200, 50]

"""Faults in the law and in the verbs, each of which the lives of the machine, the same ones every time, must notice."""

from __future__ import annotations

from tests.attack.faults import Change, Fault

LIVES = ("district_machine",)
COPIED = ("ledger", "points", "alembic_like_migrations", "tests")
"""What a district lives on."""

FAULTS = (
    Fault(
        "a corrected award vests all the same",
        LIVES,
        (
            Change(
                "points/awards/correction_plans.py",
                "return Plan((*closing, *(() if vesting else (_never_vests(asked, evidence),)), reversal))",
                "return Plan((*closing, reversal))",
            ),
        ),
    ),
    Fault(
        "a correction takes vested points from what is on notice",
        LIVES,
        (
            Change(
                "points/awards/whereabouts.py",
                "        order = [vested]\n",
                "        order = [chart.noticed(member), vested]\n",
            ),
        ),
    ),
    Fault(
        "spending draws on the latest day first",
        LIVES,
        (
            Change(
                "points/awards/purse.py",
                "    return sorted(found)",
                "    return sorted(found)[::-1]",
            ),
        ),
    ),
    Fault(
        "what is owed is not settled",
        LIVES,
        (
            Change(
                "points/awards/vesting.py",
                "min(each.points, debt.points) if each.points <= debt.noticed else 0",
                "0",
            ),
        ),
    ),
    Fault(
        "points expire on their last day",
        LIVES,
        (
            Change(
                "points/awards/expiring.py",
                "substr(a.address, length(a.address) - 9) < ?",
                "substr(a.address, length(a.address) - 9) <= ?",
            ),
        ),
    ),
)

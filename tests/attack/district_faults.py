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
    Fault(
        "two numbers have two limits, also when they are one person's",
        LIVES,
        (
            Change(
                "points/people/twice/moves.py",
                "max(one.balance, min(0, (one.floor or 0) - mine)) if one.balance < 0 else one.balance",
                "max(one.balance, 0)",
            ),
        ),
    ),
    Fault(
        "what became spendable while two were one goes back on notice",
        LIVES,
        (
            Change(
                "points/people/twice/undoing.py",
                "    if settled := _spendable_again(merged, reversals):\n",
                "    if (settled := _spendable_again(merged, reversals)) and not vested:\n",
            ),
        ),
    ),
    Fault(
        "what comes to a closed number too late goes to the end of the chain at once",
        LIVES,
        (
            Change(
                "points/people/twice/following.py",
                "    parts = moves.parts(",
                "    merged = replace(merged, kept=await merges.stands_for(book, merged.gone))\n"
                "    parts = moves.parts(",
            ),
            Change(
                "points/people/twice/following.py",
                "from datetime import date\n",
                "from dataclasses import replace\nfrom datetime import date\n",
            ),
        ),
    ),
    Fault(
        "a correction takes honour from a closed number",
        LIVES,
        (
            Change(
                "points/awards/correction_plans.py",
                'kept = f"member/{asked.award.member}/", f"member/{asked.who}/"',
                'kept = f"member/{asked.award.member}/", f"member/{asked.award.member}/"',
            ),
        ),
    ),
)

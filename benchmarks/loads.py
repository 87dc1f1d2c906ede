"""The two loads that are measured: a *transfer* (one posting) and an *award* (four postings and a verification row)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal

from ledger import encoding
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards.models import Verification

Kind = Literal["transfer", "award"]

DAY = date(2018, 7, 4)
FUND = chart.fund("440310001001", "2018-07")
DIGEST = encoding.digest("a benchmark")
HOT = 100
"""So many members are the hot ones; the k-th of them is met as often as 1/k says."""
_HOT_WEIGHTS = list(accumulate(1 / rank for rank in range(1, HOT + 1)))


@dataclass(frozen=True, slots=True)
class Load:
    """Drafts by number: the same number is always the same draft.

    accounts   members that receive, all from one fund: our real load
    hot        one draft in ten goes to a hundred of them, by Zipf's law; else all are met equally often
    """

    kind: Kind
    accounts: int
    hot: bool = False

    @property
    def postings(self) -> int:
        """How many postings each draft has."""
        return 1 if self.kind == "transfer" else 4

    def member(self, number: int) -> str:
        """Who receives."""
        chance = random.Random(number)
        if self.hot and chance.random() < 0.1:
            return f"V-{chance.choices(range(HOT), cum_weights=_HOT_WEIGHTS)[0] % self.accounts:06d}"
        return f"V-{chance.randrange(self.accounts):06d}"

    def draft(self, number: int) -> Draft:
        """The draft of that number. References and ids begin with something that grows, as ours do."""
        member, contribution = self.member(number), f"{number:032x}"
        reference = f"award/2018-07-04/{number:010d}"
        evidence = Evidence("contribution", contribution, DIGEST)
        if self.kind == "transfer":
            posting = Posting(FUND, chart.noticed(member), 1, chart.POINTS)
            return Draft(reference, "award", evidence, DAY, DIGEST, (posting,))
        postings = (
            Posting(FUND, chart.noticed(member), 2, chart.POINTS),
            Posting(chart.SYSTEM_HONOUR, chart.honour(member), 2, chart.HONOUR),
            Posting(chart.SYSTEM_HOURS, chart.hours(member), 30, chart.MINUTES),
            Posting(chart.cap(member, "reports", 999_999_999, "2018-07"), chart.CAPS, 2, chart.CAP),
        )
        rows = (verification(contribution, member, reference),)
        return Draft(reference, "award", evidence, DAY, DIGEST, postings, rows=rows)


def allocation() -> Draft:
    """What the fund awards out of: enough for every draft there will be."""
    evidence = Evidence("decision", "1", DIGEST)
    postings = (Posting(chart.ISSUED, FUND, 10**12, chart.POINTS),)
    return Draft("allocate/2018-07/bench", "allocate", evidence, DAY, DIGEST, postings)


def verification(contribution: str, member: str, reference: str) -> Verification:
    """The row that is written with an award."""
    return Verification(
        contribution=contribution,
        event=contribution,
        member=member,
        decision="accepted",
        reason=None,
        verifier="S-0001",
        decided_on=DAY.isoformat(),
        rule_book=1,
        rule="report",
        points=2,
        minutes=30,
        arithmetic='[{"points":2,"rule":"report"}]',
        reference=reference,
    )

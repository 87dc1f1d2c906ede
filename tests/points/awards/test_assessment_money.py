"""The money behind an assessment: whose, how much, by which paper; as much as it costs where nobody said."""

from __future__ import annotations

import pytest

from ledger.errors import ReferenceConflict
from points.awards import assessments, fund_months
from points.awards.assessment_errors import BadDocument
from points.awards.assessment_money import Money
from points.awards.sponsors import Backing
from tests.points.awards.test_assessments import HEAD, agree, last_month, lay
from tests.points.awards.town import LIUHE, Town

pytestmark = pytest.mark.anyio


def test_as_much_as_it_costs_where_nobody_said() -> None:
    """A yuan for each point, the street's; and then the request names nothing more than before."""
    assert Money().behind(500) == Backing("street", 50_000)
    assert Money().facts == {}
    assert Money("unit", 7).facts == {"fen": 7, "sponsor": "unit"}


async def test_the_money_behind_an_assessment_stands_with_the_fund(town: Town) -> None:
    """Whose it is, how much and by which paper, as both people saw it."""
    await lay(town)
    money = Money("unit", 45_000, "物业公司", "坪街〔2018〕3 号")
    month = last_month(town)
    asked = await assessments.assess(town.book, LIUHE, month, 85, by=HEAD, key="k", money=money)
    assert asked.backing == Backing("unit", 45_000, "物业公司", "坪街〔2018〕3 号")
    await agree(town, asked)
    _, (given,) = await fund_months.chain(town.book, LIUHE, asked.into)
    assert (given.fen, given.backing) == (45_000, asked.backing)
    with pytest.raises(ReferenceConflict):
        await assessments.assess(town.book, LIUHE, month, 85, by=HEAD, key="k", money=Money("company"))
    with pytest.raises(BadDocument):
        await assessments.assess(
            town.book, LIUHE, month, 85, by=HEAD, key="k2", money=Money(document="号" * 61)
        )

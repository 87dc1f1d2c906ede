"""What a correction would move: said before anything moves, and named by a digest that changes when it does."""

from __future__ import annotations

import pytest

from points import chart
from points.awards import correction_plans, corrections
from points.awards.correction_plans import Asked
from tests.points.awards.test_corrections import CLOSES, DAY, V1, award, spend, vest
from tests.points.awards.town import LIUHE, PUBLISHER, VERIFIER, Town

pytestmark = pytest.mark.anyio


async def asked(town: Town, reference: str, *, by: str = PUBLISHER, reason: str = "wrong_sum") -> Asked:
    """A correction that the publisher thinks of."""
    return await corrections.asking(town.book, reference, reason, by=by, on=CLOSES)


async def digest(town: Town, wanted: Asked) -> str:
    """The digest of what would move now."""
    return correction_plans.digest_of(wanted, (await correction_plans.plan(town.book, wanted)).postings)


async def test_a_plan_says_what_would_move_and_moves_nothing(town: Town) -> None:
    """Six of eight were spent: two from what can be used, six owed; every unit goes back to where it came from."""
    reference = await award(town)
    await vest(town)
    await spend(town, 6)
    head = await town.head()
    plan = await correction_plans.plan(town.book, await asked(town, reference))
    points = [(each.source, each.amount, each.target) for each in plan.postings if each.unit == "points"]
    fund = chart.fund(LIUHE, "2018-07")
    assert points == [(chart.until(V1, DAY), 2, fund), (chart.owed(V1), 6, fund)]
    assert (plan.points, plan.owed, await town.head()) == (8, 6, head)
    assert {each.unit for each in plan.postings} == {"points", "honour", "minutes", "cap"}


async def test_the_digest_is_of_all_that_two_people_see(town: Town) -> None:
    """The same twice; another for another reason, another asker, and as soon as a point was spent."""
    reference = await award(town)
    await vest(town)
    first = await digest(town, await asked(town, reference))
    assert await digest(town, await asked(town, reference)) == first
    assert await digest(town, await asked(town, reference, by=VERIFIER)) != first
    assert await digest(town, await asked(town, reference, reason="not_true")) != first
    await spend(town, 1)
    assert await digest(town, await asked(town, reference)) != first


def test_the_digest_of_a_known_correction() -> None:
    """A golden vector: the format never changes unseen."""
    row = type("Award", (), {"reference": "award/2018-07-04/e/V-000001/participant", "member": "V-000001"})
    wanted = Asked(row, "V-000001", "wrong_sum", "S-0003", DAY)  # type: ignore[arg-type]
    posting = correction_plans.Posting("member/V-000001/noticed", "fund/440310001001/2018-07", 8, "points")
    assert correction_plans.digest_of(wanted, [posting]) == GOLDEN


GOLDEN = "sha256:d64d115fb9e1735c27850522653a691f41fe2f499d6d0588bc2dce9ee982fc70"

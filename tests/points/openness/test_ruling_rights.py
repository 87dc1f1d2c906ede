"""Who may rule: who publishes notices there and has no part in it on any side."""

from __future__ import annotations

import pytest

from points.awards import corrections
from points.awards.errors import AlreadyCorrected, OwnCorrection
from points.openness import objections, rulings
from points.openness.errors import AnswerMissing, LineCorrected, OwnRuling, RuledAlready
from points.openness.objections import Said
from points.people.errors import NotAllowed
from tests.points.awards.town import ON, PUBLISHER, VERIFIER, Town
from tests.points.openness.objecting import NEIGHBOUR, OTHER, V1, Listed

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.embedded("the same rows are read on both, as test_rulings tries"),
]


@pytest.fixture
async def listed(town: Town) -> Listed:
    """A town with a list."""
    return await Listed.begin(town)


@pytest.mark.parametrize("who", ["the verifier", "who took part", "who objected", "who wrote it down"])
async def test_who_has_a_part_in_it_does_not_rule(listed: Listed, who: str) -> None:
    """Nor who lives with them; the other publisher does."""
    town = listed.town
    home = {"the verifier": VERIFIER, "who took part": V1, "who objected": NEIGHBOUR}
    code, number = listed.codes[V1][0], listed.notice.number
    recorded = PUBLISHER if who == "who wrote it down" else None
    made = await objections.make(
        town.book, number, code, Said("nothing"), key="k", on=ON,
        objector=None if recorded else NEIGHBOUR, recorded_by=recorded,
    )  # fmt: skip
    if who in home:
        await town.household("H-1", PUBLISHER, home[who])
    for answer in (listed.dismiss, listed.uphold):
        with pytest.raises(OwnRuling):
            await answer(made)
    with pytest.raises((OwnRuling, OwnCorrection)):
        await corrections.correct(town.book, made.award, "异议成立", by=PUBLISHER, on=ON)
    await listed.dismiss(made, by=OTHER)


async def test_only_who_publishes_notices_rules(listed: Listed) -> None:
    """Not a verifier, not a member; and an answer takes a few words."""
    made = await listed.object()
    for who in (VERIFIER, NEIGHBOUR):
        with pytest.raises(NotAllowed):
            await listed.dismiss(made, by=who)
    with pytest.raises(AnswerMissing):
        await rulings.dismiss(listed.town.book, made.number, text="  ", by=PUBLISHER, on=ON)
    await listed.uphold(made)
    with pytest.raises((AlreadyCorrected, RuledAlready, LineCorrected)):
        await listed.uphold(made, by=OTHER)

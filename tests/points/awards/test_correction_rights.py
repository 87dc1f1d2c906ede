"""Who may correct, who may be the second person, and how much one may do alone."""

from __future__ import annotations

import pytest

from points.awards import correction_rights, corrections
from points.awards.correction_plans import Asked
from points.awards.errors import NeedsSecondPerson, NotSecondPerson, OwnCorrection
from points.people import roles
from points.people.errors import NotAllowed
from tests.points.awards.test_corrections import V1, award
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LAID_OUT, ON, PUBLISHER, VERIFIER, Town

pytestmark = pytest.mark.anyio


async def asked(town: Town, by: str = PUBLISHER) -> Asked:
    """Somebody wants to correct eight points of V-000001."""
    return await corrections.asking(town.book, await award(town), "wrong_sum", by=by, on=ON)


async def test_the_first_holds_the_office_and_is_another_side(town: Town) -> None:
    """A publisher or a verifier there; not an admin, not a keeper; not at home."""
    wanted = await asked(town)
    await correction_rights.require_first(town.book, wanted)
    for by in (ADMIN, KEEPER):
        with pytest.raises(NotAllowed):
            await correction_rights.require_first(
                town.book,
                await corrections.asking(town.book, wanted.award.reference or "", "not_true", by=by, on=ON),
            )
    await town.household("H1", V1, PUBLISHER)
    with pytest.raises(OwnCorrection):
        await correction_rights.require_first(town.book, wanted)


async def test_the_second_is_a_third_side(town: Town) -> None:
    """An admin may, or another verifier; not who asked or verified it, nor whoever lives with them or the member."""
    wanted = await asked(town)
    await roles.grant(town.book, member=KEEPER, role="verifier", area=DISTRICT, by=ADMIN, on=LAID_OUT)
    for by in (ADMIN, KEEPER):
        await correction_rights.require_second(town.book, wanted, by=by)
    await town.household("H1", PUBLISHER, KEEPER)
    for by in (PUBLISHER, VERIFIER, V1, KEEPER):
        with pytest.raises(NotSecondPerson):
            await correction_rights.require_second(town.book, wanted, by=by)


async def test_alone_counts_what_was_done_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each correction takes the next turn of the person's day and of the member's month."""
    monkeypatch.setattr(correction_rights, "ALONE_AT_MOST", 16)
    wanted = await asked(town)
    turns = [turn.id for turn in await correction_rights.alone(town.book, wanted)]
    assert turns == [f"{PUBLISHER}/{ON}/0", f"{V1}/2018-12/0"]
    await corrections.correct(town.book, wanted.award.reference or "", "wrong_sum", by=PUBLISHER, on=ON)
    another = await asked(town)
    turns = [turn.id for turn in await correction_rights.alone(town.book, another)]
    assert turns == [f"{PUBLISHER}/{ON}/1", f"{V1}/2018-12/1"]
    monkeypatch.setattr(correction_rights, "ALONE_AT_MOST", 15)
    with pytest.raises(NeedsSecondPerson):
        await correction_rights.alone(town.book, another)

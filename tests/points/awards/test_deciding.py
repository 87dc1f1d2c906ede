"""Nobody verifies for themself or their household, however the numbers and the homes move meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from points.awards import deciding, planning
from points.awards.errors import OwnEvent, OwnHousehold
from points.awards.models import Verification
from points.keys import new_key
from points.people.models import HouseholdJoin
from points.people.records import MemberMerge
from tests.points.awards.town import ADMIN, VERIFIER, Town

pytestmark = pytest.mark.anyio
V1, V2 = "V-000001", "V-000002"


async def test_a_number_that_was_merged_into_the_verifiers_is_theirs(town: Town) -> None:
    """They reported under an old number of a resident, which is closed now: it is their own event."""
    await town.fund(100)
    event = await town.event((V1, "reporter"))
    await town.insert(
        MemberMerge(id="m1", kept=VERIFIER, gone=V1, merged_on="2018-07-05", merged_by=ADMIN, reference="m/1")
    )
    (refused,) = (await town.verify_one(event)).refused
    assert isinstance(refused.reason, OwnEvent)


async def test_the_home_of_the_kept_number_counts(town: Town) -> None:
    """Who took part under a closed number lives where the number lives that goes on."""
    await town.fund(100)
    await town.household("HS02", VERIFIER, V2)
    event = await town.event((V1, "reporter"))
    await town.insert(
        MemberMerge(id="m1", kept=V2, gone=V1, merged_on="2018-07-05", merged_by=ADMIN, reference="m/1")
    )
    (refused,) = (await town.verify_one(event)).refused
    assert isinstance(refused.reason, OwnHousehold)


async def test_who_moves_in_while_it_is_decided_is_not_decided_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The household forms between the look and the entry: the table refuses the row, and the second look says why."""
    await town.fund(100)
    await town.household("HS02", VERIFIER)
    event = await town.event((V1, "reporter"))
    await town.event((V2, "participant", 60))
    real, moved = deciding.plan, []

    def plan(*arguments: Any, **more: Any) -> planning.Plan:
        moved.append(1)
        return real(*arguments, **more)

    post = deciding.turns.post

    async def moving(*arguments: Any) -> Any:
        if len(moved) == 1:
            join = HouseholdJoin(id=new_key(), household="HS02", member=V1, joined_on="2018-07-06")
            await town.insert(join)
        return await post(*arguments)

    monkeypatch.setattr(deciding, "plan", plan)
    monkeypatch.setattr(deciding.turns, "post", moving)
    outcome = await town.verify()
    (refused,) = outcome.refused
    assert isinstance(refused.reason, OwnHousehold)
    assert not await Verification.filter(event=event).using_db(town.book.reader).exists()
    assert (len(moved), outcome.accepted) == (1, 1)


async def test_one_who_took_part_in_another_role_verifies_nothing_of_it(town: Town) -> None:
    """A handler of an event is no judge of its reporter either."""
    await town.fund(100)
    event = await town.event((V1, "reporter"), (VERIFIER, "handler"))
    (refused,) = (await town.verify_one(event)).refused
    assert isinstance(refused.reason, OwnEvent)
    assert len(refused.contributions) == 2

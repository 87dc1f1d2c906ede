"""Which role takes which step, and where."""

from __future__ import annotations

import pytest

from points.events import duties, steps
from points.people import areas, roles
from points.people.errors import NotAllowed
from tests.points.awards.town import FAR, LIUHE, Town
from tests.points.events.hands import HEAD, WORKER, staffed


def test_every_step_belongs_to_roles_that_exist() -> None:
    """A grid worker files and never verifies."""
    assert set(duties.OF_STEP) == set(steps.NAMES) | set(steps.TURNS)
    assert {role for each in duties.OF_STEP.values() for role in each} <= set(roles.NAMES)
    assert [step for step, names in duties.OF_STEP.items() if "grid_worker" in names] == ["reported"]


@pytest.mark.anyio
async def test_a_role_holds_in_its_area(town: Town) -> None:
    """And nowhere else, and for nothing else."""
    await staffed(town)
    here, there = [await areas.path(town.book, code) for code in (LIUHE, FAR)]
    await roles.require_any(town.book, WORKER, duties.FILERS, here)
    await roles.require_any(town.book, HEAD, duties.FILERS, here)
    for member, names, path in ((WORKER, duties.FILERS, there), (WORKER, duties.DISPATCHERS, here)):
        with pytest.raises(NotAllowed):
            await roles.require_any(town.book, member, names, path)

"""Planted faults: an attack that passes all the same would be worth nothing."""

from __future__ import annotations

from typing import Any

import pytest

from points.keys import new_key
from points.market.slips import entering, slips
from points.market.slips.records import SlipStep
from tests.points.market.slips import test_entering
from tests.points.market.slips.conftest import Till

pytestmark = pytest.mark.anyio
NOTICED = (AssertionError, pytest.fail.Exception)


async def test_steps_that_do_not_lock_are_noticed(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: each step has a key of its own, so whoever enters and whoever cancels pass each other."""
    made = slips.next_step

    def unlocked(*said: Any, **more: Any) -> SlipStep:
        step = made(*said, **more)
        step.id, step.reference = f"{step.id}{new_key()[-6:]}", f"{step.reference}{new_key()}"
        return step

    monkeypatch.setattr(slips, "next_step", unlocked)
    with pytest.raises(NOTICED):
        await test_entering.test_cancelling_and_entering_at_once_is_one_of_the_two(till, monkeypatch)


async def test_the_same_person_twice_is_noticed(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: nobody asks who confirms."""

    async def anybody(*_said: Any, **_more: Any) -> None:
        return None

    monkeypatch.setattr(entering, "require_second", anybody)
    with pytest.raises(NOTICED):
        await test_entering.test_it_is_another_person_who_confirms_what_they_see(till)

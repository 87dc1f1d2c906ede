"""Planted faults: an attack that passes all the same would be worth nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ledger import encoding
from points.market import shifts
from points.market.undoing import plans, rights
from tests.points.market import test_shifts
from tests.points.market.conftest import Town
from tests.points.market.undoing import test_requests, test_undone

pytestmark = pytest.mark.anyio
NOTICED = (AssertionError, pytest.fail.Exception)


async def test_a_press_that_takes_anothers_reversal_as_its_own_is_noticed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the key is no part of what was asked, so what stays is handed over by each press."""
    monkeypatch.setattr(plans.Asked, "digest", property(lambda asked: encoding.digest_of(asked.facts)))
    with pytest.raises(NOTICED):
        await test_undone.test_a_press_that_planned_before_another_wrote_hands_over_that_ones_rest(
            town, monkeypatch
        )


async def test_a_rest_that_others_pay_first_is_noticed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: what stays is paid by whoever was asked last."""
    real = plans._first

    def last(points: Sequence[Any], amount: int) -> Any:
        return real(list(reversed(points)), amount)

    monkeypatch.setattr(plans, "_first", last)
    with pytest.raises(NOTICED):
        await test_undone.test_in_part_a_household_pays_what_stays_in_its_order(town)


async def test_a_person_who_is_their_own_second_is_noticed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: nobody asks who decides."""

    async def anybody(*_said: Any, **_more: Any) -> None:
        return None

    monkeypatch.setattr(rights, "require_second", anybody)
    with pytest.raises(NOTICED):
        await test_requests.test_ones_own_request_another_text_and_an_old_one_are_refused(town, monkeypatch)


async def test_shifts_that_do_not_meet_in_their_key_are_noticed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: each till begins a shift of its own."""
    real, counted = shifts._row, iter(range(100, 1000))

    def own(shop: Any, member: str, _number: int, reference: str, at: Any) -> Any:
        return real(shop, member, next(counted), reference, at)

    monkeypatch.setattr(shifts, "_row", own)
    with pytest.raises(NOTICED):
        await test_shifts.test_ten_first_redemptions_at_once_begin_one_shift(town)

"""Planted faults: an attack that passes all the same would be worth nothing."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.transactions import Draft
from points import chart
from points.market.giving import care_requests, gifts
from tests.points.market.giving import test_care_requests, test_gifts
from tests.points.market.giving.conftest import Home

pytestmark = pytest.mark.anyio
NOTICED = (AssertionError, pytest.fail.Exception)


async def test_a_limit_that_is_no_account_is_passed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: what is left of the month is looked at and not drawn on."""

    def draft(**said: Any) -> Draft:
        kept = tuple(each for each in said["postings"] if each.unit != chart.CAP)
        return Draft(**said | {"postings": kept})

    monkeypatch.setattr(gifts, "Draft", draft)
    with pytest.raises(NOTICED):
        await test_gifts.test_two_gifts_at_once_do_not_pass_the_limit_together(home)


async def test_one_person_alone_is_noticed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: nobody asks who decides."""

    async def anybody(*_said: Any, **_more: Any) -> None:
        return None

    monkeypatch.setattr(care_requests, "require_second", anybody)
    with pytest.raises(NOTICED):
        await test_care_requests.test_it_is_another_person_who_agrees_and_nobody_gives_to_their_own(home)

"""Losses on pages: for a reason, and too much for one goes to another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.guests import Guests, words
from tests.web.views import stocking
from tests.web.views.stocking import COOKER, delivered, digest, left, refused


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here; each uses things of its own."""
    with stocking.two_shops(tmp_path_factory.mktemp("stock")) as guests:
        yield guests


def test_a_loss_too_large_for_one_goes_to_another(town: Guests) -> None:
    """Refused with what to do, asked for, approved by somebody else, and then off the shelf."""
    keeper, second = town.by("吴娟"), town.by("郑义")
    delivered(keeper, "in3", **{f"item-{COOKER}": "9"})
    page = keeper.get("/stock/1/losses")
    data = {"key": "l1", "reason": "stolen", f"item-{COOKER}": "7"}
    assert "要两个人" in refused(keeper, page, "/stock/1/losses", **data)
    at = keeper.press(page, "/stock/1/losses", **data, two="yes")
    assert "要另一人审批" in words(keeper.get(at))
    assert "件在等" in words(second.get("/desk"))
    seen = second.get(at)
    assert second.press(seen, at, digest=digest(seen), decision="approve") == at
    assert left(town, COOKER) == 2
    assert "郑义" in words(keeper.get("/stock/1/losses"))

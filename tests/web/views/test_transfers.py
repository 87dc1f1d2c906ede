"""Transfers on pages: sent by one, received by another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.guests import Guests, words
from tests.web.views import stocking
from tests.web.views.stocking import delivered, left, refused


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here; each uses things of its own."""
    with stocking.two_shops(tmp_path_factory.mktemp("stock")) as guests:
        yield guests


def test_goods_are_sent_by_one_and_received_by_another(town: Guests) -> None:
    """On the way they wait on the page of who receives; who sent cannot; a difference needs its reason."""
    keeper, counter = town.by("吴娟"), town.by("张强")
    delivered(keeper, "in2", **{"item-4": "8"})
    page = keeper.get("/stock/1/transfers")
    at = keeper.press(page, "/stock/1/transfers", key="t1", to="2", **{"item-4": "5"})
    assert "您自己发的" in words(keeper.get(at))
    assert "路上的货" in words(counter.get("/stock"))
    page = counter.get(at)
    said = refused(counter, page, at + "/arrival", **{"item-4": "4"})
    assert "发出 5 份，到了 4 份" in said
    counter.press(page, at + "/arrival", **{"item-4": "4", "reason-4": "broken"})
    assert (left(town, 4, 2), "损坏" in words(keeper.get(at))) == (4, True)
    counter.get("/stock/1", 404)

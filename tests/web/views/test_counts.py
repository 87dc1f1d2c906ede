"""Counts on pages: blind, then explained, then approved."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.web.guests import Guests, words
from tests.web.views import stocking
from tests.web.views.stocking import delivered, digest, left, refused


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here; each uses things of its own."""
    with stocking.two_shops(tmp_path_factory.mktemp("stock")) as guests:
        yield guests


def test_a_count_is_blind_until_it_is_entered(town: Guests) -> None:
    """The sheet has no number of the book; the differences come after; another approves them."""
    keeper, second = town.by("吴娟"), town.by("郑义")
    delivered(keeper, "in4", **{"item-6": "23"})
    at = keeper.press(keeper.get("/stock/1/counts"), "/stock/1/counts", key="c1")
    sheet, there = keeper.get(at), left(town, 6)
    assert not re.search(rf"\b{there}\b", words(sheet))
    keeper.press(sheet, at + "/entry", **{"item-6": str(there - 2)})
    seen = keeper.get(at)
    assert "−2" in words(seen)
    said = refused(keeper, seen, at + "/request", key="c2")
    assert "请选一个原因" in said
    request = keeper.press(seen, at + "/request", key="c2", **{"reason-6": "miscounted"})
    page = second.get(request)
    second.press(page, request, digest=digest(page), decision="approve")
    assert left(town, 6) == there - 2
    assert "已批准" in words(keeper.get(at))


def test_what_moved_while_it_was_counted_is_said_by_name(town: Guests) -> None:
    """The form comes back with what was typed; counted again it is taken."""
    keeper = town.by("吴娟")
    at = keeper.press(keeper.get("/stock/1/counts"), "/stock/1/counts", key="c5")
    sheet = keeper.get(at)
    delivered(keeper, "in5", **{"item-8": "3"})
    token = re.search(r'name="csrf" value="([^"]+)"', sheet)
    assert token
    answer = keeper.client.post(at + "/entry", data={"csrf": token[1], "item-8": "3"})
    since = re.search(r'name="since" value="(\d+)"', answer.text)
    assert answer.status_code == 422
    assert since
    assert "再数一遍" in words(answer.text)
    keeper.press(answer.text, at + "/entry", since=since[1], **{"item-8": str(left(town, 8))})
    assert "都对得上" in words(keeper.get(at))

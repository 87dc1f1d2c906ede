"""Counts on pages: blind, then explained, then approved."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.web.guests import Guests, links, words
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


def test_what_differed_at_a_hand_over_opens_its_own_count(town: Guests) -> None:
    """吴娟 finds the shift beside her counts, reads its sheet though she does not serve, and counts just those."""
    keeper, clerk = town.by("吴娟"), town.by("张强")
    there = clerk.press(clerk.get("/counter/1/shifts"), "/counter/1/shifts")
    keeper.get(there, 404)
    names = re.findall(r'name="(counted-(\d+))"', clerk.get(there))
    said = {name: str(left(town, int(item)) - (item == "6")) for name, item in names}
    clerk.press(clerk.get(there), there + "/count", **said)
    clerk.press(clerk.get(there), there + "/closing", **{"note-6": "少了一件"})
    assert "请管库存的人打开这一页来盘" in words(clerk.get(there))
    assert "/stock/1/counts" not in clerk.get(there).split("<main")[1]
    first = keeper.get("/stock/1/counts")
    assert there in links(first, "/counter/1/shifts/")
    sheet = keeper.get(there)
    assert "少了一件" in words(sheet)
    shift = there.rsplit("/", 1)[1]
    count = keeper.press(sheet, "/stock/1/counts", key="of-shift", shift=shift)
    page = keeper.get(count)
    assert re.findall(r'name="item-(\d+)"', page) == ["6"]
    assert there in links(page, "/counter/1/shifts/")
    assert count in links(keeper.get(there), "/stock/counts/")
    assert there not in links(keeper.get("/stock/1/counts"), "/counter/1/shifts/")
    assert "交班时差的 1 样" in words(keeper.get("/stock/1/counts"))
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    for foreign in ("2.S-0004.1", "x"):
        data = {"csrf": token[1], "key": "no", "shift": foreign}
        assert keeper.client.post("/stock/1/counts", data=data).status_code == 404

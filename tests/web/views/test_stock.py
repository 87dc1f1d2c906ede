"""Stock on pages: what is low, what moved, and who sees what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.guests import Guests, words
from tests.web.views import stocking
from tests.web.views.stocking import delivered, refused


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here; each uses things of its own."""
    with stocking.two_shops(tmp_path_factory.mktemp("stock")) as guests:
        yield guests


def test_a_threshold_and_a_day_stand_on_the_shelf_s_page(town: Guests) -> None:
    """Low is said there and on the first page, with the day of the next delivery."""
    keeper = town.by("吴娟")
    delivered(keeper, "in6", **{"item-9": "2"})
    page, soon = keeper.get("/stock/1/items/9"), town.book.today().isoformat()
    keeper.press(page, "/stock/1/items/9/watch", key="w1", least="200")
    keeper.press(page, "/stock/1/items/9/expected", key="e1", day=soon)
    assert "快没了" in words(keeper.get("/stock/1"))
    assert "快没有了的" in words(keeper.get("/stock"))
    assert "快没了：" in words(town.by("张强").get("/counter/1"))
    assert "要填日期" in refused(keeper, page, "/stock/1/items/9/expected", key="e2", day="明天")
    assert "要填整数" in refused(keeper, page, "/stock/1/items/9/watch", key="e2", least="-1")


def test_pages_cost_the_same_however_much_is_there(town: Guests) -> None:
    """A constant number of statements: another delivery and another loss add none."""
    keeper = town.by("吴娟")
    paths = [
        "/stock",
        "/stock/1",
        "/stock/1/items/2",
        "/stock/1/deliveries",
        "/stock/1/losses",
        "/stock/1/transfers",
    ]
    delivered(keeper, "in7", **{"item-2": "5", "item-5": "5"})
    page = keeper.get("/stock/1/losses")
    keeper.press(page, "/stock/1/losses", key="l8", reason="broken", **{"item-5": "1"})
    before = [town.statements(keeper, path) for path in paths]
    delivered(keeper, "in8", **{"item-2": "5", "item-5": "5", "item-7": "5"})
    keeper.press(page, "/stock/1/losses", key="l9", reason="broken", **{"item-2": "1"})
    assert [town.statements(keeper, path) for path in paths] == before
    assert max(before) < 45


def test_who_audits_reads_and_who_serves_does_not(town: Guests) -> None:
    """The auditor sees every page and no form; the counter sees the way here and nothing of a shelf."""
    auditor, counter = town.by("周静"), town.by("张强")
    for path in ("/stock", "/stock/1", "/stock/1/deliveries", "/stock/1/losses", "/stock/1/counts"):
        assert 'action="/stock' not in auditor.get(path)
    auditor.get("/stock/1/deliveries/new", 404)
    for path in ("/stock/1", "/stock/1/deliveries", "/stock/1/losses"):
        counter.get(path, 404)

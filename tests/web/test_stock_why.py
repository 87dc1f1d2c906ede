"""An entry about stock leads to the page on which it is told, for those who may open that."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.web.guests import Guests, words
from tests.web.views import stocking
from tests.web.views.stocking import delivered
from web import stock_why, stock_words


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """A town with a second shop."""
    with stocking.two_shops(tmp_path_factory.mktemp("why")) as guests:
        yield guests


def newest(town: Guests, kind: str) -> str:
    """The page of the newest entry of a kind."""
    sql = "SELECT max(position) AS position FROM ledger_transaction WHERE kind = ?"
    rows = town.run(town.book.reader.execute_query_dict, sql, [kind])
    return f"/ledger/{rows[0]['position']}"


def test_each_entry_leads_to_its_page(town: Guests) -> None:
    """Sent, arrived, lost, undone: one link each, and it opens."""
    keeper, counter = town.by("吴娟"), town.by("张强")
    delivered(keeper, "w1", **{"item-2": "6"})
    wrong = delivered(keeper, "w4", **{"item-5": "3"})
    sent = keeper.press(
        keeper.get("/stock/1/transfers"), "/stock/1/transfers", key="w2", to="2", **{"item-2": "2"}
    )
    counter.press(counter.get(sent), sent + "/arrival", **{"item-2": "2"})
    loss = {"key": "w3", "reason": "expired", "item-3": "1"}
    keeper.press(keeper.get("/stock/1/losses"), "/stock/1/losses", **loss)
    keeper.press(keeper.get(wrong), wrong + "/correction", key="w5", reason="wrong_quantity")
    leads = {"transfer": sent, "arrival": sent, "loss": "/stock/1/losses", "undo-delivery": wrong}
    for kind, path in leads.items():
        page = keeper.get(newest(town, kind))
        assert re.search(rf'href="{re.escape(path)}"', page), kind
        keeper.get(path)
    assert "六和社区道德积分超市" in words(keeper.get(newest(town, "loss")))
    counter.get(newest(town, "loss"), 404)


def test_every_kind_of_ours_but_the_delivery_is_told_here() -> None:
    """A delivery tells itself: its goods and its paper."""
    assert stock_words.OURS - {"delivery"} == stock_why.KINDS

"""Deliveries on pages: typed or read from a file, and undone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
import xlsxwriter

from tests.web.guests import Guests, words
from tests.web.views import stocking
from tests.web.views.stocking import SOAP, delivered, left, refused


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here; each uses things of its own."""
    with stocking.two_shops(tmp_path_factory.mktemp("stock")) as guests:
        yield guests


def test_goods_come_in_with_their_paper_and_go_out_again(town: Guests) -> None:
    """Twice is once; the delivery stands in the list and on its page; undone, the goods are off the shelf."""
    keeper, before = town.by("吴娟"), left(town, 2)
    at = delivered(keeper, "in1", **{"item-2": "12", "item-3": ""})
    assert delivered(keeper, "in1", **{"item-2": "12"}) == at
    assert left(town, 2) == before + 12
    seen = words(keeper.get(at))
    assert "单 7" in seen
    assert "坪山超市" in seen
    assert "单 7" in words(keeper.get("/stock/1/deliveries"))
    assert "进货" in words(keeper.get(f"/ledger/{at.rpartition('/')[2]}"))
    keeper.press(keeper.get(at), at + "/correction", key="un1", reason="wrong_quantity")
    assert left(town, 2) == before
    assert "数量写错" in words(keeper.get(at))


def test_what_is_missing_is_said_and_what_was_typed_is_kept(town: Guests) -> None:
    """No document, no goods, a number that is none."""
    keeper = town.by("吴娟")
    page = keeper.get("/stock/1/deliveries/new")
    said = refused(keeper, page, "/stock/1/deliveries", key="x", source="bought", **{"item-2": "十二"})
    assert "请填写单据号" in said
    assert "数量要填整数" in said
    said = refused(keeper, page, "/stock/1/deliveries", key="x", document="1", source="bought", supplier="1")
    assert "请至少写一样物品的数量" in said


def test_a_delivery_note_is_read_into_the_form(town: Guests) -> None:
    """Names and numbers of the catalogue; nothing is entered; what is wrong is said by its row."""
    keeper, before = town.by("吴娟"), left(town, SOAP)
    page = keeper.get("/stock/1/deliveries/new")
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token

    def send(rows: list[list[str | int]]) -> str:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        sent = {"csrf": (None, token[1]), "file": ("送货单 88.xlsx", file.getvalue())}
        return str(keeper.client.post("/stock/1/deliveries/sheet", files=sent).text)

    read = send(
        [["送货单"], ["序", "品名", "数量"], [1, "香皂", 6], [2, "3", 5], [3, "香皂", 1], ["", "合计", 12]]
    )
    assert 'name="item-1" type="text" inputmode="numeric" maxlength="7" value="7"' in read
    assert 'name="item-3" type="text" inputmode="numeric" maxlength="7" value="5"' in read
    assert "送货单 88" in read
    assert left(town, SOAP) == before
    assert "第 2 行目录里没有“飞船”" in words(send([["物品", "数量"], ["飞船", 1]]))
    assert "要有一行标题" in words(send([["香皂", 1]]))

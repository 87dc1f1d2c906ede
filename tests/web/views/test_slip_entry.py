"""Entering slips: what is wrong is said beside its field."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.market import shops
from points.market.slips import batches
from points.market.slips.numbers import Number
from tests.web.guests import Guests, words
from tests.web.site import token_in
from tests.web.views.test_slips import number


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"number": "A-0001-0"}, "编号“A-0001-0”不对"),
        ({"number": Number(1, 2, 1).shown}, "没有印过离线单"),
        ({"on": "2018-01-01"}, "日期要在印单那天"),
        ({"who": "V-999999"}, "V-999999"),
        ({"who": ""}, "成员"),
        ({"things": "飞机"}, "目录里没有“飞机”"),
        ({"things": "香皂x0"}, "1 到 99"),
        ({"served_by": "S-0003"}, "没有"),
        ({"things": ""}, "请填写物品和数量"),
    ],
)
def test_what_is_wrong_on_a_slip_is_said_and_what_was_typed_is_kept(
    shared: Guests, fields: dict[str, str], said: str
) -> None:
    """Nothing is written."""
    zhang = shared.by("张强")
    shared.run(_print, shared.book)
    page = zhang.get("/counter/1/slips/entry")
    today = shared.book.today().isoformat()
    stands = {"number": number(1), "on": today, "who": "V-000001", "things": "香皂", "served_by": "S-0004"}
    answer = zhang.client.post("/counter/1/slips/entry", data={"csrf": token_in(page)} | stands | fields)
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert (fields.get("number") or number(1)) in answer.text


async def _print(book: Book) -> None:
    await batches.print_batch(book, await shops.find(book, 1), 4, by="S-0004", key="k1")

"""Stock on pages: goods in, typed or read; sent and received; lost; counted blind; each by those who may."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import xlsxwriter

from points.market import shops
from tests.web.guests import Guest, Guests, visiting, words

SOAP, COOKER = 1, 14


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here; each uses things of its own."""
    with visiting(tmp_path_factory.mktemp("stock")) as guests:
        guests.run(_open, guests)
        yield guests


async def _open(guests: Guests) -> None:
    await shops.open_shop(
        guests.book,
        "和平驿站",
        area="440310001002",
        hours="周六 9:00–12:00",
        by="S-0001",
        on=guests.book.today(),
    )


def left(guests: Guests, item: int, shop: int = 1) -> int:
    """How many stand on a shelf."""

    async def read() -> int:
        return (await shops.stock(guests.book, await shops.find(guests.book, shop))).get(item, 0)

    return int(guests.run(read))


def delivered(keeper: Guest, key: str, **said: Any) -> str:
    """A delivery of 吴娟's; its page."""
    page = keeper.get("/stock/1/deliveries/new")
    data = {"key": key, "document": "单 7", "source": "donated", "supplier": "坪山超市", **said}
    return keeper.press(page, "/stock/1/deliveries", **data)


def digest(page: str) -> str:
    """What names the request that a page shows."""
    found = re.search(r'name="digest" value="([^"]+)"', page)
    assert found
    return found[1]


def refused(guest: Guest, page: str, path: str, **data: Any) -> str:
    """The words of a form that was not taken."""
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    answer = guest.client.post(path, data={"csrf": token[1], **data})
    assert answer.status_code == 422
    return words(answer.text)


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


def test_a_threshold_and_a_day_stand_on_the_shelf_s_page(town: Guests) -> None:
    """Low is said there and on the first page, with the day of the next delivery."""
    keeper = town.by("吴娟")
    delivered(keeper, "in6", **{"item-9": "2"})
    page, soon = keeper.get("/stock/1/items/9"), town.book.today().isoformat()
    keeper.press(page, "/stock/1/items/9/watch", key="w1", least="200")
    keeper.press(page, "/stock/1/items/9/expected", key="e1", day=soon)
    assert "快没了" in words(keeper.get("/stock/1"))
    assert "快没有了的" in words(keeper.get("/stock"))
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
    before = [town.statements(keeper, path) for path in paths]
    delivered(keeper, "in8", **{"item-2": "5", "item-5": "5", "item-7": "5"})
    page = keeper.get("/stock/1/losses")
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

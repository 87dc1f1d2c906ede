"""A merchant's month on pages: drawn up by one, objected to by the merchant, approved by another, paid and printed."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
import python_calamine

from ledger import statements
from points import chart
from tests.web import barber
from tests.web.guests import Guests, words
from web import pdf


def digest(page: str) -> str:
    """What the page says was seen."""
    found = re.search(r'name="digest" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def shop(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> barber.Barber:
    """The barber, a month later."""
    opened: barber.Barber = guests.run(barber.open_up, guests.book, guests.app.state.settings.pepper())
    barber.let_a_month_pass(monkeypatch)
    return opened


def test_two_people_settle_and_the_merchant_is_heard(guests: Guests, shop: barber.Barber) -> None:
    """The objection makes the page of before old; who approves reads it; then it is paid with a document, once."""
    at = barber.drawn(guests, shop)
    keeper, second, zhou = guests.by("孙丽"), guests.by("郑义"), barber.signed_in(guests, shop.zhou)
    assert "要另一位" in words(keeper.get(at))
    seen = second.get(at)
    mine = zhou.get(at)
    assert "应付 20 元" in words(mine)
    zhou.press(mine, at + "/notes", key="n1", text="第 3 号少一份")
    token = re.search(r'name="csrf" value="([^"]+)"', seen)
    assert token
    old = {"csrf": token[1], "digest": digest(seen), "decision": "approve"}
    answer = second.client.post(at, data=old)
    assert (answer.status_code, "又有变动" in words(answer.text)) == (422, True)
    assert "第 3 号少一份" in words(answer.text)
    assert second.press(answer.text, at, digest=digest(answer.text), decision="approve") == at
    settled = chart.settled(shop.shop)
    assert guests.run(statements.balance, guests.book.reader, settled) == 20
    page = keeper.get(at)
    keeper.press(page, at + "/payment", document="网银 77", on=guests.book.today().isoformat())
    assert "网银 77" in words(zhou.get(at))
    assert "已批准" in words(zhou.get("/merchant"))


def test_the_statement_is_printed_and_taken_away(guests: Guests, shop: barber.Barber) -> None:
    """On the page, as a PDF of one sheet and as a spreadsheet: the same entries, and nobody's name but staff's."""
    at = barber.drawn(guests, shop)
    zhou = barber.signed_in(guests, shop.zhou)
    paper = words(zhou.get(at + "/paper"))
    assert "联盟商户对账单" in paper
    assert "王" not in paper
    sheet = zhou.client.get(at + "/statement.xlsx")
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0)
    cells = rows.to_python()
    assert [row[2:] for row in cells[4:6]] == [["理发一次 ×1", 10.0, "10"]] * 2
    if pdf.available():
        made = zhou.client.get(at + "/statement.pdf").content
        with pikepdf.open(io.BytesIO(made)) as document:
            assert len(document.pages) == 1


def test_pages_ask_as_much_however_many_entries_there_are(
    guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement of one entry and of three, of the same shop; its page and the list with one statement and two."""
    opened = guests.run(_one_cut, guests)
    barber.let_a_month_pass(monkeypatch)
    first, keeper = barber.drawn(guests, opened), guests.by("孙丽")
    few = [guests.statements(keeper, path) for path in (first, f"/merchants/{opened.shop}", "/merchants")]
    for _ in range(2):
        guests.run(barber.cut, guests.book, opened)
    said = {"month": guests.book.today().isoformat()[:7], "key": "a2"}
    barber.let_a_month_pass(monkeypatch)
    page = keeper.get(f"/merchants/{opened.shop}")
    second = keeper.press(page, f"/merchants/{opened.shop}/settlements", **said)
    many = [guests.statements(keeper, path) for path in (second, f"/merchants/{opened.shop}", "/merchants")]
    assert few == many


async def _one_cut(guests: Guests) -> barber.Barber:
    return await barber.open_up(guests.book, guests.app.state.settings.pepper(), cuts=1)

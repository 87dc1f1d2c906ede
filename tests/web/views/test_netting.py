"""What communities owe each other, on pages: drawn up by one, closed by another, in a drawing and in a table."""

from __future__ import annotations

import io
import re

import pytest
import python_calamine

from points.sample.town import DISTRICT
from tests.web import barber
from tests.web.guests import Guests, words


def test_a_month_is_drawn_up_by_one_and_closed_by_another(
    guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """六和 owes the barber's community twenty points; the matrix is drawn, the sheet adds up, it is closed once."""
    guests.run(barber.open_up, guests.book, guests.app.state.settings.pepper())
    month = guests.book.today().isoformat()[:7]
    barber.let_a_month_pass(monkeypatch)
    keeper, second = guests.by("孙丽"), guests.by("郑义")
    said = {"under": DISTRICT, "month": month, "key": "b1"}
    at = keeper.press(keeper.get("/netting"), "/netting", **said)
    page = keeper.get(at)
    assert "要另一位" in words(page)
    assert page.count("<svg") >= 1
    assert "六和社区" in words(page)
    sheet = keeper.client.get(at + "/balance.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheet.content))
    pays = book.get_sheet_by_index(0).to_python()
    assert [row[2:] for row in pays[3:]] == [[20.0, "20"], [20.0, "20"]]
    assert pays[4][0] == "合计"
    assert (pays[3][0], len(book.sheet_names)) == ("六和社区居委会", 2)
    seen = second.get(at)
    digest = re.search(r'name="digest" value="([^"]+)"', seen)
    assert digest
    assert second.press(seen, at, digest=digest[1], decision="approve") == at
    assert "已批准" in words(keeper.get(at))
    token = re.search(r'name="csrf" value="([^"]+)"', keeper.get("/netting"))
    assert token
    again = keeper.client.post("/netting", data={"csrf": token[1], **said, "key": "b2"})
    assert (again.status_code, "已经结算过了" in words(again.text)) == (422, True)


def test_a_month_that_is_not_over_is_said_and_a_strange_district_is_not_there(guests: Guests) -> None:
    """And a form that names a place that is none."""
    keeper = guests.by("孙丽")
    page = keeper.get("/netting")
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    said = {"csrf": token[1], "under": DISTRICT, "month": guests.book.today().isoformat()[:7], "key": "b1"}
    answer = keeper.client.post("/netting", data=said)
    assert (answer.status_code, "还没有过完" in words(answer.text)) == (422, True)
    assert keeper.client.post("/netting", data=said | {"under": "990310000000"}).status_code == 404

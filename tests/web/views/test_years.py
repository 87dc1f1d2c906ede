"""A year's statement on a page: it adds up, two people close it, and it is taken away as a spreadsheet."""

from __future__ import annotations

import io
import re
from datetime import date

import python_calamine

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.sample.town import COMMUNITY
from tests.web.guests import Guests, links, words


async def issued(book: Book, year: int) -> None:
    """Seven points were issued in a year gone by."""
    evidence = Evidence("test", "1", encoding.digest("test"))
    posting = Posting(chart.ISSUED, chart.fund(COMMUNITY, f"{year}-03"), 7, chart.POINTS)
    on = date(year, 3, 1)
    await book.journal.post(Draft(f"test/{year}", "allocate", evidence, on, evidence.digest, (posting,)))


def test_two_people_close_a_year_on_its_page(guests: Guests) -> None:
    """陈国强 asks, cannot confirm; 郑义 confirms what he sees; then it says so, and is never asked again."""
    year = guests.book.today().year - 1
    guests.run(issued, guests.book, year)
    chen, zheng = guests.by("陈国强"), guests.by("郑义")
    path = f"/years/{COMMUNITY}/{year}"
    assert path in links(chen.get("/years"), "/years/")
    page = chen.get(path)
    assert "今年拨入 +7" in words(page)
    assert chen.press(page, f"{path}/request", key="k1") == path
    mine = chen.get(path)
    assert "等另一个人确认" in words(mine)
    assert "确认结算" not in words(mine)
    seen = zheng.get(path)
    (first,) = set(re.findall(r'name="digest" value="([^"]+)"', seen))
    assert zheng.press(seen, f"{path}/refusal", digest=first, reason="unfinished") == path
    back = chen.get(path)
    assert "退回了申请：还有没办完的事" in words(back)
    assert chen.press(back, f"{path}/request", key="k1b") == path
    seen = zheng.get(path)
    found = re.search(r'name="digest" value="([^"]+)"', seen)
    assert found is not None
    assert zheng.press(seen, f"{path}/closing", digest=found[1]) == path
    closed = zheng.get(path)
    assert "陈国强申请，郑义确认" in words(closed)
    assert "✓ 相符" in words(closed)
    assert "申请结算" not in words(chen.get(path))
    assert guests.statements(zheng, path) < 60
    refused = chen.client.post(f"{path}/request", data={"csrf": _token(mine), "key": "k2"})
    assert (refused.status_code, "已经结算过了" in words(refused.text)) == (422, True)


def test_a_year_that_runs_is_shown_and_not_closed(guests: Guests) -> None:
    """With its figures, what waits, and no button; 王秀兰 does not see it, nor anybody a year to come."""
    year = guests.book.today().year
    chen, path = guests.by("陈国强"), f"/years/{COMMUNITY}/{year}"
    page = chen.get(path)
    assert "年还没有过完" in words(page)
    assert "申请结算" not in words(page)
    assert links(page, "/awards/") != []
    guests.by("王秀兰").get(path, status=404)
    for other in (f"/years/{COMMUNITY}/{year + 1}", f"/years/{COMMUNITY}/1999", f"/years/none/{year}"):
        chen.get(other, status=404)


def test_the_statement_is_taken_away_as_a_spreadsheet(guests: Guests) -> None:
    """The same sums as whole numbers, and the stock."""
    chen, year = guests.by("陈国强"), guests.book.today().year
    answer = chen.client.get(f"/years/{COMMUNITY}/{year}/statement.xlsx")
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    fund = [int(row[3]) for row in rows if row[0] == "积分资金"]
    signs = [row[1] for row in rows if row[0] == "积分资金"]
    *parts, left = [(-1 if sign == "−" else 1) * n for sign, n in zip(signs, fund, strict=True)]
    assert sum(parts) == left > 0
    assert any(row[0] == "香皂" for row in book.get_sheet_by_index(1).to_python())


def _token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]

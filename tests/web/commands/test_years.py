"""`jishan year` and `jishan expiring`: a statement of 80 columns, closed by two; and whom to tell."""

from __future__ import annotations

import asyncio
import unicodedata
from datetime import timedelta
from pathlib import Path

from ledger import encoding
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.district import open_district
from points.sample.town import COMMUNITY
from tests.typed import asked, call
from tests.web.commands.test_awards import one


def wide(line: str) -> int:
    """Columns of a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def this_year(book: Path) -> int:
    """The year the sample lives in."""
    (last,) = one(book, "SELECT max(effective_on) FROM ledger_transaction")
    return int(str(last)[:4])


def test_two_people_close_a_year(book: Path) -> None:
    """Asked, confirmed with what was seen, shown as it was closed; who asked cannot confirm."""
    year = str(this_year(book) - 1)
    now = asked("year", "ask", COMMUNITY, year, "--by", "S-0001", book=book)
    words = ("year", "confirm", COMMUNITY, year, "--digest", now["digest"])
    alone = call(*words, "--by", "S-0001", book=book)
    assert (alone.status, "两个人" in alone.err) == (1, True)
    no = ("year", "refuse", COMMUNITY, year, "--reason", "figures", "--digest", now["digest"])
    assert asked(*no, "--by", "S-0011", book=book)["refused"] == "figures"
    assert call(*words, "--by", "S-0011", book=book).status == 1
    asked("year", "ask", COMMUNITY, year, "--by", "S-0001", book=book)
    done = asked(*words, "--by", "S-0011", book=book)
    assert (done["closed"], done["figures"]) == (True, now["figures"])
    assert asked("year", "show", COMMUNITY, year, book=book) == done
    again = call("year", "ask", COMMUNITY, year, "--by", "S-0001", book=book)
    assert (again.status, "已经结算过了" in again.err) == (1, True)
    assert call("audit", book=book).status == 0


def test_the_statement_fits_80_columns(book: Path) -> None:
    """Of the year that runs, with its stock and what waits; it is not closed."""
    year = str(this_year(book))
    shown = call("year", "show", COMMUNITY, year, book=book).out
    assert max(map(wide, shown.splitlines())) <= 80
    for words in ("积分资金", "年末在大家手里", "香皂", "还没完的事"):
        assert words in shown
    refused = call("year", "ask", COMMUNITY, year, "--by", "S-0001", book=book)
    assert (refused.status, "还没有过完" in refused.err) == (1, True)


def test_the_sweep_warns_and_the_list_tells_whom(book: Path) -> None:
    """Ten days before the last day, once; names are masked."""
    until = asyncio.run(ten_days_more(book))
    assert asked("sweep", book=book)["warned"] == 1
    assert asked("sweep", book=book)["warned"] == 0
    (told,) = asked("expiring", "--area", COMMUNITY, book=book)["expiring"]
    assert told == {"member": "V-000001", "until_on": until, "points": 30}
    shown = call("expiring", book=book).out
    assert "王*兰" in shown
    assert "王秀兰" not in shown
    assert asked("expiring", "--no-phone", book=book)["expiring"] == []


async def ten_days_more(book: Path) -> str:
    """Thirty of 王秀兰's points live ten days more; until when."""
    evidence = Evidence("test", "1", encoding.digest("test"))
    async with open_district(f"sqlite://{book}") as opened:
        day = opened.today() + timedelta(days=10)
        posting = Posting(chart.ISSUED, chart.until("V-000001", day), 30, chart.POINTS)
        await opened.journal.post(
            Draft("test/1", "test", evidence, opened.today(), evidence.digest, (posting,))
        )
    return day.isoformat()

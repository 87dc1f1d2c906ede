"""What expires soon: seen by the member, listed and printed for those who tell them, with masked names."""

from __future__ import annotations

from datetime import timedelta

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards import expiry_warnings
from tests.web.guests import Guests, words


async def soon(book: Book) -> None:
    """Thirty of 王秀兰's points live ten days more, and 赵敏's five; they were warned."""
    evidence = Evidence("test", "1", encoding.digest("test"))
    day = book.today() + timedelta(days=10)
    for member, points in (("V-000001", 30), ("V-000002", 5)):
        posting = Posting(chart.ISSUED, chart.until(member, day), points, chart.POINTS)
        draft = Draft(f"test/{member}", "test", evidence, book.today(), evidence.digest, (posting,))
        await book.journal.post(draft)
    await expiry_warnings.warn(book, book.today())


def test_a_member_reads_what_expires(guests: Guests) -> None:
    """On the first page and on the statement, with its day; nothing is said while nothing expires."""
    wang = guests.by("王秀兰")
    assert "分到期" not in words(wang.get("/points"))
    guests.run(soon, guests.book)
    for path in ("/points", "/statement"):
        assert "有 30 分到期" in words(wang.get(path))


def test_a_list_to_print_for_those_who_tell_them(guests: Guests) -> None:
    """Masked, with a number; those without a phone apart; slips to cut out."""
    guests.run(soon, guests.book)
    li = guests.by("陈国强")
    page = words(li.get("/expiring"))
    assert "王*兰 V-000001" in page
    assert "王秀兰" not in page
    assert "合计 35 分" in page
    assert "王*兰" not in words(li.get("/expiring?phone=no"))
    slips = words(li.get("/expiring/slips"))
    assert "您有 30 分，只能用到" in slips
    assert guests.statements(li, "/expiring") < 20
    assert "V-000001" not in words(li.get("/expiring?after=9999-12-31/V-999999"))
    guests.by("王秀兰").get("/expiring", status=404)

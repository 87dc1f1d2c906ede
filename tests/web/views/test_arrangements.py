"""Units, campaigns and the week on pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.book import Book
from points.events import filing
from points.events.filing import Written
from points.sample.town import COMMUNITY
from tests.web.guests import Guests, links, words
from tests.web.site import token_in

UNIT = {"code": "zhujian", "name": "住建局", "kind": "department", "area": "坪山街道"}
CAMPAIGN = {"name": "清楼道", "area": "坪山街道", "starts_on": "2018-07-01", "ends_on": "2018-07-31"}


def test_a_unit_is_added_once(guests: Guests) -> None:
    """The same again changes nothing; its code for another is refused, and a place nobody knows."""
    guest = guests.by("马丽")
    page = guest.get("/units")
    for _ in range(2):
        guest.press(page, "/units", **UNIT)
    assert words(guest.get("/units")).count("zhujian 加单位") <= 1
    assert words(guests.by("刘洋").get("/units")).count("住建局") == 0, (
        "the unit is of the street above the grid"
    )
    for change, sentence in (({"name": "别的"}, "已经给了住建局"), ({"area": "月亮"}, "没有找到这个地方")):
        answer = guest.client.post("/units", data={"csrf": token_in(page), **UNIT, **change})
        assert (answer.status_code, sentence in words(answer.text)) == (422, True)


def test_a_campaign_is_announced_once(guests: Guests) -> None:
    """And has a page; one that ends before it begins is refused."""
    guest = guests.by("马丽")
    page = guest.get("/campaigns")
    where = [guest.press(page, "/campaigns", key="c1", **CAMPAIGN) for _ in range(2)]
    assert where[0] == where[1]
    assert "清楼道" in words(guest.get(where[0]))
    assert links(guests.by("刘洋").get("/campaigns"), "/campaigns/") == [where[0]]
    answer = guest.client.post(
        "/campaigns", data={"csrf": token_in(page), "key": "c2", **CAMPAIGN, "ends_on": "2018-06-01"}
    )
    assert (answer.status_code, "结束不能早于开始" in words(answer.text)) == (422, True)
    guest.get("/campaigns/" + "0" * 32, 404)


def test_a_report_joins_a_campaign_by_its_number(guests: Guests) -> None:
    """刘洋 writes it down and joins it; a number that is none is said."""
    today = guests.book.today()
    head, worker = guests.by("马丽"), guests.by("刘洋")
    days = {"starts_on": f"{today - timedelta(days=1)}", "ends_on": f"{today + timedelta(days=1)}"}
    where = head.press(head.get("/campaigns"), "/campaigns", key="c9", **CAMPAIGN | days)
    filed = guests.run(_filed, guests.book)
    page = worker.get(where)
    for _ in range(2):
        assert worker.press(page, where, key="j1", number=filed.lower()) == where
    assert filed in words(worker.get(where))
    answer = worker.client.post(where, data={"csrf": token_in(page), "key": "j2", "number": "E-1999-000001"})
    assert (answer.status_code, "没有记上" in words(answer.text)) == (422, True)
    assert "把一件事记到这个行动名下" not in words(guests.by("周静").get(where))


async def _filed(book: Book) -> str:
    """The number of a report of today."""
    said = Written("report", COMMUNITY, "F", "楼道堆物", book.now() - timedelta(seconds=1))
    return (await filing.report(book, said, by="S-0008", key="joins")).number


@pytest.mark.parametrize(
    "day", ["", "?day=2018-10-01", "?day=2031-01-06", "?day=nonsense", "?day=0001-01-01"]
)
def test_any_week_has_its_page(shared: Guests, day: str) -> None:
    """Holidays are named, and years nobody has announced."""
    said = words(shared.by("马丽").get("/week" + day))
    assert "周一到周三：收集" in said
    assert ("这一周放假的日子" in said) is (day == "?day=2018-10-01")
    assert ("2031 年的放假安排还没有" in said) is ("2031" in day)


def test_what_is_arranged_is_not_there_for_others(shared: Guests) -> None:
    """Residents and the counter see none of it; a grid worker sees and does not add."""
    for path in ("/week", "/units", "/campaigns"):
        for name in ("王秀兰", "张强"):
            shared.by(name).get(path, 404)
        assert "<form" not in shared.by("刘洋").get(path).split("<main", 1)[1].split("</main>")[0]


@pytest.mark.parametrize("path", ["/week", "/units", "/campaigns", "/events"])
def test_these_pages_cost_a_constant_number_of_statements(guests: Guests, path: str) -> None:
    """Another event makes none of them dearer."""
    guest = guests.by("马丽")
    before = guests.statements(guest, path)
    worker = guests.by("刘洋")
    fields = {"what": "一件", "category": "F", "area": "六和", "on": "2018-07-04", "at": "9:00"}
    worker.press(worker.get("/events/new/report"), "/events/new/report", key="n1", **fields)
    assert guests.statements(guest, path) == before < 45

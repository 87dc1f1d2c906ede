"""Monthly assessments on pages: 马丽 scores 六和社区, 孙丽 agrees; whoever is elsewhere sees none of it."""

from __future__ import annotations

import re

import pytest

from ledger import statements
from ledger.book import Book
from points import chart
from points.sample.town import COMMUNITY
from tests.web import ruling_for_communities as ruling
from tests.web.guests import Guests, words
from tests.web.site import token_in


async def left(book: Book, month: str) -> int:
    """What is in the community's fund."""
    return await statements.balance(book.reader, chart.fund(COMMUNITY, month))


def test_a_month_is_scored_and_rewarded_by_two(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """The score alone moves nothing; who scored reads that another must decide; agreed, the fund has it, once."""
    guests.run(ruling.publish, guests.book)
    with ruling.two_months_later(guests.book, monkeypatch) as month:
        head, keeper = guests.by(ruling.HEAD), guests.by(ruling.KEEPER)
        page = head.get("/assessments")
        assert "还没有考核" in words(page)
        form = {"area": COMMUNITY, "month": month, "key": "k1"}
        refused = head.client.post("/assessments", data={"csrf": token_in(page), "score": "70", **form})
        assert (refused.status_code, "没有奖励 70 分" in words(refused.text)) == (422, True)
        form |= {"sponsor": "unit", "yuan": "250.50", "document": "坪街 3 号"}
        where = head.press(page, "/assessments", score="95", **form)
        assert head.press(page, "/assessments", score="95", **form) == where
        own = words(head.get(where))
        assert "奖励 300 分" in own
        assert "要另一人审批" in own
        assert "单位 250.50 元 文件号 坪街 3 号" in own
        into = f"{guests.book.today():%Y-%m}"
        before = guests.run(left, guests.book, into)
        page = keeper.get(where)
        (digest,) = re.findall(r'name="digest" value="([^"]+)"', page)
        for _ in range(2):
            assert keeper.press(page, where, digest=digest, decision="approve") == where
        assert guests.run(left, guests.book, into) == before + 300
        assert "孙丽审批" in words(keeper.get(where))
        assert "月度考核：单位 坪街 3 号 250.50 元" in words(keeper.get(f"/funds/{COMMUNITY}/{into}"))
        assert "已批准" in words(head.get("/assessments"))


def test_other_people_find_nothing_there(guests: Guests) -> None:
    """A resident and the counter have no such page; an assessment that is none is 404; a place that is none is said."""
    for name in ("王秀兰", "张强"):
        guests.by(name).get("/assessments", 404)
    head = guests.by(ruling.HEAD)
    head.get("/assessments/" + "0" * 32, 404)
    page = head.get("/assessments")
    answer = head.client.post(
        "/assessments",
        data={"csrf": token_in(page), "area": "没有的社区", "month": "2026-01", "score": "90", "key": "k1"},
    )
    assert (answer.status_code, "没有找到这个社区" in words(answer.text)) == (422, True)

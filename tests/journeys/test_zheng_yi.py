"""郑义 is the second person: 何伟 asks for a correction, 陈国强 to close a year, and he sees what they saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from ledger import encoding
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards import correction_rights, expiry_warnings
from points.district import open_district
from points.sample.town import COMMUNITY, STAFF
from tests import town
from tests.browser import BROWSER, elsewhere, opened, serving, there
from tests.journeys import signing_in
from tests.journeys.looking import usable

pytestmark = BROWSER
WIDTHS = pytest.mark.parametrize(("width", "turn"), [(360, 0), (1280, 1)])
CHEN, HE, ZHENG = STAFF[0], STAFF[5], STAFF[10]
AWARDS = """
SELECT v.contribution FROM awards_verification AS v JOIN events_event AS e ON e.id = v.event
JOIN awards_vesting AS w ON w.award = v.reference WHERE e.area = ? AND v.member > 'V-000010' ORDER BY 1 LIMIT 2"""


@dataclass(frozen=True)
class Live:
    """The site, the awards that are to be corrected, and the years that are to be closed: one for each width."""

    url: str
    awards: list[str]
    years: tuple[int, int]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A town of their own, with two years gone by, and points of 王秀兰's that live ten days more."""
    settings = town.copied(tmp_path_factory.mktemp("zheng"))
    awards, years = elsewhere(prepared, settings.book)
    with serving(town.site(settings)) as url:
        yield Live(url, awards, years)


async def prepared(url: str) -> tuple[list[str], tuple[int, int]]:
    """Seven points were issued in each of two years; thirty expire soon, and it was said."""
    async with open_district(url) as book:
        today = book.today()
        moves = [
            (date(today.year - back, 3, 1), chart.fund(COMMUNITY, f"{today.year - back}-03"))
            for back in (1, 2)
        ]
        moves.append((today, chart.until("V-000001", today + timedelta(days=10))))
        evidence = Evidence("test", "1", encoding.digest("test"))
        for day, target in moves:
            posting = Posting(chart.ISSUED, target, 30, chart.POINTS)
            draft = Draft(f"test/{target}", "allocate", evidence, day, evidence.digest, (posting,))
            await book.journal.post(draft)
        await expiry_warnings.warn(book, today)
        rows = await book.reader.execute_query_dict(AWARDS, [COMMUNITY])
        return [row["contribution"] for row in rows], (today.year - 1, today.year - 2)


@WIDTHS
def test_a_correction_takes_both(
    chromium: Browser, live: Live, width: int, turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """何伟 opens an award, asks with a reason and a note; 郑义 finds it in his queue, sees the same, and approves."""
    monkeypatch.setattr(correction_rights, "ALONE_AT_MOST", 0)
    with opened(chromium, live.url, width=width) as page:
        signing_in.staff(page, HE)
        page.goto(f"/awards/{live.awards[turn]}")
        page.get_by_role("link", name="更正这一笔").click()
        usable(page)
        page.get_by_label("原因").select_option("wrong_sum")
        page.get_by_label("说明").fill("多写了一个零")
        page.get_by_role("button", name="申请更正").click()
        expect(page.get_by_text("等第二个人")).to_be_visible()
        there(page)
        code = page.locator("dd").last.inner_text()
    with opened(chromium, live.url, width=width) as page:
        signing_in.staff(page, ZHENG)
        page.goto("/corrections")
        usable(page)
        page.locator("main a.entry-row").first.click()
        expect(page.locator("dd").last).to_have_text(code)
        expect(page.get_by_role("list", name="会这样动")).to_contain_text("还给")
        usable(page)
        page.get_by_role("button", name="批准更正").click()
        expect(page.get_by_text("已经批准")).to_be_visible()


@WIDTHS
def test_a_year_takes_both(chromium: Browser, live: Live, width: int, turn: int) -> None:
    """陈国强 asks that a year gone by be closed; 郑义 reads the same figures and confirms; then it is fixed."""
    with opened(chromium, live.url, width=width) as page:
        signing_in.staff(page, CHEN)
        page.goto("/years")
        page.get_by_role("link", name=f"六和社区居委会 {live.years[turn]} 年").click()
        expect(page.get_by_text("这一年还没有结算")).to_be_visible()
        page.get_by_role("button", name="申请结算").click()
        expect(page.get_by_text("等另一个人确认")).to_be_visible()
        page.goto("/expiring")
        expect(page.locator("main")).to_contain_text("王*兰")
        usable(page)
        page.get_by_role("link", name="打印小条").click()
        usable(page)
    with opened(chromium, live.url, width=width) as page:
        signing_in.staff(page, ZHENG)
        page.goto(f"/years/{COMMUNITY}/{live.years[turn]}")
        page.get_by_role("button", name="确认结算").click()
        expect(page.get_by_text("陈国强申请，郑义确认")).to_be_visible()
        usable(page)

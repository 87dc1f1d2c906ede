"""王秀兰 and 王军 live together: both agree, she takes an umbrella with points of both, and he stops it again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Posting
from points import chart
from points.awards import purse
from points.district import open_district
from points.evidence import snapshots
from points.people import signin
from points.sample.town import RESIDENTS, STAFF, SignIn
from tests import town
from tests.browser import BROWSER, elsewhere, opened, serving
from tests.hands import pressed
from tests.journeys import signing_in
from tests.journeys.looking import usable
from web.settings import Settings

pytestmark = BROWSER
ZHANG, WANG = STAFF[3], RESIDENTS[0]
JUN = SignIn("V-000003", "王军", "居民", "713902")
HERS, HIS = 4, 60


@pytest.fixture(params=[360, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """A phone, and a desk."""
    return int(request.param)


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A town where 王秀兰 has spent all but 4 points, and 王军 has 60 and a PIN."""
    settings = town.copied(tmp_path_factory.mktemp("home"))

    async def prepare() -> None:
        async with open_district(settings.book) as book:
            await signin.set_pin(book, JUN.number, JUN.secret, by=STAFF[0].number, pepper=settings.pepper())
            for person, points in ((WANG, HERS), (JUN, HIS)):
                await leave(book, person.number, points)

    elsewhere(prepare)
    return settings


async def leave(book: Book, member: str, points: int) -> None:
    """Let somebody have just so many points."""
    today = book.today()
    until = chart.until(member, today.replace(year=today.year + 1, month=12, day=31))
    has = await purse.spendable(book, member, today)
    moves = [Posting(chart.until(member, day), chart.EXPIRED, n, chart.POINTS) for day, n in has]
    evidence, rows = snapshots.take("test", member, {"points": points}, at=book.now())
    await book.journal.post(
        Draft(
            reference=f"test/{member}",
            kind="test",
            evidence=evidence,
            effective_on=today,
            request=encoding.digest_of({"points": points}),
            postings=(*moves, Posting(chart.ISSUED, until, points, chart.POINTS)),
            rows=rows,
        )
    )


@pytest.fixture
def live(settings: Settings) -> Iterator[str]:
    """Its site."""
    with serving(town.site(settings)) as url:
        yield url


def at_home(page: Page, person: SignIn) -> None:
    """Sign in with number and PIN, and go to what is shared at home."""
    page.goto("/signin")
    page.get_by_label("成员号或手机号").fill(person.number)
    page.get_by_label("6 位密码").fill(person.secret)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.get_by_role("link", name="家里一起用积分").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("家里一起用积分")


def choose_umbrella(page: Page) -> None:
    """张强 finds her by her number, and puts one umbrella down."""
    page.goto("/counter/1")
    page.get_by_label("扫码、刷卡，或输入号码").fill("V-000001")
    pressed(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("选物品")


def test_a_family_takes_something_together_and_stops(chromium: Browser, live: str, width: int) -> None:
    """Each agrees for themselves; who gives how much is shown before her PIN, on the slip, and in both statements."""
    with opened(chromium, live, width=width) as page:
        at_home(page, WANG)
        usable(page)
        page.get_by_role("button", name="同意一起用").click()
        expect(page.locator(".big-sum .number")).to_have_text(str(HERS))
    with opened(chromium, live, width=width) as page:
        at_home(page, JUN)
        page.get_by_role("button", name="同意一起用").click()
        expect(page.locator(".big-sum .number")).to_have_text(str(HERS + HIS))
        usable(page)
    with opened(chromium, live, width=width) as page:
        signing_in.staff(page, ZHANG)
        choose_umbrella(page)
        expect(page.locator("main")).to_contain_text(f"可用家里的 {HIS} 分")
        usable(page)
        page.get_by_label(re.compile("雨伞")).fill("1")
        page.get_by_role("button", name=re.compile("下一步：输密码")).click()
        expect(page.locator("main")).to_contain_text("家里一起换")
        usable(page)
        page.get_by_label("本人的 6 位密码").fill(WANG.secret)
        pressed(page, "Enter")
        rows = page.locator("main dl.summary").nth(1).locator("div")
        expect(rows).to_have_text([re.compile("4 分"), re.compile("16 分"), re.compile("20 分")])
        usable(page)
        page.get_by_role("button", name=re.compile("确认，扣 20 分")).click()
        expect(page.locator("main")).to_contain_text("已兑换")
        usable(page)
    with opened(chromium, live, width=width) as page:
        at_home(page, JUN)
        expect(page.locator(".big-sum .number")).to_have_text(str(HIS - 16))
        page.get_by_role("button", name="不再一起用").click()
        expect(page.get_by_role("button", name="同意一起用")).to_be_visible()
        page.goto("/statement")
        row = page.locator(".entry", has_text="家里一起换雨伞")
        expect(row).to_contain_text("16")
        usable(page)
    with opened(chromium, live, width=width) as page:
        signing_in.staff(page, ZHANG)
        choose_umbrella(page)
        expect(page.locator("main")).not_to_contain_text("可用家里的")

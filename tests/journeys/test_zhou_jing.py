"""周静 audits: the whole ledger checked before her eyes, an entry down to its proof, and a changed byte found."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ledger import signatures
from points.sample.town import STAFF
from tests import town
from tests.browser import BROWSER, opened, serving
from tests.journeys import signing_in
from tests.journeys.looking import usable
from web.settings import Settings, load

pytestmark = BROWSER
ZHOU = STAFF[4]
WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A town of her own."""
    return town.copied(tmp_path_factory.mktemp("zhou"))


@pytest.fixture(scope="module")
def live(settings: Settings) -> Iterator[str]:
    """Its site."""
    with serving(town.site(settings)) as url:
        yield url


def enter(page: Page) -> None:
    """She signs in and opens the audit."""
    signing_in.staff(page, ZHOU)
    page.get_by_role("link", name="审计").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("审计")


@WIDTHS
def test_she_runs_the_audit_and_follows_an_entry(
    chromium: Browser, live: str, width: int, settings: Settings, tmp_path: Path
) -> None:
    """One press; progress to the end; whole; then an award to its text, its proof, and a receipt checked without us."""
    with opened(chromium, live, width=width, accept_downloads=True) as page:
        enter(page)
        usable(page)
        page.get_by_role("button", name="从头全查").click()
        expect(page).to_have_url(re.compile("/audit/runs/"))
        expect(page.locator("progress")).to_be_visible()
        expect(page.locator("[data-state=done]")).to_contain_text("✓ 账本完整")
        usable(page)
        page.get_by_role("link", name="账本", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("账本")
        usable(page)
        page.get_by_role("link", name="奖励入账").click()
        page.locator("a.entry-row").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("账本第")
        expect(page.get_by_text("✓ 相符")).to_be_visible()
        expect(page.get_by_role("region", name="原文")).to_contain_text('"kind":"award"')
        usable(page)
        with page.expect_download() as downloading:
            page.get_by_role("link", name="下载凭证").click()
        receipt = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(receipt)
        command = page.get_by_role("region", name="核对命令").inner_text()
        vkey = str(signatures.load(settings.key_file).verifier)
        assert command == f"python -m ledger verify {receipt.name} --key '{vkey}'"
        assert verified(receipt, vkey).returncode == 0
        page.get_by_role("link", name="/noticed").first.click()
        expect(page.locator("a.entry-row").first).to_be_visible()
        usable(page)


def verified(receipt: Path, vkey: str) -> subprocess.CompletedProcess[bytes]:
    """What the auditor's own tool says, in a process of its own."""
    command = [sys.executable, "-m", "ledger", "verify", str(receipt), "--key", vkey]
    return subprocess.run(command, check=False, capture_output=True)


@WIDTHS
def test_a_redemption_reads_in_a_few_lines(chromium: Browser, live: str, width: int) -> None:
    """Each posting says from where, to where, how much of what; an address never runs one letter a line."""
    with opened(chromium, live, width=width) as page:
        enter(page)
        page.goto("/ledger?kind=redemption")
        page.locator("a.entry-row").first.click()
        postings = page.get_by_role("list", name="分录")
        expect(postings.get_by_role("listitem").first).to_contain_text("香皂 ×1")
        box = postings.bounding_box()
        assert box is not None
        assert box["height"] < 400
        usable(page)


@WIDTHS
def test_she_signs_a_checkpoint_and_keeps_it(chromium: Browser, live: str, width: int) -> None:
    """The note is a page that anybody can copy."""
    with opened(chromium, live, width=width, forgiven=("favicon",)) as page:  # a plain text names no icon
        enter(page)
        page.get_by_role("button", name="签检查点").click()
        expect(page.get_by_text("后面还有")).to_have_count(0)
        page.get_by_role("link", name=re.compile("看签名全文")).click()
        expect(page.locator("body")).to_contain_text("— jishan/")


@WIDTHS
def test_a_changed_byte_is_found_and_named(
    chromium: Browser, settings: Settings, width: int, tmp_path: Path
) -> None:
    """In a copy of the book one digit of a text is changed by hand; the page says which entry, and leads there."""
    for file in ("town.db", "town.key", "town.pepper"):
        shutil.copy(settings.key_file.with_name(file), tmp_path / file)
    position = change_a_byte(tmp_path / "town.db")
    changed = load(book=f"sqlite://{tmp_path / 'town.db'}", insecure_cookie=True)
    with serving(town.site(changed)) as url, opened(chromium, url, width=width) as page:
        enter(page)
        page.get_by_role("button", name="从头全查").click()
        done = page.locator("[data-state=done]")
        expect(done).to_contain_text("✗ 账本不符")
        usable(page)
        done.get_by_role("link", name=re.compile(f"第 {position} 笔不符")).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"账本第 {position} 条")
        page.get_by_role("link", name="审计").click()
        expect(page.get_by_role("link", name=re.compile("处不符"))).to_be_visible()


def change_a_byte(book: Path) -> int:
    """Turn one amount of the first award into another, as somebody with the file could; where it was."""
    with closing(sqlite3.connect(book)) as connection:
        query = "SELECT position, body FROM ledger_transaction WHERE kind = 'award' ORDER BY position LIMIT 1"
        position, body = connection.execute(query).fetchone()
        changed = re.sub(rb'"amount":\d', b'"amount":9', body, count=1)
        assert changed != body
        guard = "SELECT sql FROM sqlite_master WHERE name = 'ledger_transaction_no_update'"
        (trigger,) = connection.execute(guard).fetchone()
        connection.execute("DROP TRIGGER ledger_transaction_no_update")
        connection.execute("UPDATE ledger_transaction SET body = ? WHERE position = ?", [changed, position])
        connection.execute(trigger)
        connection.commit()
    return int(position)

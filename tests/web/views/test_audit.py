"""The audit on a page: a run is a job, its findings name the entry, and every run is kept."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger.book import Book
from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.web.visits import Visit, opened, visit
from web import jobs
from web.settings import Settings

ADMIN, ZHANG, ZHOU = STAFF[0], STAFF[3], STAFF[4]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A town of one's own."""
    return town.copied(tmp_path)


@pytest.fixture
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


@pytest.fixture
def zhou(site: TestClient) -> Visit:
    """周静 on the audit's page."""
    return visit(site, ZHOU).go("/audit")


def finished(visitor: Visit) -> Visit:
    """The run's page once it is done; at most a minute."""
    latest = time.monotonic() + 60
    while time.monotonic() < latest:
        if 'data-state="done"' in visitor.go(visitor.path).page:
            return visitor
        assert 'data-state="failed"' not in visitor.page, visitor.words
        time.sleep(0.1)
    raise AssertionError(visitor.words)


def test_a_whole_ledger_is_said_to_be_whole(zhou: Visit) -> None:
    """With its size, the number of checks and the root; the run stays in the list."""
    assert "还没有校验过" in zhou.words
    size = re.findall(r"校验 ([\d,]+) 笔", zhou.words)[0]
    zhou.send("/audit/runs")
    assert re.fullmatch("/audit/runs/[0-9a-f]{24}", zhou.path)
    finished(zhou)
    assert re.search(rf"✓ 账本完整：{size} 笔，\d\d 项检查", zhou.words)
    assert "校验人 周静 S-0005" in zhou.words
    assert "✓ 账本完整" in zhou.go("/audit").words
    assert "周静 S-0005" in zhou.words


def test_a_changed_byte_is_found_and_named(settings: Settings) -> None:
    """Somebody with the file and without its guards changes one amount; the page names the entry and leads to it."""
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as connection:
        (position,) = connection.execute(
            "SELECT position FROM ledger_transaction WHERE kind = 'award' LIMIT 1"
        ).fetchone()
        guard = "SELECT sql FROM sqlite_master WHERE name = 'ledger_transaction_no_update'"
        (trigger,) = connection.execute(guard).fetchone()
        connection.execute("DROP TRIGGER ledger_transaction_no_update")
        connection.execute(
            "UPDATE ledger_transaction SET body = CAST(replace(body, '\"amount\":', '\"amount\":1') AS BLOB) "
            "WHERE position = ?",
            [position],
        )
        connection.execute(trigger)
        connection.commit()
    with opened(settings) as site:
        zhou = finished(visit(site, ZHOU).go("/audit").send("/audit/runs"))
        assert re.search(r"✗ 账本不符：\d+ 处", zhou.words)
        assert f"✗ 第 {position} 笔不符" in zhou.words
        assert f'href="/ledger/{position}"' in zhou.page
        assert zhou.go(f"/ledger/{position}").answer.status_code == 200
        assert "处不符" in zhou.go("/audit").words


def test_pressing_twice_is_one_run(zhou: Visit) -> None:
    """Another press while it runs leads to the run that is under way; the same page sent again to its own."""
    where, hidden = zhou.form("/audit/runs")
    answers = [zhou.client.post(where, data=hidden) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    zhou.go(answers[0].headers["location"])
    finished(zhou)
    assert zhou.client.post(where, data=hidden).headers["location"] == zhou.path


def test_without_a_script_the_page_looks_again_by_itself(
    zhou: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every three seconds while it waits or runs, and no more once it is done."""

    async def nobody_has_time(_book: Book) -> None:
        return None

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "claim", nobody_has_time)
        zhou.send("/audit/runs")
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in zhou.page
        assert "在排队" in zhou.words
    finished(zhou)
    assert "http-equiv" not in zhou.page


def test_results_cannot_be_changed(zhou: Visit, settings: Settings) -> None:
    """Not even by somebody with the file, as long as its guards stand."""
    finished(zhou.send("/audit/runs"))
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as connection:
        connection.execute("PRAGMA recursive_triggers=ON")
        for statement in ("UPDATE web_audit_run SET findings = 0", "DELETE FROM web_audit_run"):
            with pytest.raises(sqlite3.IntegrityError, match="web_audit_run is never"):
                connection.execute(statement)


def test_a_checkpoint_is_signed_on_demand(zhou: Visit) -> None:
    """Everything so far is then under the signature, and signing again changes nothing."""
    zhou.send("/audit/checkpoints")
    assert zhou.path == "/audit"
    assert "后面还有" not in zhou.words
    note = zhou.go("/checkpoint").page
    zhou.go("/audit").send("/audit/checkpoints")
    assert zhou.go("/checkpoint").page == note


def test_a_run_nobody_asked_for_is_not_there(zhou: Visit) -> None:
    """Nor is another kind of job shown here."""
    assert zhou.go("/audit/runs/0123456789abcdef01234567").answer.status_code == 404


def test_only_auditors_and_admins_may(site: TestClient) -> None:
    """For the counter and for residents it is as if it were not there."""
    assert visit(site, ADMIN).go("/audit").answer.status_code == 200
    for person in (ZHANG, RESIDENTS[0]):
        assert visit(site, person).go("/audit").answer.status_code == 404


def test_why_a_run_failed_is_said(zhou: Visit, settings: Settings) -> None:
    """Without the key nothing can be compared with it: the sentence says which file."""
    settings.key_file.rename(settings.key_file.with_suffix(".away"))
    zhou.send("/audit/runs")
    latest = time.monotonic() + 60
    while 'data-state="failed"' not in zhou.go(zhou.path).page and time.monotonic() < latest:
        time.sleep(0.1)
    assert "没有做成" in zhou.words
    assert "不能用" in zhou.words

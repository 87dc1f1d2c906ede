"""The ledger to look through: who may see what, down to the text and its proof, checked by the auditor's own tool."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ledger import receipts, signatures
from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.points.market.counting import statements_during
from tests.web.visits import Visit, opened, visit
from web.settings import Settings

ADMIN, ZHANG, ZHOU = STAFF[0], STAFF[3], STAFF[4]
WANG, ZHAO = RESIDENTS


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One town, only looked at."""
    return town.copied(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


@pytest.fixture(scope="module")
def zhou(site: TestClient) -> Visit:
    """周静, the auditor."""
    return visit(site, ZHOU)


def positions(page: Visit) -> list[int]:
    """The entries that a page links to, in their order."""
    return [int(found) for found in re.findall(r'class="entry-row" href="/ledger/(\d+)"', page.page)]


def test_newest_first_and_every_entry_once(zhou: Visit) -> None:
    """Paging goes by position to the first entry."""
    seen = positions(zhou.go("/ledger"))
    newest = seen[0]
    while older := re.search(r'href="(/ledger\?before=[^"]+)" rel="next"', zhou.page):
        seen += positions(zhou.go(older[1]))
    assert seen == list(range(newest, 0, -1))


def test_kinds_and_days_narrow_it(zhou: Visit) -> None:
    """Only redemptions; only what was recorded on a day."""
    (redeemed,) = positions(zhou.go("/ledger?kind=redemption"))
    assert "兑换" in zhou.words
    recorded = re.findall(r'datetime="([0-9-]+)T', zhou.go(f"/ledger/{redeemed}").page)
    assert recorded
    assert positions(zhou.go("/ledger?day=2001-01-01")) == []
    assert "这一段里没有这样的记录" in zhou.words


@pytest.mark.parametrize(
    ("what", "where"),
    [
        ("7", "/ledger/7"),
        ("#7", "/ledger/7"),
        ("V-000001", "/ledger/members/V-000001"),
        ("v1", "/ledger/members/V-000001"),
        ("shop/1/taken", "/ledger/accounts/shop/1/taken"),
    ],
)
def test_one_thing_is_found(zhou: Visit, what: str, where: str) -> None:
    """A receipt's number, a member, an account."""
    assert zhou.go(f"/ledger?what={what.replace('#', '%23')}").path == where


def test_a_reference_is_found_and_nonsense_is_told(zhou: Visit) -> None:
    """Whole references only; what is not there is said."""
    (position,) = positions(zhou.go("/ledger?kind=redemption"))
    reference = json.loads(text_of(zhou.go(f"/ledger/{position}")))["reference"]
    assert zhou.go(f"/ledger?what={reference}").path == f"/ledger/{position}"
    for nonsense in ("redeem/", "999999999", "%F0%9F%98%80", "m", "member/", "9" * 100):
        assert "账本里没有找到" in zhou.go(f"/ledger?what={nonsense}").words


def text_of(page: Visit) -> str:
    """The transaction's text as an entry's page shows it."""
    found = re.search(r'<pre class="verbatim"[^>]*>(.*?)</pre>', page.page, re.DOTALL)
    assert found
    return found[1].replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_an_award_is_told_from_words_to_bytes(zhou: Visit, site: TestClient) -> None:
    """In words, its lines with balances, its evidence, its event, its text to the letter, leaf, proof and command."""
    position = positions(zhou.go("/ledger?kind=award"))[0]
    zhou.go(f"/ledger/{position}")
    assert "先公示，期满才能用" in zhou.words
    assert "✓ 相符" in zhou.words
    assert re.search(r'href="/events/[0-9a-f-]+"', zhou.page)
    assert re.search(r'href="/ledger/accounts/fund/\d+/\d{4}-\d\d"', zhou.page)
    text = text_of(zhou)
    assert json.loads(text)["position"] == position

    async def stored() -> tuple[bytes, bytes]:
        reader = site.app.state.book.reader  # type: ignore[attr-defined]
        query = "SELECT body, leaf FROM ledger_transaction WHERE position = ?"
        (row,) = await reader.execute_query_dict(query, [position])
        return bytes(row["body"]), bytes(row["leaf"])

    assert site.portal is not None
    body, leaf = site.portal.call(stored)
    assert text.encode() == body
    assert leaf.hex() in zhou.words
    assert f"python -m ledger verify receipt-{position}.txt --key" in zhou.words


def test_things_are_called_by_their_name_in_every_language(zhou: Visit) -> None:
    """What a redemption handed out is named, not numbered; its points, and what both accounts then held, are said."""
    (position,) = positions(zhou.go("/ledger?kind=redemption"))
    things, points = json.loads(text_of(zhou.go(f"/ledger/{position}")))["postings"]
    told = zhou.words.split("原文")[0]
    assert "香皂 ×1" in told
    assert things["unit"] not in told
    assert f"{points['amount']} 分 记完以后，转出的账户剩 {points['source_balance']}，" in told
    english = zhou.client.get(f"/ledger/{position}", headers={"Accept-Language": "en"})
    assert ">Soap ×1<" in english.text


def test_the_receipt_is_accepted_by_the_auditors_tool(
    zhou: Visit, settings: Settings, tmp_path: Path
) -> None:
    """And by nobody's key but ours; one character changed is refused."""
    (position,) = positions(zhou.go("/ledger?kind=redemption"))
    answer = zhou.go(f"/ledger/{position}/receipt.txt").answer
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    vkey = str(signatures.load(settings.key_file).verifier)
    assert receipts.check(answer.text, vkey).size >= position
    (tmp_path / "good.txt").write_text(answer.text)
    (tmp_path / "bad.txt").write_text(answer.text.replace('"amount":3', '"amount":2'))
    assert [verified(tmp_path / name, vkey) for name in ("good.txt", "bad.txt")] == [0, 1]


def verified(receipt: Path, vkey: str) -> int:
    """The answer of the offline verifier."""
    command = [sys.executable, "-m", "ledger", "verify", str(receipt), "--key", vkey]
    return subprocess.run(command, check=False, capture_output=True).returncode


def test_a_member_opens_what_touches_their_own_accounts(site: TestClient, zhou: Visit) -> None:
    """Their redemption, its receipt, their accounts; never another's, and not the list."""
    (position,) = positions(zhou.go("/ledger?kind=redemption"))
    wang, zhao = visit(site, WANG), visit(site, ZHAO)
    assert f"账本第 {position} 条" in wang.go(f"/ledger/{position}").words
    assert 'href="/ledger/accounts/shop/1/taken"' not in wang.page
    assert wang.go(f"/ledger/{position}/receipt.txt").answer.status_code == 200
    assert wang.go("/ledger/members/V-000001").answer.status_code == 200
    assert wang.go("/ledger/accounts/member/V-000001/honour").answer.status_code == 200
    theirs = [f"/ledger/{position}", f"/ledger/{position}/receipt.txt", "/ledger/members/V-000001"]
    theirs += [
        "/ledger/accounts/member/V-000001/honour",
        "/ledger/accounts/member/V-00000",
        "/ledger",
        "/audit",
    ]
    assert [zhao.go(path).answer.status_code for path in theirs] == [404] * len(theirs)


def test_a_counter_opens_what_it_handed_over_and_no_more(site: TestClient, zhou: Visit) -> None:
    """The entry behind its own receipt; not the member's accounts, and not what they earned."""
    (position,) = positions(zhou.go("/ledger?kind=redemption"))
    earned = positions(zhou.go("/ledger?kind=award"))[0]
    zhang = visit(site, ZHANG)
    assert zhang.go(f"/ledger/{position}").answer.status_code == 200
    closed = [f"/ledger/{earned}", "/ledger/members/V-000001", "/ledger/accounts/member/V-000001/honour"]
    assert [zhang.go(path).answer.status_code for path in closed] == [404] * len(closed)


def test_strangers_are_asked_to_sign_in_but_the_head_is_for_everybody(site: TestClient) -> None:
    """The signed note is public: copies of it are what protects from us."""
    stranger = TestClient(site.app, base_url="http://localhost", follow_redirects=False)
    stranger.portal = site.portal
    assert stranger.get("/ledger/7").headers["location"].startswith("/signin")
    note = stranger.get("/checkpoint")
    assert note.headers["content-type"] == "text/plain; charset=utf-8"
    assert note.text.startswith("jishan/")
    assert "\n\n— jishan/" in note.text


def test_what_is_not_there_is_not_an_error(zhou: Visit) -> None:
    """Positions beyond the end, accounts never opened, and members nobody is."""
    for path in (
        "/ledger/99999999",
        "/ledger/" + "9" * 30,
        "/ledger/members/V-999999",
        "/ledger/accounts/a/b",
    ):
        assert zhou.go(path).answer.status_code == 404


def test_every_number_opens(zhou: Visit) -> None:
    """From a member's history to an entry, from an entry to an account, and on."""
    zhou.go("/ledger/members/V-000001")
    account = re.findall(r'href="(/ledger/accounts/member/V-000001/until/[^"]+)"', zhou.page)[0]
    assert positions(zhou.go(account))
    assert re.search(r"余 \d+", zhou.words)


def test_pages_cost_a_constant_number_of_statements(zhou: Visit, site: TestClient) -> None:
    """However much stands on them."""
    counts = [
        statements_of(site, zhou, path) for path in ("/ledger", "/ledger?before=3", "/ledger?kind=award")
    ]
    assert max(counts) - min(counts) <= 0
    assert counts[0] <= 14
    members = [statements_of(site, zhou, f"/ledger/members/V-{n:06d}") for n in (1, 5, 47)]
    assert len(set(members)) == 1


def statements_of(site: TestClient, page: Visit, path: str) -> int:
    """How many statements a page costs on the book's reader; the worker's own looks in between are not the page's."""
    book: Any = site.app.state.book  # type: ignore[attr-defined]
    assert site.portal is not None
    counts = []
    for _ in range(3):
        with site.portal.wrap_async_context_manager(statements_during(book)) as seen:
            assert page.go(path).answer.status_code == 200
        counts.append(len([statement for statement in seen if "web_job" not in statement]))
    return min(counts)


def test_the_admin_reads_it_too(site: TestClient) -> None:
    """Reading and running the audit is theirs as well."""
    admin = visit(site, ADMIN)
    assert admin.go("/ledger").answer.status_code == 200
    assert admin.go("/audit").answer.status_code == 200

"""The sample town on PostgreSQL: its commands, its pages, and what anybody reads when a book is too busy."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner, Result

from ledger import turnstile
from points.sample.town import DISTRICT, RESIDENTS, STAFF, SignIn
from tests import postgres, town
from tests.web import visits
from tests.web.site import token_in
from tests.web.visits import Visit
from web.cli import main
from web.settings import Settings, load

pytestmark = [] if postgres.ELSEWHERE else [pytest.mark.needs("postgresql")]
PAGES_AT_MOST = 60
LINK = re.compile(r'<a [^>]*href="([^"#]+)"')


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A town of this file's own."""
    folder = tmp_path_factory.mktemp("town")

    async def settled() -> str:
        url = await postgres.make()
        await town.settle(url, folder)
        return url

    with ThreadPoolExecutor(
        max_workers=1
    ) as thread:  # another file's browser may have a loop running in this one
        url = thread.submit(asyncio.run, settled()).result()
    secrets = {f"{name}_file": folder / f"town.{name}" for name in ("key", "pepper", "seal")}
    return load(book=url, insecure_cookie=True, **secrets)


def say(settings: Settings, *words: str | Path) -> Result:
    """Run a command on the town."""
    files = {"KEY": settings.key_file, "PEPPER": settings.pepper_file, "SEAL": settings.seal_file}
    secrets = {f"JISHAN_{name}_FILE": str(path) for name, path in files.items()}
    return CliRunner().invoke(main, ["--book", settings.book, *map(str, words)], env=secrets)


REDEEM = ("redeem", "--shop", "1", "--member", "V-000001", "--item", "香皂", "--by", "S-0004")


def test_the_commands_do_their_work(settings: Settings, tmp_path: Path) -> None:
    """What a day of a community takes, then the auditor's part, then the keeper's."""
    for words in (
        ("balance", "V-000001"),
        ("statement", "V-000001"),
        (*REDEEM, "--key", "k1"),
        ("fund", "allocate", "--under", DISTRICT, "--month", "2018-03", "--points", "10", "--by", "S-0002"),
        ("sweep",),
        ("shop", "list"),
        ("key",),
        ("checkpoint",),
        ("audit",),
        ("export", tmp_path / "out"),
        ("backup", tmp_path / "copies"),
        ("ship", tmp_path / "there"),
        ("migrate",),
    ):
        said = say(settings, *words)
        assert said.exit_code == 0, (words, said.output)


def test_a_drill_says_how_long_and_how_much(settings: Settings, tmp_path: Path) -> None:
    """Of two entries after the backup one was shipped and one was not: it is told, and somebody was served."""
    say(settings, "backup", tmp_path / "copies")
    say(settings, *REDEEM, "--key", "shipped")
    say(settings, "ship", tmp_path / "there")
    served = say(settings, *REDEEM, "--key", "not-shipped")
    assert served.exit_code == 0, served.output
    said = say(settings, "--json", "drill", tmp_path / "copies", "--segments", tmp_path / "there")
    data = json.loads(said.stdout)
    assert (data["loss"]["entries"], bool(data["redeemed"])) == (1, True), said.output
    assert 0 < data["seconds"] < 900


@pytest.mark.parametrize("person", [RESIDENTS[0], *STAFF], ids=lambda one: one.title)
def test_every_page_that_links_lead_to_answers(settings: Settings, person: SignIn) -> None:
    """Whoever signs in and follows every link meets no page that does not work."""
    with visits.opened(settings) as site:
        browser = visits.visit(site, person)
        waiting, seen = ["/"], set()
        while waiting and len(seen) < PAGES_AT_MOST:
            path = waiting.pop(0)
            if path in seen:
                continue
            seen.add(path)
            browser.go(path)
            assert browser.answer.status_code in {200, 404}, (path, browser.words)
            waiting += _links(browser)
        assert len(seen) > 5


def _links(browser: Visit) -> list[str]:
    """Where a page leads, within the site; of the pages of a list, the first few."""
    if "html" not in browser.answer.headers.get("content-type", ""):
        return []
    found = [urljoin(browser.path, unescape(link)) for link in LINK.findall(browser.page)]
    return [link for link in found if not urlsplit(link).netloc and "/log/" not in link]


def test_a_busy_book_is_said_by_the_command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """In plain words, with the status that means: try again."""
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 0.3)
    with postgres.kept_busy(settings.book):
        said = say(settings, *REDEEM, "--key", "busy")
    assert (said.exit_code, said.output.strip()) == (75, "✗ 现在太忙，请过几秒再试；没有记上任何东西。")
    assert say(settings, *REDEEM, "--key", "busy").exit_code == 0


def test_a_busy_book_is_said_by_the_page(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """503, when to come again, and the sentence; afterwards all is well, and reading never waited."""
    with visits.opened(settings) as site:
        zhang = visits.visit(site, STAFF[3])
        zhang.go("/")
        monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 0.3)
        with postgres.kept_busy(settings.book):
            assert zhang.go("/").answer.status_code == 200
            guest = site.get("/signin")
            token = token_in(guest.text)
            form = {"csrf": token, "next": "/", "number": RESIDENTS[0].number, "secret": RESIDENTS[0].secret}
            busy = site.post("/signin", data=form)
            assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
            assert "请过几秒再试" in busy.text
        assert visits.visit(site, RESIDENTS[0]).go("/").answer.status_code == 200

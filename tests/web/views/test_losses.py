"""Losses on pages: for a reason, and too much for one goes to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

import pytest

from points.keys import new_key
from points.market.stock_records import StockLoss
from tests.web.guests import Guests, words
from tests.web.views import stocking
from tests.web.views.stocking import COOKER, SOAP, delivered, digest, left, refused


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here; each uses things of its own."""
    with stocking.two_shops(tmp_path_factory.mktemp("stock")) as guests:
        yield guests


def test_a_loss_too_large_for_one_goes_to_another(town: Guests) -> None:
    """Refused with what to do, asked for, approved by somebody else, and then off the shelf."""
    keeper, second = town.by("吴娟"), town.by("郑义")
    delivered(keeper, "in3", **{f"item-{COOKER}": "9"})
    page = keeper.get("/stock/1/losses")
    data = {"key": "l1", "reason": "stolen", f"item-{COOKER}": "7"}
    assert "要两个人" in refused(keeper, page, "/stock/1/losses", **data)
    at = keeper.press(page, "/stock/1/losses", **data, two="yes")
    assert "要另一人审批" in words(keeper.get(at))
    assert "件在等" in words(second.get("/desk"))
    seen = second.get(at)
    assert second.press(seen, at, digest=digest(seen), decision="approve") == at
    assert left(town, COOKER) == 2
    assert "郑义" in words(keeper.get("/stock/1/losses"))


def test_a_long_list_is_turned_there_and_back(town: Guests) -> None:
    """A hundred and twenty losses by fifty: each of them once, and no page asks the book more than the first."""
    keeper, numbers = town.by("吴娟"), range(1001, 1121)
    town.run(_lose, town, numbers)
    at: str | None = "/stock/2/losses"
    pages, asked = [], []
    while at:
        asked.append(town.statements(keeper, at))
        pages.append(keeper.get(at))
        at = link(pages[-1], "next")
    found = [[int(n) for n in re.findall(r'<td class="number">1,(\d{3})</td>', page)] for page in pages]
    assert [n + 1000 for part in found for n in part] == list(reversed(numbers))
    assert [len(part) for part in found] == [50, 50, 20]
    assert len(set(asked)) == 1
    back = link(pages[2], "prev")
    assert back
    assert re.findall(r'<td class="number">1,(\d{3})</td>', keeper.get(back)) == [f"{n:03}" for n in found[1]]
    assert link(pages[0], "prev") is None


def link(page: str, rel: str) -> str | None:
    """Where a list goes on, or back."""
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page)
    return unescape(found[1]) if found else None


async def _lose(guests: Guests, numbers: Iterable[int]) -> None:
    rows = [
        StockLoss(
            id=new_key()[:12] + f"{n:020x}",
            shop=2,
            item=SOAP,
            quantity=n,
            reason="broken",
            reported_by="S-0007",
            lost_on="2026-11-22",
            reference=f"loss/2/{n}",
        )
        for n in numbers
    ]
    async with guests.book.write() as db:
        await StockLoss.bulk_create(rows, using_db=db)

"""Funds on pages: allocated by one, gone over by two, and who waits is seen and paid."""

from __future__ import annotations

import io
import re

import python_calamine

from points.awards import funds
from tests.web.guests import Guests, words
from web.sheets import MIME

COMMUNITY, KEEPER = "440310001002", "S-0002"


def given(guests: Guests, month: str) -> tuple[int, int, int]:
    """What the community was allocated, awarded and has left."""
    state = guests.run(funds.state, guests.book, COMMUNITY, month)
    return state.allocated, state.awarded, state.left


def form(**said: str) -> dict[str, str]:
    """Fifty points of a company's for the community."""
    return {"under": COMMUNITY, "month": "2031-01", "points": "50", "sponsor": "company", "key": "a1", **said}


def test_a_keeper_allocates_alone_and_goes_over_with_another(guests: Guests) -> None:
    """The first is one person's, twice is once; more is refused with what to do, asked for, and approved by another."""
    keeper = guests.by("孙丽")
    page = keeper.get("/funds?month=2031-01")
    at = keeper.press(page, "/funds", **form(name="坪山超市"))
    assert at == f"/funds/{COMMUNITY}/2031-01"
    assert keeper.press(page, "/funds", **form(name="坪山超市")) == at
    assert given(guests, "2031-01") == (50, 0, 50)
    assert "企业捐赠（坪山超市）" in words(keeper.get(at))
    answer = keeper.client.post("/funds", data={"csrf": _token(page), **form(key="a2")})
    assert (answer.status_code, "要两个人" in words(answer.text)) == (422, True)
    request = keeper.press(page, "/funds", **form(key="a2", over="yes"))
    assert "要另一人审批" in words(keeper.get(request))
    second = guests.by("郑义")
    seen = second.get(request)
    digest = re.search(r'name="digest" value="([^"]+)"', seen)
    assert digest
    assert second.press(seen, request, digest=digest[1], decision="approve") == request
    assert given(guests, "2031-01") == (100, 0, 100)
    assert "郑义" in words(keeper.get(at))


def _token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def test_money_that_does_not_cover_is_said(shared: Guests) -> None:
    """Fifty points with 49.50 yuan behind them; what was typed is kept."""
    keeper = shared.by("孙丽")
    page = keeper.get("/funds")
    answer = keeper.client.post("/funds", data={"csrf": _token(page), **form(month="2031-02", yuan="49.50")})
    assert (answer.status_code, "出资只有 49.50 元" in words(answer.text)) == (422, True)
    assert 'value="49.50"' in answer.text
    wrong = keeper.client.post("/funds", data={"csrf": _token(page), **form(month="2031-02", yuan="很多")})
    assert (wrong.status_code, "最多两位小数" in words(wrong.text)) == (422, True)


def test_the_page_is_what_the_ledger_says_and_can_be_taken_away(shared: Guests) -> None:
    """The month's own numbers, with the table behind the drawing and the same as a file."""
    keeper = shared.by("孙丽")
    month = f"{shared.book.today():%Y-%m}"
    allocated, awarded, left = given(shared, month)
    page = words(keeper.get(f"/funds/{COMMUNITY}/{month}"))
    assert f"拨付 {allocated:,} 分" in page
    assert f"还没有奖励 {left:,}" in page
    assert f"{awarded:,} 分，合" in page
    answer = keeper.client.get(f"/funds/{COMMUNITY}/{month}/fund.xlsx")
    assert answer.headers["content-type"].startswith(MIME)
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert ["拨付", allocated] in [row[:2] for row in sheet.to_python()]


def test_others_months_and_places_are_not_there(shared: Guests) -> None:
    """A street is no community, a month has two digits, and a verifier keeps no funds."""
    keeper = shared.by("孙丽")
    for path in ("/funds/440310001000/2031-01", f"/funds/{COMMUNITY}/2031-13", "/funds/1/2031-01"):
        keeper.get(path, 404)
    shared.by("李梅").get("/funds", 404)
    keeper.get("/funds/requests/none", 404)

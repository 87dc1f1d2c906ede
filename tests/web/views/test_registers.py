"""Registers on a page, on paper and as a spreadsheet."""

from __future__ import annotations

import io
from html import unescape

import python_calamine

from points.events import periods, registers
from tests.web.guests import Guests, links, words
from tests.web.views.test_figures import COMMUNITY, _month


def test_the_pages_the_paper_and_the_spreadsheet_have_the_same_lines(shared: Guests) -> None:
    """Numbered through from the first page on; every line opens its event."""
    guest, month = shared.by("陈国强"), _month(shared)
    period = periods.read(month)
    assert period
    whole = shared.run(_whole, shared, period)
    path, seen, said = f"/registers/concerns?period={month}", list[str](), ""
    while path:
        page = guest.get(path)
        seen += [each for each in links(page, "/events/") if "new" not in each]
        said = words(page)
        following = [unescape(each) for each in links(page, "/registers/concerns?") if "after=" in each]
        path = next((each for each in following if f"n={len(seen) + 1}" in each), "")
    assert seen == [f"/events/{entry.line.event.id}" for entry in whole]
    assert len(seen) > registers.A_PAGE
    assert f"{len(seen)} 2" in said
    paper = guest.get(f"/registers/concerns?period={month}&all=1")
    assert [each for each in links(paper, "/events/") if "new" not in each] == seen
    file = guest.client.get(f"/registers/concerns/register.xlsx?period={month}")
    sheet = python_calamine.load_workbook(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert sheet[1][0] == "序号"
    assert [row[3] for row in sheet[2:]] == [entry.line.event.external_id for entry in whole]


async def _whole(guests: Guests, period: periods.Period) -> list[registers.Entry]:
    return await registers.whole(guests.book, "concerns", None, period, names=True)


def test_nobody_reads_registers_of_other_places(shared: Guests) -> None:
    """Foreign and unknown places, and registers that are none, are not there."""
    guest = shared.by("何伟")
    for path in ("/registers/risks", "/registers/risks/register.xlsx"):
        assert guest.client.get(path).status_code == 200
        assert guest.client.get(f"{path}?area={COMMUNITY}").status_code == 200
        for area in ("440310000000", "440310002001", "1"):
            assert guest.client.get(f"{path}?area={area}").status_code == 404
    assert guest.client.get("/registers/other").status_code == 404
    shared.by("王秀兰").get("/registers/concerns", 404)


def test_a_quiet_month_says_what_to_do(shared: Guests) -> None:
    """An empty register is no empty table."""
    page = shared.by("陈国强").get("/registers/risks?period=1999-01")
    assert "换一周或一个月看看" in words(page)
    assert "<table" not in page


def test_a_page_costs_the_same_for_every_period(shared: Guests) -> None:
    """A constant number of statements, the session's included."""
    guest = shared.by("陈国强")
    month = _month(shared)
    assert shared.statements(guest, f"/registers/concerns?area={COMMUNITY}&period={month}") <= 45

"""Figures on a page: drawn, in tables, as a file, and every number opens until the events behind it."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape

import python_calamine

from points.events import figures, periods
from tests.web.guests import Guest, Guests, links, words
from web import figure_words
from web.sheets import MIME

COMMUNITY = "440310001002"


def _month(guests: Guests) -> str:
    """The month in which most happened in the sample's community."""
    (row,) = guests.run(
        guests.book.reader.execute_query_dict,
        f"SELECT substr(occurred_at, 1, 7) AS month FROM events_event WHERE area = '{COMMUNITY}'"
        " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    )
    return str(row["month"])


def _behind(page: str) -> list[tuple[str, int]]:
    """The links of a page's numbers to the events behind them, with the number."""
    found = re.findall(r'<a[^>]*href="(/figures/events[^"]*)"[^>]*>\s*([\d,]+)', page)
    return [(unescape(href), int(number.replace(",", ""))) for href, number in found]


def _count(guest: Guest, href: str) -> int:
    """How many events a list says it has, and shows."""
    page = guest.get(href)
    said = re.search(r"<p data-read>([\d,]+) 件", page)
    assert said
    shown = links(page, "/events/")
    total = int(said[1].replace(",", ""))
    assert len([each for each in shown if not each.endswith(("new", "filed"))]) == min(total, 50)
    return total


def test_every_number_opens_until_its_events(shared: Guests) -> None:
    """Each number of the tables and of the summary leads to as many events as it says."""
    guest = shared.by("陈国强")
    page = guest.get(f"/figures?area={COMMUNITY}&period={_month(shared)}")
    numbers = _behind(page)
    assert len(numbers) > 8
    for href, number in numbers:
        assert _count(guest, href) == number, href


def test_the_page_says_what_the_verb_says(shared: Guests) -> None:
    """The shares and the sum, in words beside the drawing."""
    month = periods.read(_month(shared))
    assert month
    cases = shared.run(figures.cases, shared.book, [COMMUNITY], month)
    tally = figures.count(cases)
    said = words(shared.by("何伟").get(f"/figures?period={month.name}"))
    assert figure_words.percent(tally.in_time_hundredths) in said
    assert f"查明不实 {tally.false} 件" in said
    assert f"办结 {tally.done} 件" in said


def test_places_open_downwards_and_lead_up_again(shared: Guests) -> None:
    """From everywhere to the district, the street and the community."""
    guest, month = shared.by("陈国强"), _month(shared)
    path, seen = f"/figures?period={month}", []
    for code in ("440310000000", "440310001000", COMMUNITY):
        page = guest.get(path)
        path = next(each for each in map(unescape, links(page, "/figures?")) if each.endswith(f"area={code}"))
        seen.append(path)
    page = guest.get(path)
    above = [unescape(each) for each in links(page, "/figures?")]
    assert set(seen[:2]) <= set(above)
    assert f"/figures?period={month}" in above


def test_nobody_sees_the_figures_of_other_places(shared: Guests) -> None:
    """Foreign and unknown places and periods that are none are not there, on each of the three pages."""
    guest = shared.by("何伟")
    for base in ("/figures", "/figures/events", "/figures/figures.xlsx"):
        assert guest.client.get(f"{base}?period=2018-07").status_code == 200
        for asked in ("area=440310000000", "area=440310002001", "area=1", "period=2018-13", "period=x"):
            assert guest.client.get(f"{base}?{asked}").status_code == 404, (base, asked)
    for name in ("王秀兰", "张强"):
        shared.by(name).get("/figures", 404)


def test_a_quiet_week_says_what_to_do(shared: Guests) -> None:
    """No chart of nothing."""
    said = words(shared.by("陈国强").get("/figures?period=1999-W01"))
    assert "换一周或一个月看看" in said


def test_the_spreadsheet_has_the_same_tables(shared: Guests) -> None:
    """Three sheets of texts and whole numbers, each adding up to the last line."""
    guest, month = shared.by("陈国强"), _month(shared)
    answer = guest.client.get(f"/figures/figures.xlsx?area={COMMUNITY}&period={month}")
    assert answer.headers["content-type"] == MIME
    workbook = python_calamine.load_workbook(io.BytesIO(answer.content))
    assert workbook.sheet_names == ["按网格和地方", "按类别", "按单位"]
    for name in workbook.sheet_names:
        _above, headings, *lines, total = workbook.get_sheet_by_name(name).to_python()
        assert headings[1] == "上报"
        assert total[0] == "合计"
        for place in range(1, 8):
            assert sum(int(str(line[place]).split(".")[0]) for line in lines) == int(total[place])
    day = date(2018, 7, 1)
    assert figure_words.percent(figures.share(8931, 10000)) == "89.31 %"
    assert figure_words.percent(None) == "—"
    assert figure_words.period(periods.month_of(day)) == "2018年7月"
    assert figure_words.period(periods.week_of(day)) == "2018年6月25日–7月1日"


def test_a_page_costs_the_same_for_every_period(shared: Guests) -> None:
    """A constant number of statements, however much happened: two more for the names of the places it happened in."""
    guest, month = shared.by("陈国强"), _month(shared)
    full = shared.statements(guest, f"/figures?area=440310000000&period={month}")
    assert full == shared.statements(guest, "/figures?area=440310000000&period=1999-01") + 2
    assert full <= 30
    assert shared.statements(guest, f"/figures/events?period={month}&after=x") <= 36

"""The statement adds up, month by month, and opens its own lines only."""

from __future__ import annotations

import re
from datetime import date

import pytest

from points.statement import Line, Statement
from tests.web.guests import Guests, links, words
from web.views.statements import months


def _line(on: date, amount: int) -> Line:
    return Line(1, "r", "vest", on, amount, 0, "x", None, None)


def test_months_follow_on_from_one_another() -> None:
    """The newest first; each opens with what the one before closed with, and months without movement are left out."""
    lines = [_line(date(2025, 11, 3), 20), _line(date(2025, 11, 9), -5), _line(date(2026, 2, 1), 7)]
    later, earlier = months(Statement("V", date(1970, 1, 1), date(2026, 3, 1), 0, tuple(lines)))
    assert (earlier.first, earlier.opening, earlier.came_in, earlier.went_out, earlier.closing) == (
        date(2025, 11, 1),
        0,
        20,
        5,
        15,
    )
    assert (later.first, later.opening, later.closing) == (date(2026, 2, 1), 15, 22)


def test_the_month_adds_up_on_the_page(shared: Guests) -> None:
    """Opening + in − out = closing, and the lines sum to in and out."""
    page = shared.by("王秀兰").get("/statement")
    said = words(page)
    found = re.search(r"月初 (\S+) 收入 (\S+) 支出 (\S+) 月末 (\S+) 分", said)
    assert found
    opening, came_in, went_out, closing = (
        int(part.replace("−", "-").replace(",", "")) for part in found.groups()
    )
    assert opening + came_in + went_out == closing == 35
    usable = page.split('id="noticed"')[0].split('id="checked"')[0]
    amounts = re.findall(r'class="amount \w+">([+−]\d+) 分', usable)
    assert sum(int(part.replace("−", "-")) for part in amounts) == closing - opening


def test_what_cannot_be_used_yet_stands_apart(shared: Guests) -> None:
    """Being checked: no line has a number, each opens at how far it is."""
    guest = shared.by("王秀兰")
    part = guest.get("/statement").split('id="checked"', 1)[1]
    opened = links(part, "/awards/")
    assert "+" not in words("<main>" + part)
    assert "这件事走到哪一步了？" in words(guest.get(opened[0]))
    assert "正在核实（还没记分）" not in guest.get("/statement/2020-01")


def test_every_line_opens(shared: Guests) -> None:
    """At an award, or at its place in the ledger."""
    guest = shared.by("王秀兰")
    page = guest.get("/statement")
    rows = page.count('class="entry-row"')
    opened = [*links(page, "/awards/"), *links(page, "/ledger/")]
    assert len(opened) == rows
    for path in opened:
        guest.get(path)


def test_all_months_lead_to_each(shared: Guests) -> None:
    """The list has this month with its sum, and opens it."""
    guest = shared.by("王秀兰")
    page = guest.get("/statement/all")
    assert "收入 +38 支出 −3" in words(page)
    (path,) = links(page.split('class="entries"', 1)[1], "/statement/2")
    assert "收入 +38 支出 −3 月末 35 分" in words(guest.get(path))


@pytest.mark.parametrize(
    "path", ["/statement/2026-13", "/statement/x", "/statement/2999-01", "/statement/all?before=1"]
)
def test_months_that_are_none_are_not_there(shared: Guests, path: str) -> None:
    """Nor are months to come."""
    shared.by("王秀兰").get(path, status=404)


def test_strangers_sign_in_first(shared: Guests) -> None:
    """And come back."""
    answer = shared.stranger().client.get("/statement/2026-10")
    assert answer.headers["location"] == "/signin?next=/statement/2026-10"


def test_a_month_costs_the_same_however_much_is_in_it(shared: Guests) -> None:
    """A full month and an empty one."""
    guest = shared.by("王秀兰")
    full, empty = (shared.statements(guest, path) for path in ("/statement", "/statement/2020-01"))
    assert empty <= full < 40

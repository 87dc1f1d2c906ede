"""Entries on pages: each opens at why it is there, and says who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from points import statement
from points.awards import coming, corrections
from tests.web.guests import Guests, visiting
from web import entries

WANG = "V-000001"


@pytest.fixture
def guests(tmp_path: Path) -> Iterator[Guests]:
    """A town of the test's own."""
    with visiting(tmp_path) as opened:
        yield opened


def request(guests: Guests) -> Request:
    """A request as a view has it."""
    return Request({"type": "http", "app": guests.app, "headers": []})


async def rows(guests: Guests, limit: int) -> list[entries.Row]:
    """王秀兰's newest lines as rows."""
    lines = await statement.latest(guests.book, WANG, guests.book.today(), limit=limit)
    return await entries.of_lines(request(guests), lines)


def test_lines_say_what_and_who_and_open(guests: Guests) -> None:
    """The soap at its place in the ledger, with who served; a report at why it was given, with who verified."""
    soap, report = guests.run(rows, guests, 2)
    assert (str(soap.what), soap.amount, str(soap.notes[1])) == ("兑换香皂", -3, "经办：张强")
    assert soap.href.startswith("/ledger/")
    assert (report.amount, report.after - soap.after) == (2, 3)
    assert report.href.startswith("/awards/")
    assert str(report.notes[1]) in ("核实：李梅", "核实：何伟")


def test_a_corrected_line_says_so_and_so_does_the_correction(guests: Guests) -> None:
    """Both stay visible."""

    async def correct() -> list[entries.Row]:
        book = guests.book
        line = (await statement.latest(book, WANG, book.today(), limit=2))[1]
        await corrections.correct(book, line.award or "", "wrong_person", by=line.by or "", on=book.today())
        return await rows(guests, 3)

    found = guests.run(correct)
    assert str(found[0].what) == "更正：记错人"
    assert [row.state for row in found].count("corrected") == 1


def test_what_is_being_checked_has_no_number_yet(guests: Guests) -> None:
    """It says who is to verify it, or that nobody can be asked."""

    async def work() -> list[entries.Row]:
        return await entries.of_coming(request(guests), await coming.being_checked(guests.book, WANG))

    found = guests.run(work)
    assert {row.amount for row in found} == {None}
    assert {"交给李梅核实", "正在找核实人"} <= {str(row.notes[1]) for row in found}

"""What planning begins with: caps used and funds left, as the ledger holds them."""

from __future__ import annotations

from datetime import date

import pytest

from points.awards import rule_books, standing, waiting
from tests.points.awards.town import LIUHE, VERIFIER, Town


@pytest.mark.anyio
async def test_what_was_drawn_is_read_back(town: Town) -> None:
    """After a verified report the day's cap is used by its points, and the fund holds that much less."""
    await town.fund(100)
    first = await town.event(("V-000123", "reporter"))
    await town.verify()
    second = await town.event(("V-000123", "reporter"))
    bench = await waiting.load(town.book, [first, second], by=VERIFIER)
    cases = [bench.case(event, date(2018, 7, 4), None) for event in bench.events]
    wanted = [doing.id for case in cases for doing in case.contributions]
    rules = await rule_books.shelf(town.book)
    history, funds = await standing.read(town.book, cases, wanted, rules=rules)
    assert history.of("V-000123") == {("report-day", "2018-07-04"): 2, ("report-month", "2018-07"): 2}
    assert funds == {(LIUHE, "2018-07"): 98}

"""The audit's check of certificates: silent when all is well, and naming the one that somebody changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from ledger import audit
from points import auditing
from points.awards import corrections
from points.honours import certificates
from points.honours.checks import certificates_agree
from tests.points.awards.town import ON, PUBLISHER, Town
from tests.points.honours.served import V1, serve

pytestmark = pytest.mark.anyio


async def test_a_certificate_of_what_was_corrected_since_is_whole(town: Town) -> None:
    """The whole audit, with this check in it, finds nothing."""
    await town.fund(100)
    wrong = await serve(town, V1, 120)
    await town.verify()
    await certificates.issue(town.book, V1, since=None, until=None, by=V1, key="k1")
    await corrections.correct(town.book, wrong, "not_true", by=PUBLISHER, on=ON)
    checks = auditing.checks(town.book, witness=None)
    assert "certificates_agree" in {check.__name__ for check in checks}
    assert (await audit.run(town.book.reader, checks, guards=town.book.guards)).findings == ()


@pytest.mark.parametrize("change", ["minutes = 6000", "times = 50", "since_on = '2000-01-01'", "as_of = 1"])
async def test_one_that_says_something_else_is_found(town: Town, change: str) -> None:
    """In a book whose guards somebody took away."""
    if town.book.reader.capabilities.dialect == "postgres":
        pytest.skip("the guards are taken away in the file")
    await town.fund(100)
    await serve(town, V1, 120)
    await town.verify()
    row = await certificates.issue(town.book, V1, since=None, until=None, by=V1, key="k1")
    with closing(sqlite3.connect(town.book.path)) as file, file:
        file.execute("DROP TRIGGER honours_certificate_no_update")
        file.execute(f"UPDATE honours_certificate SET {change}")
    found = (await audit.run(town.book.reader, [certificates_agree(town.book)], guards={})).findings
    assert [(each.check, each.row) for each in found] == [("certificates", row.number)]

"""The audit's look at draws: silent when all is well, and naming the row that somebody wrote, changed or took away."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from ledger import audit
from ledger.findings import Finding
from points import auditing
from points.awards import drawing, second_looks
from points.awards.draw_checks import draws_agree
from points.awards.look_records import SecondLook, SecondLookGiven
from tests.points.awards.test_second_looks import OTHER, V1, V2, looked_at, verifier
from tests.points.awards.town import ON, VERIFIER, Town

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def all_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here every award is drawn."""
    monkeypatch.setattr(drawing, "ONE_IN", 1)


async def found(town: Town) -> list[Finding]:
    """What the check finds."""
    return list((await audit.run(town.book.reader, [draws_agree(town.book)], guards={})).findings)


async def answered(town: Town) -> str:
    """Two awards, drawn, given to another verifier, the first of them answered; its reference."""
    await town.fund(100)
    await verifier(town, OTHER)
    mine = await looked_at(town)
    await looked_at(town, V2)
    await second_looks.give_waiting(town.book, ON)
    return (await second_looks.agree(town.book, mine, by=OTHER)).award.reference or ""


async def test_draws_as_they_were_written_are_no_finding(town: Town) -> None:
    """Given, answered and waiting; and the audit of a book asks this."""
    await answered(town)
    assert await found(town) == []
    assert "draws_agree" in {check.__name__ for check in auditing.checks(town.book, witness=None)}


async def test_a_row_that_nothing_drew_is_named(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the digest draws nobody; where the award is not in the ledger; given to who verified it."""
    name = await answered(town)
    await town.insert(
        SecondLook(award="award/x", event="e", member=V1, verifier=VERIFIER, drawn_on="2018-12-01")
    )
    await town.insert(SecondLookGiven(id="g" * 32, award=name, verifier=V1, given_on="2018-12-01"))
    assert [each.row for each in await found(town)] == [
        "awards_second_look award/x",
        f"awards_second_look_given {'g' * 32}",
    ]
    monkeypatch.setattr(drawing, "is_drawn", lambda _digest: False)
    assert f"awards_second_look {name}" in {each.row for each in await found(town)}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("awards_second_look", "DELETE FROM awards_second_look WHERE member = 'V-000002'"),
        ("awards_second_look", "UPDATE awards_second_look SET verifier = 'S-0011' WHERE member = 'V-000002'"),
        ("awards_second_look_answer", "UPDATE awards_second_look_answer SET agrees = 0"),
        ("awards_second_look_given", "DELETE FROM awards_second_look_given"),
    ],
)
async def test_what_somebody_changed_is_named(town: Town, table: str, change: str) -> None:
    """In a book whose guards somebody took away."""
    if town.book.reader.capabilities.dialect == "postgres":
        pytest.skip("the guards are taken away in the file")
    await answered(town)
    with closing(sqlite3.connect(town.book.path)) as file, file:
        for guard in ("no_update", "no_delete"):
            file.execute(f"DROP TRIGGER {table}_{guard}")
        file.execute(change)
    rows = await found(town)
    assert rows
    assert all(each.check == "draws" and each.todo for each in rows)
    assert any(each.row.startswith("awards_second_look") for each in rows)

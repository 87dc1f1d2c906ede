"""A year is closed by two people who see the same figures; what comes after is told beside it and changes nothing."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from points import chart
from points.awards import corrections
from points.awards.years import closed, closing, waiting
from points.awards.years.closing import Statement
from points.awards.years.errors import (
    NoYear,
    YearChanged,
    YearClosed,
    YearNeedsOther,
    YearNoReason,
    YearNotAsked,
    YearNotOver,
)
from points.district import open_district
from points.people.errors import NotAllowed
from tests import books
from tests.points.awards.test_vesting import move
from tests.points.awards.town import ADMIN, KEEPER, LIUHE, PUBLISHER, STREET, VERIFIER, Town
from tests.points.awards.years.test_figures import lived

pytestmark = pytest.mark.anyio
YEAR = 2018


@pytest.fixture
async def asked(town: Town) -> tuple[Town, Statement]:
    """The keeper of funds asks that 2018 be closed."""
    await lived(town)
    return town, await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k1")


async def test_two_people_close_a_year(asked: tuple[Town, Statement]) -> None:
    """Its statement is kept as evidence of one act, and matches; pressed twice it is closed once."""
    town, now = asked
    done = await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)
    assert (done.figures, done.waiting) == (now.figures, now.waiting.counts)
    assert (done.asked_by, done.closed_by, done.whole) == (KEEPER, ADMIN, True)
    head = await town.head()
    assert await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN) == done
    with pytest.raises(YearClosed):
        await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k2")
    assert await town.head() == head
    (act,) = await town.rows(
        "SELECT kind, reference FROM ledger_transaction WHERE position = ?", done.position
    )
    assert act == {"kind": "act", "reference": f"year/{LIUHE}/2018"}


async def test_pressing_twice_asks_once(asked: tuple[Town, Statement]) -> None:
    """One request; with another key another, which is the one that counts."""
    town, now = asked
    await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k1")
    assert len(await town.rows("SELECT * FROM awards_year_request")) == 1
    await closing.ask(town.book, LIUHE, YEAR, by=ADMIN, key="k2")
    seen = await closing.asked(town.book, now)
    assert seen is not None
    assert (seen.by, seen.same) == (ADMIN, True)


async def test_a_request_is_refused_with_a_reason_and_asked_anew(asked: tuple[Town, Statement]) -> None:
    """By another side, once; then nobody confirms it until it is asked anew; who asked, or read another, cannot."""
    town, now = asked
    said: dict[str, Any] = {"reason": "figures", "digest": now.digest}
    with pytest.raises(YearNeedsOther):
        await closing.refuse(town.book, LIUHE, YEAR, **said, by=KEEPER)
    with pytest.raises(NotAllowed):
        await closing.refuse(town.book, LIUHE, YEAR, **said, by=VERIFIER)
    with pytest.raises(YearNoReason):
        await closing.refuse(town.book, LIUHE, YEAR, **said | {"reason": ""}, by=ADMIN)
    with pytest.raises(YearChanged):
        await closing.refuse(town.book, LIUHE, YEAR, **said | {"digest": "sha256:0"}, by=ADMIN)
    done = await closing.refuse(town.book, LIUHE, YEAR, **said, by=ADMIN)
    head = await town.head()
    assert await closing.refuse(town.book, LIUHE, YEAR, **said, by=ADMIN) == done
    assert (await town.head(), await closing.asked(town.book, now)) == (head, None)
    with pytest.raises(YearNotAsked):
        await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)
    assert await closing.last_refused(town.book, LIUHE, YEAR) == done
    await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k2")
    assert await closing.last_refused(town.book, LIUHE, YEAR) is None
    await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)


async def test_a_request_is_confirmed_or_refused_and_never_both(asked: tuple[Town, Statement]) -> None:
    """Whoever comes second, after both had looked, is told so by a trigger, on either engine."""
    town, now = asked
    both = await asyncio.gather(
        closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN),
        closing.refuse(town.book, LIUHE, YEAR, reason="other", digest=now.digest, by=ADMIN),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Exception) for each in both) == 1
    done = await town.rows("SELECT request FROM awards_year_close")
    refused = await town.rows("SELECT request FROM awards_year_refusal")
    assert len(done) + len(refused) == 1


async def test_nobody_closes_a_year_alone_nor_at_home(asked: tuple[Town, Statement]) -> None:
    """Not who asked, not who lives with them, not without a role, not elsewhere."""
    town, now = asked
    with pytest.raises(YearNeedsOther):
        await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=KEEPER)
    await town.household("H1", KEEPER, ADMIN)
    with pytest.raises(YearNeedsOther):
        await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)
    for by in (VERIFIER, PUBLISHER, "V-000001"):
        with pytest.raises(NotAllowed):
            await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=by)
        with pytest.raises(NotAllowed):
            await closing.ask(town.book, LIUHE, YEAR, by=by, key="k9")


async def test_what_moved_meanwhile_is_looked_at_again(asked: tuple[Town, Statement]) -> None:
    """Something of 2018 is entered after it was asked: the figures differ, and nothing is closed until asked anew."""
    town, now = asked
    await move(town, chart.ISSUED, chart.fund(LIUHE, "2018-07"), 50, "test/late")
    for digest in (now.digest, (await closing.statement(town.book, LIUHE, YEAR)).digest):
        with pytest.raises(YearChanged):
            await closing.confirm(town.book, LIUHE, YEAR, digest=digest, by=ADMIN)
    anew = await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k2")
    assert anew.figures.fund.issued == now.figures.fund.issued + 50
    await closing.confirm(town.book, LIUHE, YEAR, digest=anew.digest, by=ADMIN)


async def test_a_request_lapses_and_is_needed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody closes what nobody asked for, nor after 72 hours; a year that runs, or of a street, is not closed."""
    now = await closing.statement(town.book, LIUHE, YEAR)
    with pytest.raises(YearNotAsked):
        await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)
    await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k1")
    today = town.book.today().year
    for year, area, error in (
        (today, LIUHE, YearNotOver),
        (today + 1, LIUHE, NoYear),
        (YEAR, STREET, NoYear),
    ):
        with pytest.raises(error):
            await closing.ask(town.book, area, year, by=KEEPER, key="k3")
    later = town.book.now() + timedelta(hours=73)
    monkeypatch.setattr(type(town.book), "now", lambda _book: later)
    with pytest.raises(YearNotAsked):
        await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)


async def test_what_waits_is_counted_and_listed(town: Town) -> None:
    """Unverified, verified, on a notice: each is told, and the year can be closed all the same."""
    await town.fund(100)
    await town.event(("V-000001", "reporter"), assigned=None)
    await town.event(("V-000002", "reporter"))
    await town.verify()
    found = await waiting.of(town.book, LIUHE, YEAR)
    assert found.counts == {"unverified": 1, "unnoticed": 1, "noticed": 0, "frozen": 0, "asked": 0}
    assert [(each.kind, each.on) for each in found.items] == [
        ("unverified", date(2018, 7, 4)),
        ("unnoticed", date(2018, 7, 4)),
    ]
    assert (await waiting.of(town.book, LIUHE, 2019)).total == 0
    now = await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k1")
    done = await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)
    assert done.waiting["unverified"] == 1


async def test_a_later_correction_is_told_and_changes_nothing(asked: tuple[Town, Statement]) -> None:
    """It counts in its own year, its evidence says that the year was closed, and the statement stays as it was."""
    town, now = asked
    done = await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)
    assert await closed.later(town.book, done) == []
    rows = await town.rows("SELECT reference, contribution FROM awards_verification ORDER BY reference")
    receipt = await corrections.correct(
        town.book, rows[1]["reference"], "wrong_sum", by=PUBLISHER, on=town.book.today()
    )
    (told,) = await closed.later(town.book, done)
    assert (told.position, told.contribution, told.points) == (receipt.position, rows[1]["contribution"], 8)
    assert await closed.find(town.book, LIUHE, YEAR) == done
    assert (await closing.statement(town.book, LIUHE, YEAR)).figures == done.figures
    texts = await town.rows("SELECT text FROM evidence_snapshot_text WHERE snapshot LIKE 'correction/%'")
    assert sum(f'"year_closed":"{LIUHE}/2018"' in row["text"] for row in texts) == 1


async def test_of_two_who_confirm_at_once_one_closes_it(asked: tuple[Town, Statement]) -> None:
    """Through two openings: one act, one row, and both are told the same."""
    town, now = asked
    async with open_district(books.url_of(town.book)) as other:
        both = await asyncio.gather(
            closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN),
            closing.confirm(other, LIUHE, YEAR, digest=now.digest, by=ADMIN),
            return_exceptions=True,
        )
    assert all(getattr(each, "closed_by", None) == ADMIN for each in both)
    assert len(await town.rows("SELECT * FROM awards_year_close")) == 1

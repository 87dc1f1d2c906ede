"""What is true when a verification is written counts, and not what was true when it was planned; on both engines."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest

from ledger import restore
from ledger.restore import Sources
from points.awards import consequences, standing
from points.awards.models import Verification
from points.district import open_district
from points.drills import HOUSE
from points.events import taking
from points.events.records import StepNote
from points.people import roles
from points.people.errors import NotAllowed
from tests import books, postgres
from tests.attack import meanwhile
from tests.attack.meanwhile import DEEDS, OTHER
from tests.figures import figure
from tests.ledger.copies import meter
from tests.ledger.test_postgres_copies import named, take
from tests.points.awards.town import ADMIN, PUBLISHER, VERIFIER, Town
from tests.points.awards.town import fresh as fresh_town

pytestmark = [pytest.mark.attack, pytest.mark.anyio]
both = pytest.mark.parametrize("engine", postgres.ENGINES, indirect=True)
ROUNDS = figure(short=4, full=100)


@pytest.fixture
async def town(engine: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on each engine."""
    async with fresh_town(tmp_path) as it:
        yield it


async def _verified_meanwhile(
    town: Town, monkeypatch: pytest.MonkeyPatch, deed: str, minutes: int | None
) -> set[str]:
    """What a verifier is told after whose look, and before whose writing, a deed was done."""
    event = await meanwhile.an_event(town, minutes=minutes)
    work = DEEDS[deed][0]
    meanwhile.once_before(monkeypatch, standing, "read", lambda: work(town, event))
    outcome = await town.verify_one(event)
    return {type(refused.reason).__name__ for refused in outcome.refused}


@both
@pytest.mark.parametrize("minutes", [None, 5], ids=["worth points", "worth nothing"])
@pytest.mark.parametrize("deed", DEEDS)
async def test_what_became_wrong_meanwhile_is_not_accepted(
    engine: str, town: Town, monkeypatch: pytest.MonkeyPatch, deed: str, minutes: int | None
) -> None:
    """Nothing of it is verified or awarded, and the sentence is the true one."""
    said = await _verified_meanwhile(town, monkeypatch, deed, minutes)
    assert DEEDS[deed][1] in said
    rows = await Verification.all().using_db(town.book.reader)
    assert deed == "household_forms" or rows == []
    assert all(row.member == OTHER for row in rows)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("deed", DEEDS)
async def test_without_the_trigger_it_would_be_accepted(
    engine: str, town: Town, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    """The planted fault is a book that only believes what was planned."""
    with closing(sqlite3.connect(town.book.path)) as connection:
        connection.execute("DROP TRIGGER awards_verification_stands")
    assert await _verified_meanwhile(town, monkeypatch, deed, None) == set()
    assert await Verification.all().using_db(town.book.reader).count() == 2


@both
async def test_an_award_and_a_finding_at_once_stand_in_one_order(engine: str, town: Town) -> None:
    """Two openings: an award that stands was written before it was found false, and is listed to be taken back."""
    async with AsyncExitStack() as stack:
        other = await stack.enter_async_context(open_district(books.url_of(town.book)))
        for number in range(ROUNDS):
            event = await meanwhile.an_event(town) if not number else await town.event((OTHER, "reporter"))
            await asyncio.gather(
                town.verify_one(event),
                taking.take(other, event, "found_false", by=VERIFIER, key="f"),
            )
            false = await meanwhile.stepped(town, event, "found_false")
            assert false
            assert all(position < false for position in await meanwhile.awarded(town, event))
            listed = await consequences.standing(town.book, event)
            assert len(listed) == len(await meanwhile.awarded(town, event))
            await consequences.follow(town.book, event, by=PUBLISHER)
            assert await consequences.standing(town.book, event) == []


@both
async def test_reopening_and_correcting_at_once_corrects_once(engine: str, town: Town) -> None:
    """An award is there when its event is taken up again; whoever takes it back, and however many, it is taken once."""
    event = await meanwhile.an_event(town)
    await town.verify_one(event)
    before = await meanwhile.awarded(town, event)
    async with AsyncExitStack() as stack:
        other = await stack.enter_async_context(open_district(books.url_of(town.book)))
        await asyncio.gather(
            taking.take(other, event, "reopened", by=VERIFIER, key="r"),
            town.verify_one(event),
        )
        assert await meanwhile.awarded(town, event) == before
        gone = await asyncio.gather(
            *(consequences.follow(book, event, by=PUBLISHER) for book in (town.book, other)),
            return_exceptions=True,
        )
        assert not [one for one in gone if isinstance(one, BaseException)]
    assert await consequences.standing(town.book, event) == []
    corrected = await town.rows("SELECT count(*) AS n FROM awards_correction")
    assert corrected[0]["n"] == len(before)


@both
async def test_a_role_that_ends_takes_no_further_step(engine: str, town: Town) -> None:
    """Roles are read at every step, never remembered."""
    event = await meanwhile.an_event(town)
    await roles.grant(town.book, member="S-0006", role="grid_head", area=None, by=ADMIN, on=town.book.today())
    held = next(
        g for g in await roles.grants_of(town.book, "S-0006", town.book.today()) if g.role == "grid_head"
    )
    await taking.take(town.book, event, "found_false", by="S-0006", key="f", note="看过")
    await roles.revoke(town.book, grant=held.id, by=ADMIN, on=town.book.today())
    with pytest.raises(NotAllowed):
        await taking.take(town.book, event, "reopened", by="S-0006", key="r", note="再看")
    assert await StepNote.filter(text="再看").using_db(town.book.reader).count() == 0


@pytest.mark.parametrize("engine", [postgres.ENGINES[1]], indirect=True)
async def test_an_award_from_before_its_event_was_found_false_is_restored(
    engine: str, town: Town, tmp_path: Path
) -> None:
    """A backup brings rows in the order of tables, not of time; what was right then is right in the copy."""
    event = await meanwhile.an_event(town)
    await town.verify_one(event)
    for deed, _ in DEEDS.values():
        await deed(town, event)
    backup = await take(books.url_of(town.book), tmp_path / "copies")
    url = named(books.url_of(town.book), "again")
    await restore.restore(Sources(backup), url, house=HOUSE, meter=meter)
    async with open_district(url) as book:
        assert await Verification.all().using_db(book.reader).count() == 2

"""A mediation is written down with its parties sealed: the book, the ledger and the log hold no word of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ledger.errors import ReferenceConflict
from points.events import attachments, dispatches, events, mediations, taking
from points.events.errors import (
    BadDispute,
    BadPlace,
    BadTime,
    NeedsParties,
    PaperNamesParties,
    StepNotOpen,
    UnknownMediation,
)
from points.events.records import SealedText
from points.events.sealing import Parties
from points.people.errors import NotAllowed
from tests.points.awards.town import FAR, STREET, VERIFIER, Town
from tests.points.events.hands import HEAD, key
from tests.points.events.photographs import photo
from tests.points.events.quarrels import (
    AUDITOR,
    AWAY,
    CANARIES,
    LIU,
    SECRET,
    ZHAO,
    filed,
    quarrel,
    staffed,
)

pytestmark = pytest.mark.anyio


async def test_only_the_class_is_in_the_open(town: Town, tmp_path: Path) -> None:
    """Every row of every table is searched, and on a file every byte of it and of the log beside it."""
    await staffed(town)
    one = await filed(town)
    case = await mediations.find(town.book, one.event)
    assert (case.dispute, case.filed_by, case.sealed) == ("邻里纠纷", ZHAO, True)
    assert case.whole.event.kind == "mediation"
    sealed = await SealedText.get(event=one.event, using_db=town.book.reader)
    assert sealed.sealed.startswith("jishan-seal/1 ")
    for table in ("events_event", "events_event_text", "events_step_note", "events_sealed_text",
                  "evidence_snapshot_text", "ledger_transaction"):  # fmt: skip
        for row in await town.rows(f"SELECT * FROM {table}"):
            text = " ".join(
                bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else str(v)
                for v in row.values()
            )
            assert not any(word in text for word in CANARIES), table
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or not any(word.encode() in path.read_bytes() for word in CANARIES), path


async def test_no_paper_of_it_is_kept_in_the_open(town: Town, tmp_path: Path) -> None:
    """An agreement names the parties: it is refused whole, and nothing of it is on the disk."""
    await staffed(town)
    one = await filed(town)
    with pytest.raises(PaperNamesParties):
        await attachments.add(town.book, tmp_path / "a", one.event, photo(), name="other", by=HEAD, key=key())
    assert not await attachments.of(town.book, one.event)
    assert not (tmp_path / "a").exists()


async def test_it_is_under_way_and_nobody_sends_it_anywhere(town: Town) -> None:
    """No lane, no unit, no step but finding it false: what comes next is its result."""
    await staffed(town)
    one = await filed(town)
    whole = await events.find(town.book, one.event)
    standing = await taking.life_of(town.book, whole)
    assert (standing.state, standing.open) == ("assigned", frozenset({"found_false"}))
    with pytest.raises(StepNotOpen):
        await dispatches.send(town.book, one.event, "own", by=HEAD, key=key())
    with pytest.raises(StepNotOpen):
        await taking.take(town.book, one.event, "handled", by=HEAD, key=key())


async def test_the_same_key_is_the_same_mediation(town: Town) -> None:
    """And the same key with other parties is refused, though no entry says who they are."""
    await staffed(town)
    one = await mediations.file(town.book, quarrel(), secret=SECRET, by=ZHAO, key="k")
    head = await town.head()
    assert await mediations.file(town.book, quarrel(), secret=SECRET, by=ZHAO, key="k") == one
    for other in (quarrel(parties=Parties("别人", "别的事")), quarrel(dispute="family")):
        with pytest.raises(ReferenceConflict):
            await mediations.file(town.book, other, secret=SECRET, by=ZHAO, key="k")
    assert await town.head() == head


async def test_only_a_mediator_of_that_place_writes_one_down(town: Town) -> None:
    """Not the head of the grid, not a verifier, not an auditor, not a mediator of another street."""
    await staffed(town)
    head = await town.head()
    for by in (HEAD, VERIFIER, AUDITOR, AWAY, "V-000004"):
        with pytest.raises(NotAllowed):
            await mediations.file(town.book, quarrel(), secret=SECRET, by=by, key=key())
    with pytest.raises(NotAllowed):
        await mediations.file(town.book, quarrel(area=FAR), secret=SECRET, by=ZHAO, key=key())
    assert await town.head() == head


async def test_what_is_missing_or_wrong_is_said(town: Town) -> None:
    """A class that is none, no parties, a day to come, a place that is too large."""
    await staffed(town)
    tomorrow = town.book.now() + timedelta(days=1)
    for wrong, refusal in (
        (quarrel(dispute="war"), BadDispute),
        (quarrel(parties=Parties(" ", "吵架")), NeedsParties),
        (quarrel(parties=Parties("王某", "")), NeedsParties),
        (quarrel(occurred_at=tomorrow), BadTime),
    ):
        with pytest.raises(refusal):
            await mediations.file(town.book, wrong, secret=SECRET, by=ZHAO, key=key())
    with pytest.raises((BadPlace, NotAllowed)):
        await mediations.file(town.book, quarrel(area=STREET), secret=SECRET, by=ZHAO, key=key())


async def test_it_is_its_mediators_and_of_nobody_else(town: Town) -> None:
    """A colleague of the same community did not mediate it; and what is no mediation is not found."""
    await staffed(town)
    case = await mediations.find(town.book, (await filed(town)).event)
    found = [await mediations.is_own(town.book, case, who) for who in (ZHAO, LIU, AWAY, HEAD, AUDITOR)]
    assert found == [True, False, False, False, False]
    other = await town.event(kind="mediation")
    for wrong in (await town.event(), other, "none"):
        with pytest.raises(UnknownMediation):
            await mediations.find(town.book, wrong)

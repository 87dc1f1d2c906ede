"""What is sealed is read by an entry in the ledger alone, by its mediators and auditors; a fault in that is seen."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from ledger.errors import ReferenceConflict
from points.events import mediations, openings, sealing
from points.events.errors import BadSealReason, SealClosed, SealGone, SealUnreadable, UnknownMediation
from points.events.records import SealedText, SealOpening
from points.events.sealing import Parties
from points.evidence import acts
from points.people import grants, roles
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, LIUHE, VERIFIER, Town
from tests.points.events.hands import HEAD, key
from tests.points.events.quarrels import (
    AUDITOR,
    AWAY,
    CANARIES,
    LIU,
    OUYANG,
    PARTIES,
    SECRET,
    ZHAO,
    filed,
    settled,
    staffed,
)

pytestmark = pytest.mark.anyio


async def entries(town: Town) -> list[tuple[str, str]]:
    """The openings as the ledger has them: who, and why."""
    sql = """
SELECT t.text FROM ledger_transaction AS x JOIN evidence_snapshot_text AS t
ON t.snapshot = x.evidence_kind || '/' || x.evidence_id WHERE x.evidence_kind = 'seal-opening' ORDER BY x.position"""
    texts = [row["text"] for row in await town.rows(sql)]
    assert not any(word in text for text in texts for word in CANARIES)
    found = [(text.split('"by":"')[1].split('"')[0], text.split('"reason":"')[1][:-2]) for text in texts]
    rows = await SealOpening.all().using_db(town.book.reader).order_by("id")
    assert [(row.opened_by, row.reason) for row in rows] == found
    return found


async def looked(town: Town, event: str, by: str, *, reason: str = "follow_up") -> str:
    """Open and read; the answer is what was shown."""
    opening = await openings.ask(town.book, event, reason, by=by, key=key())
    shown = await openings.read(town.book, event, opening.id, secret=SECRET, by=by)
    return shown.who + shown.about


async def every_look_is_logged(town: Town) -> None:
    """The attack: whatever is shown, by whichever way, has an entry of its own that was there before."""
    event = await settled(town)
    for by, reason in ((ZHAO, "follow_up"), (AUDITOR, "audit"), (ZHAO, "again")):
        before = len(await entries(town))
        assert await looked(town, event, by, reason=reason) == PARTIES.who + PARTIES.about
        found = await entries(town)
        assert (len(found), found[-1]) == (before + 1, (by, reason))
    row = SealOpening(
        id=town.key(),
        event=event,
        opened_at=town.book.now(),
        opened_by=ZHAO,
        reason="audit",
        reference="none",
    )
    await town.insert(row)
    with pytest.raises(SealClosed):
        await openings.read(town.book, event, row.id, secret=SECRET, by=ZHAO)


async def test_every_look_is_an_entry_first(town: Town) -> None:
    """Who, when and why, never what; a row that no entry speaks of opens nothing."""
    await staffed(town)
    await every_look_is_logged(town)


async def always(*_given: object) -> bool:
    """An entry is there, they say."""
    return True


@pytest.mark.attack
async def test_a_look_that_posts_no_entry_is_caught(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault: rows are written and no entry. The attack above fails on it."""
    await staffed(town)

    async def only_rows(*given: Any, **named: Any) -> Any:
        if given[2][0] == "seal-opening":
            await town.insert(*given[4])
            return SimpleNamespace(repeated=False)
        return await post(*given, **named)

    post = acts.post
    monkeypatch.setattr(acts, "known", always)
    monkeypatch.setattr(acts, "post", only_rows)
    with pytest.raises(AssertionError):
        await every_look_is_logged(town)


@pytest.mark.attack
async def test_a_row_that_opens_by_itself_is_caught(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault: nobody asks whether the row's entry exists. The attack above fails on it."""
    await staffed(town)
    monkeypatch.setattr(acts, "known", always)
    with pytest.raises(pytest.fail.Exception):
        await every_look_is_logged(town)


async def test_nobody_else_opens_it(town: Town) -> None:
    """A colleague, the mediator elsewhere, the head, the verifier, the admin, one who mediated but holds no role."""
    await staffed(town)
    event = await settled(town)
    for by in (LIU, AWAY, HEAD, VERIFIER, ADMIN, OUYANG):
        with pytest.raises(SealClosed):
            await openings.ask(town.book, event, "audit", by=by, key=key())
    assert await entries(town) == []
    opening = await openings.ask(town.book, event, "audit", by=AUDITOR, key=key())
    for by in (LIU, ADMIN, ZHAO):  # not even a mediator of it reads by another's opening
        with pytest.raises(SealClosed):
            await openings.read(town.book, event, opening.id, secret=SECRET, by=by)


async def test_who_lost_the_role_opens_nothing(town: Town) -> None:
    """Not by an opening of a minute ago either."""
    await staffed(town)
    event = await settled(town)
    opening = await openings.ask(town.book, event, "again", by=ZHAO, key=key())
    on = town.book.today()
    (grant,) = [g for g in await grants.listed(town.book, [LIUHE], on) if g.member == ZHAO]
    await roles.revoke(town.book, grant=grant.id, by=ADMIN, on=on)
    with pytest.raises(SealClosed):
        await openings.read(town.book, event, opening.id, secret=SECRET, by=ZHAO)
    with pytest.raises(SealClosed):
        await openings.ask(town.book, event, "again", by=ZHAO, key=key())


async def test_it_closes_after_ten_minutes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is opened again, with a reason again."""
    await staffed(town)
    event = await settled(town)
    opening = await openings.ask(town.book, event, "asked", by=ZHAO, key=key())
    later = town.book.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(type(town.book), "now", lambda _: later)
    with pytest.raises(SealClosed):
        await openings.read(town.book, event, opening.id, secret=SECRET, by=ZHAO)


async def test_pressing_twice_is_one_opening(town: Town) -> None:
    """The same key with another reason is refused; a reason that is none of the list, too."""
    await staffed(town)
    event = await settled(town)
    one, two = [await openings.ask(town.book, event, "audit", by=AUDITOR, key="k") for _ in range(2)]
    assert one.id == two.id
    with pytest.raises(ReferenceConflict):
        await openings.ask(town.book, event, "asked", by=AUDITOR, key="k")
    with pytest.raises(BadSealReason):
        await openings.ask(town.book, event, "王某借钱", by=AUDITOR, key=key())
    assert len(await entries(town)) == 1


async def test_a_text_put_in_anothers_place_is_not_believed(town: Town) -> None:
    """Neither another case's, nor one that somebody with the key sealed anew."""
    await staffed(town)
    event, other = await settled(town), (await filed(town)).event
    moved = (await SealedText.get(event=other, using_db=town.book.reader)).sealed
    forged = sealing.seal(PARTIES, event=event, key=SECRET).text
    for text in (moved, forged):
        async with town.book.write() as db:
            await SealedText.filter(event=event).using_db(db).delete()
        await town.insert(SealedText(event=event, sealed=text))
        with pytest.raises(SealUnreadable):
            await looked(town, event, ZHAO)


async def test_destroyed_it_is_gone_for_everybody(town: Town) -> None:
    """By a head or an administrator, unread and for a reason; the case and its openings stay."""
    await staffed(town)
    event = await settled(town)
    await looked(town, event, ZHAO)
    for by in (ZHAO, AUDITOR, VERIFIER):
        with pytest.raises(NotAllowed):
            await openings.destroy(town.book, event, "asked", by=by, key=key())
    with pytest.raises(BadSealReason):
        await openings.destroy(town.book, event, "bored", by=HEAD, key=key())
    assert await openings.destroyed_on(town.book, event) is None
    for _ in range(2):
        await openings.destroy(town.book, event, "asked", by=HEAD, key="d")
    assert await openings.destroyed_on(town.book, event) == town.book.today()
    assert not (await mediations.find(town.book, event)).sealed
    for act in (looked(town, event, ZHAO), openings.destroy(town.book, event, "asked", by=ADMIN, key="e")):
        with pytest.raises(SealGone):
            await act
    assert len(await openings.of(town.book, event)) == 1
    with pytest.raises(UnknownMediation):
        await openings.destroy(town.book, "none", "asked", by=ADMIN, key="f")


async def test_whoever_is_erased_is_erased_here(town: Town) -> None:
    """Every case that has their name or phone is destroyed, and no other; each with an entry."""
    await staffed(town)
    theirs, other = await settled(town), await filed(town, parties=Parties("别人", "别的事"))
    for _ in range(2):
        await openings.destroy_naming(
            town.book, [CANARIES[0], CANARIES[1]], secret=SECRET, by=ADMIN, key="erasure"
        )
    assert not (await mediations.find(town.book, theirs)).sealed
    assert (await mediations.find(town.book, other.event)).sealed
    assert await acts.known(town.book, f"seal-destroyed/{theirs}/erasure")
    with pytest.raises(SealUnreadable):
        await openings.destroy_naming(town.book, ["谁"], secret=bytes(32), by=ADMIN, key="k")

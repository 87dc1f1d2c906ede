"""Undoings that take two people: one asks, another who sees the very same approves or refuses within 72 hours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from points import paging
from points.evidence import acts
from points.keys import new_key
from points.market.undo_records import UndoDecision, Undoing, UndoNote, UndoRequest
from points.market.undoing import rights, undone
from points.market.undoing.errors import (
    RestNotAgreed,
    UndoRequestChanged,
    UndoRequestDecided,
    UndoRequestLapsed,
    UnknownUndoRequest,
)
from points.market.undoing.plans import Asked, Stays
from points.paging import FIRST, Part, Turn
from points.people import requests

MOST = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request as both people see it; `state` is open, approved, refused, lapsed, or overtaken by another undoing."""

    id: str
    redemption: str
    shop: int
    reason: str
    stays: Stays
    note: str
    asked_by: str
    asked_at: datetime
    digest: str
    state: str
    decided_by: str | None


async def ask(
    book: Book,
    reference: str,
    reason: str,
    *,
    by: str,
    key: str,
    note: str = "",
    stays: Iterable[tuple[int, int]] = (),
) -> Wanted:
    """Ask that a redemption be undone; the same key again answers with the same request.

    Raises what `undone.undo` raises, but UndoNeedsSecond; ReferenceConflict when the key asked for something else.
    """
    asked = await undone.asking(book, reference, reason, by=by, key=key, note=note, stays=stays)
    called = f"undo-asked/{book.today()}/{asked.key}"
    done = await acts.before(book, called, asked.facts)
    if done is None:
        await rights.require_first(book, asked)
        await undone.require_standing(book, asked)
        row = _row(book, asked, called)
        notes = [UndoNote(about=row.id, text=asked.note)] if asked.note else []
        facts = asked.facts | {"digest": row.digest}
        await acts.post(book, called, ("undo-asked", row.id), facts, [row, *notes], request=asked.facts)
    return await find(book, await acts.subject(book, called))


async def find(book: Book, key: str) -> Wanted:
    """A request by its key. Raises UnknownUndoRequest."""
    row = await UndoRequest.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownUndoRequest
    return (await _read(book, [row]))[0]


async def waiting(
    book: Book, shops: Sequence[int], turn: Turn = FIRST, *, limit: int = paging.A_PAGE
) -> Part[Wanted]:
    """The requests of these shops that nobody decided and that have not lapsed, the oldest first. Four statements."""
    rows = requests.undecided(book, UndoRequest.filter(shop__in=list(shops)), "market_undo_decision")
    found = await requests.part(rows, turn, limit=limit)
    return found.told(await _read(book, found.rows))


async def about(book: Book, redemption: str) -> list[Wanted]:
    """What was ever asked about a redemption, the newest first: at most 100. Four statements."""
    rows = UndoRequest.filter(redemption=redemption).using_db(book.reader)
    return await _read(book, await rows.order_by("-id").limit(MOST))


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Wanted:
    """Approve or refuse a request as it was seen; the same decision again changes nothing.

    `by` is another side than who asked and than whose redemption it is, and may be the second there (`rights`). An
    approved one is the undoing, in the same entry. Raises UnknownUndoRequest, UndoRequestDecided, UndoRequestLapsed,
    UndoRequestChanged, UndoNotSecond, and what `undone.carry_out` raises.
    """
    wanted = await find(book, key)
    if wanted.state in ("approved", "refused"):
        if (wanted.state == "approved") == approved and wanted.decided_by == by:
            return wanted
        raise UndoRequestDecided
    asked = await asked_for(book, wanted)
    await rights.require_second(book, asked, by=by)
    if wanted.state != "open":
        raise UndoRequestLapsed if wanted.state == "lapsed" else UndoRequestDecided
    if digest != wanted.digest or digest_of(asked, wanted.id) != digest:
        raise UndoRequestChanged
    await (_approve if approved else _refuse)(book, replace(asked, approved_by=by, request=wanted.id))
    now = await find(book, key)
    if now.decided_by != by or (now.state == "approved") != approved:
        raise UndoRequestDecided
    return now


async def asked_for(book: Book, wanted: Wanted) -> Asked:
    """What a request asks for, as its undoing is planned. Its key is that of what stays."""
    note = wanted.note or ("-" if wanted.reason == "other" else "")
    return await undone.asking(
        book, wanted.redemption, wanted.reason,
        by=wanted.asked_by, key=wanted.id, note=note, stays=wanted.stays,
    )  # fmt: skip


def digest_of(asked: Asked, request: str) -> str:
    """What names all that both people see but the note, which can be erased."""
    return encoding.digest_of(asked.facts | {"points": asked.entry.points, "request": request})


async def _approve(book: Book, asked: Asked) -> None:
    decision = _decision(book, asked, asked.reference, approved=True)
    try:
        await undone.carry_out(book, asked, rows=[decision])
    except RestNotAgreed:
        if (await find(book, asked.request or "")).decided_by is None:
            raise  # else somebody refused it a moment ago: who asked us reads so


async def _refuse(book: Book, asked: Asked) -> None:
    reference = f"undo-refused/{asked.request}"
    decision = _decision(book, asked, reference, approved=False)
    facts = {"by": asked.approved_by or "", "request": asked.request or ""}
    try:
        await acts.post(book, reference, ("undo-refused", asked.request or ""), facts, [decision])
    except (ReferenceConflict, RowConflict):
        return  # somebody answered a moment ago: who asked us reads how


def _decision(book: Book, asked: Asked, reference: str, *, approved: bool) -> UndoDecision:
    return UndoDecision(
        request=asked.request,
        approved=approved,
        decided_by=asked.approved_by,
        decided_at=book.now(),
        reference=reference,
    )


def _row(book: Book, asked: Asked, called: str) -> UndoRequest:
    key = new_key()
    return UndoRequest(
        id=key,
        redemption=asked.entry.reference,
        shop=asked.shop.number,
        reason=asked.reason,
        stays=json.dumps([list(each) for each in asked.stays]),
        asked_by=asked.by,
        asked_at=book.now(),
        digest=digest_of(asked, key),
        reference=called,
    )


async def _read(book: Book, rows: Sequence[UndoRequest]) -> list[Wanted]:
    keys, references = [row.id for row in rows], [row.redemption for row in rows]
    decisions = await UndoDecision.filter(request__in=keys).using_db(book.reader)
    decided = {str(row.request): row for row in decisions}
    notes = {row.about: row.text for row in await UndoNote.filter(about__in=keys).using_db(book.reader)}
    done = Undoing.filter(of_reference__in=references).using_db(book.reader)
    gone = {str(each) for each in await done.values_list("of_reference", flat=True)}
    return [
        Wanted(
            id=row.id,
            redemption=row.redemption,
            shop=row.shop,
            reason=row.reason,
            stays=tuple((item, quantity) for item, quantity in json.loads(row.stays)),
            note=notes.get(row.id, ""),
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            digest=row.digest,
            state=_state(book, row, decided.get(row.id), gone),
            decided_by=decided[row.id].decided_by if row.id in decided else None,
        )
        for row in rows
    ]


def _state(book: Book, row: UndoRequest, decision: UndoDecision | None, gone: set[str]) -> str:
    if decision is None and row.redemption in gone:
        return "overtaken"
    return requests.state(book, row.asked_at, decision.approved if decision else None)

"""Posters: a printed QR that opens a short form, made for an area and taken down again by who heads it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from ledger import encoding, statements
from ledger.book import Book
from ledger.transactions import Draft, Evidence
from points.evidence import snapshots
from points.people import areas, roles
from points.people.errors import NotAllowed, UnknownPoster
from points.people.records import Poster, PosterEnd

PURPOSES = {"report": "上报", "enrol": "报名做特约网格员"}
MAKERS = ("grid_head", "admin")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody takes for one another."""
CODE_LETTERS = 12
MOST = 200
"""Posters in one list."""


async def make(book: Book, purpose: str, area: str, *, by: str, key: str) -> str:
    """Make a poster for an area; its code is random, and the same for the same `key`.

    Raises UnknownArea and NotAllowed.
    """
    assert purpose in PURPOSES, purpose
    reference = f"poster/{by}/{key}"
    if (before := await _before(book, reference)) is not None:
        return before
    await _require(book, by, area)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
    row = Poster(code=code, purpose=purpose, area=area, made_on=book.today().isoformat(), made_by=by)
    asked = {"area": area, "by": by, "purpose": purpose}
    evidence, rows = snapshots.take("poster", code, {**asked, "code": code}, at=book.now())
    receipt = await book.journal.post(_draft(book, reference, evidence, asked, (*rows, row)))
    return await _before(book, reference) or code if receipt.repeated else code


async def find(book: Book, code: str, purpose: str) -> Poster:
    """A poster of this purpose that hangs; raises UnknownPoster for any other code, and once it was taken down."""
    row = await Poster.get_or_none(code=code[:16], purpose=purpose, using_db=book.reader)
    if row is None or await PosterEnd.filter(poster=row.code).using_db(book.reader).exists():
        raise UnknownPoster
    return row


async def hanging(book: Book, within: Sequence[str | None]) -> list[Poster]:
    """The posters that hang in these areas and below, the newest first; None is the whole book. Four statements."""
    rows = Poster.all().using_db(book.reader).order_by("-made_on", "code").limit(MOST)
    if None not in within:
        inside = await areas.inside(
            book, [code for code in within if code], tuple(areas.LEVELS), limit=10 * MOST
        )
        rows = rows.filter(area__in=[area.code for area in inside])
    found = await rows
    gone = await PosterEnd.filter(poster__in=[row.code for row in found]).using_db(book.reader)
    down = {row.poster for row in gone}
    return [row for row in found if row.code not in down]


async def take_down(book: Book, code: str, *, by: str, key: str) -> None:
    """A poster's QR opens nothing from now on. Twice is once. Raises UnknownPoster, NotAllowed."""
    reference = f"poster-end/{code}/{key}"
    if await _before(book, reference) is not None:
        return
    row = await Poster.get_or_none(code=code, using_db=book.reader)
    if row is None:
        raise UnknownPoster
    await _require(book, by, row.area)
    await find(book, code, row.purpose)
    end = PosterEnd(poster=code, ended_on=book.today().isoformat(), ended_by=by)
    asked = {"by": by, "poster": code}
    evidence, rows = snapshots.take("poster-end", code, asked, at=book.now())
    await book.journal.post(_draft(book, reference, evidence, asked, (*rows, end)))


def _draft(
    book: Book, reference: str, evidence: Evidence, asked: dict[str, str], rows: tuple[Any, ...]
) -> Draft:
    return Draft(
        reference=reference,
        kind="act",
        evidence=evidence,
        effective_on=book.today(),
        request=encoding.digest_of(asked),
        rows=rows,
    )


async def _before(book: Book, reference: str) -> str | None:
    """What an act that was done before was about."""
    if reference not in await statements.known(book.reader, [reference]):
        return None
    row = "SELECT evidence_id FROM ledger_transaction WHERE reference = ?"
    return str((await book.reader.execute_query_dict(row, [reference]))[0]["evidence_id"])


async def _require(book: Book, by: str, area: str) -> None:
    path = (await areas.find(book, area)).path
    granted = await roles.grants_of(book, by, book.today())
    if not any(grant.role in MAKERS and areas.covers(path, grant.area) for grant in granted):
        raise NotAllowed(member=by, role=roles.NAMES[MAKERS[0]])

"""Rule books: every version that was published, which is in force, its text, its minutes, and the draft of the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from points.awards import minutes, models, publications, rule_books, rule_differences, rule_drafts
from points.awards.rule_books import Shelf
from web import access, entries, pages, places, rule_words

READERS = ("admin", "approver", "auditor")
KEEPERS = (rule_drafts.KEEPER,)


def whole(request: Request, roles: Sequence[str] = READERS) -> Any:
    """The book, for somebody who answers for all of it; for anybody else there is nothing here."""
    if None not in places.codes(access.who(request), roles):
        raise HTTPException(404)
    return access.book(request)


def is_keeper(request: Request) -> bool:
    """Whether the one who reads may write the next rule book."""
    return None in places.codes(access.who(request), KEEPERS)


async def waiting(request: Request) -> int | None:
    """How many publications wait for a second person; None for who does not answer for the whole book."""
    if None not in places.codes(access.who(request), READERS):
        return None
    return len(await publications.waiting(access.book(request)))


async def index(request: Request) -> Response:
    """GET /rule-books: the versions, the newest first; what waits for a second person; the draft."""
    book = whole(request)
    rules, waiting = await rule_books.shelf(book), await publications.waiting(book)
    draft = await rule_drafts.current(book)
    return pages.render(
        request,
        "rule_books.html",
        versions=[(each, standing(rules, each.version, book.today())) for each in reversed(rules.versions)],
        waiting=waiting,
        draft=draft,
        names=await entries.staff_names(book, [draft.saved_by, *(each.asked_by for each in waiting)]),
        keeper=is_keeper(request),
        told=rule_words,
        today=book.today(),
    )


async def show(request: Request) -> Response:
    """GET /rule-books/{version}: who published it and when, the meeting and its papers, what changed, and the text."""
    book = whole(request)
    rules, row = await rule_books.shelf(book), await _row(request, book)
    asked = (await publications.of_versions(book)).get(row.version)
    meeting = (await minutes.many(book, [asked.meeting])).get(asked.meeting) if asked else None
    before = await models.RuleBook.get_or_none(version=row.version - 1, using_db=book.reader)
    return pages.render(
        request,
        "rule_book.html",
        row=row,
        rules=rules.version(row.version),
        standing=standing(rules, row.version, book.today()),
        asked=asked,
        meeting=meeting,
        differences=rule_differences.between(before.text, row.text) if before else [],
        names=await entries.staff_names(book, [asked.asked_by, asked.decided_by] if asked else []),
        told=rule_words,
        today=book.today(),
    )


async def text(request: Request) -> Response:
    """GET /rule-books/{version}/rules.toml: the text as it was published, to keep or to start from."""
    row = await _row(request, whole(request))
    headers = {"Content-Disposition": f'attachment; filename="jishan-rules-{row.version}.toml"'}
    return PlainTextResponse(row.text, headers=headers, media_type="application/toml")


async def _row(request: Request, book: Any) -> models.RuleBook:
    number = int(request.path_params["version"])
    known = number <= 2**31 - 1
    row = await models.RuleBook.get_or_none(version=number, using_db=book.reader) if known else None
    if row is None:
        raise HTTPException(404)
    return row


def standing(rules: Shelf, version: int, today: date) -> str:
    """Where a version stands: in_force, to_come, over, or never, when a later one took its place before its day."""
    mine = rules.version(version)
    later = rules.versions[version:]
    if any(each.in_force_from <= mine.in_force_from for each in later):
        return "never"
    if mine.in_force_from > today:
        return "to_come"
    return "over" if any(each.in_force_from <= today for each in later) else "in_force"

"""Rehearsal (试算): a draft over what really happened in a past period, as long work, drawn and in tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.awards import rehearsal, rehearsals, rule_drafts
from points.awards.rule_drafts import Saved
from points.events import periods
from points.people import areas
from web import access, forms, jobs, pages, rule_words
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.models import Job
from web.settings import Settings
from web.views.rule_books import KEEPERS, whole

KIND = "rehearsal"
SHOWN = 5
DRAWN = 12


class Wanted(FormModel):
    """Which draft, over which days."""

    key: Code = Field(title=N_("编号"))
    draft: Line = Field("", title=N_("草稿"), max_length=32)
    first: date = Field(title=N_("从哪天"))
    last: date = Field(title=N_("到哪天"))


async def show(request: Request) -> Response:
    """GET /rule-books/draft/rehearsals: choose the days, last quarter at first; and the rehearsals before."""
    book = whole(request, KEEPERS)
    last = periods.month_of(book.today()).before
    first = last.before.before.first
    days = {"first": first.isoformat(), "last": last.last.isoformat()}
    return await _page(request, forms.empty(Wanted, **days))


async def ask(request: Request) -> Response:
    """POST /rule-books/draft/rehearsals: begins the work; asked twice with one key, it is begun once."""
    book, filled = whole(request, KEEPERS), forms.read(Wanted, access.form(request))
    value = filled.value
    if value is None:
        return await _page(request, filled, status_code=422)
    if not 0 <= (value.last - value.first).days < rehearsals.MOST_DAYS:
        return await _page(
            request, filled.failed("last", Say(DAYS, most=rehearsals.MOST_DAYS)), status_code=422
        )
    me = access.who(request).member
    arguments = {"draft": value.draft, "first": value.first.isoformat(), "last": value.last.isoformat()}
    job = await jobs.ask(book, KIND, by=me, arguments=arguments, key=value.key)
    return pages.see(str(request.app.url_path_for("rule_books.rehearsal", job=job.id)))


DAYS = N_("要先早后晚，最多 {most} 天。")


async def job(request: Request) -> Response:
    """GET /rule-books/rehearsals/{job}: how far it is, and what came of it; for everybody who may see the draft."""
    book = whole(request)
    found = await jobs.find(book, request.path_params["job"])
    if found is None or found.kind != KIND:
        raise HTTPException(404)
    result, asked = jobs.result(found), jobs.arguments(found)
    done = rehearsal.read(result) if found.state == "done" else None
    codes = [one.code for one in done.communities] if done else []
    return pages.render(
        request,
        "rehearsal.html",
        job=found,
        first=date.fromisoformat(asked["first"]),
        last=date.fromisoformat(asked["last"]),
        done=done,
        failed=Say(result["say"], **result["facts"]) if found.state == "failed" else None,
        drawn=_dearest(done) if done else [],
        places=await areas.many(book, codes),
        told=rule_words,
        today=book.today(),
    )


def _dearest(done: rehearsal.Rehearsal) -> list[rehearsal.Community]:
    """The communities that are drawn: where the fund would lack most, and then where most changes."""
    touched = (one for one in done.communities if one.now or one.draft)
    order = sorted(touched, key=lambda one: (-one.short, -abs(one.draft - one.now), one.code))
    return order[:DRAWN]


async def rehearse(
    book: Book, _: Settings, arguments: dict[str, Any], progress: jobs.Progress
) -> dict[str, Any]:
    """The long work: it writes nothing, so that begun again it finds the same."""
    saved = await _draft(book, str(arguments["draft"]))
    first, last = (date.fromisoformat(str(arguments[name])) for name in ("first", "last"))
    found = await rehearsals.rehearse(book, saved.rule_book, first, last, progress=progress)
    return found.said()


async def _draft(book: Book, key: str) -> Saved:
    return await rule_drafts.find(book, key) if key else await rule_drafts.current(book)


async def _page(request: Request, filled: Filled[Wanted], *, status_code: int = 200) -> Response:
    book = access.book(request)
    return pages.render(
        request,
        "rehearsals.html",
        status_code=status_code,
        filled=filled,
        draft=await rule_drafts.current(book),
        earlier=await _earlier(book),
        today=book.today(),
    )


async def _earlier(book: Book) -> Sequence[tuple[Job, date, date]]:
    """The latest rehearsals of anybody, each with its days."""
    rows = await Job.filter(kind=KIND).using_db(book.reader).order_by("-created_at").limit(SHOWN)
    days = [
        [date.fromisoformat(str(jobs.arguments(row)[name])) for name in ("first", "last")] for row in rows
    ]
    return [(row, first, last) for row, (first, last) in zip(rows, days, strict=True)]


jobs.KINDS[KIND] = rehearse

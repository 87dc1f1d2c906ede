"""Plain reports of a source, without hours or mediation, accepted all at once by the verifier they wait for."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.awards import queue, verifications, waiting
from points.awards.outcomes import Refused
from web import access, bodies, forms, jobs, pages
from web.access import form
from web.forms import Code, FormModel, Line
from web.i18n import N_, Say
from web.settings import Settings

KIND = "verify"


class Plain(FormModel):
    """All plain reports of a source."""

    source: Line = Field(title=N_("来源"), max_length=40)
    key: Code = Field(title=N_("编号"))


async def show(request: Request) -> Response:
    """GET /verifications/plain: the reports without hours or mediation, by source, and how many they are."""
    book, me = access.book(request), access.who(request).member
    found = {
        source: await waiting.assigned_to(book, me, source, plain=True)
        for source in await queue.sources(book, me)
    }
    counts = [(source, len(pending)) for source, pending in found.items() if pending]
    return pages.render(request, "plain.html", counts=counts)


async def ask(request: Request) -> Response:
    """POST /verifications/plain: begins the work; asked twice with one key, it is begun once."""
    filled = forms.read(Plain, form(request))
    if filled.value is None:
        raise bodies.Malformed("source and key")
    me = access.who(request).member
    arguments = {"source": filled.value.source, "by": me}
    job = await jobs.ask(access.book(request), KIND, by=me, arguments=arguments, key=filled.value.key)
    return pages.see(str(request.app.url_path_for("plain.job", job=job.id)))


async def job(request: Request) -> Response:
    """GET /verifications/jobs/{job}: how far it is, and what came of it; for the one who asked."""
    found = await jobs.find(access.book(request), request.path_params["job"])
    if found is None or found.kind != KIND or found.asked_by != access.who(request).member:
        raise HTTPException(404)
    done: dict[str, Any] = json.loads(found.result) if found.result else {}
    left = [(Say(each["template"], **each["facts"]), each["count"]) for each in done.get("waiting", [])]
    return pages.render(request, "plain_job.html", job=found, done=done, left=left)


async def accept_plain(
    book: Book, _: Settings, arguments: dict[str, Any], progress: jobs.Progress
) -> dict[str, Any]:
    """The long work: accept one verifier's plain reports from a source; begun again, it finishes what is left."""
    outcome = await verifications.accept_assigned(
        book, source=arguments["source"], by=arguments["by"], on=book.today(), plain=True, progress=progress
    )
    return {
        "accepted": outcome.accepted,
        "nothing": outcome.nothing,
        "points": outcome.points,
        "in_line": sum(len(each.contributions) for each in outcome.in_line),
        "waiting": [_refused(each) for each in (*outcome.in_line, *outcome.refused)],
    }


def _refused(each: Refused) -> dict[str, Any]:
    return {"template": each.reason.template, "facts": each.reason.facts, "count": len(each.contributions)}


jobs.KINDS[KIND] = accept_plain

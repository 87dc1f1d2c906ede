"""Verifying: the queue, one event with its contributions ticked, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from points.awards import foresight, in_line, notes, queue, sentences, verifications
from points.awards.errors import AwardsError, NotAssigned, NotVerifier, OwnEvent, OwnHousehold
from points.awards.models import Verification
from points.awards.queue import Page
from points.events import clusters
from points.people import members
from web import access, bodies, entries, forms, pages, proofs, words
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.text import CHINA
from web.views import events

ROLE = ("verifier",)
NOTE_AT_MOST = 30
A_PAGE = 20


class Decided(FormModel):
    """What was shown, what stayed ticked, and why the rest goes back."""

    shown: list[Code] = Field(title=N_("核实的项目"), min_length=1)
    accept: list[Code] = Field(title=N_("通过的项目"))
    reason: Literal["time", "person", "proof", "again"] | None = Field(None, title=N_("为什么退回"))
    note: Line = Field("", title=N_("补充一句（可不填）"), max_length=NOTE_AT_MOST)

    @property
    def back(self) -> list[str]:
        """What is returned: what was shown and is not ticked."""
        return [each for each in self.shown if each not in self.accept]


async def index(request: Request) -> Response:
    """GET /verifications?after=event: what waits for the one who asks, the oldest first."""
    book, me = access.book(request), access.who(request).member
    after = bodies.query(request).one("after")
    page = await queue.page(book, me, on=book.today(), after=after, limit=A_PAGE, apart=not after)
    apart = page.apart
    lines = [*page.lines, *apart]
    people = await members.many(book, {number for line in lines for number in line.reporters})
    return pages.render(
        request,
        "verifications.html",
        page_of=page,
        oldest=_days_since(page, book.today()),
        apart=apart,
        paged=bool(after),
        names=events.masked(people, list(people)),
        alike=await clusters.of(book, [line.event for line in page.lines]),
        staff=await entries.staff_names(book, [line.verifier for line in apart]),
        why=why,
        words=words,
        today=book.today(),
    )


async def show(request: Request) -> Response:
    """GET /events/{event}/verification: the evidence beside what is claimed, every contribution ticked."""
    return await _page(request, forms.empty(Decided))


async def create(request: Request) -> Response:
    """POST /events/{event}/verification: accept what is ticked, return the rest; twice is once."""
    whole = await events.find(request, ROLE)
    filled = forms.read(Decided, form(request))
    if filled.value is not None and filled.value.back and filled.value.reason is None:
        filled = filled.failed("reason", Say(N_("有没打勾的：请选一个退回的原因。什么都还没有记。")))
    if filled.value is None or filled.errors:
        return await _page(request, filled, status_code=422)
    book, said = access.book(request), filled.value
    await verifications.accept(
        book,
        whole.event.id,
        by=access.who(request).member,
        on=book.today(),
        only=[each for each in said.shown if each in said.accept],
        returned=dict.fromkeys(said.back, words.REASONS.get(said.reason or "", "")),
        note=said.note,
    )
    return pages.see(str(request.app.url_path_for("verifications.result", event=whole.event.id)))


async def result(request: Request) -> Response:
    """GET /events/{event}/verification/result: what was decided on it, and what goes on waiting and why."""
    whole = await events.find(request, ROLE)
    book, me = access.book(request), access.who(request).member
    rows = await Verification.filter(event=whole.event.id).using_db(book.reader).order_by("contribution")
    ahead = await foresight.foresee(book, [whole.event.id], by=me, on=book.today())
    back = [row for row in rows if row.decision == "returned"]
    return pages.render(
        request,
        "verified.html",
        whole=whole,
        notes=await notes.of(book, [row.contribution for row in back]),
        accepted=[row for row in rows if row.decision == "accepted"],
        returned=back,
        points=sum(row.points for row in rows),
        left=[doing for doing in ahead.bench.doings[whole.event.id] if not doing.decided],
        waits=await in_line.of_event(book, whole.event.id),
        refusal=why(ahead.refusals.get(whole.event.id)),
        following=await queue.following(book, me),
        words=words,
    )


def _days_since(page: Page, today: date) -> int:
    """How long the oldest of a page has waited."""
    first = page.lines[0].event.occurred_at.astimezone(CHINA).date() if page.lines else today
    return (today - first).days


def why(refusal: AwardsError | None) -> Say | None:
    """Why the one who reads may not decide, said to them."""
    if refusal is None:
        return None
    said = {
        OwnEvent: N_("您自己参与了，要换人核实。"),
        OwnHousehold: N_("您的同住家人参与了，要换人核实。"),
        NotAssigned: N_("这件事分给了别人核实。"),
        NotVerifier: N_("您在这里没有核实的职责。"),
    }.get(type(refusal))
    return Say(said) if said else Say(refusal.template, **refusal.facts)


async def _page(request: Request, filled: Filled[Decided], *, status_code: int = 200) -> Response:
    whole = await events.find(request, ROLE)
    book, me = access.book(request), access.who(request).member
    ahead = await foresight.foresee(book, [whole.event.id], by=me, on=book.today())
    doings = sorted(ahead.bench.doings[whole.event.id], key=words.by_role)
    people = await members.many(book, [each.member for each in doings])
    refusal = ahead.refusals.get(whole.event.id)
    names = {number: who.name or number for number, who in people.items()}
    return pages.render(
        request,
        "verification.html",
        status_code=status_code,
        filled=filled,
        whole=whole,
        proofs=await proofs.beside(book, whole, add=False),
        alike=(await clusters.of(book, [whole.event])).get(whole.event.id),
        waiting=[each for each in doings if not each.decided],
        decided=[each for each in doings if each.decided],
        ahead=ahead,
        refusal=why(refusal),
        names=events.masked(people, list(people)) if refusal else names,
        ticked=set(filled.chosen.get("accept", [])) if filled.chosen else {each.id for each in doings},
        reasons=[(key, Say(label)) for key, label in words.REASONS.items()],
        expected=ahead.points(whole.event.id),
        arithmetic=sentences.arithmetic,
        words=words,
    )

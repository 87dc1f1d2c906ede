"""Why somebody has these points: from what they did to the rule, the verifier, the notice and the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from points.awards import explain, in_line, notes, sentences
from points.awards.explain import Explanation
from points.events import dispatches, events, steps
from points.events import satisfaction as ratings
from points.events.events import Whole
from points.events.models import Contribution
from points.openness import disputes, unanswered
from points.openness.records import Ruling
from points.people import members
from points.people.twice import merges
from web import access, entries, event_words, pages, why, words
from web.i18n import N_, Say
from web.views import satisfaction
from web.views.events import READERS, in_charge, masked


async def show(request: Request) -> Response:
    """GET /awards/{contribution}: for the member whose it is, and for those in charge of the area."""
    book, asking = access.book(request), access.who(request)
    doing = await Contribution.get_or_none(id=request.path_params["contribution"], using_db=book.reader)
    if doing is None:
        raise HTTPException(404)
    whole = await events.find(book, doing.event)
    own = doing.member == asking.member or await merges.stands_for(book, doing.member) == asking.member
    if not (own or in_charge(asking, READERS, whole)):
        raise HTTPException(404)
    told = next((e for e in await explain.of_event(book, doing.event) if e.contribution.id == doing.id), None)
    people = await members.many(book, [each.member for each in whole.contributions])
    names: dict[str, Any] = {**masked(people, list(people))}
    if own:
        names[doing.member] = Say(N_("您"))
    verifier = told.verification.verifier if told else whole.verifier
    minutes = told.verification.minutes if told else doing.minutes
    what = whole.event.subtype_name or whole.event.type_name
    return pages.render(
        request,
        "awards.html",
        told=told,
        doing=doing,
        whole=whole,
        own=own,
        names=names,
        because=words.did(doing.role, names[doing.member], what, minutes or 0),
        others=[each for each in sorted(whole.contributions, key=words.by_role) if each.id != doing.id],
        verifier=(await entries.staff_names(book, [verifier])).get(verifier),
        notes=await notes.of(book, [doing.id]),
        vested_at=await _vested_at(book, told),
        limits=_limits(request, told) if in_charge(asking, READERS, whole) else [],
        rule_book=why.rule_book(request, told.verification.rule_book) if told else None,
        today=book.today(),
        objections=await _objections(book, told),
        last_day=_last_day(told),
        waits=next(
            (each for each in await in_line.of_event(book, doing.event) if each.contribution == doing.id),
            None,
        ),
        words=words,
        in_charge=in_charge(asking, READERS, whole),
        false=bool(steps.false_ones(whole.steps)),
        **await _satisfaction(request, whole, own=own),
    )


def _limits(request: Request, told: Explanation | None) -> list[str]:
    """Every cap that was asked, with what it left: for who checks the arithmetic."""
    if told is None:
        return []
    book = told.rules.version(told.verification.rule_book)
    return sentences.limits(told.arithmetic, book, pages.language(request))


async def _satisfaction(request: Request, whole: Whole, *, own: bool) -> dict[str, Any]:
    """How content the one who reported it is, and whether they are asked: with the whole, and with each unit."""
    book, me = access.book(request), access.who(request).member
    if not own or not await satisfaction.asked(book, whole, me):
        return {"asked": False, "ratings": [], "sent": [], "rated": [], "told_of": event_words}
    sent = await dispatches.of(book, whole.event.id)
    units = {each.dispatch.unit: each.unit_name for each in sent if each.dispatch.unit}
    return {
        "asked": True,
        "ratings": await ratings.of(book, whole.event.id),
        "sent": sent,
        "rated": [("", Say(N_("整件事"))), *units.items()],
        "told_of": event_words,
    }


def _last_day(told: Explanation | None) -> date | None:
    """The last day on which the notice hangs, the one before it closes."""
    notice = told.notice if told else None
    return date.fromisoformat(notice.closes_on) - timedelta(days=1) if notice else None


async def _objections(book: Any, told: Explanation | None) -> list[tuple[str, date, date, Ruling | None]]:
    """What was objected to the line of an award: how it stands and since when, and the answer; never by whom."""
    award = told.verification.reference if told else None
    rows = await disputes.of(book, award) if award else []
    stands = [(row, *await unanswered.state(book, row)) for row in rows]
    return [
        (state, date.fromisoformat(row.made_on), date.fromisoformat(row.answer_by), ruling)
        for row, state, ruling in stands
    ]


async def _vested_at(book: Any, told: Explanation | None) -> int | None:
    """Where in the ledger the points became usable."""
    if told is None or told.vesting is None:
        return None
    known = await statements.known(book.reader, [told.vesting.reference])
    return known[told.vesting.reference].position

"""What came of a mediation: its result, the agreement, who mediated in which shares, and the day to look again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger.book import Book
from ledger.errors import RowConflict
from points.events import assignments, life, mediations
from points.events.errors import (
    BadFollowUp,
    BadOutcome,
    BadShares,
    MediationOver,
    MediationRecorded,
    UnknownStudio,
)
from points.events.mediations import Case
from points.events.models import Contribution, Step
from points.events.records import Mediation, Share
from points.evidence import acts
from points.keys import new_key
from points.people import members, teams
from points.people.errors import UnknownTeam

OUTCOMES = {
    "ordinary": "调解成功",
    "difficult": "疑难，调解成功",
    "oral": "口头调解成功",
    "failed": "没有调成，有记录",
}
AGREEMENTS = {"written": "书面协议", "oral": "口头协议", "none": "没有协议"}
MEDIATORS_AT_MOST = 9
FOLLOW_UP_AFTER = timedelta(days=30)
"""When somebody looks again, unless another day is said."""
LATEST_FOLLOW_UP = timedelta(days=366)
WHOLE = 100
"""Shares are in percent."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it. `mediators` are numbers or phones with their percent, all of them or none: then alike."""

    outcome: str
    agreement: str
    mediators: Sequence[tuple[str, int | None]]
    studio: str | None = None
    follow_up_on: date | None = None


async def record(book: Book, event: str, result: Result, *, by: str, key: str) -> None:
    """Record what came of a mediation, once: who mediated contributed to it, and a verifier looks at it by rota.

    `by` is one of its mediators. Raises UnknownMediation, NotAllowed, MediationRecorded, MediationOver, BadOutcome,
    BadShares, BadFollowUp, UnknownStudio and UnknownMember.
    """
    case = await mediations.find(book, event)
    shares = _shares([((await members.find(book, who)).number, parts) for who, parts in result.mediators])
    reference = f"mediated/{event}/{key}"
    facts = _facts(event, result, shares, by=by)
    if await acts.before(book, reference, facts):
        return
    await mediations.require_own(book, case, by=by)
    await _check_result(book, case, result)
    row = Mediation(
        event=event,
        outcome=result.outcome,
        agreement=result.agreement,
        studio=result.studio,
        follow_up_on=result.follow_up_on.isoformat() if result.follow_up_on else None,
        recorded_at=book.now(),
        recorded_by=by,
    )
    step = Step(id=new_key(), event=event, name="handled", taken_at=book.now(), actor=by)
    rows = [row, step, *_contributions(event, result.outcome, shares)]
    try:
        await acts.post(book, reference, ("mediated", event), facts, rows)
    except RowConflict:
        raise MediationRecorded from None  # another of its mediators was faster
    await assignments.settle(book, event, book.today())


def _facts(
    event: str, result: Result, shares: Sequence[tuple[str, int | None]], *, by: str
) -> dict[str, Any]:
    return {
        "agreement": result.agreement,
        "by": by,
        "event": event,
        "follow_up_on": result.follow_up_on.isoformat() if result.follow_up_on else "",
        "mediators": [{"member": member, "parts": str(parts or "")} for member, parts in shares],
        "outcome": result.outcome,
        "studio": result.studio or "",
    }


def _shares(said: Sequence[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    """Each mediator once, and percents that sum to the whole, or none at all."""
    if not 1 <= len(said) <= MEDIATORS_AT_MOST:
        raise BadShares(problem="要写 1 到 9 位调解员")
    if len({member for member, _ in said}) < len(said):
        raise BadShares(problem="同一位写了两次")
    given = [parts for _, parts in said if parts is not None]
    if given and len(given) < len(said):
        raise BadShares(problem="要么每位都写份额，要么都不写（平分）")
    if any(not 1 <= parts <= WHOLE for parts in given):
        raise BadShares(problem="每位的份额是 1 到 100")
    if given and sum(given) != WHOLE:
        raise BadShares(problem="加起来要正好 100")
    return list(said)


def _contributions(event: str, outcome: str, shares: Sequence[tuple[str, int | None]]) -> list[Any]:
    rows: list[Any] = []
    for member, parts in shares:
        rows.append(Contribution(id=new_key(), event=event, member=member, role="mediator", outcome=outcome))
        if parts is not None:
            rows.append(Share(contribution=rows[-1].id, parts=parts))
    return rows


async def _check_result(book: Book, case: Case, result: Result) -> None:
    if case.result is not None:
        raise MediationRecorded
    if life.of("mediation", case.whole.steps).false:
        raise MediationOver
    _check_outcome(result)
    today = book.today()
    if result.follow_up_on and not today <= result.follow_up_on <= today + LATEST_FOLLOW_UP:
        raise BadFollowUp(problem="从今天到一年以内")
    if result.studio:
        try:
            studio = await teams.find(book, result.studio)
        except UnknownTeam:
            raise UnknownStudio(studio=result.studio) from None
        if studio.kind != "studio":
            raise UnknownStudio(studio=result.studio)


def _check_outcome(result: Result) -> None:
    if result.outcome not in OUTCOMES or result.agreement not in AGREEMENTS:
        raise BadOutcome(problem="请选一个结果和一种协议")
    if (result.outcome == "failed") != (result.agreement == "none"):
        raise BadOutcome(problem="调成了就有书面或口头协议，没有调成就没有协议")
    if result.outcome == "oral" and result.agreement != "oral":
        raise BadOutcome(problem="口头调解成功的，协议是口头协议")
    if result.agreement != "none" and result.follow_up_on is None:
        raise BadOutcome(problem="有协议的，要定一个回访的日子")

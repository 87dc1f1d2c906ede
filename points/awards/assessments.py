"""Monthly assessments (以奖代补): the street scores a community's month, and a rule gives its fund points for it.

Who scores does not decide: somebody else, who sees the very same, agrees within 72 hours or sends it back. A month of a
community is rewarded once. More than LARGE points take somebody who may approve an allocation that goes over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting
from points import chart, paging
from points.awards import fund_requests, line, rule_books, sponsors
from points.awards.assessment_errors import (
    AssessedBefore,
    BadScore,
    MonthNotOver,
    NoReward,
    NotAssessmentSecond,
    NotAssessor,
)
from points.awards.assessment_money import Money, said_of
from points.awards.errors import BadMonth
from points.awards.shared_records import Assessment, AssessmentRuling
from points.awards.sponsors import Backing
from points.events import filing
from points.events.filing import Filed, Written
from points.events.models import Step
from points.evidence import acts, snapshots
from points.keys import new_key
from points.paging import FIRST, Part, Turn
from points.people import areas, requests, roles, sides
from points.people.errors import UnknownRequest

ASSESSORS = ("grid_head", "fund_keeper", "admin")
"""Who scores: with one of these roles above the community, for the street or more. Nobody scores their own."""
DECIDERS = ("verifier", *fund_requests.APPROVERS)
LARGE = 500
TRIES = 20
BEST = 100
TYPE = "月度考核"
_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment as both people see it; `state` is open, approved, refused or lapsed. `digest` names all of it.

    into      the month whose fund gets the points: that in which it was assessed
    event     the event that it is written down as
    backing   whose money stands behind the points; None for one of before it was asked for
    """

    id: str
    community: str
    month: str
    score: int
    points: int
    rule_book: int
    rule: str
    into: str
    event: str
    assessed_by: str
    assessed_at: datetime
    state: str
    decided_by: str | None
    digest: str
    backing: Backing | None = None


async def assess(
    book: Book, community: str, month: str, score: int, *, by: str, key: str, money: Money | None = None
) -> Assessed:
    """Score a community's month, which must be over; the same key again answers with the same.

    It is an event of its own, and worth nothing before somebody else agrees. `money` is what stands behind what it
    earns: the street's, as much as it costs, when it is None. Raises BadMoney, UnknownSponsor, BadDocument, BadMonth,
    BadScore, MonthNotOver, UnknownArea, NotAssessor, NoRuleBook, NoReward when no rule rewards that score,
    AssessedBefore.
    """
    place, today = await areas.find(book, community), book.today()
    reference = f"assessment/{month}/{place.code}/{key}"
    given = money or Money()
    sponsors.check(given.behind(0))
    asked = {"by": by, "score": score, "verb": "assess", **given.facts}
    if done := await acts.before(book, reference, asked):
        return await find(book, done.subject)
    last = _last_day(month, score, today)
    granted = await roles.grants_of(book, by, today)
    if place.level != "community" or not roles.covered(granted, ASSESSORS, await _above(book, place.path)):
        raise NotAssessor(member=by, area=place.name)
    rule_book = (await rule_books.shelf(book)).on(last)
    rule = rule_book.assessed(score)
    if rule is None or not rule.points:
        raise NoReward(score=score)
    await _require_first(book, place.code, month)
    backing = given.behind(rule.points)
    for _ in range(TRIES):
        filed = Filed(new_key(), await filing.following(book))
        said = {"community": place.code, "month": month, "score": score, "assessed_by": by, "rule": rule.id}
        said |= {"rule_book": rule_book.version, "points": rule.points, "reference": reference}
        row = _row(book, filed, backing, said)
        facts = {**asked, "digest": row.digest, "event": filed.event, "community": place.code, "month": month}
        facts |= said_of(backing)
        rows = _rows(book, row, filed, backing)
        try:
            await acts.post(book, reference, ("assessment", row.id), facts, rows, request=asked)
        except RowConflict:
            continue  # somebody else took this event's number in the meantime
        return await find(book, await acts.subject(book, reference))
    raise AssessedBefore(month=month)


def _row(book: Book, filed: Filed, backing: Backing, said: dict[str, Any]) -> Assessment:
    row = Assessment(
        id=new_key(),
        into=f"{book.today():%Y-%m}",
        event=filed.event,
        assessed_at=book.now(),
        digest="",
        **said,
    )
    row.digest = digest_of(row, backing)
    return row


def _rows(book: Book, row: Assessment, filed: Filed, backing: Backing) -> list[Any]:
    """The event it is written down as with its first step, the assessment itself, and the money behind it."""
    what = f"{row.month} {TYPE}"
    said = Written("decision", row.community, "M", what, book.now(), type_name=TYPE, origin="考核")
    step = Step(id=new_key(), event=filed.event, name="reported", taken_at=book.now(), actor=row.assessed_by)
    return [filing.event_row(filed, said), step, row, *sponsors.rows(row.id, backing)]


def _last_day(month: str, score: int, today: date) -> date:
    """The last day of the month, once it is over."""
    if not _MONTH.fullmatch(month):
        raise BadMonth(month=month)
    if type(score) is not int or not 0 <= score <= BEST:
        raise BadScore(most=BEST)
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if last >= today:
        raise MonthNotOver(month=month)
    return last


async def _above(book: Book, path: str) -> str:
    """The path of the street that a community belongs to."""
    return await areas.path(book, areas.ancestors(path)[-2])


async def _require_first(book: Book, community: str, month: str) -> None:
    there = await Assessment.filter(community=community, month=month).using_db(book.reader)
    if any(each.state in ("open", "approved") for each in await _read(book, there)):
        raise AssessedBefore(month=month)


def digest_of(row: Assessment, money: Backing | None) -> str:
    """What names all that both people see; of one of before, no money was named."""
    return encoding.digest_of(
        said_of(money)
        | {
            "assessed_by": row.assessed_by,
            "community": row.community,
            "event": row.event,
            "id": row.id,
            "into": row.into,
            "month": row.month,
            "points": row.points,
            "rule": row.rule,
            "rule_book": row.rule_book,
            "score": row.score,
        }
    )


async def find(book: Book, key: str) -> Assessed:
    """An assessment by its key; raises UnknownRequest."""
    row = await Assessment.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownRequest(request=key)
    return (await _read(book, [row]))[0]


async def many(book: Book, keys: Sequence[str]) -> dict[str, Assessed]:
    """Assessments by key; unknown ones are absent. Five statements, none for no key."""
    if not keys:
        return {}
    rows = await Assessment.filter(id__in=list(keys)).using_db(book.reader)
    return {each.id: each for each in await _read(book, rows)}


async def recent(book: Book, communities: Sequence[str] | None, turn: Turn = FIRST) -> Part[Assessed]:
    """Those of these communities (None: of all), the newest first. Five statements."""
    rows = Assessment.all() if communities is None else Assessment.filter(community__in=list(communities))
    found = await paging.part(rows.using_db(book.reader), turn)
    return found.told(await _read(book, found.rows))


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Assessed:
    """Agree to an assessment as it was seen, or send it back; the same decision again changes nothing.

    Agreed, the points are issued into the community's fund in the same transaction, and those who wait for it are paid.
    Raises UnknownRequest, RequestDecided, RequestLapsed, RequestChanged, NotAssessmentSecond, AssessedBefore.
    """
    asked = await find(book, key)
    if requests.was_decided(asked, approved=approved, by=by):
        return await _with_line_paid(book, asked)
    await require_second(book, asked, by=by)
    requests.require_open(asked, digest)
    try:
        await book.journal.post(_ruling(book, asked, approved=approved, by=by))
    except (ReferenceConflict, RowConflict):
        now = await find(book, key)
        if now.state == "open":
            raise AssessedBefore(month=asked.month) from None  # the month was rewarded meanwhile
        return await decide(book, key, approved=approved, digest=digest, by=by)
    return await _with_line_paid(book, await find(book, key))


async def require_second(book: Book, asked: Assessed, *, by: str) -> None:
    """Raise NotAssessmentSecond unless somebody may decide on an assessment."""
    path = await areas.path(book, asked.community)
    names = DECIDERS if asked.points <= LARGE else fund_requests.APPROVERS
    if not await sides.may_decide(book, by, apart_from=[asked.assessed_by], names=names, path=path):
        raise NotAssessmentSecond(member=by)


async def _with_line_paid(book: Book, asked: Assessed) -> Assessed:
    if asked.state == "approved":
        await line.pay(book, [(asked.community, asked.into)], on=book.today())
    return asked


def paid_reference(community: str, month: str) -> str:
    """`assess/2026-10/440310001002`: a month of a community is rewarded once."""
    return f"assess/{month}/{community}"


def _ruling(book: Book, asked: Assessed, *, approved: bool, by: str) -> Draft:
    """The ruling, and with it, when it agrees, the points into the fund."""
    money = paid_reference(asked.community, asked.month)
    reference = money if approved else f"assessment-ruling/{asked.id}"
    facts = {"approved": "yes" if approved else "no", "by": by, "digest": asked.digest, "event": asked.event}
    row = AssessmentRuling(
        assessment=asked.id, approved=approved, decided_by=by, decided_at=book.now(), reference=reference
    )
    if not approved:
        return acts.draft(book, reference, ("assessment-ruling", asked.id), facts, [row])
    step = Step(id=new_key(), event=asked.event, name="verified", taken_at=book.now(), actor=by)
    said = {**facts, "points": asked.points, "rule": asked.rule, "rule_book": asked.rule_book}
    evidence, kept = snapshots.take("assessment-ruling", asked.id, said, at=book.now())
    fund = chart.fund(asked.community, asked.into)
    return Draft(
        reference=reference,
        kind="assess",
        evidence=evidence,
        effective_on=book.today(),
        request=encoding.digest_of({"assessment": asked.id, "by": by}),
        postings=(Posting(chart.ISSUED, fund, asked.points, chart.POINTS),),
        rows=(*kept, row, step),
    )


async def _read(book: Book, rows: Sequence[Assessment]) -> list[Assessed]:
    ruled = AssessmentRuling.filter(assessment__in=[row.id for row in rows]).using_db(book.reader)
    rulings = {row.assessment: row for row in await ruled}
    money = await sponsors.of(book, [row.id for row in rows])
    return [_assessed(book, row, rulings.get(row.id), money.get(row.id)) for row in rows]


def _assessed(
    book: Book, row: Assessment, ruling: AssessmentRuling | None, money: Backing | None
) -> Assessed:
    state = requests.state(book, row.assessed_at, ruling.approved if ruling else None)
    return Assessed(
        id=row.id,
        community=row.community,
        month=row.month,
        score=row.score,
        points=row.points,
        rule_book=row.rule_book,
        rule=row.rule,
        into=row.into,
        event=row.event,
        assessed_by=row.assessed_by,
        assessed_at=row.assessed_at,
        state=state,
        decided_by=ruling.decided_by if ruling else None,
        digest=digest_of(row, money),
        backing=money,
    )

"""Publication of rule books by two: one asks, with the minutes of the meeting; another who sees the same publishes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from ledger.transactions import Draft
from points.awards import minutes, rule_books, rule_drafts
from points.awards.errors import (
    DraftChanged,
    HouseholdRuleRequest,
    NothingDrafted,
    OwnRuleRequest,
    RuleRequestChanged,
    RuleRequestDecided,
    RuleRequestLapsed,
    UnknownRuleRequest,
    VersionTaken,
)
from points.awards.minutes import Minutes, Paper
from points.awards.rule_books import APPROVERS, Shelf
from points.awards.rule_drafts import KEEPER, Saved
from points.awards.rule_records import RuleBookDecision, RuleBookRequest
from points.evidence import acts
from points.keys import new_key
from points.people import requests, roles, sides
from points.people.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as both people see it.

    state      open, approved, refused, lapsed, or overtaken: another version was published meanwhile
    replaces   versions that were announced for that day or later, and would never be in force
    digest     of all of this; `text_digest` of the text alone, by which every award will name it
    """

    id: str
    draft: str
    version: int
    in_force_from: date
    text_digest: str
    meeting: str
    papers: tuple[Paper, ...]
    replaces: tuple[int, ...]
    digest: str
    asked_by: str
    asked_at: datetime
    state: str
    decided_by: str | None = None
    decided_at: datetime | None = None


async def ask(book: Book, *, draft: str, meeting: str, by: str, key: str) -> Asked:
    """Ask that a draft be published; the same key again answers with the same request.

    `meeting` is the number of the meeting or decision that agreed on it. The draft is the newest save, and its day
    lies after today: what happens today is judged by what was in force this morning. Raises NotAllowed, UnknownDraft,
    DraftChanged, NothingDrafted, TooEarly, AlreadyJudged, UnknownMeeting and NoMinutes.
    """
    rules = await rule_books.shelf(book)  # first: a version published after this makes the request overtaken
    reference = f"rule-request/{book.today()}/{key}"
    asked = {"by": by, "draft": draft, "meeting": meeting, "verb": "ask to publish a rule book"}
    if done := await acts.before(book, reference, asked):
        return await find(book, done.subject)
    await roles.require(book, by, KEEPER, None, book.today())
    saved = await _newest(book, rules, draft)
    await _require_day(book, rules, saved.rule_book.in_force_from)
    row = _request(book, saved, await minutes.find(book, meeting), by=by)
    row.reference, row.digest = reference, digest_of(row, saved, rules)
    facts = {"by": by, "digest": row.digest, "draft": saved.digest, "meeting": row.meeting}
    facts["papers"] = row.papers
    await acts.post(book, reference, ("rule-request", row.id), facts, [row], request=asked)
    return await find(book, await acts.subject(book, reference))


async def _newest(book: Book, rules: Shelf, draft: str) -> Saved:
    now = await rule_drafts.current(book)
    if draft != now.id:
        await rule_drafts.find(book, draft)
        raise DraftChanged(by=now.saved_by or "—")
    if not now.id or now.digest == rules.versions[-1].digest:
        raise NothingDrafted(version=len(rules.versions))
    if now.follows != len(rules.versions):
        raise VersionTaken(version=now.follows)
    return now


async def _require_day(book: Book, rules: Shelf, day: date) -> None:
    await rule_books.require_day(book, rules, day, earliest=book.today() + timedelta(days=1))


def _request(book: Book, saved: Saved, meeting: Minutes, *, by: str) -> RuleBookRequest:
    return RuleBookRequest(
        id=new_key(),
        draft=saved.id,
        version=saved.follows + 1,
        meeting=meeting.event,
        papers=encoding.canonical(meeting.said()).decode(),
        asked_by=by,
        asked_at=book.now(),
    )


def digest_of(request: RuleBookRequest, saved: Saved, rules: Shelf) -> str:
    """What names all that both people see: the text, its day, its number, the papers, who asked, what it replaces."""
    return encoding.digest_of(
        {
            "asked_by": request.asked_by,
            "draft": saved.digest,
            "id": request.id,
            "in_force_from": saved.rule_book.in_force_from.isoformat(),
            "meeting": request.meeting,
            "papers": json.loads(request.papers),
            "replaces": list(replaced(rules, request.version, saved.rule_book.in_force_from)),
            "version": request.version,
        }
    )


def replaced(rules: Shelf, version: int, day: date) -> tuple[int, ...]:
    """The earlier versions that a version from a day on takes the place of before they begin."""
    return tuple(each.version for each in rules.versions[: version - 1] if each.in_force_from >= day)


async def find(book: Book, key: str) -> Asked:
    """A request by its key. Raises UnknownRuleRequest."""
    row = await RuleBookRequest.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownRuleRequest
    return (await _read(book, [row]))[0]


async def waiting(book: Book) -> list[Asked]:
    """The requests that somebody can still decide on, the oldest first."""
    since = book.now() - requests.LAPSES_AFTER
    rows = await RuleBookRequest.filter(asked_at__gt=since).using_db(book.reader).order_by("id")
    return [each for each in await _read(book, rows) if each.state == "open"]


async def of_versions(book: Book, *, limit: int = 100) -> dict[int, Asked]:
    """The request by which each version was published, by version; one that one person published has none."""
    decided = RuleBookDecision.filter(version__not_isnull=True).using_db(book.reader)
    keys = [row.request for row in await decided.order_by("-version").limit(limit)]
    rows = await RuleBookRequest.filter(id__in=keys).using_db(book.reader)
    return {each.version: each for each in await _read(book, rows)}


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Asked:
    """Publish what was asked, or refuse it, as it was seen; the same decision again changes nothing.

    `by` is another admin or an approver of the whole book, of another household. Raises UnknownRuleRequest,
    RuleRequestDecided, RuleRequestLapsed, RuleRequestChanged, VersionTaken, OwnRuleRequest, HouseholdRuleRequest,
    NotAllowed, and what `ask` raises when days have gone by or papers were taken away.
    """
    rules = await rule_books.shelf(book)  # first: what is published after this takes the reference of ours
    asked = await find(book, key)
    if asked.state in ("approved", "refused"):
        if (asked.state == "approved") == approved and asked.decided_by == by:
            return asked
        raise RuleRequestDecided
    await require_second(book, asked, by=by)
    if asked.state == "lapsed":
        raise RuleRequestLapsed
    if digest != asked.digest:
        raise RuleRequestChanged
    if approved:
        draft = await _publishing(book, rules, asked, by=by)
    else:
        draft = _refusal(book, asked, by=by)
    try:
        await book.journal.post(draft)
    except (ReferenceConflict, RowConflict) as conflict:
        raise await _overtaken(book, key) from conflict
    return await find(book, key)


async def require_second(book: Book, asked: Asked, *, by: str) -> None:
    """Raise unless somebody may decide: not who asked, of another household, and an approver or admin of all."""
    if by == asked.asked_by:
        raise OwnRuleRequest
    if await sides.shares(book, by, [asked.asked_by]):
        raise HouseholdRuleRequest
    granted = await roles.grants_of(book, by, book.today())
    if not any(each.role in APPROVERS and each.area is None for each in granted):
        raise NotAllowed(member=by, role=roles.NAMES["approver"])


async def _overtaken(book: Book, key: str) -> RuleRequestDecided | VersionTaken:
    """Why a decision met a row that was there: this request was decided, or another one published."""
    after = await find(book, key)
    return VersionTaken(version=after.version) if after.state == "overtaken" else RuleRequestDecided()


async def _publishing(book: Book, rules: Shelf, asked: Asked, *, by: str) -> Draft:
    """The act that publishes, once more looked at: the version is the next, the day to come, the papers the same."""
    if asked.version != len(rules.versions) + 1:
        raise VersionTaken(version=len(rules.versions))
    row = await RuleBookRequest.get(id=asked.id, using_db=book.reader)
    saved = await rule_drafts.find(book, asked.draft)
    now = await minutes.find(book, asked.meeting)
    there = {(paper.id, paper.digest) for paper in now.papers}
    same = encoding.digest(saved.text) == saved.digest and digest_of(row, saved, rules) == asked.digest
    if not same or not there.issuperset((paper.id, paper.digest) for paper in asked.papers):
        raise RuleRequestChanged
    await _require_day(book, rules, asked.in_force_from)
    rule_book = replace(saved.rule_book, version=asked.version, digest=saved.digest)
    facts: dict[str, Any] = {
        "asked_by": asked.asked_by,
        "by": by,
        "meeting": {"event": now.event, "number": now.number},
        "papers": json.loads(row.papers),
        "request": {"digest": asked.digest, "id": asked.id},
    }
    decision = _decision(book, asked, f"rules/{asked.in_force_from}/{asked.version}", by=by)
    decision.approved, decision.version = True, asked.version
    return rule_books.draft(book, rule_book, saved.text, facts=facts, on=book.today(), more=(decision,))


def _refusal(book: Book, asked: Asked, *, by: str) -> Draft:
    reference = f"rule-decision/{asked.id}"
    facts = {"approved": "no", "by": by, "digest": asked.digest, "request": asked.id}
    row = _decision(book, asked, reference, by=by)
    return acts.draft(book, reference, ("rule-decision", asked.id), facts, [row])


def _decision(book: Book, asked: Asked, reference: str, *, by: str) -> RuleBookDecision:
    return RuleBookDecision(
        request=asked.id, approved=False, decided_by=by, decided_at=book.now(), reference=reference
    )


async def _read(book: Book, rows: Sequence[RuleBookRequest]) -> list[Asked]:
    keys = [row.id for row in rows]
    decided = {
        row.request: row for row in await RuleBookDecision.filter(request__in=keys).using_db(book.reader)
    }
    rules = await rule_books.shelf(book)
    drafts = {row.id: await rule_drafts.find(book, row.draft) for row in rows}
    return [_asked(book, row, drafts[row.id], rules, decided.get(row.id)) for row in rows]


def _asked(
    book: Book, row: RuleBookRequest, saved: Saved, rules: Shelf, decision: RuleBookDecision | None
) -> Asked:
    day = saved.rule_book.in_force_from
    return Asked(
        id=row.id,
        draft=row.draft,
        version=row.version,
        in_force_from=day,
        text_digest=saved.digest,
        meeting=row.meeting,
        papers=minutes.read_papers(row.papers),
        replaces=replaced(rules, row.version, day),
        digest=row.digest,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=_state(book, row, rules, decision),
        decided_by=decision.decided_by if decision else None,
        decided_at=decision.decided_at if decision else None,
    )


def _state(book: Book, row: RuleBookRequest, rules: Shelf, decision: RuleBookDecision | None) -> str:
    if decision is None and row.version <= len(rules.versions):
        return "overtaken"
    return requests.state(book, row.asked_at, decision.approved if decision else None)

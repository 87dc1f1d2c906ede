"""Attendance: who was at an activity or a meeting, signed in by card, by list, or from last time's list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ledger.book import Book
from ledger.errors import Refusal
from points.errors import PointsError
from points.events import assignments, duties, events, hands, latest, steps
from points.events.errors import BadTime, NotGathering, StepNotOpen
from points.events.events import Whole
from points.events.life import STATES
from points.events.models import Contribution, Event
from points.events.records import Gathering
from points.events.taking import life_of
from points.evidence import acts
from points.keys import new_key
from points.people import lookup, roles
from points.people.errors import UnknownMember
from points.people.models import Member, Person

MOST_AT_ONCE = 500
MOST_MINUTES = 24 * 60
EARLY = timedelta(hours=2)
"""So long before it begins people sign in: nobody takes part in what is weeks away."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Members who were signed in now, and those who had been before, in the order given."""

    new: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A line of a list that names nobody, or more than one; `found` is how many."""

    said: str
    found: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a list says: members once each, in its order, and the lines that somebody must look at.

    `left` are those beyond MOST_AT_ONCE, which were not looked at yet.
    """

    members: tuple[str, ...]
    unresolved: tuple[Unresolved, ...]
    left: tuple[str, ...] = ()


async def sign_in(
    book: Book, event: str, members: Iterable[str], *, by: str, minutes: int | None = None
) -> SignedIn:
    """Sign members in, each once however often they are scanned: they took part, for `minutes` or the whole of it.

    One act for each, in one commit, and one for who signs them in. A verifier who has signed in or signs others in, or
    lives with one who does, is replaced by another.
    Raises UnknownEvent, NotGathering, StepNotOpen, BadTime and NotAllowed.
    """
    whole = await events.find(book, event)
    gathering = await held(book, whole, by=by)
    length = int((gathering.ends_at - gathering.starts_at).total_seconds() // 60)
    spent = length if minutes is None else minutes
    if book.now() < gathering.starts_at - EARLY:
        raise BadTime(problem="还没到那个时候")
    if not 1 <= spent <= MOST_MINUTES:
        raise BadTime(problem="时长要在 1 分钟到 24 小时之间")
    wanted = list(dict.fromkeys(members))[:MOST_AT_ONCE]
    rows = Member.filter(number__in=wanted).using_db(book.reader)
    known = {str(number) for number in await rows.values_list("number", flat=True)}
    there = {each.member for each in whole.contributions if each.role == "participant"}
    fresh = [number for number in wanted if number in known and number not in there]
    drafts = [hands.signed_in(book, event, by=by)] if fresh else []
    for number in fresh:
        row = Contribution(id=new_key(), event=event, member=number, role="participant", minutes=spent)
        facts = {"by": by, "event": event, "member": number, "minutes": spent}
        asked = {"event": event, "member": number}
        reference = f"attend/{event}/{number}"
        drafts.append(acts.draft(book, reference, ("attendance", row.id), facts, [row], request=asked))
    answers = await book.journal.post_all(drafts)
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    if refused:
        raise refused[0]
    if fresh:
        await assignments.settle(book, event, book.today())
    return SignedIn(tuple(fresh), tuple(number for number in wanted if number in there))


async def held(book: Book, whole: Whole, *, by: str) -> Gathering:
    """The gathering that somebody may sign people in at. Raises NotGathering, StepNotOpen and NotAllowed."""
    gathering = await Gathering.get_or_none(event=whole.event.id, using_db=book.reader)
    if gathering is None:
        raise NotGathering
    await roles.require_any(book, by, duties.FILERS, whole.area.path if whole.area else "")
    standing = await life_of(book, whole)
    if standing.over:
        raise StepNotOpen(step="签到", state=STATES[standing.state])
    return gathering


async def resolve(book: Book, lines: Iterable[str], *, community: str) -> Resolved:
    """Find who a list means: numbers, cards and phones anywhere, whole names among the members of a community.

    Nor does what somebody says of themself (phone tail, surname, birthday) name anybody elsewhere: whoever may sign
    people in here would otherwise learn the birthdays of another place by trying.
    """
    members: list[str] = []
    unresolved: list[Unresolved] = []
    given = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    for line in given[:MOST_AT_ONCE]:
        found = await _found(book, line, community)
        if len(found) == 1:
            members.append(found[0])
        else:
            unresolved.append(Unresolved(line, len(found)))
    return Resolved(tuple(dict.fromkeys(members)), tuple(unresolved), tuple(given[MOST_AT_ONCE:]))


async def one(book: Book, said: str, *, community: str) -> str:
    """The one member that was scanned or typed; raises UnknownMember, also when there are several."""
    found = await _found(book, said.strip(), community)
    if len(found) != 1:
        raise UnknownMember(member=said.strip())
    return found[0]


async def _found(book: Book, said: str, community: str) -> list[str]:
    if said.isalpha() or "·" in said:
        named = await Person.filter(name=said).using_db(book.reader).values_list("member", flat=True)
        here = Member.filter(number__in=list(named), area__startswith=community[:12])
        return sorted(
            str(number) for number in await here.using_db(book.reader).values_list("number", flat=True)
        )
    try:
        found = await lookup.find(book, said)
    except PointsError:
        return []
    return [
        each.member for each in found if each.found_by != "manual" or each.area.startswith(community[:12])
    ]


async def last_time(book: Book, whole: Whole) -> tuple[Event, Sequence[str]] | None:
    """The gathering of the same kind before this one, in the same place, and who was there; None before the second."""
    now = whole.event
    alike = Event.filter(kind=now.kind, type_name=now.type_name, source=steps.BY_HAND, area=now.area)
    rows = alike.filter(occurred_at__lt=now.occurred_at).using_db(book.reader)
    before = await rows.order_by("-occurred_at").first()
    if before is None:
        return None
    (before,) = await latest.read(book.reader, [before])
    there = Contribution.filter(event=before.id, role="participant").using_db(book.reader).order_by("member")
    return before, [str(number) for number in await there.values_list("member", flat=True)]

"""Who may correct an award, and who may be the second person: separation compares people and households."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.book import Book
from points.awards import share_vesting
from points.awards.correction_plans import Asked
from points.awards.errors import NeedsSecondPerson, NotSecondPerson, OwnCorrection
from points.awards.records import CorrectionTurn
from points.events import latest
from points.events.models import Event
from points.people import areas, roles, sides
from points.people.errors import NotAllowed

CORRECTORS = ("notice_publisher", "verifier")
"""Those who answer objections and those who verify may ask for a correction in their area."""
APPROVERS = (*CORRECTORS, "approver", "admin")
ALONE_AT_MOST = 500
"""Points that one person may correct alone: in one award, for themself in a day, for one member in a month."""


async def require_first(book: Book, asked: Asked) -> None:
    """Raise OwnCorrection or NotAllowed unless `by` may correct in the area of the event."""
    if await sides.shares(book, asked.by, [asked.who, asked.award.member]):
        raise OwnCorrection
    if not await _holds_one(book, asked.by, CORRECTORS, await path_of(book, asked.award.event), asked.on):
        raise NotAllowed(member=asked.by, role=roles.NAMES[CORRECTORS[0]])


async def require_second(book: Book, asked: Asked, *, by: str) -> None:
    """Raise NotSecondPerson unless somebody may approve: no side of who asked, who verified it, or whom it is about."""
    hands = (asked.by, asked.who, asked.award.member, asked.award.verifier)
    path = await path_of(book, asked.award.event)
    if await sides.shares(book, by, hands) or not await _holds_one(book, by, APPROVERS, path, asked.on):
        raise NotSecondPerson(approver=by)


async def path_of(book: Book, event: str) -> str:
    """Where an event is today, as the path of its area."""
    (found,) = await latest.read(book.reader, [await Event.get(id=event, using_db=book.reader)])
    return await areas.path(book, found.area or "")


async def _holds_one(book: Book, member: str, names: Sequence[str], path: str, on: date) -> bool:
    return roles.covered(await roles.grants_of(book, member, on), names, path)


_GIVEN = "v.points + coalesce((SELECT sum(h.points) FROM awards_share AS h WHERE h.award = v.reference), 0)"

_SO_FAR = f"""
SELECT coalesce(sum(CASE WHEN c.corrected_by = ? AND c.corrected_on = ? THEN {_GIVEN} END), 0) AS by_person,
    coalesce(sum(CASE WHEN c.corrected_by = ? AND c.corrected_on = ? THEN 1 END), 0) AS times_by_person,
    coalesce(sum(CASE WHEN v.member = ? AND substr(c.corrected_on, 1, 7) = ? THEN {_GIVEN} END), 0) AS of_member,
    coalesce(sum(CASE WHEN v.member = ? AND substr(c.corrected_on, 1, 7) = ? THEN 1 END), 0) AS times_of_member
FROM awards_correction AS c JOIN awards_verification AS v ON v.reference = c.of_reference
WHERE c.approved_by IS NULL"""  # noqa: S608 - a fragment of ours


async def alone(book: Book, asked: Asked) -> list[CorrectionTurn]:
    """Turns to be written with a correction that one person makes; raises NeedsSecondPerson for too many points.

    Many small ones need a second person like one large one. Two of them at once take the same turn, so that the
    second is counted after the first.
    """
    day, member = asked.on.isoformat(), asked.award.member
    values = [asked.by, day, asked.by, day, member, day[:7], member, day[:7]]
    (row,) = await book.reader.execute_query_dict(_SO_FAR, values)
    shares = (await share_vesting.shares_of(book, [asked.award.reference or ""])).values()
    others = sum(share.points for each in shares for share in each)
    points = asked.award.points + others + max(row["by_person"], row["of_member"])
    if points > ALONE_AT_MOST:
        raise NeedsSecondPerson(points=points, limit=ALONE_AT_MOST)
    return [
        CorrectionTurn(id=f"{asked.by}/{day}/{row['times_by_person']}"),
        CorrectionTurn(id=f"{member}/{day[:7]}/{row['times_of_member']}"),
    ]

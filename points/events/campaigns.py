"""Campaigns (专项行动): a name and dates, to which events of any kind belong: held for it, or joined to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tortoise.queryset import QuerySet

from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from points import paging
from points.events import duties, filing, latest
from points.events.campaign_records import Campaign, CampaignEvent
from points.events.errors import BadCampaign, CampaignTooLate, InCampaign, NotOfCampaign, UnknownCampaign
from points.events.models import Event
from points.events.records import Gathering
from points.evidence import acts
from points.keys import new_key
from points.paging import FIRST, Part, Turn
from points.people import areas, roles

MOST = 100
A_PAGE = 50
JOINERS = (*duties.FILERS, "mediator", *duties.SETTERS)


async def begin(
    book: Book, name: str, *, area: str, starts_on: date, ends_on: date, by: str, key: str
) -> Campaign:
    """Announce a campaign in an area; the same key again answers with the same campaign.

    Raises BadCampaign, UnknownArea and NotAllowed.
    """
    reference = f"campaign/{key}"
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    asked = {"area": area, "by": by, "name": name.strip(), **days}
    if await acts.before(book, reference, asked):
        return await _begun(book, reference)
    if not name.strip() or ends_on < starts_on:
        raise BadCampaign
    await roles.require_any(book, by, duties.SETTERS, await areas.path(book, area))
    row = Campaign(id=new_key(), name=name.strip(), area=area, made_by=by, **days)
    facts = {"area": area, "by": by, "campaign": row.id, **days}
    draft = acts.draft(book, reference, ("campaign", row.id), facts, [row], request=asked)
    receipt = await book.journal.post(draft)
    return await _begun(book, reference) if receipt.repeated else row


async def under(book: Book, codes: Iterable[str | None], turn: Turn = FIRST) -> Part[Campaign]:
    """The campaigns in these areas, in those above them and below them, the latest first; None is the whole book.

    Four statements.
    """
    return await paging.part(await _under(book, codes), turn, by=("starts_on", "id"), limit=A_PAGE)


async def running(book: Book, codes: Iterable[str | None]) -> Sequence[Campaign]:
    """Those of them that are not over, the latest first, MOST at most. Four statements."""
    rows = (await _under(book, codes)).filter(ends_on__gte=book.today().isoformat())
    return await rows.order_by("-starts_on", "-id").limit(MOST)


async def find(book: Book, campaign: str, codes: Iterable[str | None]) -> Campaign:
    """One of them by its key. Raises UnknownCampaign."""
    row = await (await _under(book, codes)).get_or_none(id=campaign[:32])
    if row is None:
        raise UnknownCampaign
    return row


async def _under(book: Book, codes: Iterable[str | None]) -> QuerySet[Campaign]:
    rows, wanted = Campaign.all().using_db(book.reader), set(codes)
    if None in wanted:
        return rows
    named = {str(each) for each in await rows.distinct().values_list("area", flat=True)}
    places = await areas.many(book, named | {code for code in wanted if code})
    mine = [places[code].path for code in wanted if code in places]
    return rows.filter(
        area__in=[
            area
            for area in sorted(named)
            if any(areas.covers(places[area].path, code) for code in wanted)
            or any(areas.covers(path, area) for path in mine)
        ]
    )


async def join(book: Book, campaign: str, number: str, *, by: str, key: str) -> str:
    """An event, by its number, joins a campaign, so that rules may select it; the answer is its key.

    `by` files, mediates or sets things up where it happened. It lies in the campaign's area and days, is in none yet
    (joining again changes nothing), and nothing of it was verified. Raises UnknownCampaign, UnknownEvent, NotAllowed,
    NotOfCampaign, InCampaign, CampaignTooLate.
    """
    row = await Campaign.get_or_none(id=campaign, using_db=book.reader)
    if row is None:
        raise UnknownCampaign
    event = await filing.numbered(book, number)
    reference, asked = f"campaign-event/{event}", {"campaign": campaign, "event": event}
    if (await of_events(book, [event])).get(event) == campaign:
        return event
    (found,) = await latest.read(book.reader, [await Event.get(id=event, using_db=book.reader)])
    path = await areas.path(book, found.area) if found.area else ""
    await roles.require_any(book, by, JOINERS, path)
    day = found.occurred_at.astimezone(book.zone).date().isoformat()
    if not covers(row, path, day):
        raise NotOfCampaign
    if await of_events(book, [event]):
        raise InCampaign
    sql = "SELECT 1 AS there FROM awards_verification WHERE event = ? LIMIT 1"
    if await book.reader.execute_query_dict(sql, [event]):
        raise CampaignTooLate
    joined = CampaignEvent(event=event, campaign=campaign, joined_on=book.today().isoformat(), joined_by=by)
    try:
        facts = {**asked, "by": by, "key": key}
        await acts.post(book, reference, ("campaign-event", event), facts, [joined], request=asked)
    except (ReferenceConflict, RowConflict):
        raise InCampaign from None
    return event


def covers(campaign: Campaign, path: str, day: str) -> bool:
    """Whether an area at a path and a day are the campaign's."""
    return areas.covers(path, campaign.area) and campaign.starts_on <= day <= campaign.ends_on


async def of_events(book: Book, events: Sequence[str]) -> dict[str, str]:
    """The campaign of each of these events, held for it or joined to it; absent in none. Two statements."""
    held = Gathering.filter(event__in=events, campaign__isnull=False).using_db(book.reader)
    found = {row.event: row.campaign or "" for row in await held}
    joined = CampaignEvent.filter(event__in=events).using_db(book.reader)
    return {str(row.event): str(row.campaign) for row in await joined} | found


async def joined(book: Book, campaign: str, turn: Turn = FIRST) -> Part[Event]:
    """The events that joined a campaign, those written down last first."""
    rows = CampaignEvent.filter(campaign=campaign).using_db(book.reader)
    found = await paging.part(rows, turn, by=("event",), limit=A_PAGE)
    events = await Event.filter(id__in=[str(row.event) for row in found]).using_db(book.reader)
    there = {event.id: event for event in await latest.read(book.reader, events)}
    return found.told([there[str(row.event)] for row in found])


async def gatherings(book: Book, campaign: str, turn: Turn = FIRST) -> Part[tuple[Event, Gathering]]:
    """What was held for a campaign, the latest first; raises UnknownCampaign."""
    if not await Campaign.filter(id=campaign).using_db(book.reader).exists():
        raise UnknownCampaign
    rows = Gathering.filter(campaign=campaign).using_db(book.reader)
    held = await paging.part(rows, turn, by=("starts_at", "event"), limit=A_PAGE)
    found = {
        row.id: row for row in await Event.filter(id__in=[row.event for row in held]).using_db(book.reader)
    }
    return held.told([(found[row.event], row) for row in held])


async def _begun(book: Book, reference: str) -> Campaign:
    """The campaign that an act announced."""
    return await Campaign.get(id=await acts.subject(book, reference), using_db=book.reader)

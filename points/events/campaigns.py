"""Campaigns (专项行动): a name and dates, to which activities and reports belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.book import Book
from points.events import duties
from points.events.errors import BadCampaign, UnknownCampaign
from points.events.models import Event
from points.events.records import Campaign, Gathering
from points.evidence import acts
from points.keys import new_key
from points.people import areas, roles

MOST = 100


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


async def under(book: Book, codes: Iterable[str | None]) -> Sequence[Campaign]:
    """The campaigns in these areas, in those above them and below them, the latest first; None is the whole book."""
    wanted = set(codes)
    rows = await Campaign.all().using_db(book.reader).order_by("-starts_on", "-id").limit(MOST)
    if None in wanted:
        return rows
    places = await areas.many(book, {row.area for row in rows} | {code for code in wanted if code})
    mine = [places[code].path for code in wanted if code in places]
    return [
        row
        for row in rows
        if any(areas.covers(places[row.area].path, code) for code in wanted)
        or any(areas.covers(path, row.area) for path in mine)
    ]


async def gatherings(book: Book, campaign: str) -> list[tuple[Event, Gathering]]:
    """What was held for a campaign, the latest first; raises UnknownCampaign."""
    if not await Campaign.filter(id=campaign).using_db(book.reader).exists():
        raise UnknownCampaign
    rows = Gathering.filter(campaign=campaign).using_db(book.reader).order_by("-starts_at").limit(MOST)
    held = {row.event: row for row in await rows}
    found = {row.id: row for row in await Event.filter(id__in=list(held)).using_db(book.reader)}
    return [(found[event], gathering) for event, gathering in held.items()]


async def _begun(book: Book, reference: str) -> Campaign:
    """The campaign that an act announced."""
    return await Campaign.get(id=await acts.subject(book, reference), using_db=book.reader)

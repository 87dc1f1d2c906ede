"""Who may rule on objections to an award: who publishes notices there, and has no part in it on any side."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.book import Book
from points.awards.models import Verification
from points.events import latest
from points.events.models import Contribution, Event
from points.openness.errors import OwnRuling
from points.openness.records import Objection
from points.people import areas, households, roles
from points.people.twice import merges

RULERS = ("notice_publisher",)


async def require(book: Book, award: str, objections: Sequence[Objection], *, by: str) -> None:
    """Raise NotAllowed unless `by` publishes notices where the award's event is; OwnRuling for one who has a part.

    Such are who verified it, who took part in the event, who objected or wrote an objection down, and whoever lives
    with one of them.
    """
    await roles.require_any(book, by, RULERS, await path_of(book, award))
    row = await Verification.get(reference=award, using_db=book.reader)
    if await takes_part(book, row, objections, by=by):
        raise OwnRuling


async def path_of(book: Book, award: str) -> str:
    """The path of the area where the event of an award is: whoever is in charge of it rules, or writes down."""
    row = await Verification.get(reference=award, using_db=book.reader)
    (event,) = await latest.read(book.reader, [await Event.get(id=row.event, using_db=book.reader)])
    return await areas.path(book, event.area or "")


async def takes_part(book: Book, award: Verification, objections: Sequence[Objection], *, by: str) -> bool:
    """Whether somebody, or one they live with, is on any side of what was objected to. Six statements or so."""
    doings = Contribution.filter(event=award.event).using_db(book.reader)
    sides = {award.verifier, *[str(each) for each in await doings.values_list("member", flat=True)]}
    sides |= {each for one in objections for each in (one.objector, one.recorded_by) if each}
    known = await merges.into(book, {*sides, by})
    me, others = known.get(by, by), {known.get(each, each) for each in sides}
    homes = await households.of(book, {me, *others})
    return any(households.same_side(me, each, homes) for each in others)

"""Following up (回访): on the day that was set somebody looks whether the agreement holds, and says so."""

from __future__ import annotations

from ledger.book import Book
from points.events import duties, life, mediations
from points.events.errors import MediationOver, NotFollowed, UnknownMediation
from points.events.records import FollowUp
from points.evidence import acts
from points.keys import new_key
from points.people import roles


async def record(book: Book, event: str, *, held: bool, by: str, key: str) -> None:
    """Say today whether the agreement holds; it may be asked again later. The same key again changes nothing.

    `by` is one of its mediators, or heads the grid. Raises UnknownMediation, NotFollowed and MediationOver.
    """
    case = await mediations.find(book, event)
    reference = f"follow-up/{event}/{key}"
    asked = {"by": by, "event": event, "held": "yes" if held else "no"}
    if await acts.before(book, reference, asked):
        return
    if not await may_follow(book, case, by):
        raise UnknownMediation
    if case.result is None:
        raise NotFollowed
    if life.of("mediation", case.whole.steps).false:
        raise MediationOver
    today = book.today().isoformat()
    row = FollowUp(id=new_key(), event=event, held=held, seen_on=today, seen_by=by)
    await acts.post(book, reference, ("follow-up", row.id), asked, [row])


async def may_follow(book: Book, case: mediations.Case, member: str) -> bool:
    """Whether somebody may say how it stands: its mediators, and whoever heads the grid."""
    granted = await roles.grants_of(book, member, book.today())
    heads = tuple(role for role in duties.FOLLOWERS if role not in duties.MEDIATORS)
    return roles.covered(granted, heads, case.path) or await mediations.is_own(book, case, member)

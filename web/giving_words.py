"""What is said of gifts and of care funds: on their pages, and where an entry of the ledger tells why it is there."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request

from ledger.register import Whole
from points.market.giving import care_requests
from points.market.giving.records import CareRequest, CareRuling, Gift, GiftUndoing
from points.openness import masking
from points.people import areas, members
from web import access, entries, words
from web.i18n import N_, Say

KINDS = frozenset({"gift", "ungift", "care"})
REASONS = {
    "illness": N_("生病"),
    "accident": N_("突发变故"),
    "alone": N_("独居老人"),
    "hardship": N_("生活困难"),
    "other": N_("其他"),
}
STATES = {
    "open": (N_("等另一个人定"), "checking"),
    "approved": (N_("已给出"), "entered"),
    "refused": (N_("没有同意"), "returned"),
    "lapsed": (N_("已失效"), "returned"),
}
Row = tuple[str, object, str | None]


async def why(request: Request, entry: Whole) -> list[Row]:
    """The lines of a gift's entry, of one taken back, or of what a care fund gave; three statements each."""
    book = access.book(request)
    if entry.kind == "care":
        return await _why_care(request, entry)
    if entry.kind == "ungift":
        undone = await GiftUndoing.get_or_none(reference=entry.reference, using_db=book.reader)
        gift = await Gift.get_or_none(id=undone.gift, using_db=book.reader) if undone else None
    else:
        gift = await Gift.get_or_none(reference=entry.reference, using_db=book.reader)
    if gift is None:
        return []
    names = await named(request, [gift.giver, gift.receiver])
    place = (await areas.many(book, [gift.community])).get(gift.community)
    to: object = names.get(gift.receiver) or fund(place.name if place else gift.community)
    where = str(request.app.url_path_for("gift", gift=gift.id))
    return [
        (N_("谁送的"), names[gift.giver], None),
        (N_("送给谁"), to, where),
        (N_("哪天送的"), words.day(date.fromisoformat(gift.given_on), book.today()), None),
    ]


async def _why_care(request: Request, entry: Whole) -> list[Row]:
    """Which fund, why by its code, and the two who agreed: whom it was given to is in no list of anybody else's."""
    book = access.book(request)
    row = await CareRequest.get_or_none(id=entry.evidence_id, using_db=book.reader)
    ruling = await CareRuling.get_or_none(request=entry.evidence_id, using_db=book.reader)
    if row is None or ruling is None:
        return []
    staff = await entries.staff_names(book, [row.asked_by, ruling.decided_by])
    place = (await areas.many(book, [row.community])).get(row.community)
    return [
        (N_("从哪里"), fund(place.name if place else row.community), None),
        (N_("因为什么"), Say(REASONS[row.reason]), f"/care/requests/{row.id}"),
        (N_("谁提出"), staff[row.asked_by], None),
        (N_("谁同意"), staff[ruling.decided_by], None),
    ]


def fund(place: str) -> Say:
    """六和社区关爱基金."""
    return Say(N_("{place}关爱基金"), place=place)


async def named(request: Request, numbers: list[str]) -> dict[str, object]:
    """Masked names; 您 for the one asking; a number stands for an erased name, and for staff who reads the ledger."""
    book, me = access.book(request), access.who(request).member
    people = await members.many(book, [number for number in numbers if number])
    masked = masking.mask_list({number: one.name for number, one in people.items() if one.name})
    found: dict[str, object] = {number: masked.get(number, number) for number in numbers if number}
    return found | ({me: Say(N_("您"))} if me in found else {})


def reasons() -> list[tuple[str, Any]]:
    """The reasons a care fund gives for, to choose from."""
    return [(code, Say(REASONS[code])) for code in care_requests.REASONS]

"""Alliances (信用联盟) and demonstration points (示范点): shops and communities that belong together.

Whoever is registered in a community of an alliance finds its shops in their catalogue, wherever these are. What a
community's own shop hands over it hands over to everybody of the district, as it always did: points are worth the same
everywhere, and what was spent away from home is netted between the communities each month (`netting`). A merchant is
paid from money that was given for certain people, so a merchant serves those alone who live around it or in a community
of an alliance it belongs to (`merchants.require_served`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from ledger.errors import Busy, ReferenceConflict, RowConflict
from points.evidence import acts
from points.keys import new_key
from points.market.allied_errors import BadAlliance, OutsideAlliance, UnknownAlliance
from points.market.allied_records import Alliance, AllianceJoin, AllianceLeave
from points.market.catalogue_files import NAME_AT_MOST, is_name
from points.market.errors import BadName, NameTaken, UnknownShop
from points.market.models import Shop
from points.people import areas, roles

KINDS = {"alliance": "信用联盟", "demonstration": "示范点"}
SHOP, COMMUNITY = "shop", "community"
ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Membership:
    """A shop (by number) or a community (by code) in an alliance, until `left_on`, the first day without (None: on)."""

    id: str
    alliance: int
    kind: str
    who: str
    joined_on: str
    left_on: str | None

    def holds(self, on: date) -> bool:
        """Whether it belongs to it on a day."""
        return self.joined_on <= on.isoformat() and (self.left_on is None or on.isoformat() < self.left_on)


async def found(book: Book, name: str, *, kind: str, area: str, by: str, on: date) -> Alliance:
    """Found an alliance under the next number; one of that name, kind and area is returned as it is.

    Raises BadAlliance for a kind that is none, UnknownArea, NotAllowed unless `by` is admin of the area, BadName, and
    NameTaken when another has it.
    """
    if kind not in KINDS:
        raise BadAlliance(kind=kind)
    await areas.find(book, area)
    await roles.require(book, by, "admin", area, on)
    if not is_name(name):
        raise BadName(most=NAME_AT_MOST)
    for _ in range(ATTEMPTS):
        there = await Alliance.all().using_db(book.reader)
        for one in there:
            if one.name == name:
                return _same(one, kind, area)
        row = Alliance(
            number=max((one.number for one in there), default=0) + 1,
            name=name,
            kind=kind,
            area=area,
            founded_on=on.isoformat(),
            founded_by=by,
        )
        row.reference = f"alliance/{row.number}"
        facts = {"area": area, "by": by, "kind": kind, "name": name, "number": row.number}
        try:
            await acts.post(book, row.reference, ("alliance", str(row.number)), facts, [row], on=on)
        except (ReferenceConflict, RowConflict):
            continue  # somebody else took this number or this name a moment ago: look again
    raise Busy


async def find(book: Book, number: int) -> Alliance:
    """The alliance of a number. Raises UnknownAlliance."""
    row = await Alliance.get_or_none(number=number, using_db=book.reader)
    if row is None:
        raise UnknownAlliance(alliance=number)
    return row


async def all_alliances(book: Book) -> list[Alliance]:
    """Every alliance, by number."""
    return await Alliance.all().using_db(book.reader).order_by("number")


async def join(book: Book, alliance: int, *, kind: str, who: str, by: str, on: date) -> Membership:
    """Let a shop or a community belong to an alliance from a day on; one that does so already is returned as it is.

    Raises UnknownAlliance, NotAllowed unless `by` is admin of the alliance's area, UnknownShop, UnknownArea, and
    OutsideAlliance when it does not lie in that area or is no community.
    """
    whole = await find(book, alliance)
    await roles.require(book, by, "admin", whole.area, on)
    await _require_inside(book, whole, kind, who)
    for _ in range(ATTEMPTS):
        before = await _joins(book, alliance=alliance, kind=kind, who=who)
        for each in before:
            if each.left_on is None or each.left_on > on.isoformat():
                return each
        row = AllianceJoin(
            id=new_key(),
            alliance=alliance,
            kind=kind,
            who=who,
            joined_on=on.isoformat(),
            joined_by=by,
            reference=f"alliance-join/{alliance}/{kind}/{who}/{len(before) + 1}",
        )
        facts = {"alliance": alliance, "by": by, "joined_on": row.joined_on, "kind": kind, "who": who}
        try:
            await acts.post(book, row.reference, ("alliance-join", row.id), facts, [row], on=on)
        except ReferenceConflict:
            continue  # somebody else let it join a moment ago
    raise Busy


async def leave(book: Book, membership: str, *, by: str, on: date) -> None:
    """Let a shop or a community leave: from this day on it does not belong to it. Twice is once.

    Raises UnknownAlliance, and NotAllowed unless `by` is admin of the alliance's area.
    """
    row = (
        await AllianceJoin.get_or_none(id=membership, using_db=book.reader) if len(membership) < 33 else None
    )
    if row is None:
        raise UnknownAlliance(alliance=membership)
    whole = await find(book, row.alliance)
    await roles.require(book, by, "admin", whole.area, on)
    reference = f"alliance-leave/{row.id}"
    if await acts.known(book, reference):
        return
    first = max(on.isoformat(), row.joined_on)
    gone = AllianceLeave(joined=row.id, left_on=first, left_by=by, reference=reference)
    facts = {"alliance": row.alliance, "by": by, "kind": row.kind, "left_on": first, "who": row.who}
    asked = {"joined": row.id, "verb": "leave"}
    await acts.post(book, reference, ("alliance-leave", row.id), facts, [gone], on=on, request=asked)


async def members(book: Book, alliance: int) -> list[Membership]:
    """All that belong or belonged to an alliance, in the order they joined. Two statements."""
    return await _joins(book, alliance=alliance)


async def shops_for(book: Book, path: str, on: date) -> set[int]:
    """The shops that people of an area find through alliances on a day, by number. Four statements at most."""
    homes = [
        each for each in await _joins(book, kind=COMMUNITY, who__in=areas.ancestors(path)) if each.holds(on)
    ]
    if not homes:
        return set()
    together = await _joins(book, kind=SHOP, alliance__in=[each.alliance for each in homes])
    return {int(each.who) for each in together if each.holds(on)}


async def communities_for(book: Book, shop: int, on: date) -> set[str]:
    """The communities whose people find a shop through alliances on a day. Four statements at most."""
    own = [each for each in await _joins(book, kind=SHOP, who=str(shop)) if each.holds(on)]
    if not own:
        return set()
    together = await _joins(book, kind=COMMUNITY, alliance__in=[each.alliance for each in own])
    return {each.who for each in together if each.holds(on)}


def _same(one: Alliance, kind: str, area: str) -> Alliance:
    if (one.kind, one.area) != (kind, area):
        raise NameTaken(name=one.name, number=one.number)
    return one


async def _require_inside(book: Book, whole: Alliance, kind: str, who: str) -> None:
    """Nobody brings in what others answer for."""
    if kind == SHOP:
        shop = await Shop.get_or_none(number=int(who), using_db=book.reader) if who.isdigit() else None
        if shop is None:
            raise UnknownShop(shop=who)
        place, named = await areas.find(book, shop.area), shop.name
    else:
        place = await areas.find(book, who)
        named = place.name
    if not areas.covers(place.path, whole.area) or (kind == COMMUNITY and place.level != "community"):
        raise OutsideAlliance(name=named, alliance=whole.name)


async def _joins(book: Book, **among: object) -> list[Membership]:
    rows: Sequence[AllianceJoin] = await AllianceJoin.filter(**among).using_db(book.reader).order_by("id")
    left = AllianceLeave.filter(joined__in=[row.id for row in rows]).using_db(book.reader)
    days = {str(row.joined): row.left_on for row in await left} if rows else {}
    return [
        Membership(row.id, row.alliance, row.kind, row.who, row.joined_on, days.get(row.id)) for row in rows
    ]

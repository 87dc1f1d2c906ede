"""Merchants of an alliance: shops of others that hand over listed items at listed prices, under a contract.

What a merchant may hand over is what its shelf holds: goods in, with the contract as their document, say how many
haircuts there are. Who works there has the role `merchant`, which opens their own shop's till and statements alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ledger import encoding
from ledger.book import Book
from ledger.errors import Busy
from points.keys import new_key
from points.market import alliances, contracts
from points.market.allied_errors import NotMerchant
from points.market.allied_records import MerchantStaff
from points.market.errors import WrongShop
from points.market.models import Shop
from points.people import areas, roles
from points.people.models import Member, RoleGrant
from points.people.roles import Grant

ROLE = "merchant"
ATTEMPTS = 20


async def appoint(book: Book, shop: Shop, member: str, *, by: str, on: date) -> Grant:
    """Let somebody work at a merchant's till: the role `merchant`, for this shop alone. Who does keeps it.

    The role ends like any other (`roles.revoke`). Raises what `roles.grant` raises, and NotMerchant.
    """
    await require_merchant(book, shop)
    await roles.may_decide(book, member, shop.area, by=by, on=on)
    await roles.checked(book, member, ROLE, shop.area, on=on)
    for _ in range(ATTEMPTS):
        for grant in await staff(book, shop, on):
            if grant.member == member:
                return grant
        given = Grant(new_key(), member, ROLE, shop.area, on.isoformat(), None)
        ordinal = await RoleGrant.filter(member=member, role=ROLE).using_db(book.reader).count() + 1
        reference = f"grant/{given.from_on}/{member}/{ROLE}/{shop.number}/{ordinal}"
        draft = roles.grant_draft(book, given, reference, by=by, on=on)
        works = MerchantStaff(grant=given.id, shop=shop.number)
        asked = encoding.digest_of({"by": by, "member": member, "shop": shop.number, "verb": "appoint"})
        await book.journal.post(replace(draft, rows=(*draft.rows, works), request=asked))
    raise Busy


async def require_merchant(book: Book, shop: Shop) -> None:
    """Raise NotMerchant unless a shop is a merchant's."""
    if not await contracts.is_merchant(book, shop):
        raise NotMerchant(shop=shop.name)


async def staff(book: Book, shop: Shop, on: date) -> list[Grant]:
    """Who works at a merchant's till on a day. Two statements."""
    here = MerchantStaff.filter(shop=shop.number).using_db(book.reader)
    grants = {str(each) for each in await here.values_list("grant", flat=True)}
    return [grant for grant in await roles.holders(book, ROLE, on) if grant.id in grants]


async def shops_of(book: Book, grants: Sequence[str]) -> set[int]:
    """The shops for which these grants of the role were given, by number."""
    rows = MerchantStaff.filter(grant__in=list(grants)).using_db(book.reader)
    return {int(str(each)) for each in await rows.values_list("shop", flat=True)}


async def works_at(book: Book, member: str, on: date) -> set[int]:
    """The merchants' shops at whose till somebody works on a day. Two statements."""
    granted = [grant.id for grant in await roles.grants_of(book, member, on) if grant.role == ROLE]
    return await shops_of(book, granted) if granted else set()


async def require_served(book: Book, shop: Shop, member: str, *, by: str, on: date) -> None:
    """Raise unless a merchant's till may serve this member on this day: NotAllowed, NoContract, WrongShop."""
    if shop.number not in await works_at(book, by, on):
        raise await roles.why_not(book, by, ROLE, on)
    await contracts.require(book, shop, on)
    row = await Member.get_or_none(number=member, using_db=book.reader)
    if row is not None and not await serves(book, shop, row.area, on):
        raise WrongShop(shop=shop.name)


async def serves(book: Book, shop: Shop, home: str, on: date) -> bool:
    """Whether the people of an area may spend at a merchant's: it lies around them, or an alliance holds both."""
    places = await areas.many(book, [home, shop.area])
    if home not in places or shop.area not in places:
        return False
    path = places[home].path
    if areas.covers(path, shop.area) or areas.covers(places[shop.area].path, home):
        return True
    return bool(set(areas.ancestors(path)) & await alliances.communities_for(book, shop.number, on))

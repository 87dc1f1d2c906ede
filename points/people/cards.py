"""Printed points cards: 8 digits to read aloud and a token for the QR. A card finds a person and never pays."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from tortoise.exceptions import IntegrityError

from ledger.book import Book
from points.people import damm, members, scans, short_codes
from points.people.errors import BadCardNumber, CardStopped, UnknownCard, UnknownMember
from points.people.models import Card, CardLoss
from points.people.twice import merges

DIGITS = re.compile(r"(\d{4})[ -]?(\d{4})", re.ASCII)
TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)
TRIES = 20


async def issue(book: Book, member: str, *, by: str, on: date) -> Card:
    """Print a new card for a member; cards they had before stop working in the same moment. Raises UnknownMember."""
    if member not in await members.many(book, [member]):
        raise UnknownMember(member=member)
    for last_try in range(1 - TRIES, 1):
        try:
            return await _issue(book, _new(member, on), by=by)
        except IntegrityError:
            if not last_try:
                raise
    raise AssertionError("the loop returns or raises")


async def issue_missing(book: Book, wanted: Iterable[str], *, on: date) -> None:
    """Give a card to each of these who has none in use, all or none of them; whoever has one keeps it."""
    for last_try in range(1 - TRIES, 1):
        try:
            async with book.write() as db:
                without = sorted(set(wanted) - set(await _usable(db, wanted)))
                await Card.bulk_create([_new(member, on) for member in without], using_db=db)
                return
        except IntegrityError:
            if not last_try:
                raise


async def find(book: Book, text: str) -> str:
    """The member of a card, by its 8 digits (4827 1936) or token; raises BadCardNumber, UnknownCard and CardStopped.

    The card of a number that was merged into another is stopped: one person has one card.
    """
    card = await _card(book, text)
    lost = await CardLoss.filter(card=card.number).using_db(book.reader).exists()
    if lost or await merges.stands_for(book, card.member) != card.member:
        raise CardStopped
    return card.member


async def lost(book: Book, number: str, *, by: str, on: date) -> None:
    """A card was lost: it finds nobody any more; twice is as good as once. Raises BadCardNumber, UnknownCard."""
    card = await _card(book, number)
    async with book.write() as db:
        if not await CardLoss.filter(card=card.number).using_db(db).exists():
            await CardLoss.create(using_db=db, card=card.number, lost_on=on.isoformat(), reported_by=by)


async def of(book: Book, member: str) -> Card | None:
    """The card a member can use, None when they have none."""
    return (await of_many(book, [member])).get(member)


async def of_many(book: Book, wanted: Iterable[str]) -> dict[str, Card]:
    """The cards that these members can use, by member. Two statements."""
    return await _usable(book.reader, wanted)


async def named(book: Book, text: str) -> Card:
    """A card by its digits or token, whether it can be used or not. Raises BadCardNumber, UnknownCard."""
    return await _card(book, text)


def number_in(text: str) -> str | None:
    """The 8 digits of a card number that was read right, in one group or in two of four; None otherwise."""
    found = DIGITS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    digits = found[1] + found[2] if found else ""
    return digits if damm.is_whole(digits) else None


async def _usable(db: Any, wanted: Iterable[str]) -> dict[str, Card]:
    cards = await Card.filter(member__in=sorted(set(wanted))).using_db(db)
    losses = await CardLoss.filter(card__in=[card.number for card in cards]).using_db(db)
    gone = {loss.card for loss in losses}
    return {card.member: card for card in cards if card.number not in gone}


def _new(member: str, on: date) -> Card:
    number = short_codes.draw(short_codes.CARD)
    return Card(number=number, token=secrets.token_hex(16), member=member, issued_on=on.isoformat())


async def _issue(book: Book, card: Card, *, by: str) -> Card:
    async with book.write() as db:
        earlier = set(await Card.filter(member=card.member).using_db(db).values_list("number", flat=True))
        gone = set(
            await CardLoss.filter(card__in=sorted(earlier)).using_db(db).values_list("card", flat=True)
        )
        stops = [CardLoss(card=n, lost_on=card.issued_on, reported_by=by) for n in sorted(earlier - gone)]
        await CardLoss.bulk_create(stops, using_db=db)
        await card.save(using_db=db, force_create=True)
    return card


async def _card(book: Book, text: str) -> Card:
    read = scans.read(text)
    if TOKEN.fullmatch(token := read.lower()):
        card = await Card.get_or_none(token=token, using_db=book.reader)
    elif number := number_in(read):
        card = await Card.get_or_none(number=number, using_db=book.reader)
    else:
        raise BadCardNumber
    if card is None:
        raise UnknownCard
    return card

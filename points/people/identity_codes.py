"""Identity codes (出示码): 8 digits and a QR that find a person for ten minutes and once. They never pay.

A member has one at a time. The book keeps what they are made from and how to know them again, each useless without
the secret that stands outside it: nobody who reads the book, or a copy of it, can show anybody's code.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.exceptions import IntegrityError

from ledger.book import Book
from points.people import damm, members, short_codes
from points.people.card_records import IdentityCode
from points.people.code_errors import CodeOver, CodeUnknown, CodeUsed
from points.people.errors import UnknownMember

LIVES = timedelta(minutes=10)
OLDEST = timedelta(hours=1)
"""However often ten minutes are added: after an hour the digits are new."""
AGAIN = timedelta(minutes=1)
"""The same member of staff who scans it twice, or goes back once, is answered the same within this time."""
TOKEN = re.compile(r"[0-9a-z]{10}", re.ASCII | re.IGNORECASE)
TRIES = 20
_OF = b"identity code"


@dataclass(frozen=True, slots=True)
class Code:
    """What a member shows: 8 digits to read aloud, the token of the QR, and until when. `used_at`: found by it."""

    member: str
    digits: str
    token: str
    until: datetime
    used_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether it still finds its member."""
        return self.used_at is None and now < self.until


async def show(book: Book, member: str, *, pepper: bytes) -> Code:
    """The code a member has now, or a new one when theirs is used or over. Raises UnknownMember."""
    now = book.now()
    if member not in await members.many(book, [member]):
        raise UnknownMember(member=member)
    for last_try in range(1 - TRIES, 1):
        try:
            async with book.write() as db:
                return await _shown(db, member, now, pepper)
        except IntegrityError:  # another member's live code has these digits
            if not last_try:
                raise
    raise AssertionError("the loop returns or raises")


async def of(book: Book, member: str, *, pepper: bytes) -> Code | None:
    """The code a member showed last, live or not; None when they never did. One statement."""
    row = await IdentityCode.get_or_none(member=member, using_db=book.reader)
    return None if row is None else _code(row, pepper)


async def renew(book: Book, member: str, *, pepper: bytes) -> Code:
    """Ten minutes from now for the same digits; new digits where they are used, over, or an hour old."""
    now = book.now()
    async with book.write() as db:
        live = IdentityCode.filter(
            member=member, used_at=None, until__gt=now, drawn_at__gt=now - OLDEST + LIVES
        )
        if not await live.using_db(db).update(until=now + LIVES):
            await IdentityCode.filter(member=member).using_db(db).delete()
    return await show(book, member, pepper=pepper)


async def close(book: Book, member: str) -> None:
    """The code finds nobody from this moment. Without one nothing happens."""
    now = book.now()
    async with book.write() as db:
        await IdentityCode.filter(member=member, until__gt=now).using_db(db).update(until=now)


async def find(book: Book, text: str, *, by: str, pepper: bytes) -> str:
    """The member whose code this is, by 8 digits or by token; it is used with that. `by` is who looks.

    Of two who look at the same moment one is answered. Raises CodeUnknown, CodeOver and CodeUsed; whoever used it is
    answered the same once more within a minute.
    """
    now, kept = book.now(), _digest(text, pepper)
    column = "token" if TOKEN.fullmatch(text) else "digits"
    async with book.write() as db:
        row = await IdentityCode.filter(**{column: kept}).using_db(db).first()
        if row is None:
            raise CodeUnknown
        if row.used_at is not None:
            if row.used_by == by and now < row.used_at + AGAIN:
                return row.member
            raise CodeUsed(used=_clock(book, row.used_at))
        if now >= row.until:
            raise CodeOver(until=_clock(book, row.until))
        unused = IdentityCode.filter(member=row.member, nonce=row.nonce, used_at=None)
        if not await unused.using_db(db).update(used_at=now, used_by=by):
            raise CodeUsed(used=_clock(book, now))
    return row.member


def is_code(text: str) -> bool:
    """Whether a text, read by `scans.read`, can be an identity code."""
    digits = text.replace(" ", "").replace("-", "")
    whole = len(digits) == 8 and damm.is_whole(digits) and digits[0] in short_codes.IDENTITY
    return whole or bool(TOKEN.fullmatch(text) and not text.isdigit())


async def _shown(db: Any, member: str, now: datetime, pepper: bytes) -> Code:
    row = await IdentityCode.filter(member=member).using_db(db).first()
    if row is not None and _code(row, pepper).is_live(now):
        return _code(row, pepper)
    nonce = secrets.token_hex(16)
    while await short_codes.is_card(db, _digits(nonce, pepper)):
        nonce = secrets.token_hex(16)
    fresh = IdentityCode(
        member=member,
        nonce=nonce,
        digits=_digest(_digits(nonce, pepper), pepper),
        token=_digest(_token(nonce, pepper), pepper),
        drawn_at=now,
        until=now + LIVES,
    )
    await IdentityCode.filter(member=member).using_db(db).delete()
    await fresh.save(using_db=db, force_create=True)
    return _code(fresh, pepper)


def _code(row: IdentityCode, pepper: bytes) -> Code:
    return Code(row.member, _digits(row.nonce, pepper), _token(row.nonce, pepper), row.until, row.used_at)


def _digits(nonce: str, pepper: bytes) -> str:
    """8 digits out of a nonce: HMAC-SHA256 under a key of their own, its first 8 bytes as a number."""
    number = int.from_bytes(_made(nonce, pepper, b"digits of identity codes")[:8], "big")
    leading = short_codes.IDENTITY[number % len(short_codes.IDENTITY)]
    digits = leading + f"{number // len(short_codes.IDENTITY) % 10**6:06d}"
    return digits + damm.check_digit(digits)


def _token(nonce: str, pepper: bytes) -> str:
    """10 letters out of a nonce, 50 bits: too many to guess one in ten minutes. The last is never a digit."""
    made = _made(nonce, pepper, b"tokens of identity codes")
    letters = base64.b32encode(made[:10]).decode()
    return letters[:9] + letters[9].translate(_NO_DIGIT)


_NO_DIGIT = str.maketrans("234567", "ABCDEF")


def _made(nonce: str, pepper: bytes, what: bytes) -> bytes:
    return hmac.digest(hmac.digest(pepper, what, "sha256"), nonce.encode(), "sha256")


def _digest(text: str, pepper: bytes) -> str:
    plain = text.upper() if TOKEN.fullmatch(text) else text.replace(" ", "").replace("-", "")
    return short_codes.digest(plain, pepper, of=_OF)


def _clock(book: Book, at: datetime) -> str:
    return at.astimezone(book.zone).strftime("%H:%M")

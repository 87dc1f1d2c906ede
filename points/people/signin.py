"""Signing in: argon2id hashes of PINs and passwords, behind a pepper that is kept outside the database."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ledger.book import Book
from points.people import members, pins, words
from points.people.errors import UnknownMember, WeakPassword, WeakPin
from points.people.models import Credential

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, hash_len=32, salt_len=16)
"""argon2id with t = 3 and 64 MiB (RFC 9106 §4, its second recommendation, with one lane)."""

AT_ONCE = 2
T = TypeVar("T")
_limiter: RunVar[CapacityLimiter] = RunVar("argon2")


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


NOBODY = f"$argon2id$v=19$m={64 * 1024},t=3,p=1${_encoded(bytes(16))}${_encoded(bytes(32))}"
"""A hash that no secret has: checking it costs what checking a real one does."""


async def set_pin(book: Book, member: str, pin: str, *, by: str, pepper: bytes) -> None:
    """Set a resident's six-digit PIN; raises WeakPin when it is easily guessed, and UnknownMember."""
    someone = await members.find(book, member)
    read = pins.plain(pin)
    why = pins.weakness_of_pin(read, birthday=someone.birthday, phone=someone.phone)
    if why:
        raise WeakPin(why=why)
    await _keep(book, someone.number, "pin", read, by=by, pepper=pepper)


async def set_password(book: Book, member: str, password: str, *, by: str, pepper: bytes) -> None:
    """Set the password of somebody who works here; raises WeakPassword when it is easily guessed, and UnknownMember."""
    someone = await members.find(book, member)
    why = pins.weakness_of_password(password, known=(someone.number, someone.phone, someone.name))
    if why:
        raise WeakPassword(why=why)
    await _keep(book, someone.number, "password", pins.plain(password), by=by, pepper=pepper)


async def check_pin(book: Book, who: str, pin: str, *, pepper: bytes) -> str | None:
    """The number of whom this number or phone names, if the PIN is theirs; None otherwise, after the same work."""
    return await _check(book, who, "pin", pin, pepper=pepper)


async def check_password(book: Book, who: str, password: str, *, pepper: bytes) -> str | None:
    """The number of whom this number or phone names, if the password is theirs; None otherwise, after the same work."""
    return await _check(book, who, "password", password, pepper=pepper)


async def has(book: Book, member: str, kind: str) -> bool:
    """Whether a member has a `pin` or a `password`."""
    return await Credential.filter(id=f"{member}/{kind}").using_db(book.reader).exists()


async def own_password(book: Book, member: str) -> bool:
    """Whether somebody chose their password themselves; one that another set is good for choosing one's own."""
    kept = await Credential.get_or_none(id=f"{member}/password", using_db=book.reader)
    return kept is not None and kept.set_by == member


async def _keep(book: Book, member: str, kind: str, secret: str, *, by: str, pepper: bytes) -> None:
    hashed = await _in_a_thread(HASHER.hash, peppered(member, kind, secret, pepper))
    key, at = f"{member}/{kind}", book.now()
    async with book.write() as db:
        if not await Credential.filter(id=key).using_db(db).update(hash=hashed, set_at=at, set_by=by):
            await Credential.create(using_db=db, id=key, hash=hashed, set_at=at, set_by=by)


async def _check(book: Book, who: str, kind: str, secret: str, *, pepper: bytes) -> str | None:
    number = await _number(book, who)
    kept = await Credential.get_or_none(id=f"{number}/{kind}", using_db=book.reader)
    given = peppered(number, kind, pins.plain(secret[: pins.LONGEST + 1]), pepper)
    right = await _in_a_thread(_verify, kept.hash if kept else NOBODY, given)
    return number if kept and right else None


async def _number(book: Book, who: str) -> str:
    """The member number meant, or one nobody has; phones and numbers both cost two look-ups."""
    try:
        return (await members.find(book, who)).number
    except UnknownMember:
        return words.of_ordinal("V", 0)


def peppered(member: str, kind: str, secret: str, pepper: bytes) -> bytes:
    """What is hashed: HMAC-SHA256 under the pepper, bound to its owner: moved to another row, a hash opens nothing."""
    return hmac.digest(pepper, f"{member}/{kind}/{secret}".encode("utf-8", "surrogatepass"), "sha256")


def _verify(hashed: str, given: bytes) -> bool:
    try:
        return HASHER.verify(hashed, given)
    except (VerificationError, InvalidHashError):
        return False


async def _in_a_thread(work: Callable[..., T], *given: str | bytes) -> T:
    """Two at a time: each takes 64 MiB, and the event loop goes on serving."""
    limiter = _limiter.get(None)
    if limiter is None:
        limiter = CapacityLimiter(AT_ONCE)
        _limiter.set(limiter)
    return await anyio.to_thread.run_sync(work, *given, limiter=limiter)

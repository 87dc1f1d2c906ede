"""Signing in with a PIN or a password."""

from __future__ import annotations

import time

import pytest

from ledger.book import Book
from points.people import signin
from points.people.errors import UnknownMember, WeakPassword, WeakPin
from points.people.models import Credential
from tests.points.people import village

PEPPER = b"kept outside the database"
GOOD = "739164"


@pytest.mark.anyio
async def test_a_pin_opens_for_its_owner_by_number_or_phone(book: Book) -> None:
    """The right PIN answers with the member's number; anything else with nothing."""
    wang = await village.enrol(book, "王秀兰", phone="10000900001", birthday="03-12")
    await signin.set_pin(book, wang.number, GOOD, by="S-0001", pepper=PEPPER)
    assert await signin.check_pin(book, "v1", GOOD, pepper=PEPPER) == wang.number
    assert await signin.check_pin(book, "10000900001", "７３９１６４", pepper=PEPPER) == wang.number
    assert await signin.check_pin(book, wang.number, "739165", pepper=PEPPER) is None
    assert await signin.check_pin(book, "V-000099", GOOD, pepper=PEPPER) is None
    assert await signin.check_password(book, wang.number, GOOD, pepper=PEPPER) is None
    assert await signin.has(book, wang.number, "pin")
    assert not await signin.has(book, wang.number, "password")


@pytest.mark.usefixtures("secrets_cost_what_they_cost")
@pytest.mark.anyio
async def test_without_the_pepper_the_database_opens_nothing(book: Book) -> None:
    """Who has the file alone cannot even try the million PINs."""
    wang = await village.enrol(book, "王秀兰")
    await signin.set_pin(book, wang.number, GOOD, by="S-0001", pepper=PEPPER)
    assert await signin.check_pin(book, wang.number, GOOD, pepper=b"another") is None
    row = await Credential.get(id=f"{wang.number}/pin", using_db=book.reader)
    assert row.hash.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert GOOD not in row.hash


@pytest.mark.anyio
async def test_a_hash_moved_to_another_row_opens_nothing(book: Book) -> None:
    """Somebody with the file copies their own hash over another's; the pepper binds it to its owner."""
    wang, zhao = await village.enrol(book, "王秀兰"), await village.enrol(book, "赵敏")
    for someone, pin in ((wang, GOOD), (zhao, "481527")):
        await signin.set_pin(book, someone.number, pin, by="S-0001", pepper=PEPPER)
    own = await Credential.get(id=f"{zhao.number}/pin", using_db=book.reader)
    async with book.write() as db:
        await Credential.filter(id=f"{wang.number}/pin").using_db(db).update(hash=own.hash)
    assert await signin.check_pin(book, wang.number, "481527", pepper=PEPPER) is None


@pytest.mark.anyio
async def test_a_new_password_replaces_the_old_one(book: Book) -> None:
    """The old one opens nothing from then on."""
    li = await village.enrol(book, "李梅", kind="staff")
    for password in ("山高水长 2026 年", "水长山高 6202 年"):
        await signin.set_password(book, li.number, password, by="S-0001", pepper=PEPPER)
    assert await signin.check_password(book, li.number, "水长山高 6202 年", pepper=PEPPER) == li.number
    assert await signin.check_password(book, li.number, "山高水长 2026 年", pepper=PEPPER) is None


@pytest.mark.anyio
async def test_weak_secrets_are_not_kept(book: Book) -> None:
    """Birthday, phone tail, patterns and common passwords are refused with a reason; so is nobody's PIN."""
    wang = await village.enrol(book, "王秀兰", phone="10000900001", birthday="03-12")
    for pin in ("123456", "480312", "510001"):
        with pytest.raises(WeakPin):
            await signin.set_pin(book, wang.number, pin, by="S-0001", pepper=PEPPER)
    with pytest.raises(WeakPassword):
        await signin.set_password(book, wang.number, "password", by="S-0001", pepper=PEPPER)
    with pytest.raises(UnknownMember):
        await signin.set_pin(book, "V-000099", GOOD, by="S-0001", pepper=PEPPER)
    assert await Credential.all().using_db(book.reader).count() == 0


@pytest.mark.usefixtures("secrets_cost_what_they_cost")
@pytest.mark.anyio
async def test_a_stranger_costs_what_a_member_costs(book: Book) -> None:
    """Whoever asks whether a number exists learns nothing from the clock: both hash once."""
    wang = await village.enrol(book, "王秀兰")
    await signin.set_pin(book, wang.number, GOOD, by="S-0001", pepper=PEPPER)

    async def quickest(who: str) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            assert await signin.check_pin(book, who, "000111", pepper=PEPPER) is None
            times.append(time.process_time() - start)
        return min(times)

    known, unknown = await quickest(wang.number), await quickest("V-000099")
    assert unknown > 0.02
    assert 0.5 < known / unknown < 2


@pytest.mark.anyio
async def test_hostile_secrets_are_wrong_and_nothing_worse(book: Book) -> None:
    """Surrogates, a megabyte, nothing at all: refused like any wrong PIN."""
    wang = await village.enrol(book, "王秀兰")
    await signin.set_pin(book, wang.number, GOOD, by="S-0001", pepper=PEPPER)
    for secret in ("\ud800", "7" * 1_000_000, "", "\x00"):
        assert await signin.check_pin(book, wang.number, secret, pepper=PEPPER) is None

"""Identity codes: ten minutes, once, never in the clear, and nobody else's digits. On both engines."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import pytest

from ledger.book import Book
from points.district import open_district
from points.people import cards, damm, identity_codes, lookup, scans, short_codes
from points.people.card_records import IdentityCode
from points.people.code_errors import CodeOver, CodeUnknown, CodeUsed
from points.people.errors import CardStopped, UnknownMember
from tests import books
from tests.points.people import village
from tests.points.people.village import DAY

pytestmark = pytest.mark.anyio
PEPPER = b"p" * 32


class Watch:
    """A clock that the test moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant it shows."""
        return self.at

    def on(self, **step: int) -> None:
        """So much later."""
        self.at += timedelta(**step)


@pytest.fixture
def watch(book: Book, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The book's clock, in the test's hand."""
    watch = Watch(book.now())
    monkeypatch.setattr(type(book), "now", lambda _self: watch.at)
    return watch


async def find(book: Book, text: str, by: str = "S-0004") -> str:
    """Who it is, as a counter asks."""
    (one,) = await lookup.find(book, text, by=by, pepper=PEPPER)
    assert one.found_by == "code"
    return one.member


async def test_a_code_finds_its_member_once(book: Book, watch: Watch) -> None:
    """By digits in any grouping or by what the QR holds; another counter is then told that it was used, and when."""
    wang = await village.enrol(book, "王秀兰")
    code = await identity_codes.show(book, wang.number, pepper=PEPPER)
    assert damm.is_whole(code.digits)
    assert code.digits[0] in short_codes.IDENTITY
    assert code.until == watch.at + timedelta(minutes=10)
    assert await find(book, f"{code.digits[:4]} {code.digits[4:]}") == wang.number
    for text in (code.digits, scans.written(code.token), code.token.lower()):
        with pytest.raises(CodeUsed):
            await find(book, text, by="S-0007")
    fresh = await identity_codes.show(book, wang.number, pepper=PEPPER)
    assert (fresh.digits, fresh.token) != (code.digits, code.token)
    assert await find(book, scans.written(fresh.token)) == wang.number
    with pytest.raises(CodeUnknown):
        await find(book, code.digits, by="S-0007")


async def test_who_scans_twice_is_answered_the_same_for_a_minute(book: Book, watch: Watch) -> None:
    """A scanner that fires twice, or one step back, at the same counter; later it is used like any other."""
    wang = await village.enrol(book, "王秀兰")
    code = await identity_codes.show(book, wang.number, pepper=PEPPER)
    assert await find(book, code.digits) == await find(book, code.digits) == wang.number
    watch.on(seconds=60)
    with pytest.raises(CodeUsed):
        await find(book, code.digits)


async def test_after_ten_minutes_it_finds_nobody(book: Book, watch: Watch) -> None:
    """To the second; the sentence says until when it was."""
    wang = await village.enrol(book, "王秀兰")
    code = await identity_codes.show(book, wang.number, pepper=PEPPER)
    watch.on(minutes=10)
    with pytest.raises(CodeOver) as refused:
        await find(book, code.digits)
    assert code.until.astimezone(book.zone).strftime("%H:%M") in str(refused.value)
    other = await identity_codes.show(book, wang.number, pepper=PEPPER)
    assert other.digits != code.digits


async def test_ten_minutes_more_keep_the_digits_for_an_hour(book: Book, watch: Watch) -> None:
    """What is being read aloud does not change under the reader; after an hour it does."""
    wang = await village.enrol(book, "王秀兰")
    code = await identity_codes.show(book, wang.number, pepper=PEPPER)
    for _ in range(6):
        watch.on(minutes=8)
        longer = await identity_codes.renew(book, wang.number, pepper=PEPPER)
        assert (longer.digits, longer.until) == (code.digits, watch.at + timedelta(minutes=10))
    watch.on(minutes=8)
    fresh = await identity_codes.renew(book, wang.number, pepper=PEPPER)
    assert fresh.digits != code.digits
    assert fresh.until == watch.at + timedelta(minutes=10)


async def test_a_closed_code_finds_nobody(book: Book, watch: Watch) -> None:
    """Closing without a code, and closing twice, are harmless."""
    wang = await village.enrol(book, "王秀兰")
    await identity_codes.close(book, wang.number)
    code = await identity_codes.show(book, wang.number, pepper=PEPPER)
    await identity_codes.close(book, wang.number)
    await identity_codes.close(book, wang.number)
    with pytest.raises(CodeOver):
        await find(book, code.digits)
    last = await identity_codes.of(book, wang.number, pepper=PEPPER)
    assert last is not None
    assert not last.is_live(watch.at)


async def test_one_code_a_member_however_often_asked(book: Book) -> None:
    """Asked ten times at once it is one code, and one row; an unknown member has none."""
    wang = await village.enrol(book, "王秀兰")
    shown = await asyncio.gather(*(identity_codes.show(book, wang.number, pepper=PEPPER) for _ in range(10)))
    assert len(set(shown)) == 1
    assert await IdentityCode.all().using_db(book.reader).count() == 1
    with pytest.raises(UnknownMember):
        await identity_codes.show(book, "V-999999", pepper=PEPPER)
    assert await identity_codes.of(book, "V-999999", pepper=PEPPER) is None


async def test_of_two_counters_one_finds_and_the_other_is_told(book: Book) -> None:
    """Ten at once through two openings of one book, as two servers would: one is answered, nine are told."""
    wang = await village.enrol(book, "王秀兰")
    async with open_district(books.url_of(book)) as other:
        for _ in range(3):
            code = await identity_codes.show(book, wang.number, pepper=PEPPER)
            asked = [find((book, other)[n % 2], code.digits, by=f"S-{n}") for n in range(10)]
            answers: list[Any] = await asyncio.gather(*asked, return_exceptions=True)
            assert sorted(str(type(a).__name__) for a in answers) == ["CodeUsed"] * 9 + ["str"]


async def test_the_book_alone_shows_nobodys_code(book: Book) -> None:
    """Neither digits nor token stand in the row, and with another secret they find nobody."""
    wang = await village.enrol(book, "王秀兰")
    code = await identity_codes.show(book, wang.number, pepper=PEPPER)
    (row,) = await book.reader.execute_query_dict("SELECT * FROM people_identity_code")
    kept = " ".join(str(value) for value in row.values()).lower()
    assert code.digits not in kept
    assert code.token.lower() not in kept
    with pytest.raises(CodeUnknown):
        await lookup.find(book, code.digits, by="S-0004", pepper=b"q" * 32)
    assert await lookup.find(book, code.digits) == []


async def test_digits_of_a_card_or_of_another_code_are_drawn_again(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a card was ever printed with, or somebody else shows now, is nobody else's code."""
    wang, zhao = await village.enrol(book, "王秀兰"), await village.enrol(book, "赵敏")
    old = "1" + "000000"
    old += damm.check_digit(old)
    monkeypatch.setattr(short_codes, "draw", lambda _leading: old)
    card = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    await cards.lost(book, card.number, by="S-0001", on=DAY)
    drawn = iter([old, "00000017", "00000017", "00000025"])
    made: defaultdict[str, str] = defaultdict(lambda: next(drawn))
    monkeypatch.setattr(identity_codes, "_digits", lambda nonce, _pepper: made[nonce])
    first = await identity_codes.show(book, wang.number, pepper=PEPPER)
    second = await identity_codes.show(book, zhao.number, pepper=PEPPER)
    assert (first.digits, second.digits) == ("00000017", "00000025")
    with pytest.raises(CardStopped):
        await lookup.find(book, old, by="S-0004", pepper=PEPPER)


def test_digits_and_letters_are_what_they_promise() -> None:
    """A thousand nonces: eight digits that check, ten letters that are never taken for digits, hardly two alike."""
    made = [f"{n:032x}" for n in range(1000)]
    digits = {identity_codes._digits(nonce, PEPPER) for nonce in made}
    tokens = {identity_codes._token(nonce, PEPPER) for nonce in made}
    assert len(digits) > 990
    assert len(tokens) == 1000
    assert all(damm.is_whole(one) and one[0] in short_codes.IDENTITY for one in digits)
    assert all(identity_codes.is_code(one) for one in digits | tokens)
    assert not any(identity_codes.is_code(text) for text in ("5" * 8, "V-000123", "1234567890", ""))

"""Attacks on what a counter relies on: codes that find a person once, and limits that hold at every till.

    python -m tests.attack.at_the_counter NAME BOOK.db

As tests/attack/scenarios.py: the tests run them on this tree, and on copies in which something is broken.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ledger.book import Book
from points.district import open_district
from points.keys import new_key
from points.market import limits
from points.market.errors import LimitReached
from points.people import damm, household_changes, households, identity_codes
from points.people.code_errors import CodeOver, CodeUnknown, CodeUsed, GuessedTooOften
from points.people.identity_codes import Code
from tests import meanwhile
from tests.points.market import conftest
from tests.points.market.conftest import ON, Town
from tests.points.market.test_limits import limited, take
from web import access, finding

PEPPER = b"only for tests"
TILLS = 20


async def code_of(town: Town) -> Code:
    """王秀兰 shows her code."""
    return await identity_codes.show(town.book, town.wang, pepper=PEPPER)


async def found(town: Town, digits: str, *, by: str) -> object:
    """Who is found by eight digits, or what is refused."""
    try:
        return await identity_codes.find(town.book, digits, by=by, pepper=PEPPER)
    except (CodeOver, CodeUnknown, CodeUsed) as refusal:
        return type(refusal)


async def a_code_finds_once(town: Town, _patch: pytest.MonkeyPatch) -> None:
    """Twenty tills scan the same code at once, and one of them finds her."""
    code = await code_of(town)
    answers = await asyncio.gather(*(found(town, code.digits, by=f"S-{n:04d}") for n in range(TILLS)))
    assert answers.count(town.wang) == 1, f"{answers.count(town.wang)} tills found her by one code"
    assert answers.count(CodeUsed) == TILLS - 1


async def a_code_lives_ten_minutes(town: Town, patch: pytest.MonkeyPatch) -> None:
    """A second before it finds her; from the tenth minute on it does not, however often it is tried."""
    began = town.book.now()
    patch.setattr(Book, "now", lambda _book: began)
    code = await code_of(town)
    later: list[datetime] = [began + timedelta(minutes=10)]
    patch.setattr(Book, "now", lambda _book: later[0])
    assert await found(town, code.digits, by=town.counter) is CodeOver, "it found her after ten minutes"
    later[0] = began + timedelta(minutes=9, seconds=59)
    assert await found(town, code.digits, by=town.counter) == town.wang


async def a_digit_read_wrong_is_seen(town: Town, _patch: pytest.MonkeyPatch) -> None:
    """No single wrong digit and no two neighbours exchanged is taken for a code: it is not even looked for."""
    digits = (await code_of(town)).digits
    wrong = {digits[:at] + d + digits[at + 1 :] for at in range(8) for d in "0123456789"}
    wrong |= {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(7)}
    taken = [each for each in sorted(wrong - {digits}) if identity_codes.is_code(each)]
    assert not taken, f"{len(taken)} numbers that were read wrong are taken for codes"


def asking(town: Town) -> Any:
    """张强 asks at a counter: as much of a request as finding somebody takes."""
    state = SimpleNamespace(settings=SimpleNamespace(pepper=lambda: PEPPER), now=town.book.now)
    return SimpleNamespace(app=SimpleNamespace(state=state))


async def who_guesses_is_locked_out(town: Town, patch: pytest.MonkeyPatch) -> None:
    """Forty wrong numbers at once: twenty are looked at, and then not even the right one finds her."""
    patch.setattr(access, "book", lambda _request: town.book)
    patch.setattr(access, "who", lambda _request: SimpleNamespace(member=town.counter))
    code, request = await code_of(town), asking(town)
    bodies = [f"0{n:06d}" for n in range(2 * finding.MOST + 1)]
    guesses = [body + damm.check_digit(body) for body in bodies if body != code.digits[:7]]
    tried = [finding.find(request, each) for each in guesses[: 2 * finding.MOST]]
    answers = await asyncio.gather(*tried, return_exceptions=True)
    looked = sum(not isinstance(each, GuessedTooOften) for each in answers)
    assert looked == finding.MOST, f"{looked} guesses were looked at"
    try:
        await finding.find(request, code.digits)
    except GuessedTooOften:
        return
    raise AssertionError("the right number was looked at after all those guesses")


async def taken(town: Town, member: str = "", n: int = 1) -> bool:
    """Whether a till handed so many over."""
    try:
        await take(town, n, member=member)
    except LimitReached:
        return False
    return True


async def a_limit_holds_at_twenty_tills(town: Town, _patch: pytest.MonkeyPatch) -> None:
    """Two a month, twenty tills at once: two are handed over."""
    await limited(town)
    given = sum(await asyncio.gather(*(taken(town) for _ in range(TILLS))))
    assert given == 2, f"{given} were handed over where two are allowed"


async def neighbours(town: Town, most: int) -> None:
    """王秀兰 had two at home and moves to 赵敏, where so many are allowed to a household."""
    await limited(town, most=most, of="household")
    for home, member in (("H-000001", town.wang), ("H-000002", town.zhao)):
        await households.join(town.book, home, member, on=ON)
    await town.give(town.zhao, 100)
    assert await taken(town, n=2)
    await household_changes.join(town.book, town.wang, "H-000002", by=town.admin, key=new_key())


async def moving_brings_no_more(town: Town, _patch: pytest.MonkeyPatch) -> None:
    """Two a household: she had them, and where she lives now there are none."""
    await neighbours(town, 2)
    assert not await taken(town, town.zhao), "a household had more because somebody moved in"


async def what_came_along_counts_at_two_tills(town: Town, patch: pytest.MonkeyPatch) -> None:
    """Three a household, two came along: of two tills at once one hands over."""
    await neighbours(town, 3)
    meanwhile.after(patch, limits, "require", lambda: take(town, 1))
    assert not await taken(town, town.zhao), "two tills did not see each other"


ATTACKS: dict[str, Callable[[Town, pytest.MonkeyPatch], Awaitable[None]]] = {
    each.__name__: each
    for each in (
        a_code_finds_once,
        a_code_lives_ten_minutes,
        a_digit_read_wrong_is_seen,
        who_guesses_is_locked_out,
        a_limit_holds_at_twenty_tills,
        moving_brings_no_more,
        what_came_along_counts_at_two_tills,
    )
}


async def main(name: str, path: Path) -> None:
    """Lay a town in an empty book, and attack it."""
    with pytest.MonkeyPatch.context() as patch:
        async with open_district(f"sqlite://{path}") as book:
            await ATTACKS[name](await conftest.lay_town(book), patch)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))

"""Pick-up codes: shown as often as one looks, kept nowhere, of one shop, and nobody else's."""

from __future__ import annotations

import pytest

from points.market import (
    pick_up_codes,
    shops,
)
from points.market.reservation_records import PickUpCode
from points.people import damm
from tests.points.market.conftest import ON, Town
from tests.points.market.reserving import LATER, SECRET, Watch, reserve, watched

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


async def test_the_code_can_be_shown_again_and_stands_nowhere(town: Town) -> None:
    """8 digits that begin with 5 to 9 and hold a check digit; what is kept says nothing without the secret."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    code = await pick_up_codes.of(town.book, row.id, SECRET)
    assert len(code) == 8
    assert code[0] in "56789"
    assert damm.is_whole(code)
    kept = await PickUpCode.get(reservation=row.id, using_db=town.book.reader)
    assert code not in kept.id
    assert await pick_up_codes.of(town.book, row.id, b"another secret") != code
    spoken = f"{code[:4]} {code[4:]}"
    found = await pick_up_codes.recognise(town.book, town.shop, spoken, SECRET)
    assert found is not None
    assert found.id == row.id


async def test_a_code_is_of_one_shop(town: Town) -> None:
    """At another shop's till nobody is found by it, nor by any other eight digits."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    code = await pick_up_codes.of(town.book, row.id, SECRET)
    other = await shops.open_shop(
        town.book, "别的驿站", area=town.shop.area, hours="", by=town.admin, on=ON
    )  # fmt: skip
    assert await pick_up_codes.recognise(town.book, other, code, SECRET) is None
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for text in (wrong, "5000 000", "", "0" * 8):
        assert await pick_up_codes.recognise(town.book, town.shop, text, SECRET) is None


async def test_a_code_that_is_taken_is_drawn_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """By another reservation of this shop, or by a card: the next turn has other digits."""
    first = pick_up_codes.digits("a", 0, SECRET)
    real = pick_up_codes.digits
    monkeypatch.setattr(
        pick_up_codes, "digits", lambda r, turn, secret: first if turn == 0 else real(r, turn, secret)
    )
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=2)
    rows = [await reserve(town, "洗衣液") for _ in range(2)]
    codes = [await pick_up_codes.of(town.book, row.id, SECRET) for row in rows]
    assert codes[0] == first
    assert codes[1] not in (first, "")

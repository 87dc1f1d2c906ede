"""The second of two people: another person of another household, with a role in the place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ledger.book import Book
from points.people import areas, households, sides
from tests.points.people import clerks_of
from tests.points.people.village import LIUHE, LONGTIAN

pytestmark = pytest.mark.anyio


async def test_who_lives_with_one_of_them_is_their_side(book: Book) -> None:
    """Oneself, and whoever lives in the same declared household; two people without a household are two sides."""
    one, two, three = [await clerks_of.staff(book, role) for role in ("counter", "verifier", "auditor")]
    await households.join(book, "H-000001", one, on=book.today())
    await households.join(book, "H-000001", two, on=book.today())
    shared = [await sides.shares(book, one, others) for others in ([one], [two], [three], [three, two], [])]
    assert shared == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("apart_from", "names", "area", "may"),
    [
        (["S-9999"], ("verifier",), LIUHE, True),
        (["S-9999"], ("admin", "verifier"), LIUHE, True),
        (["S-9999"], ("admin",), LIUHE, False),
        (["S-9999"], ("verifier",), LONGTIAN, False),
        (["self"], ("verifier",), LIUHE, False),
        (["S-9999", "self"], ("verifier",), LIUHE, False),
    ],
)
async def test_the_second_is_another_with_a_role_there(
    book: Book, apart_from: Sequence[str], names: tuple[str, ...], area: str, may: bool
) -> None:
    """Both are asked for: another side, and one of the roles, in that area."""
    who = await clerks_of.staff(book, "verifier", area=LIUHE)
    there = await areas.path(book, area)
    hands = [who if each == "self" else each for each in apart_from]
    assert await sides.may_decide(book, who, apart_from=hands, names=names, path=there) is may

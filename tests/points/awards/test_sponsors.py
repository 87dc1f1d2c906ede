"""Whose money stands behind points."""

from __future__ import annotations

import pytest

from points.awards import funds, sponsors
from points.awards.errors import BadMoney, UnknownSponsor
from points.awards.models import FundDecision
from points.awards.sponsors import Backing
from tests.points.awards.town import KEEPER, LAID_OUT, LIUHE, Town


@pytest.mark.parametrize(("fen", "said"), [(0, "0"), (100, "1"), (123_450, "1,234.50"), (5, "0.05")])
def test_yuan_are_said_as_people_write_them(fen: int, said: str) -> None:
    """Fen only where there are some."""
    assert sponsors.yuan(fen) == said


@pytest.mark.parametrize(
    ("money", "error"),
    [
        (Backing("bank", 1), UnknownSponsor),
        (Backing("unit", -1), BadMoney),
        (Backing("unit", 2**53), BadMoney),
    ],
)
def test_what_cannot_stand_behind_points_is_refused(money: Backing, error: type[Exception]) -> None:
    """Nobody knows the sponsor, or the sum is none."""
    with pytest.raises(error):
        sponsors.check(money)


@pytest.mark.anyio
async def test_what_was_said_is_read_back(town: Town) -> None:
    """The kind, the money and the name; where nobody said, the street's, a yuan for each point."""
    money = Backing("company", 600, "坪山超市")
    said = {"under": LIUHE, "by": KEEPER, "on": LAID_OUT}
    await funds.allocate(town.book, **said, month="2018-07", points=5, backing=money)  # type: ignore[arg-type]
    await funds.allocate(town.book, **said, month="2018-08", points=7)  # type: ignore[arg-type]
    rows = await FundDecision.all().using_db(town.book.reader).order_by("month")
    found = await sponsors.of(town.book, [row.id for row in rows])
    assert [found[row.id] for row in rows] == [money, Backing("street", 700)]

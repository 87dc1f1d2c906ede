"""How content the reporter was: theirs alone to say, and it moves no points."""

from __future__ import annotations

import pytest

from points.events import dispatches, satisfaction, taking, units
from points.events.errors import BadStars, NotReporter, NotYetHandled, UnknownUnit
from points.events.satisfaction import Board, Rating
from tests.points.awards.town import STREET, Town
from tests.points.events.hands import HEAD, LIAISON, WORKER, filed, key, staffed

pytestmark = pytest.mark.anyio
ME = "V-000001"


@pytest.fixture
async def handled(town: Town) -> str:
    """What somebody reported, and a unit handled."""
    await staffed(town)
    await units.add(town.book, "zj", "住建局", area=STREET, kind="department", by=HEAD)
    one = await filed(town, reporter=await town.member(ME))
    await dispatches.send(town.book, one.event, "direct", by=HEAD, key=key(), to=["zj"])
    with pytest.raises(NotYetHandled):
        await satisfaction.rate(town.book, one.event, 5, by=ME, key=key())
    await taking.take(town.book, one.event, "handled", by=LIAISON, key=key())
    return one.event


async def test_the_latest_word_counts(town: Town, handled: str) -> None:
    """On the whole and on the unit; the board adds up the latest of each."""
    await satisfaction.rate(town.book, handled, 2, by=ME, key="k")
    await satisfaction.rate(town.book, handled, 2, by=ME, key="k")
    await satisfaction.rate(town.book, handled, 4, by=ME, key=key())
    await satisfaction.rate(town.book, handled, 1, by=ME, key=key(), unit="zj")
    await satisfaction.rate(town.book, handled, 3, by=ME, key=key(), unit="zj")
    assert await satisfaction.of(town.book, handled) == [Rating(None, 4), Rating("zj", 3)]
    board = (await satisfaction.boards(town.book, ["zj", "xf"])) == {"zj": Board(1, 3)}
    assert board
    assert Board(3, 13).mean_tenths == 43
    assert await town.rows("SELECT id FROM ledger_posting") == []


async def test_nobody_else_says_it(town: Town, handled: str) -> None:
    """Nor more than five stars, nor of a unit that had nothing to do with it."""
    for by in (HEAD, WORKER, "V-000002"):
        with pytest.raises(NotReporter):
            await satisfaction.rate(town.book, handled, 5, by=by, key=key())
    for stars in (0, 6):
        with pytest.raises(BadStars):
            await satisfaction.rate(town.book, handled, stars, by=ME, key=key())
    with pytest.raises(UnknownUnit):
        await satisfaction.rate(town.book, handled, 5, by=ME, key=key(), unit="xf")
    assert await satisfaction.of(town.book, handled) == []

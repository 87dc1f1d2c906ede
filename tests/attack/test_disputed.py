"""An objection and the sweep in the same moment, from two processes' openings: never both vested and frozen."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from points.awards import vesting
from points.district import open_district
from points.openness import disputes
from points.openness.errors import TooLateToObject
from tests import books, meanwhile, postgres
from tests.figures import figure
from tests.points.awards.town import fresh as fresh_town
from tests.points.openness.objecting import CLOSES, LAST, Listed

pytestmark = [pytest.mark.attack, pytest.mark.anyio]
both = pytest.mark.parametrize("engine", postgres.ENGINES, indirect=True)
ROUNDS = figure(short=1, full=40)
_BOTH = """
SELECT f.award FROM openness_freeze AS f JOIN awards_vesting AS v ON v.award = f.award
WHERE NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)"""


@pytest.fixture
async def listed(engine: str, tmp_path: Path) -> AsyncIterator[Listed]:
    """A town with a list, on each engine."""
    async with fresh_town(tmp_path) as town:
        yield await Listed.begin(town)


async def torn(listed: Listed) -> bool:
    """Whether an award is both vested and frozen, or what is frozen is not what was frozen."""
    both_ = await listed.town.rows(_BOTH)
    (sum_,) = await listed.town.rows(
        "SELECT coalesce(sum(f.points), 0) AS n FROM openness_freeze AS f"
        " WHERE NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)"
    )
    members = [f"V-{n:06}" for n in range(1, 6)]
    return bool(both_) or sum_["n"] != sum([(await listed.stands(each))[1] for each in members])


@both
async def test_objections_and_sweeps_at_once(engine: str, listed: Listed) -> None:
    """Every line is objected to while another opening sweeps: each is frozen or vested, and whoever lost is told."""
    async with open_district(books.url_of(listed.town.book)) as other:
        for _ in range(ROUNDS):
            lines = [code for codes in listed.codes.values() for code in codes]
            done = await asyncio.gather(
                *[listed.object(code, by=None, on=LAST) for code in lines],
                vesting.sweep(other, CLOSES),
                vesting.sweep(other, CLOSES),
                return_exceptions=True,
            )
            assert [
                one for one in done if isinstance(one, Exception) and not isinstance(one, TooLateToObject)
            ] == []
            assert not await torn(listed)


@both
async def test_an_objection_that_comes_while_the_sweep_plans(
    engine: str, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The award that the sweep has just read as due is frozen, and waits; the others vest."""
    meanwhile.after(monkeypatch, vesting, "_due", lambda: listed.object(on=LAST))
    swept = await vesting.sweep(listed.town.book, CLOSES)
    assert (swept.vested, swept.waiting) == (5, 1)
    assert await listed.stands() == (0, 2)
    assert not await torn(listed)


@both
async def test_a_sweep_that_comes_while_somebody_objects(
    engine: str, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The award has vested when the objection is written: it is refused, and says what can be done."""
    sweep = lambda: vesting.sweep(listed.town.book, CLOSES)  # noqa: E731
    meanwhile.after(monkeypatch, disputes, "purse", sweep)
    with pytest.raises(TooLateToObject):
        await listed.object(on=LAST)
    assert not await torn(listed)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_without_the_trigger_it_would_be_both(
    engine: str, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault is a book that only believes what the sweep has read: the attack sees it."""
    with closing(sqlite3.connect(listed.town.book.path)) as connection:
        connection.execute("DROP TRIGGER awards_vesting_stands")
    meanwhile.after(monkeypatch, vesting, "_due", lambda: listed.object(on=LAST))
    await vesting.sweep(listed.town.book, CLOSES)
    assert await torn(listed)

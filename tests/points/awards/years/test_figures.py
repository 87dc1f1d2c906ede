"""The figures of a year add up, exactly, and are what anybody finds who adds the postings up alone."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from points import chart
from points.awards import corrections, vesting
from points.awards.years import figures
from points.awards.years.figures import Figures, Fund
from points.market.models import Shop
from points.openness import notices
from tests.points.awards.test_vesting import V1, V2, move
from tests.points.awards.town import DISTRICT, LIUHE, ON, PUBLISHER, SHAHU, Town

pytestmark = pytest.mark.anyio
FAR = "V-000009"


async def lived(town: Town) -> None:
    """Two years: awards, one corrected late; points vested, spent, given back, expired and owed; soap in the shop."""
    await town.insert(Shop(number=1, name="超市", area=LIUHE, hours="", opened_on="2018-01-01"))
    await town.fund(1000)
    for day, minutes in ((0, 240), (1, 120)):
        doing = [(member, "participant", minutes) for member in (V1, V2)]
        await town.event(*doing, kind="activity", after=timedelta(days=day))
    await town.verify()
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON, days=3)
    await vesting.sweep(town.book, ON + timedelta(days=3))
    until = date(2019, 12, 31)
    await move(town, chart.until(V1, until), "shop/1/taken", 9, "test/spend/1")
    await move(town, "shop/1/taken", chart.until(V1, until), 2, "test/back/1")
    await town.event((V1, "participant", 60), kind="activity", after=timedelta(days=2))
    await town.verify()
    rows = await town.rows("SELECT reference, member FROM awards_verification ORDER BY reference")
    await corrections.correct(town.book, rows[0]["reference"], "wrong_sum", by=PUBLISHER, on=ON)
    await corrections.correct(town.book, rows[3]["reference"], "wrong_sum", by=PUBLISHER, on=date(2019, 2, 1))
    await vesting.sweep(town.book, date(2020, 1, 1))


async def alone(town: Town, community: str, year: int) -> Counter[str]:
    """The same sums by hand: every posting of the book, one after the other, with no statement of the verb's."""
    people = {
        row["number"]
        for row in await town.rows("SELECT number, area FROM people_member")
        if row["area"] == community
    }
    sql = """SELECT s.address AS source, t.address AS target, p.amount, p.unit, x.kind, x.effective_on
    FROM ledger_posting AS p JOIN ledger_transaction AS x ON x.position = p.id / 256
    JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target"""
    found: Counter[str] = Counter()
    for row in await town.rows(sql):
        if row["unit"] == "points" and row["effective_on"] <= f"{year}-12-31":
            for way, sign in (("target", 1), ("source", -1)):
                _count(found, row, row[way], sign, community, people, year)
    return found


def _count(
    found: Counter[str], row: Any, address: str, sign: int, community: str, people: set[str], year: int
) -> None:
    owner, _, rest = address.partition("/")
    now = row["effective_on"] >= f"{year}-01-01"
    if owner == "fund" and rest.startswith(f"{community}/"):
        found["fund left"] += sign * row["amount"]
        found[f"fund {row['kind']}"] += sign * row["amount"] * now
    if owner == "member" and rest.split("/")[0] in people:
        found["left"] += sign * row["amount"]
        found[row["kind"]] += sign * row["amount"] * now
        found[rest.split("/")[1]] += sign * row["amount"]


def adds_up(told: Figures) -> None:
    """Both equations of the statement."""
    fund, own = told.fund, told.members
    assert fund.opening + fund.issued - fund.awarded + fund.corrected + fund.moved == fund.left
    ins = own.opening + own.awarded + own.returned + own.moved
    assert ins - own.corrected - own.spent - own.expired == own.left
    assert own.noticed + own.disputed + own.usable + own.held - own.owed == own.left


async def test_the_figures_are_those_of_the_postings(town: Town) -> None:
    """For both years and for a community where nothing happened; each year begins where the one before ended."""
    await lived(town)
    for community in (LIUHE, SHAHU):
        before = None
        for year in (2018, 2019, 2020):
            told = await figures.read(town.book, community, year)
            hand = await alone(town, community, year)
            adds_up(told)
            assert (told.fund.left, told.members.left) == (hand["fund left"], hand["left"])
            assert told.fund.issued == hand["fund allocate"]
            assert told.fund.awarded == -hand["fund award"]
            assert told.fund.corrected == hand["fund correct"]
            assert told.members.usable == hand["until"]
            assert told.members.owed == -hand["owed"]
            assert told.members.expired == -hand["expire"]
            if before:
                assert told.fund.opening == before.fund.left
                assert told.members.opening == before.members.left
            before = told
    assert told.fund == Fund()


async def test_a_year_of_some_days_in_words(town: Town) -> None:
    """1000 issued, 26 awarded, 8 corrected in its own year and 4 in the next; 9 spent and 2 given back."""
    await lived(town)
    first, second = [await figures.read(town.book, LIUHE, year) for year in (2018, 2019)]
    assert (first.fund.issued, first.fund.awarded, first.fund.corrected, first.fund.left) == (
        1000,
        26,
        8,
        982,
    )
    own = first.members
    assert (own.awarded, own.vested, own.spent, own.returned, own.corrected) == (26, 24, 9, 2, 8)
    assert (own.noticed, own.honour, own.honour_corrected, own.minutes) == (2, 26, 8, 780)
    assert first.taken == 7
    assert (second.fund.corrected, second.members.corrected, second.members.honour_corrected) == (4, 4, 4)
    assert first.facts() == figures.from_facts(first.facts()).facts()

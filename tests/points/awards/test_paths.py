"""Every row of the chart of accounts and every path of a correction, as tables: a step, and what stands after it."""

from __future__ import annotations

import re

import pytest

from points.chart import CHART
from tests.points.awards import steps
from tests.points.awards.steps import PLACES, Life, place
from tests.points.awards.town import Town

pytestmark = pytest.mark.anyio

Table = list[tuple[str, str]]

BEGUN: Table = [("fund 100", "100 fund · -100 issued"), ("serve 240", "8 noticed · 92 fund")]
VESTED: Table = [*BEGUN, ("publish", "8 noticed"), ("sweep 2018-12-08", "0 noticed · 8 until-2019 · 0 owed")]
STOCKED: Table = [*VESTED, ("deliver 9", "9 shelf")]

ROWS: dict[str, Table] = {
    "allocate": [
        ("fund 100", "100 fund · -100 issued"),
        ("fund 5", "105 fund · -105 issued"),
    ],
    "an award": [
        ("fund 9", "9 fund"),
        ("serve 240", "1 fund · 8 noticed · 8 honour · -8 honour-given · 240 hours · -240 hours-given"),
        ("serve 60 1", "FundEmpty"),
        ("fund 2", "1 fund · 10 noticed"),
    ],
    "a team's and a studio's": [
        ("fund 10", "10 fund"),
        ("for-the-team 4", "6 fund · 4 team"),
        ("for-the-studio 5", "1 fund · 5 studio"),
        ("for-the-team 2", "BelowFloor"),
    ],
    "an award's caps": [
        ("fund 100", "100 fund · 0 cap"),
        ("serve 180", "6 noticed · -180 cap · 180 caps"),
        ("serve 180", "8 noticed · -240 cap · 240 caps · 240 hours"),
        ("serve 60", "8 noticed · -240 cap · 92 fund"),
        ("serve 60 1", "10 noticed · -240 cap · 300 caps"),
    ],
    "notice and vesting": [
        *BEGUN,
        ("sweep 2018-12-07", "8 noticed · 0 until-2019"),
        ("publish", "8 noticed"),
        ("sweep 2018-12-13", "8 noticed · 0 until-2019"),
        ("sweep 2018-12-14", "0 noticed · 8 until-2019"),
        ("sweep 2018-12-14", "0 noticed · 8 until-2019"),
    ],
    "a dispute and its ruling": [
        *BEGUN,
        ("publish", "8 noticed"),
        ("dispute 9", "BelowFloor"),
        ("dispute 8", "0 noticed · 8 disputed"),
        ("sweep 2018-12-08", "8 disputed · 0 until-2019"),
        ("ruling 8", "8 noticed · 0 disputed"),
        ("sweep 2018-12-08", "0 noticed · 8 until-2019"),
    ],
    "an objection and its answer": [
        *BEGUN,
        ("object", "UnknownLine"),
        ("publish", "8 noticed"),
        ("object", "0 noticed · 8 disputed · 8 honour"),
        ("object", "0 noticed · 8 disputed"),
        ("sweep 2018-12-08", "8 disputed · 0 until-2019"),
        ("object", "TooLateToObject"),
        ("dismiss", "0 noticed · 8 disputed"),
        ("dismiss", "0 disputed · 0 noticed · 8 until-2019"),
    ],
    "an objection upheld": [
        *BEGUN,
        ("serve 60 1", "10 noticed · 90 fund"),
        ("publish", "10 noticed"),
        ("object", "2 noticed · 8 disputed"),
        ("uphold", "2 noticed · 0 disputed · 98 fund · 2 honour · 60 hours · 0 owed"),
        ("sweep 2018-12-08", "0 noticed · 2 until-2019"),
    ],
    "a reservation": [
        *STOCKED,
        ("hold 6", "2 until-2019 · 6 held-2019"),
        ("hold 3", "BelowFloor"),
        ("set-aside 2", "7 shelf · 2 set-aside"),
        ("redeem 1", "NotEnough"),
        ("release 3", "5 until-2019 · 3 held-2019"),
        ("put-back 1", "8 shelf · 1 set-aside"),
        ("fetch 3", "0 held-2019 · 3 taken"),
    ],
    "a redemption": [
        *STOCKED,
        ("redeem 2", "2 until-2019 · 6 taken · 7 shelf · 2 handed-out · -9 goods"),
        ("redeem 1", "NotEnough"),
        ("lose 7", "0 shelf · 7 lost"),
        ("lose 1", "BelowFloor"),
    ],
    "goods on their way": [
        *STOCKED,
        ("send 4", "5 shelf · 4 coming"),
        ("arrive 3", "8 shelf · 1 coming"),
        ("arrive 2", "BelowFloor"),
    ],
    "a merchant's month": [
        *STOCKED,
        ("redeem 2", "6 taken · 0 settled"),
        ("settle 6", "0 taken · 6 settled"),
        ("settle 1", "BelowFloor"),
    ],
    "given to the care fund": [
        *STOCKED,
        ("to-care 5", "3 until-2019 · 5 care-2019"),
        ("from-care 2", "5 until-2019 · 3 care-2019"),
        ("from-care 4", "BelowFloor"),
        ("sweep 2020-01-01", "0 until-2019 · 0 care-2019 · 8 expired"),
    ],
    "the shelf is empty": [
        *VESTED,
        ("deliver 1", "1 shelf"),
        ("redeem 2", "OutOfStock"),
        ("redeem 1", "0 shelf"),
        ("redeem 1", "SoldOut"),
    ],
    "the earliest day is spent first": [
        *STOCKED,
        ("serve 240 1", "8 noticed"),
        ("publish", "8 noticed"),
        ("sweep 2019-01-01", "8 until-2019 · 8 until-2020"),
        ("redeem 3", "0 until-2019 · 7 until-2020 · 9 taken"),
    ],
    "expiry": [
        *STOCKED,
        ("hold 3", "5 until-2019 · 3 held-2019"),
        ("sweep 2019-12-31", "5 until-2019 · 3 held-2019 · 0 expired"),
        ("sweep 2020-01-01", "0 until-2019 · 0 held-2019 · 8 expired · 8 honour · 240 hours"),
        ("sweep 2020-06-01", "8 expired"),
        ("redeem 1", "NotEnough"),
    ],
    "a late sweep changes nothing": [*STOCKED, ("sweep 2020-01-01", "0 until-2019 · 8 expired")],
}  # fmt: skip

PATHS: dict[str, Table] = {
    "noticed": [
        *BEGUN,
        ("publish", "8 noticed"),
        ("correct 1", "0 noticed · 100 fund · 0 honour · 0 hours · 0 cap · 0 owed"),
        ("sweep 2018-12-08", "0 until-2019 · 0 noticed"),
        ("serve 240", "8 noticed · 92 fund · -240 cap"),
    ],
    "noticed, and never published": [*BEGUN, ("correct 1", "0 noticed · 100 fund"), ("publish", "0 noticed")],
    "disputed": [*BEGUN, ("dispute 8", "8 disputed"), ("correct 1", "0 disputed · 0 noticed · 100 fund · 0 owed")],
    "objected to, and corrected for another reason": [
        *BEGUN,
        ("publish", "8 noticed"),
        ("object", "0 noticed · 8 disputed"),
        ("correct 1", "0 disputed · 0 noticed · 100 fund · 0 owed"),
        ("dismiss", "LineCorrected"),
        ("sweep 2018-12-08", "0 until-2019"),
    ],
    "disputed in part": [
        *BEGUN,
        ("dispute 3", "5 noticed · 3 disputed"),
        ("correct 1", "0 disputed · 0 noticed · 100 fund · 0 owed"),
    ],
    "vested": [*VESTED, ("correct 1", "0 until-2019 · 100 fund · 0 honour · 0 hours · 0 cap · 0 owed")],
    "vested, not from what is noticed": [
        *VESTED,
        ("serve 240 1", "8 noticed"),
        ("correct 1", "0 until-2019 · 8 noticed · 0 owed"),
    ],
    "spent in part": [
        *STOCKED,
        ("redeem 1", "5 until-2019"),
        ("correct 1", "0 until-2019 · -3 owed · 100 fund · 0 honour"),
    ],
    "spent wholly": [
        *STOCKED,
        ("serve 240 1", "8 noticed"),
        ("publish", "8 noticed"),
        ("sweep 2018-12-16", "16 until-2019"),
        ("redeem 5", "1 until-2019"),
        ("correct 1", "0 until-2019 · -7 owed"),
        ("correct 2", "0 until-2019 · -15 owed · 100 fund"),
    ],
    "owed, and settled by what comes later": [
        *STOCKED,
        ("redeem 2", "2 until-2019"),
        ("correct 1", "0 until-2019 · -6 owed"),
        ("serve 120 1", "4 noticed"),
        ("publish", "4 noticed"),
        ("sweep 2018-12-16", "0 noticed · 0 until-2019 · -2 owed"),
        ("serve 240 2", "8 noticed"),
        ("publish", "8 noticed"),
        ("sweep 2018-12-30", "0 noticed · 6 until-2019 · 0 owed"),
    ],
    "already owed: what settled is owed again": [
        *STOCKED,
        ("redeem 2", "2 until-2019"),
        ("correct 1", "-6 owed"),
        ("serve 240 1", "8 noticed"),
        ("publish", "8 noticed"),
        ("sweep 2018-12-16", "2 until-2019 · 0 owed"),
        ("correct 2", "0 until-2019 · -6 owed · 100 fund"),
    ],
    "a debt is settled though another award is frozen": [
        *STOCKED,
        ("redeem 2", "2 until-2019"),
        ("correct 1", "-6 owed"),
        ("serve 240 1", "8 noticed"),
        ("serve 120 2", "12 noticed"),
        ("publish", "12 noticed"),
        ("dispute 8", "4 noticed · 8 disputed"),
        ("sweep 2018-12-16", "0 noticed · 8 disputed · -2 owed · 0 until-2019"),
    ],
    "expired": [*VESTED, ("sweep 2020-01-01", "8 expired"), ("correct 1", "0 expired · 100 fund · 0 owed · 0 honour")],
    "expired, after some was spent": [
        *STOCKED,
        ("redeem 1", "5 until-2019"),
        ("sweep 2020-01-01", "0 until-2019 · 5 expired"),
        ("correct 1", "0 expired · -3 owed · 100 fund"),
    ],
    "past its day, and not swept": [*VESTED, ("correct 1 2020-01-01", "0 until-2019 · 0 owed · 100 fund")],
    "others that live, the latest first": [
        *STOCKED,
        ("redeem 2", "2 until-2019"),
        ("serve 240 1", "8 noticed"),
        ("publish", "8 noticed"),
        ("sweep 2019-01-01", "2 until-2019 · 8 until-2020"),
        ("correct 1", "0 until-2019 · 2 until-2020 · 0 owed · 92 fund"),
    ],
    "honour and hours without points": [
        ("fund 100", "100 fund"),
        ("serve 20", "0 noticed · 20 hours · -20 cap · 100 fund"),
        ("correct 1", "0 hours · 0 cap · 0 owed · 100 fund"),
    ],
    "an award is corrected once": [
        *VESTED,
        ("correct 1", "0 until-2019 · 100 fund"),
        ("correct 1", ""),
    ],
    "a return": [
        *STOCKED,
        ("redeem 2", "2 until-2019 · 7 shelf"),
        ("back", "8 until-2019 · 9 shelf · 0 taken · 0 handed-out"),
        ("back", "AlreadyReversed"),
    ],
    "a partial return": [
        *STOCKED,
        ("redeem 2", "2 until-2019 · 7 shelf"),
        ("back 1", "5 until-2019 · 8 shelf · 3 taken · 1 handed-out"),
        ("back 1", "AlreadyReversed"),
    ],
    "a return after the day": [
        *STOCKED,
        ("redeem 2", "2 until-2019"),
        ("sweep 2020-01-01", "0 until-2019 · 2 expired"),
        ("back", "6 until-2019 · 9 shelf"),
        ("redeem 1", "NotEnough"),
        ("sweep 2020-01-02", "0 until-2019 · 8 expired"),
    ],
}  # fmt: skip

OF_EACH: dict[str, Table] = {
    f"what a {who.partition('/')[0]} has": [
        ("fund 40", "40 fund"),
        *(
            (f"give {who}/{what} 4", f"{-4 if unit == 'cap' else 4} {who}/{what}")
            for what, unit in has.items()
        ),
        (f"give {who}/cap/one:9/2018-07 6", "BelowFloor"),
        ("fund 1", f"{41 - 4 * list(has.values()).count('points')} fund"),
    ]
    for who, has in steps.OF_EACH.items()
}

TABLES = ROWS | PATHS | OF_EACH


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
async def test_what_stands_after_each_step(table: Table, town: Town) -> None:
    """Each step leaves what is written beside it, or is refused by that name."""
    life = await Life.begin(town)
    for number, (words, wanted) in enumerate(table, 1):
        before = await town.head()
        refused = await life.step(words)
        found = refused or (await life.stands(wanted) if " " in wanted else "")
        assert f"{number}. {words}: {found}" == f"{number}. {words}: {wanted}"
        if refused:
            assert await town.head() == before


def test_every_row_of_the_chart_is_in_a_table() -> None:
    """An account that no table speaks of would be tested nowhere."""
    wanted = [stands for table in TABLES.values() for _, stands in table if " " in stands]
    said = {part.split()[1] for stands in wanted for part in stands.split(" · ")}
    assert said >= PLACES.keys()
    places = [place(word) for word in said]
    without = [
        rule.pattern
        for rule in CHART.rules
        if not any(re.fullmatch(rule.compiled(), address) and rule.holds(unit) for address, unit in places)
    ]
    assert without == []

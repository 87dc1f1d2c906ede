"""Warnings of expiry: 60 and 14 days ahead, once each, however many sweep; a list for those without a phone."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from points import chart
from points.awards import expiry_warnings, vesting
from points.awards.expiry_warnings import Warned
from points.district import open_district
from points.openness import notices
from points.people.models import Person
from tests import books
from tests.points.awards.test_vesting import CLOSES, DAY, V1, V2, move, noticed
from tests.points.awards.town import DISTRICT, LIUHE, PUBLISHER, SHAHU, Town

pytestmark = pytest.mark.anyio
FAR, NEAR = DAY - timedelta(days=60), DAY - timedelta(days=14)


@pytest.fixture
async def usable(town: Town) -> Town:
    """Two members have eight points each until the last day of 2019; one of them has a phone."""
    await noticed(town, V1, V2)
    await vesting.sweep(town.book, CLOSES)
    await town.insert(
        Person(member=V1, name="王秀兰", phone="10000900001"), Person(member=V2, name="欧阳丽华", phone=None)
    )
    return town


async def test_it_is_said_60_and_14_days_ahead_and_once(usable: Town) -> None:
    """Not a day earlier, not twice; each with what stood there then, citing its act."""
    book = usable.book
    assert await expiry_warnings.warn(book, FAR - timedelta(days=1)) == Warned()
    assert await expiry_warnings.warn(book, FAR) == Warned(2, 16)
    assert await expiry_warnings.warn(book, FAR + timedelta(days=20)) == Warned()
    await move(usable, chart.until(V1, DAY), "shop/1/taken", 3)
    assert await expiry_warnings.warn(book, NEAR) == Warned(2, 13)
    head = await usable.head()
    assert await expiry_warnings.warn(book, DAY) == Warned()
    assert await usable.head() == head
    rows = await usable.rows("SELECT * FROM awards_expiry_warning ORDER BY id")
    assert [(row["id"], row["points"]) for row in rows] == [
        (f"{DAY}/14/{V1}", 5), (f"{DAY}/14/{V2}", 8), (f"{DAY}/60/{V1}", 8), (f"{DAY}/60/{V2}", 8),
    ]  # fmt: skip
    cited = await usable.rows("SELECT kind FROM ledger_transaction WHERE reference = ?", rows[0]["reference"])
    assert cited == [{"kind": "act"}]


async def test_a_sweep_that_comes_late_says_it_once(usable: Town) -> None:
    """Ten days ahead, and never before: one warning, of 14 days. What is spent, or past its day, is not told."""
    await move(usable, chart.until(V2, DAY), "shop/1/taken", 8)
    assert await expiry_warnings.warn(usable.book, DAY + timedelta(days=1)) == Warned()
    assert await expiry_warnings.warn(usable.book, DAY - timedelta(days=10)) == Warned(1, 8)
    assert await expiry_warnings.warn(usable.book, DAY - timedelta(days=9)) == Warned()


async def test_two_sweeps_at_once_say_it_once(usable: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two openings, in parts of one, on two days: each member has one row."""
    monkeypatch.setattr(expiry_warnings, "AT_ONCE", 1)
    async with open_district(books.url_of(usable.book)) as other:
        both = await asyncio.gather(
            expiry_warnings.warn(usable.book, FAR), expiry_warnings.warn(other, FAR + timedelta(days=1))
        )
    assert sum(each.members for each in both) == 2
    assert len(await usable.rows("SELECT * FROM awards_expiry_warning")) == 2


async def test_whom_to_tell_on_paper(usable: Town) -> None:
    """By day and number, of one's own areas, with what is there now; those who spent it are not on the list."""
    book = usable.book
    await expiry_warnings.warn(book, FAR)
    told = (await expiry_warnings.listed(book, [LIUHE], FAR)).told
    assert [(each.member, each.name, each.has_phone, each.points) for each in told] == [
        (V1, "王秀兰", True, 8),
        (V2, "欧阳丽华", False, 8),
    ]
    (only,) = (await expiry_warnings.listed(book, [None], FAR, without_phone=True)).told
    assert (only.member, only.until_on, only.warned_on) == (V2, DAY, FAR)
    first = await expiry_warnings.listed(book, [LIUHE], FAR, limit=1)
    assert first == expiry_warnings.Page((told[0],), (DAY.isoformat(), V1))
    assert (await expiry_warnings.listed(book, [LIUHE], FAR, after=(DAY.isoformat(), V1))).told == (told[1],)
    assert (await expiry_warnings.listed(book, [SHAHU], FAR)).told == ()
    await move(usable, chart.until(V2, DAY), "shop/1/taken", 8)
    assert [each.member for each in (await expiry_warnings.listed(book, [LIUHE], FAR)).told] == [V1]
    assert (await expiry_warnings.listed(book, [LIUHE], DAY + timedelta(days=1))).told == ()


async def test_a_member_sees_what_leaves_soon(usable: Town) -> None:
    """Within 60 days, by its day; not what has a year yet."""
    assert await expiry_warnings.soon(usable.book, V1, FAR - timedelta(days=1)) == []
    assert await expiry_warnings.soon(usable.book, V1, FAR) == [(DAY, 8)]
    await usable.event((V1, "participant", 240), kind="activity", after=timedelta(days=400))
    await usable.fund(100, month="2019-08", key="k2")
    await usable.verify(on=date(2019, 9, 1))
    await notices.publish(usable.book, DISTRICT, by=PUBLISHER, on=date(2019, 9, 1))
    await vesting.sweep(usable.book, date(2019, 9, 9))
    assert await expiry_warnings.soon(usable.book, V1, FAR) == [(DAY, 8)]

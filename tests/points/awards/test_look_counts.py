"""The counts of second looks add up, by verifier, month and area."""

from __future__ import annotations

import pytest

from points.awards import drawing, look_counts
from tests.points.awards.town import LIUHE, ON, SHAHU, VERIFIER, Town

pytestmark = pytest.mark.anyio


async def test_of_a_month_and_an_area_each_is_counted_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two were drawn in December in one community: waiting, and late once fourteen days are over."""
    monkeypatch.setattr(drawing, "ONE_IN", 1)
    await town.fund(100)
    for member in ("V-000001", "V-000002"):
        await town.event((member, "reporter"))
    await town.verify()
    (count,) = await look_counts.of_month(town.book, [LIUHE], "2018-12", on=ON)
    assert (count.verifier, count.drawn, count.waiting, count.late) == (VERIFIER, 2, 2, 0)
    (later,) = await look_counts.of_month(town.book, [None], "2018-12", on=ON.replace(day=31))
    assert (later.drawn, later.late, later.agreed, later.disagreed, later.corrected) == (2, 2, 0, 0, 0)
    assert await look_counts.of_month(town.book, [SHAHU], "2018-12", on=ON) == []
    assert await look_counts.of_month(town.book, [LIUHE], "2018-11", on=ON) == []

"""Instants as files write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from points.events.imports.shapes import instant

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "text",
    [
        "2018-07-04 17:24:00",
        "2018-07-04 17:24",
        "2018/7/4 17:24",
        "2018-07-04T17:24:00",
        "2018-07-04T09:24:00Z",
        "2018-07-04T01:24:00-08:00",
    ],
)
def test_an_instant_is_of_the_zone_unless_it_says_its_own(text: str) -> None:
    """17:24 in Shanghai is 09:24 in UTC."""
    assert instant(text, ZONE) == datetime(2018, 7, 4, 9, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "昨天", "20180704", "2018-13-01", "1e5", "12345", "0001-01-01T00:00:00+23:00"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    """Numbers that look like one, months that are none, moments before time."""
    assert instant(text, ZONE) is None

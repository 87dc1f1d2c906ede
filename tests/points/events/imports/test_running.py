"""A campaign that a file names: by name or key, for its place and day, or an error of the row."""

from __future__ import annotations

from datetime import date

from points.events.campaign_records import Campaign
from points.events.imports.errors import NoSuchCampaign
from points.events.imports.running import Running

LIUHE, ELSEWHERE = "440310001002", "440310002001"
JULY = Campaign(
    id="c" * 32,
    name="清楼道",
    area="440310001000",
    starts_on="2018-07-01",
    ends_on="2018-07-31",
    made_by="S-0001",
)
RUNNING = Running(
    {JULY.id: [JULY], "清楼道": [JULY]},
    {
        LIUHE: f"/440310000000/440310001000/{LIUHE}/",
        ELSEWHERE: f"/440310000000/440310002000/{ELSEWHERE}/",
    },
)


def test_what_runs_there_on_that_day_is_found() -> None:
    """Both ends of it; nothing named is none."""
    for named in ("清楼道", JULY.id, " 清楼道 "):
        assert RUNNING.of(named, LIUHE, date(2018, 7, 1)) == JULY.id
    assert RUNNING.of("清楼道", LIUHE, date(2018, 7, 31)) == JULY.id
    assert RUNNING.of(None, LIUHE, date(2018, 7, 1)) is None
    assert RUNNING.of(" ", None, date(2018, 7, 1)) is None


def test_what_does_not_is_an_error_of_its_row() -> None:
    """Another name, another street, no place, the day before and the day after."""
    for named, area, day in (
        ("清河道", LIUHE, date(2018, 7, 1)),
        ("清楼道", ELSEWHERE, date(2018, 7, 1)),
        ("清楼道", None, date(2018, 7, 1)),
        ("清楼道", LIUHE, date(2018, 6, 30)),
        ("清楼道", LIUHE, date(2018, 8, 1)),
    ):
        assert isinstance(RUNNING.of(named, area, day), NoSuchCampaign)

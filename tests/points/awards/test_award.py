"""An award's draft: its reference, request and postings, before anything is written."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ledger.transactions import Posting
from points.awards import award
from points.awards.cases import Decision
from points.awards.planning import Planned
from points.events.models import Event
from tests.points.awards.said import DEFAULT, case, doing, worth

AT = datetime(2018, 12, 1, 8, tzinfo=UTC)
EVENT = Event(
    id="e1",
    kind="report",
    source="pingshan",
    external_id="72688",
    category="E",
    type_name="市容环卫",
    main_type_name="市容环卫",
    subtype_name="店外经营",
    area="440310001001",
    severity="ordinary",
    found_first=False,
    occurred_at=AT,
)


def planned(role: str = "reporter", minutes: int | None = None) -> Planned:
    """A contribution of V-000001, planned."""
    it = case(doing(role=role, minutes=minutes))
    return Planned(it, worth(it), DEFAULT)


def test_a_report_moves_points_honour_and_caps() -> None:
    """As the chart of accounts has it; the reference begins with the day of the event."""
    draft = award.draft(planned(), EVENT, by="S-0003", on=date(2018, 12, 1), at=AT)
    assert draft.reference == "award/2018-07-04/e1/V-000001/report"
    assert draft.postings == (
        Posting("fund/440310001001/2018-07", "member/V-000001/noticed", 2, "points"),
        Posting("system/honour", "member/V-000001/honour", 2, "honour"),
        Posting("member/V-000001/cap/report-day:10/2018-07-04", "system/caps", 2, "cap"),
        Posting("member/V-000001/cap/report-month:60/2018-07", "system/caps", 2, "cap"),
    )


def test_time_alone_moves_minutes_and_no_points() -> None:
    """Twenty minutes: hours and their cap."""
    draft = award.draft(planned("participant", 20), EVENT, by="S-0003", on=date(2018, 12, 1), at=AT)
    assert [posting.unit for posting in draft.postings] == ["minutes", "cap"]


def test_the_request_is_what_was_asked_and_nothing_else() -> None:
    """On another day, with another salt, it is the same request; of another verifier it is not."""
    first = award.draft(planned(), EVENT, by="S-0003", on=date(2018, 12, 1), at=AT)
    later = award.draft(planned(), EVENT, by="S-0003", on=date(2018, 12, 2), at=AT)
    other = award.draft(planned(), EVENT, by="S-0004", on=date(2018, 12, 1), at=AT)
    assert first.request == later.request != other.request
    assert first.evidence.digest != later.evidence.digest


def test_a_returned_contribution_has_a_reason_and_no_reference() -> None:
    """It is worth nothing, and says so."""
    it = case(doing())
    row = award.returned(
        it,
        it.contributions[0],
        Decision("x", accepted=False, reason="时长不对"),
        rule_book=1,
        by="S-0003",
        on=date(2018, 12, 1),
    )
    assert (row.decision, row.reason, row.points, row.reference) == ("returned", "时长不对", 0, None)

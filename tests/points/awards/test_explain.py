"""Explanations: from a reference to everything behind it, and from an event to its awards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from points.awards import corrections, explain, vesting
from points.awards.models import Verification
from points.openness import notices
from tests.points.awards.town import DISTRICT, ON, PUBLISHER, VERIFIER, Town

pytestmark = pytest.mark.anyio

V1, V2, V3 = "V-000001", "V-000002", "V-000003"


async def test_an_award_is_explained_from_end_to_end(town: Town) -> None:
    """Event, contribution, reporter, rule, arithmetic, verifier, notice, vesting, and where it stands in the ledger."""
    await town.fund(100)
    event = await town.event((V1, "reporter"), (V2, "participant", 120))
    await town.verify()
    reference = f"award/2018-07-04/{event}/{V2}/service"
    fresh = await explain.award(town.book, reference)
    assert fresh is not None
    assert (fresh.notice, fresh.line, fresh.vesting, fresh.correction) == (None, None, None, None)
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    await vesting.sweep(town.book, date(2018, 12, 8))
    it = await explain.award(town.book, reference)
    assert it is not None
    assert (it.event.id, it.contribution.minutes, it.reporters) == (event, 120, (V1,))
    assert (it.verification.verifier, it.verification.points) == (VERIFIER, 4)
    assert it.sentence().endswith("服务时长合计：每人每天最多 4 小时。")
    assert it.sum() == "每小时 2 分 × 2 小时 = 4 分"
    assert it.sum("en") == "2 an hour × 2 hours = 4 points"
    assert it.notice is not None
    assert it.line is not None
    assert it.vesting is not None
    assert it.receipt is not None
    assert (it.notice.closes_on, it.line.points, it.vesting.until_on) == ("2018-12-08", 4, "2019-12-31")
    (row,) = await town.rows("SELECT position FROM ledger_transaction WHERE reference = ?", reference)
    assert it.receipt.position == row["position"]


async def test_an_event_leads_to_all_that_was_decided(town: Town) -> None:
    """Awarded and worth nothing, in the order of the contributions; a correction is shown."""
    await town.fund(100)
    event = await town.event((V1, "reporter"), (V2, "handler"))
    await town.verify()
    await corrections.correct(
        town.book, f"award/2018-07-04/{event}/{V1}/report", "not_true", by=PUBLISHER, on=ON
    )
    first, second = await explain.of_event(town.book, event)
    assert (first.verification.member, second.verification.member) == (V1, V2)
    assert first.correction is not None
    assert (first.correction.reason, second.receipt) == ("not_true", None)
    assert second.sentence() == "处置事件是本职工作：不计分。"


async def test_what_no_rule_spoke_of_has_no_sentence(town: Town) -> None:
    """And its arithmetic says so."""
    event = await town.event((V1, "reporter"), kind="activity")
    await town.verify()
    (it,) = await explain.of_event(town.book, event)
    assert (it.sentence(), it.sum()) == ("", "细则里没有这一项，0 分")


async def test_an_unknown_award_has_no_explanation(town: Town) -> None:
    """None, and no event no list."""
    assert await explain.award(town.book, "award/nothing") is None
    assert await explain.of_event(town.book, "nothing") == []


async def test_many_are_explained_in_as_many_statements_as_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement page of twenty lines asks no more than a line."""
    await town.fund(1000)
    for n in range(12):
        people = ((V1, "participant", 60), (V2, "participant", 60), (V3, "handler"))
        await town.event(*people, after=timedelta(hours=8 * n))
    await town.verify()
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    rows = await Verification.filter(reference__isnull=False).using_db(town.book.reader)
    references = [row.reference or "" for row in rows]
    assert len(references) > 10
    counted: list[str] = []
    for name in ("execute_query", "execute_query_dict"):
        original = getattr(type(town.book.reader), name)

        async def count(self, *args, _original=original, **kwargs):  # type: ignore[no-untyped-def]
            counted.append(args[0])
            return await _original(self, *args, **kwargs)

        monkeypatch.setattr(type(town.book.reader), name, count)
    await explain.awards(town.book, references[:1])
    one = len(counted)
    assert len(await explain.awards(town.book, references)) == len(references)
    assert 0 < len(counted) - one == one <= 20

"""Notes: what a verifier wrote can be erased, the reason stays."""

from __future__ import annotations

import pytest

from points.awards import notes, verifications
from points.awards.look_records import VerificationNote
from points.awards.models import Verification
from tests.points.awards.town import ON, VERIFIER, Town

pytestmark = pytest.mark.anyio
V1 = "V-000001"


async def test_a_note_can_be_erased_and_the_reason_stays(town: Town) -> None:
    """The row that is never changed holds the reason alone."""
    event = await town.event((V1, "participant", 60))
    (row,) = await town.rows("SELECT id FROM events_contribution WHERE event = ?", event)
    back = {row["id"]: "看不出做过"}
    await verifications.accept(
        town.book, event, by=VERIFIER, on=ON, only=[], returned=back, note="照片里没有王秀兰"
    )
    (verified,) = await Verification.filter(event=event).using_db(town.book.reader)
    found = await notes.of(town.book, [row["id"]])
    assert (verified.reason, notes.read(verified, found)) == (
        "看不出做过",
        ("看不出做过", "照片里没有王秀兰"),
    )
    async with town.book.write() as db:
        await VerificationNote.filter(text__contains="王秀兰").using_db(db).delete()
    assert notes.read(verified, await notes.of(town.book, [row["id"]])) == ("看不出做过", "")
    verified.reason = "看不出做过：从前写在一起的"
    assert notes.read(verified, {}) == ("看不出做过", "从前写在一起的")

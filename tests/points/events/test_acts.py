"""Acts: entries in the ledger that move nothing, with evidence that can be checked."""

from __future__ import annotations

import pytest

from points.events import acts
from points.evidence import snapshots
from tests.points.awards.town import Town
from tests.points.events.hands import filed, staffed


@pytest.mark.anyio
async def test_an_act_is_known_with_what_it_was_about(town: Town) -> None:
    """Before and after; its evidence is what was cited."""
    await staffed(town)
    one = await filed(town)
    (row,) = await town.rows("SELECT * FROM ledger_transaction WHERE reference LIKE 'file/%'")
    assert await acts.known(town.book, row["reference"])
    assert not await acts.known(town.book, "file/other")
    assert await acts.subject(town.book, row["reference"]) == one.event
    (text,) = await town.rows("SELECT * FROM evidence_snapshot_text WHERE snapshot = ?", f"event/{one.event}")
    (cited,) = await town.rows("SELECT * FROM evidence_snapshot WHERE id = ?", f"event/{one.event}")
    assert snapshots.matches(cited["digest"], text["salt"], text["text"])

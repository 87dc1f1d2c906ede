"""The rehearsal's benchmark: what it plays over, and that both sides looked at the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import meishan, rehearsing

pytestmark = pytest.mark.anyio


async def test_a_hundredth_of_it_is_played_whole(tmp_path: Path) -> None:
    """Every event once, every contribution once, both contenders in each round."""
    of = meishan.scale(0.01 / 4)
    found = await rehearsing.measured(tmp_path / "book.db", 0.01, 2)
    assert found["events"] == of.hazards + of.disputes
    assert found["contributions"] == of.hazards + 2 * of.disputes
    assert len(found["rehearsal"]) == len(found["plain"]) == 2
    assert found["ratio"] > 0


def test_a_quarter_has_the_size_that_mission_md_names() -> None:
    """Three fifths of what five months brought."""
    of = meishan.scale(1 / 4)
    assert (of.hazards, of.disputes) == (7747 * 3 // 5, 3437 * 3 // 5)

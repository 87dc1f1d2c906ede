"""Random lives of awards: objected to, answered, corrected and swept, in any order; nothing is torn or lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import audit
from points.openness.checks import disputes_agree
from tests.figures import figure
from tests.points.awards.steps import Life
from tests.points.awards.town import fresh

pytestmark = [pytest.mark.anyio, pytest.mark.embedded("tests/attack/test_disputed.py tries both")]
LINES, EACH = 3, 8
STEPS = st.lists(
    st.sampled_from(
        [
            *[f"object {n}" for n in (1, 1, 2, 3)],
            *["dismiss", "dismiss", "uphold"],
            *[f"correct {n}" for n in (1, 2)],
            *[f"sweep 2018-12-{day:02}" for day in (7, 8)],
        ]
    ),
    min_size=3,
    max_size=9,
)
PLACES = "0 noticed · 0 disputed · 0 until-2019 · 0 owed"


async def lived(folder: Path, steps: list[str]) -> None:
    """Three awards of eight points each, on one notice, and then the steps."""
    async with fresh(folder) as town:
        life = await Life.begin(town)
        await life.step("fund 100")
        for n in range(LINES):
            await life.step(f"serve 240 {n}")
        await life.step("publish")
        for words in steps:
            if words.startswith("sweep") and words.split()[1] < life.swept.isoformat():
                continue  # days do not go back
            await life.step(words)
            report = await audit.run(town.book.reader, [disputes_agree(town.book)], guards={})
            assert report.findings == (), (words, report.findings)
            await _adds_up(life)
        report = await audit.run(town.book.reader, guards=town.book.guards)
        assert report.findings == ()


async def _adds_up(life: Life) -> None:
    """What the member has anywhere is what was awarded and not corrected; nobody owes what they did not spend."""
    stands = {one.split()[1]: int(one.split()[0]) for one in (await life.stands(PLACES)).split(" · ")}
    (gone,) = await life.town.rows("SELECT count(*) AS n FROM awards_correction")
    assert sum(stands.values()) == EACH * (LINES - gone["n"])
    assert stands["owed"] == 0
    (frozen,) = await life.town.rows(
        "SELECT count(*) AS n FROM openness_freeze AS f"
        " WHERE NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)"
    )
    assert stands["disputed"] == EACH * frozen["n"]
    (vested,) = await life.town.rows(
        "SELECT count(*) AS n FROM awards_vesting AS w WHERE NOT EXISTS"
        " (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = w.award)"
    )
    assert stands["until-2019"] == EACH * vested["n"]


@given(steps=STEPS)
@settings(
    max_examples=figure(short=6, full=200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_no_order_of_objections_answers_corrections_and_sweeps_tears_anything(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After each step what is frozen is what open objections froze, and all adds up; the audit is clean."""
    await lived(tmp_path_factory.mktemp("life"), steps)

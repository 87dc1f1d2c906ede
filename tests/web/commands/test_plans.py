"""How a plan is told: shortened on a screen, whole for programs, in words that the catalogue has."""

from __future__ import annotations

from pathlib import Path

import pytest

from points.events.imports import contributions
from points.people import areas, kinds
from tests.typed import call
from web.commands.plans import SHOWN, WORDS


def test_every_word_that_is_counted_has_a_name() -> None:
    """Levels of areas, kinds of member and parts taken, with the names they have elsewhere."""
    assert {word: WORDS.get(word) for word in kinds.NAMES} == kinds.NAMES
    assert {word: WORDS.get(word) for word in areas.LEVELS} == areas.LEVELS
    assert {WORDS[word]: word for word in contributions.ROLES.values()} == contributions.ROLES


@pytest.mark.parametrize("every", [False, True])
def test_many_problems_are_shortened_unless_all_are_wanted(
    quiet_book: Path, tmp_path: Path, every: bool
) -> None:
    """Twenty, and how many more; programs get each one."""
    path = tmp_path / "areas.csv"
    path.write_text(
        "code,name,level,parent\n" + "".join(f"{n},x,community,\n" for n in range(25)), encoding="utf-8"
    )
    words = [
        "import",
        "areas",
        str(path),
        "--dry-run",
        "--errors-to",
        str(tmp_path),
        *(["--all"] if every else []),
    ]
    said = call(*words, book=quiet_book).out
    assert said.count("要 12 位数字") == 25 + (25 if every else SHOWN)
    assert ("其余 5 处用 --all 看" in said) is not every
    assert len(call(*words, "--json", book=quiet_book).data["problems"]) == 25

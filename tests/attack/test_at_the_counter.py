"""What a counter relies on withstands what is tried on it, and does not when something is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import books
from tests.attack import at_the_counter, noticing
from tests.attack.district_faults import COPIED
from tests.attack.faults import Change, Fault

pytestmark = pytest.mark.attack
CODES, LIMITS, HANDING = (
    "points/people/identity_codes.py",
    "points/market/limits.py",
    "points/market/handing_over.py",
)


def fault(name: str, attack: str, *changes: Change) -> Fault:
    """A fault that an attack must notice."""
    return Fault(name, ("at_the_counter", attack), changes)


FAULTS = (
    fault(
        "a code that was used finds again",
        "a_code_finds_once",
        Change(CODES, "            raise CodeUsed(used=_clock(book, row.used_at))\n", ""),
        Change(CODES, "nonce=row.nonce, used_at=None)", "nonce=row.nonce)"),
    ),
    fault(
        "a code lives for an hour",
        "a_code_lives_ten_minutes",
        Change(CODES, "        if now >= row.until:\n", "        if now >= row.drawn_at + OLDEST:\n"),
    ),
    fault(
        "the check digit is not asked",
        "a_digit_read_wrong_is_seen",
        Change(CODES, "len(digits) == 8 and damm.is_whole(digits)", "len(digits) == 8 and digits.isdigit()"),
    ),
    fault(
        "guesses are looked at before they are counted",
        "who_guesses_is_locked_out",
        Change("web/finding.py", "    await guess(request)\n    try:\n", "    try:\n"),
    ),
    fault(
        "one guess more than is said",
        "who_guesses_is_locked_out",
        Change("web/limits.py", "if row.count >= allowed[key]:", "if row.count > allowed[key]:"),
    ),
    fault(
        "a limit is looked at and not drawn on",
        "a_limit_holds_at_twenty_tills",
        Change(HANDING, "            *limits.postings,\n", ""),
    ),
    fault(
        "a home does not ask what was had elsewhere",
        "moving_brings_no_more",
        Change(LIMITS, ' if limit.of == "household" else 0\n', ' if limit.of == "nobody" else 0\n'),
    ),
    fault(
        "what came along is read and may move meanwhile",
        "what_came_along_counts_at_two_tills",
        Change(HANDING, "        seen=limits.seen,\n", ""),
    ),
)


@pytest.mark.anyio
@pytest.mark.parametrize("name", at_the_counter.ATTACKS)
async def test_a_counter_withstands(name: str, tmp_path: Path) -> None:
    """On this tree every attack ends as it must."""
    await books.make(tmp_path)
    await at_the_counter.main(name, tmp_path / "book.db")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    """The attack fails, by its own assertion."""
    noticing.assert_noticed(fault, tmp_path, copied=(*COPIED, "web"))


def test_every_attack_has_a_fault_that_it_notices() -> None:
    """None is there for show."""
    assert {fault.attack[1] for fault in FAULTS} == at_the_counter.ATTACKS.keys()

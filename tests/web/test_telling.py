"""Entries in words: what it is, whose it is, and how much."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

from ledger.register import Listed, Whole
from ledger.transactions import Line
from points import chart
from points.awards.rule_text import EVENT_KINDS
from web import telling
from web.i18n import speaking


def entry(kind: str, *lines: tuple[str, str, int, str], reverses: int | None = None) -> Whole:
    """An entry of a kind, with lines as (source, target, amount, unit)."""
    postings = tuple(Line(unit, source, 1, 0, target, 1, 0, amount) for source, target, amount, unit in lines)
    at, on = datetime(2026, 11, 21, tzinfo=UTC), date(2026, 11, 21)
    return Whole(7, "r/7", kind, on, at, reverses, postings, "q", "e", "1", None, b"{}", b"")


def redemption() -> Listed:
    """Ten points out of two purses, and the goods."""
    return entry(
        "redemption",
        ("shop/1/stock", "system/handed-out", 1, "item:3"),
        ("member/V-000001/until/2026-12-31", "shop/1/taken", 4, "points"),
        ("member/V-000001/until/2027-12-31", "shop/1/taken", 6, "points"),
    )


def test_points_leaving_a_purse_count_below_zero() -> None:
    """And only points are added up, from however many accounts they came."""
    short = telling.short(redemption())
    assert (str(short.kind), short.whose, short.points) == ("兑换", "V-000001", -10)


def test_an_award_is_one_amount() -> None:
    """Honour and minutes of the same award are not added to its points."""
    award = entry(
        "award",
        ("fund/440310001002/2026-11", "member/V-000005/noticed", 5, "points"),
        ("system/honour", "member/V-000005/honour", 5, "honour"),
    )
    assert str(telling.story(award)) == "V-000005 得到 5 分，先公示，期满才能用。"
    with speaking("en"):
        assert str(telling.story(award)).startswith("V-000005 was given 5 points")


def test_an_award_is_that_of_whose_it_is() -> None:
    """A studio's part is another's; a household's own award is the household's."""
    shared = entry(
        "award",
        ("fund/440310001002/2026-11", "member/V-000005/noticed", 7, "points"),
        ("fund/440310001002/2026-11", "studio/D-0001/noticed", 3, "points"),
    )
    assert str(telling.story(shared)) == "V-000005 得到 7 分，先公示，期满才能用。"
    home = entry("vest", ("household/H-000001/noticed", "household/H-000001/until/2027-12-31", 4, "points"))
    assert (telling.short(home).whose, telling.short(home).points) == ("H-000001", 4)


def test_a_correction_names_what_it_corrects() -> None:
    """By its position."""
    assert "更正第 3 条" in str(telling.story(entry("correct", reverses=3)))


def test_a_kind_nobody_foresaw_is_still_told() -> None:
    """With its own name; an entry is never left out for being unknown."""
    odd = entry("wander")
    assert (str(telling.short(odd).kind), str(telling.story(odd))) == ("wander", "一笔账。")


def test_every_kind_that_the_rooms_write_has_its_words() -> None:
    """A new kind of entry is named here too."""
    root = Path(__file__).resolve().parents[2] / "points"
    written = {
        kind
        for file in root.rglob("*.py")
        for kind in re.findall(r'^ +kind="(\w+)",$', file.read_text(), re.MULTILINE)
    }
    assert {"act", "award", "redemption"} <= written
    assert written - set(telling.KINDS) - EVENT_KINDS == set()
    assert chart.POINTS in telling.UNITS

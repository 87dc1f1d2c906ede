"""What is said of funds: every point of a fund in one row, and a sheet of what the page shows."""

from __future__ import annotations

from datetime import date

import pytest

from points.awards import sponsors
from points.awards.fund_flows import Flows
from points.awards.fund_months import Chain, Given
from points.awards.sponsors import Backing
from web import fund_words
from web.i18n import speaking

CHAIN = Chain(allocated=100, awarded=40, corrected=8, left=68, noticed=12, vested=20, groups=0, awards=5)
GIVEN = Given(7, date(2018, 7, 1), 100, "1", "S-0002", None, Backing("company", 10_050, "超市"), 10_050)


def test_the_rows_add_up_to_what_came_in() -> None:
    """Allocated and taken back is what was noticed, vested, taken back and left; groups only where there are some."""
    rows = fund_words.went(CHAIN)
    assert sum(amount for _, amount in rows) == CHAIN.allocated + CHAIN.corrected
    assert [amount for _, amount in rows] == [12, 20, 8, 68]


def test_what_everybody_asks_about_is_said_though_it_is_nothing() -> None:
    """Spent and expired are there with 0; settled only when it was."""
    labels = [label for label, _ in fund_words.moved(Flows(awarded=3))]
    assert len(labels) == 5
    assert len(fund_words.moved(Flows(awarded=3, settled=1))) == 6


@pytest.mark.parametrize("kind", sponsors.SPONSORS)
def test_every_sponsor_has_a_word(kind: str) -> None:
    """With and without a name, in both languages; a dash where nobody said."""
    for language in ("zh", "en"):
        with speaking(language):
            assert fund_words.sponsor(Backing(kind, 1)) in fund_words.sponsor(Backing(kind, 1, "甲"))
    assert fund_words.sponsor(None) == "—"


def test_the_sheets_hold_the_same_numbers() -> None:
    """Three sheets, the second with who allocated and whose money."""
    first, second, _ = fund_words.sheets("六和", "2018-07", CHAIN, [GIVEN], Flows())
    assert [row[1] for row in first.rows] == [100, 40, 12, 20, 8, 68]
    assert list(second.rows) == [["2018-07-01", 100, "企业捐赠（超市）", "100.50", "S-0002", ""]]

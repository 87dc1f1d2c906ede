"""What is said of alliances and settlements: signs as they are printed, and rows that add up."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from points.awards import sponsors
from points.market import alliances
from points.market.crossings import Crossings, Flow
from points.market.settlement_statements import REDEEMED, UNDONE, Line, Piece, Statement
from points.people.models import Area
from web import allied_words
from web.i18n import Say, speaking

AT = datetime(2026, 10, 5, 16, 30, tzinfo=UTC)
CUT = Line(
    7, "redeem/3/a", AT, REDEEMED, (Piece(1, "理发一次", 2, 1000), Piece(2, "体检一次", 1, 1250)), 35, 3250
)
DEARER = Line(8, "redeem/3/b", AT, REDEEMED, (Piece(1, "理发一次", 3, 1100),), 30, 3300)
AGAIN = Line(9, "redeem/3/c", AT, REDEEMED, (Piece(1, "理发一次", 4, 1000),), 40, 4000)
BACK = Line(10, "undo/3/d", AT, UNDONE, (Piece(1, "理发一次", 3, 0),), -30, -3000, of=5)
SAID = Statement(3, "2026-10", "street", -550, (CUT, DEARER, AGAIN, BACK))
HOME, AWAY = "440310001002", "440310001003"


@pytest.mark.parametrize(("fen", "said"), [(123450, "1,234.50"), (0, "0"), (-1200, "−12"), (-5, "−0.05")])
def test_money_below_zero_has_the_sign_that_is_printed(fen: int, said: str) -> None:
    """A minus sign, no hyphen; yuan in fen, exactly."""
    assert allied_words.yuan(fen) == said


@pytest.mark.parametrize(("points", "said"), [(1234, "1,234"), (0, "0"), (-1234, "−1,234")])
def test_points_that_were_undone_have_it_too(points: int, said: str) -> None:
    """And thousands are set apart."""
    assert allied_words.signed(points) == said


def test_every_kind_and_every_sponsor_has_a_word_in_both_languages() -> None:
    """A dash where no contract said whose money it is."""
    assert set(allied_words.KINDS) == set(alliances.KINDS)
    for kind in sponsors.SPONSORS:
        said = allied_words.sponsor(kind)
        with speaking("en"):
            assert said not in ("—", allied_words.sponsor(kind))
    for label in (*allied_words.KINDS.values(), *(label for label, _ in allied_words.STATES.values())):
        said = str(Say(label))
        with speaking("en"):
            assert str(Say(label)) != said
    assert allied_words.sponsor("") == "—"


def test_a_line_says_what_was_handed_over_or_what_was_undone() -> None:
    """With the number of the redemption that it undoes."""
    assert allied_words.what(CUT) == "理发一次 ×2、体检一次 ×1"
    assert allied_words.what(BACK) == "更正第 5 号：理发一次 ×3"


def test_the_sums_by_item_and_what_was_undone_make_up_the_whole() -> None:
    """One row for each price of an item; what was undone is in none of them, and stands by itself."""
    rows = allied_words.sums(SAID)
    assert rows == [("理发一次", 6, 1000, 6000), ("理发一次", 3, 1100, 3300), ("体检一次", 1, 1250, 1250)]
    assert allied_words.undone(SAID) == -3000
    assert sum(total for *_, total in rows) + allied_words.undone(SAID) == SAID.fen


def test_the_sheet_of_a_statement_adds_up_to_what_is_due() -> None:
    """Each entry with its time of day here, and what was paid too much before as the last row."""
    sheet = allied_words.sheet(SAID, "老周理发", "已批准", ZoneInfo("Asia/Shanghai"))
    rows = [list(row) for row in sheet.rows]
    assert rows[0] == [7, "2026-10-06 00:30", "理发一次 ×2、体检一次 ×1", 35, "32.50"]
    assert rows[-2][2:] == ["以前多付，这次扣下", "", "−5.50"]
    *yuan, total = [float(str(row[-1]).replace("−", "-").replace(",", "")) for row in rows]
    assert (rows[-1][2], rows[-1][3], total) == ("合计", SAID.points, sum(yuan))
    assert list(sheet.above) == ["老周理发 2026年10月", "已批准", f"应付 {sum(yuan):.0f} 元"]


def test_a_balance_is_two_sheets_under_the_names_of_today() -> None:
    """Who pays whom, and every flow, those at home too; a place that is not known any more keeps its code."""
    flows = (Flow(AWAY, HOME, 6, 600), Flow(HOME, AWAY, 20, 2050), Flow(HOME, HOME, 3, 300))
    month = Crossings("440310000000", "2026-10", flows)
    places = {HOME: Area(code=HOME, name="六和社区", level="community", path="/")}
    pays, all_flows = allied_words.netting_sheets(month, month.nets(), places, "已批准")
    assert list(pays.rows) == [["六和社区", AWAY, 14, "14.50"], ["合计", "", 14, "14.50"]]
    assert list(all_flows.rows)[-1] == ["合计", "", 29, "29.50"]
    assert [row[0] for row in all_flows.rows] == [AWAY, "六和社区", "六和社区", "合计"]
    assert list(pays.above) == ["440310000000 2026年10月", "已批准"]
    codes, found = allied_words.matrix(month)
    assert codes == [HOME, AWAY]
    assert found[HOME, AWAY] == (20, 2050)

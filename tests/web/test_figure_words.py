"""Figures in words."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

from points.events import figures, periods
from points.events.figures import Case, Tally
from web import figure_words

JULY = periods.month_of(date(2018, 7, 4))


def _case(path: str, outcome: str, stars: int | None = None, unit: str | None = None) -> Case:
    return Case("e", path, "F", unit, date(2018, 7, 4), outcome, stars)


def test_a_table_adds_up_to_the_whole_in_every_column() -> None:
    """Places, categories and departments, those that say none included."""
    cases = [
        _case("/a/b/", "on_time", 5),
        _case("/a/", "late", 1, "甲"),
        _case("/a/c/d/", "overdue"),
        _case("", "false"),
    ]
    found = figures.figures(cases, "a")
    for table in figure_words.tables(found, {}, area="a"):
        columns = zip(*(figure_words.cells(row.tally) for row in table.rows), strict=True)
        sums = [sum(x for x in column if isinstance(x, int)) for column in columns]
        whole = figure_words.cells(found.whole)
        assert [s for s, w in zip(sums, whole, strict=True) if isinstance(w, int)] == [
            w for w in whole if isinstance(w, int)
        ]


def test_numbers_open_and_shares_and_nothing_do_not() -> None:
    """An address names the period, the line's facts and the column's."""
    row = figure_words.Row("六和", Tally(on_time=2, rated=1), {"area": "a", "unit": "城管 局&"})
    shown = figure_words.linked(row, JULY, "/figures/events")
    assert len(shown) == len(figure_words.HEADINGS)
    text, href = shown[1]
    assert text == "2"
    asked = parse_qs(urlsplit(href).query)
    assert asked == {"period": ["2018-07"], "area": ["a"], "unit": ["城管 局&"], "outcome": ["on_time"]}
    assert shown[2] == "0"
    assert shown[7] == "100.00 %"
    assert shown[-1] == "0.00 %"


def test_shares_and_periods_are_written_for_people() -> None:
    """As 89.31 %; a week by its days."""
    assert figure_words.percent(8931) == "89.31 %"
    assert figure_words.percent(5) == "0.05 %"
    assert figure_words.percent(None) == "—"
    assert figure_words.period(JULY) == "2018年7月"
    assert figure_words.period(periods.week_of(date(2018, 7, 1))) == "2018年6月25日–7月1日"

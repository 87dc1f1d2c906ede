"""Reconciliation on a page: what the ledger says, as lines one can add up, as a drawing, and as a file."""

from __future__ import annotations

import io

import python_calamine

from points.market import reconciliation
from tests.web.guests import Guests, words
from web.reconciliation_words import GOODS
from web.sheets import MIME

COMMUNITY = "440310001002"


def test_the_page_is_what_the_ledger_says_and_can_be_taken_away(shared: Guests) -> None:
    """People, shelves and money, with the table behind the drawing, and the same in the file, to the point."""
    auditor, month = shared.by("周静"), f"{shared.book.today():%Y-%m}"
    found = shared.run(reconciliation.read, shared.book, COMMUNITY, month)
    at = f"/reconciliation/{COMMUNITY}/{month}"
    assert f'href="{at}"' in auditor.get("/reconciliation")
    page = auditor.get(at)
    for number in (
        found.purse.left,
        found.purse.liability,
        found.purse.flows.awarded,
        sum(found.taken.values()),
    ):
        assert f"{number:,}" in words(page)
    assert "<svg" in page
    assert found.goods
    answer = auditor.client.get(at + "/month.xlsx")
    assert answer.headers["content-type"] == MIME
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    points, goods, money = (book.get_sheet_by_index(n).to_python(skip_empty_area=False) for n in range(3))
    said = {row[0]: row[2] for row in points if len(row) > 2}
    assert said["月末在居民手里"] == found.purse.left
    heading = next(n for n, row in enumerate(goods) if "换出" in row)
    columns = {label: goods[heading].index(label) for label, _name in GOODS}
    for row, each in zip(goods[heading + 1 : -1], found.goods, strict=True):
        assert [row[columns[label]] for label, _name in GOODS] == [
            getattr(each, name) for _label, name in GOODS
        ]
    assert goods[-1][0] == "合计"
    assert any("换出去的" in row for row in money)


def test_one_shop_and_no_other_community_s(shared: Guests) -> None:
    """A shop that is not of this community, a month to come, another's community: as if they were not there."""
    keeper, month = shared.by("吴娟"), f"{shared.book.today():%Y-%m}"
    keeper.get(f"/reconciliation/{COMMUNITY}/{month}?shop=1")
    keeper.get(f"/reconciliation/{COMMUNITY}/{month}?shop=77", 404)
    keeper.get(f"/reconciliation/{COMMUNITY}/2999-01", 404)
    keeper.get(f"/reconciliation/{COMMUNITY}/2019-13", 404)
    shared.by("张强").get(f"/reconciliation/{COMMUNITY}/{month}", 404)


def test_it_costs_the_same_for_a_month_that_is_over(shared: Guests) -> None:
    """A constant number of statements; what moved since is asked for besides."""
    auditor, today = shared.by("周静"), shared.book.today()
    now = shared.statements(auditor, f"/reconciliation/{COMMUNITY}/{today:%Y-%m}")
    before = shared.statements(auditor, f"/reconciliation/{COMMUNITY}/2019-03")
    assert now < 60
    assert before - now < 8

"""The chart says which accounts exist, in which unit, and how low each may fall."""

from __future__ import annotations

import pytest

from ledger.accounts import Chart, Rule
from ledger.errors import UnknownAccount
from ledger.transactions import Account
from tests.ledger.drafts import CHART

ALLOWED = [
    ("bank", "points", None),
    ("bank", "item:17", None),
    ("box/a", "points", 0),
    ("box/V-000123", "honour", None),
    ("box/a/until/2020-02-29", "points", 0),
    ("box/a/cap/report:10/2018-07", "cap", -10),
    ("box/a/cap/report:999999999/2018-07", "cap", -999999999),
]
REFUSED = [
    ("bank", "item:"),
    ("bank", "item:a b"),
    ("bank", "money"),
    ("bank/", "points"),
    ("", "points"),
    ("box/", "points"),
    ("box/a/b", "points"),
    ("box/善", "points"),
    ("box/a\n", "points"),
    ("box/a", "points\n"),
    ("box/a", "cap"),
    ("box/a/until/2019-02-29", "points"),
    ("box/a/until/2019-2-9", "points"),
    ("box/a/until/２０１９-01-01", "points"),
    ("box/a/cap/report:0/2018-07", "cap"),
    ("box/a/cap/report:010/2018-07", "cap"),
    ("box/a/cap/report:-1/2018-07", "cap"),
    ("box/a/cap/report:10:20/2018-07", "cap"),
    ("box/a/cap/report:10/2018-13", "cap"),
    ("box/" + "a" * 197, "points"),
]


@pytest.mark.parametrize(("address", "unit", "floor"), ALLOWED)
def test_an_account_of_the_chart_has_its_floor(address: str, unit: str, floor: int | None) -> None:
    """The rule's own floor, or the limit that stands in the address; the same every time it is asked."""
    for _ in range(2):
        assert CHART.account(address, unit) == Account(address, unit, floor)


@pytest.mark.parametrize(("address", "unit"), REFUSED)
def test_what_the_chart_does_not_know_is_refused(address: str, unit: str) -> None:
    """No other address, no other unit, no day or month that is not one."""
    with pytest.raises(UnknownAccount, match="账户表里没有"):
        CHART.account(address, unit)


def test_the_digest_is_of_the_rules() -> None:
    """The same rules have the same digest; any change of a rule, or of their order, has another."""
    rules = CHART.rules
    assert Chart(rules).digest == CHART.digest
    changed = [rules[1:], rules[::-1], (*rules[:-1], Rule(rules[-1].pattern, rules[-1].unit, floor=0))]
    assert len({CHART.digest, *(Chart(tuple(one)).digest for one in changed)}) == 4

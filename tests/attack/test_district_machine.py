"""The model and the product live the same life on both engines, and do not when something is broken."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.accounts import Rule
from ledger.errors import UnknownAccount
from points.chart import CHART
from tests import postgres
from tests.attack import district_machine, faults
from tests.attack.district_chart import exists, floor
from tests.attack.district_faults import COPIED, FAULTS
from tests.attack.faults import Fault
from tests.figures import figure

pytestmark = pytest.mark.attack


@pytest.mark.parametrize("engine", postgres.ENGINES, indirect=True)
def test_a_district_lives_as_the_model_says(engine: str) -> None:
    """Whatever happens in whatever order: the same answers, entries, versions, balances, totals and root."""
    short = 6 if engine == "sqlite" else 2
    district_machine.live(figure(short=short, full=100 * short), figure(short=25, full=60))


@pytest.mark.parametrize("rule", CHART.rules, ids=lambda rule: rule.pattern)
def test_the_model_has_every_account_of_the_chart(rule: Rule) -> None:
    """A row of the chart that the model does not know would never be compared."""
    address = (
        rule.pattern.replace("{date}", "2019-12-31").replace("{month}", "2018-07").replace("{limit}", "10")
    )
    for name in ("community", "member", "household", "rule", "period", "shop", "team", "studio"):
        address = address.replace(f"{{{name}}}", "1")
    one = CHART.account(address, rule.unit.replace("*", "1"))
    assert exists(one.address, one.unit)
    assert floor(one.address, one.unit) == one.floor


@pytest.mark.parametrize(
    ("address", "unit"), [("member/1/until/soon", "points"), ("shop/1/stock", "points"), ("bank", "points")]
)
def test_the_model_has_no_other_account(address: str, unit: str) -> None:
    """Nor has the chart."""
    assert not exists(address, unit)
    with pytest.raises(UnknownAccount):
        CHART.account(address, unit)


PLANTED = FAULTS[:: figure(short=2, full=1)]
"""In short only those that few lives are enough for."""
Runs = dict[str, Future[subprocess.CompletedProcess[str]]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """Every fault's lives, under way."""
    with ThreadPoolExecutor(2) as pool:
        yield {fault.name: pool.submit(run, fault, tmp_path_factory.mktemp("fault")) for fault in PLANTED}


def run(fault: Fault, folder: Path) -> subprocess.CompletedProcess[str]:
    """The same lives each time, in a copy of the tree with the fault in it."""
    tree = faults.plant(fault, folder / "tree", copied=COPIED)
    return faults.run(tree, *fault.attack, minutes=4)


@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.name)
def test_a_planted_fault_is_noticed(fault: Fault, runs: Runs) -> None:
    """The two lives part."""
    ended = runs[fault.name].result()
    assert ended.returncode not in {0, 124}, "nobody noticed"
    assert "AssertionError" in ended.stderr, ended.stderr[-3000:]

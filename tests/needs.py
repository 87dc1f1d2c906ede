"""Suites that need a program or data of the system: where it is missing, each suite becomes one counted, skipped line.

    pytestmark = pytest.mark.needs("chromium", "fonts")

A test that asks for the fixture `shared_data` needs the data without saying so. The tests taken out are counted by
pytest as deselected, and the line left in their place names what an administrator runs to have them back.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NoReturn

import pytest

from tools.system import TOOLS

DATA = "shared_data"
SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real municipal data beside the project; where it is absent, the tests that ask are skipped."""
    return SHARED_DATA


class Absent(pytest.Item):
    """Stands for all the tests that one missing thing keeps from running."""

    remedy = ""

    def runtest(self) -> NoReturn:
        """Skip, saying how many tests are missing and how to have them back."""
        pytest.skip(self.remedy)

    def reportinfo(self) -> tuple[Path, None, str]:
        """What stands in pytest's report in place of a file and line."""
        return self.path, None, self.name


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the mark."""
    config.addinivalue_line(
        "markers", "needs(*tools): programs this test cannot do without; see tests/needs.py"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Replace the tests that cannot run by one skipped item for each thing that is missing.

    Last, so that `-k` and `-m` have chosen already.
    """
    present = {name for name, tool in TOOLS.items() if tool.present}
    present |= {DATA} if SHARED_DATA.is_dir() else set()
    without: dict[tuple[str, ...], list[pytest.Item]] = defaultdict(list)
    for item in items:
        without[tuple(sorted(needs_of(item) - present))].append(item)
    kept = without.pop((), [])
    if without:
        config.hook.pytest_deselected(items=[item for group in without.values() for item in group])
        items[:] = kept + [stand_in(session, lacking, len(group)) for lacking, group in without.items()]


def needs_of(item: pytest.Item) -> set[str]:
    """The names this test is marked with; an unknown one is an error in the test."""
    names = {name for mark in item.iter_markers("needs") for name in mark.args}
    if DATA in getattr(item, "fixturenames", ()):
        names.add(DATA)
    if unknown := names - set(TOOLS) - {DATA}:
        raise pytest.UsageError(
            f"{item.nodeid} needs {', '.join(unknown)}, which tools/system.py does not know"
        )
    return names


def stand_in(session: pytest.Session, lacking: tuple[str, ...], count: int) -> Absent:
    """The one skipped item in place of `count` tests."""
    item: Absent = Absent.from_parent(session, name=f"needs {', '.join(lacking)}")
    item.remedy = f"{count} not run: {remedy(lacking)}"
    return item


def remedy(lacking: tuple[str, ...]) -> str:
    """What is missing, what it is for, and how it comes here."""
    tools = [TOOLS[name] for name in lacking if name != DATA]
    sentences = [f"no {' and '.join(tool.packages)} ({tool.purpose})" for tool in tools]
    if DATA in lacking:
        sentences.append(f"no municipal data in ../{'/'.join(SHARED_DATA.parts[-2:])}")
    if tools:
        packages = [package for tool in tools for package in tool.packages]
        sentences.append(f"an administrator runs: apt-get install {' '.join(packages)}")
    return "; ".join(sentences)

"""Who finds what: the table in docs/tampering.md is what happens, cell by cell, and a check that is gone is missed."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from pathlib import Path

import pytest

from ledger import checks_of_texts
from points.evidence import checks
from tests import town
from tests.attack import spoiling
from tests.attack.spoiling import AUDIT, Whole, cells, line, try_cell
from tests.attack.spoiling_postgres import GUARDS
from tests.figures import figure

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

PAGE = Path(__file__).resolve().parents[2] / "docs/tampering.md"
EVERY = figure(short=9, full=1)
"""In the short version one cell in so many is tried, and those that only one of the three finds."""
ALWAYS = (
    "同上，还有钥匙 · the same, with the key",
    "截尾连同检查点 · the tail cut, signed heads too",
    "blobopen",
)


@pytest.fixture(scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The town, watched and audited."""
    folder = tmp_path_factory.mktemp("spoiling")
    town.copied(folder)
    made = Whole(folder)
    await made.prepare()
    return made


def told() -> dict[str, str]:
    """The lines of the table by what was done."""
    rows = re.findall(
        r"^\| (.+?) \| [✓–] \| [✓–] \| [✓–] \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    text = PAGE.read_text(encoding="utf-8").splitlines()
    return {name: next(one for one in text if one.startswith(f"| {name} |")) for name in rows}


async def test_nobody_finds_anything_in_a_whole_book(whole: Whole) -> None:
    """Otherwise the table would mean nothing."""
    with whole.copy() as path:
        assert await whole.finders(path) == set()


async def test_the_table_is_what_happens(whole: Whole) -> None:
    """Every way of the program is in the table and the other way round; those that are tried come out as it says."""
    ways, said = cells(whole), told()
    assert [name for name in said if name in ways or name not in GUARDS] == list(ways)
    chosen = [name for number, name in enumerate(ways) if number % EVERY == 0 or name in ALWAYS]
    happened = [line(name, await try_cell(whole, name, ways[name])) for name in chosen]
    assert happened == [said[name] for name in chosen]


@pytest.mark.parametrize("cell", ["evidence_snapshot_text.text", "ledger_account.opened_at"])
async def test_a_check_that_is_gone_is_missed(
    cell: str, whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the check of evidence, or that of texts, taken out of the product, the cell is not what the table says."""
    assert line(cell, await try_cell(whole, cell, cells(whole)[cell])) == told()[cell]
    monkeypatch.setattr(checks, "_problem", lambda _row: None)
    monkeypatch.setattr(checks_of_texts, "of_stretch", lambda _stretch: iter(()))
    assert AUDIT not in await try_cell(whole, cell, cells(whole)[cell])


async def test_replacing_a_row_is_refused(whole: Whole) -> None:
    """INSERT OR REPLACE on a bare connection, with triggers that do not recur: the guard over every key refuses it."""
    with whole.copy() as path, contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA recursive_triggers = OFF")
        for table in spoiling.TABLES[:7]:
            with pytest.raises(sqlite3.IntegrityError, match="has that row already"):
                file.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")

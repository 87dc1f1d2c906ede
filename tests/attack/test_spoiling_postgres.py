"""Who finds what on PostgreSQL: the same table of docs/tampering.md is what happens there too, and a few lines more."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from ledger import checks_of_texts
from points.evidence import checks
from tests import postgres
from tests.attack import spoiling_postgres
from tests.attack.spoiling import AUDIT, TABLES, line
from tests.attack.spoiling_postgres import GUARDS, There, cells, owned, try_cell
from tests.attack.test_spoiling import told
from tests.figures import figure

pytestmark = [
    pytest.mark.attack,
    pytest.mark.anyio,
    *([] if postgres.ELSEWHERE else [pytest.mark.needs("postgresql")]),
]
EVERY = figure(short=16, full=1)
FILES_ALONE = {"blobopen", "writable_schema"}
"""What can be done to a file and not to a server."""


@pytest.fixture(scope="module")
async def there(tmp_path_factory: pytest.TempPathFactory) -> There:
    """The town on the tests' server, watched and audited."""
    return await spoiling_postgres.settle(tmp_path_factory.mktemp("spoiling"))


async def test_nobody_finds_anything_in_a_whole_book(there: There) -> None:
    """Otherwise the table would mean nothing."""
    assert await there.finders(there.url) == set()


async def test_the_table_is_what_happens_there_too(there: There) -> None:
    """Each way is in the table, each line of it is tried here or is about files; what is tried comes out as it says."""
    ways, written = await cells(there), told()
    assert written.keys() - FILES_ALONE == ways.keys()
    chosen = [name for number, name in enumerate(ways) if number % EVERY == 0 or name in GUARDS]
    happened = [line(name, await try_cell(there, ways[name])) for name in chosen]
    assert happened == [written[name] for name in chosen]


async def test_a_check_that_is_gone_is_missed(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the check of evidence, or that of texts, taken out of the product, the cell is not what the table says."""
    monkeypatch.setattr(checks, "_problem", lambda _row: None)
    monkeypatch.setattr(checks_of_texts, "of_stretch", lambda _stretch: iter(()))
    for cell in ("evidence_snapshot_text.text", "ledger_account.opened_at"):
        assert AUDIT not in await try_cell(there, (await cells(there))[cell])


async def test_a_row_cannot_be_put_over_another(there: There) -> None:
    """INSERT … ON CONFLICT DO UPDATE meets the trigger, as a superuser and as a replica."""
    async with owned(there.url) as connection:
        await connection.execute("SET session_replication_role = replica")
        for table in TABLES[:7]:
            key = await connection.fetchval(
                "SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position",
                table,
            )
            again = f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1"
            instead = f'{again} ON CONFLICT ("{key}") DO UPDATE SET "{key}" = EXCLUDED."{key}"'
            with pytest.raises(asyncpg.RaiseError, match="never changed"):
                await connection.execute(instead)


def test_the_page_says_on_what_it_was_tried() -> None:
    """A reader of the table knows that it is of both engines, and which lines are not."""
    page = (Path(__file__).resolve().parents[2] / "docs/tampering.md").read_text(encoding="utf-8")
    assert "PostgreSQL" in page
    assert all(name in page for name in FILES_ALONE | GUARDS.keys())

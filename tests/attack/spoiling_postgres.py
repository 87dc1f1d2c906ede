"""The same ways to change a book behind its back on PostgreSQL, by somebody who owns the server.

python -m tests.attack.spoiling_postgres        prints the lines of docs/tampering.md, as they come out there
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg

from ledger import encoding
from ledger.checkpoints import Checkpoint
from ledger.frontier import Frontier
from ledger.signatures import sign
from tests import postgres, town
from tests.attack.spoiling import DOUBLED, DROPPED, LINES, OTHERS, TABLES, Whole, line

Connection = Any  # asyncpg comes without types
Spoil = Callable[[Connection, "There"], Awaitable[object]]

TRIGGERS = """
SELECT c.relname AS tbl, t.tgname AS name, t.tgenabled::text AS state FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relnamespace = 'book'::regnamespace"""
STATES = {"O": "ENABLE", "A": "ENABLE ALWAYS", "R": "ENABLE REPLICA", "D": "DISABLE"}
COLUMNS = """
SELECT column_name AS name FROM information_schema.columns
WHERE table_schema = 'book' AND table_name = $1 ORDER BY ordinal_position"""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
REFUSED = (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError)
"""What a constraint says of a value, whoever writes it."""


@dataclass(frozen=True)
class There(Whole):
    """A whole book on a server, with its key and its witness's note in a folder."""

    url: str = ""

    @property
    def address(self) -> str:
        """Where the book is."""
        return self.url

    @asynccontextmanager
    async def spoilt(self, spoil: Spoil) -> AsyncIterator[str]:
        """A copy that was spoilt, and where it is; gone afterwards."""
        name = self.url.partition("?")[0].rpartition("/")[2]
        create = f"CREATE DATABASE {name}_spoilt TEMPLATE {name} STRATEGY file_copy"
        await postgres.command(postgres.dropping(f"{name}_spoilt"), create)
        url = postgres.address(f"{name}_spoilt")
        try:
            async with owned(url) as connection:
                await spoil(connection, self)
            yield url
        finally:
            await postgres.command(postgres.dropping(f"{name}_spoilt"))


@asynccontextmanager
async def owned(url: str) -> AsyncIterator[Connection]:
    """A superuser's connection to a book's schema."""
    connection = await asyncpg.connect(url.partition("&schema=")[0].partition("?schema=")[0])
    try:
        await connection.execute("SET search_path = book")
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def unguarded(connection: Connection) -> AsyncIterator[None]:
    """Without triggers, which stand again afterwards just as they did."""
    found = await connection.fetch(TRIGGERS)
    for tbl in sorted({row["tbl"] for row in found}):
        await connection.execute(f'ALTER TABLE "{tbl}" DISABLE TRIGGER ALL')
    yield
    for row in found:
        await connection.execute(f'ALTER TABLE "{row["tbl"]}" {STATES[row["state"]]} TRIGGER "{row["name"]}"')


def said(*statements: str) -> Spoil:
    """Statements of SQL, while no trigger looks."""

    async def spoil(connection: Connection, _there: There) -> None:
        async with unguarded(connection):
            for statement in statements:
                await connection.execute(statement)

    return spoil


def touched(*statements: str) -> Spoil:
    """Statements about the guards themselves."""

    async def spoil(connection: Connection, _there: There) -> None:
        for statement in statements:
            await connection.execute(statement)

    return spoil


def flipped(table: str, column: str) -> Spoil:
    """One value in one row is another of the same kind."""

    async def spoil(connection: Connection, _there: There) -> None:
        chance = random.Random(f"{table}.{column}")
        async with unguarded(connection):
            found = await connection.fetch(f'SELECT ctid, "{column}" AS value FROM {table} ORDER BY 1')
            for _ in range(20):
                row = chance.choice(found)
                change = f'UPDATE {table} SET "{column}" = $1 WHERE ctid = $2'
                try:
                    return await connection.execute(change, other(row["value"], chance), row["ctid"])
                except REFUSED:
                    continue  # a key that another row has, or a number that a check refuses
        raise AssertionError(f"{table}.{column} cannot be changed")

    return spoil


def other(value: Any, chance: random.Random) -> Any:
    """A value like this one: a bit or a letter of it, or its day, is another."""
    if value is None:
        return chance.choice([1, "1"])  # of which the column takes one
    if isinstance(value, str):
        return _other_text(value, chance)
    if isinstance(value, bytes):
        place = chance.randrange(len(value))
        return value[:place] + bytes([value[place] ^ 1 << chance.randrange(8)]) + value[place + 1 :]
    return value + timedelta(days=1) if isinstance(value, datetime) else value ^ (1 << chance.randrange(20))


def _other_text(text: str, chance: random.Random) -> str:
    """Another letter; of a day, which a check holds to be one, another year."""
    if DAY.match(text):
        return f"{int(text[:4]) + 1}{text[4:]}"
    place = chance.randrange(len(text))
    return text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]


def dropped(table: str) -> Spoil:
    """The row in the middle is gone."""
    middle = f"SELECT ctid FROM {table} ORDER BY 1 LIMIT 1 OFFSET (SELECT count(*) / 2 FROM {table})"
    return said(f"DELETE FROM {table} WHERE ctid = ({middle})")


CUT = (
    "CREATE TEMPORARY TABLE cut AS SELECT max(position) - 3 AS size FROM ledger_transaction",
    "DELETE FROM ledger_transaction WHERE position > (SELECT size FROM cut)",
    "DELETE FROM ledger_posting WHERE id >= (SELECT (size + 1) * 256 FROM cut)",
    "DELETE FROM ledger_account WHERE opened_at > (SELECT size FROM cut)",
)
UNSIGNED = tuple(f"DELETE FROM {one}" for one in ("ledger_cosignature", "ledger_checkpoint", "ledger_audit"))
SWAPPED = tuple(
    f"UPDATE ledger_transaction SET position = {new} WHERE position = {old}"
    for old, new in ((100, 9999), (101, 100), (9999, 101))
)


async def rewritten(connection: Connection, _there: There) -> None:
    """Our own code writes an entry and the tree anew; the signed heads stay."""
    async with unguarded(connection):
        text = encoding.parse(
            await connection.fetchval("SELECT body FROM ledger_transaction WHERE position = 100")
        )
        text["request"] = encoding.digest("something else")
        body = encoding.canonical(text)
        change = "UPDATE ledger_transaction SET request = $1, body = $2, leaf = $3 WHERE position = 100"
        await connection.execute(change, text["request"], body, encoding.leaf_hash(body))
        tile = b"".join(await _leaves(connection, 256))
        await connection.execute("UPDATE ledger_tile SET hashes = $1 WHERE level = 0", tile)


async def _leaves(connection: Connection, size: int) -> list[bytes]:
    query = "SELECT leaf FROM ledger_transaction ORDER BY position LIMIT $1"
    return [row["leaf"] for row in await connection.fetch(query, size)]


async def rewritten_with_the_key(connection: Connection, there: There) -> None:
    """The same by whoever holds the key: signed heads anew, records and cosignatures gone."""
    await rewritten(connection, there)
    async with unguarded(connection):
        for table in ("ledger_cosignature", "ledger_audit"):
            await connection.execute(f"DELETE FROM {table}")
        for row in await connection.fetch("SELECT size FROM ledger_checkpoint"):
            edge = Frontier()
            for leaf in await _leaves(connection, row["size"]):
                edge.append(leaf)
            note = sign(there.key, Checkpoint(there.key.name, row["size"], edge.root))
            change = "UPDATE ledger_checkpoint SET root = $1, note = $2 WHERE size = $3"
            await connection.execute(change, edge.root, note, row["size"])


GUARDS = {
    "DROP TRIGGER": touched("DROP TRIGGER ledger_posting_no_update ON ledger_posting"),
    "DISABLE TRIGGER": touched("ALTER TABLE ledger_posting DISABLE TRIGGER ledger_posting_no_update"),
    "TRUNCATE": said("TRUNCATE ledger_posting"),
    "OWNER TO": touched(
        "GRANT CREATE ON SCHEMA book TO book_app", "ALTER TABLE ledger_posting OWNER TO book_app"
    ),
    "GRANT UPDATE": touched("GRANT UPDATE ON ledger_posting TO book_app"),
    "CREATE OR REPLACE FUNCTION": touched(
        "CREATE OR REPLACE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT "
        "AS 'BEGIN RETURN NEW; END'"
    ),
    "DROP CONSTRAINT": touched("ALTER TABLE ledger_posting DROP CONSTRAINT ledger_posting_amount_check"),
}
"""What only somebody who owns the tables can do to what guards them."""


async def cells(there: There) -> dict[str, Spoil]:
    """Every way, by the name it has in the table."""
    found: dict[str, Spoil] = {}
    async with owned(there.url) as connection:
        for table in TABLES:
            for row in await connection.fetch(COLUMNS, table):
                found[f"{table}.{row['name']}"] = flipped(table, row["name"])
    for table, columns in OTHERS.items():
        found |= {f"{table}.{column}": flipped(table, column) for column in columns}
    found |= {DROPPED.format(table): dropped(table) for table in TABLES}
    found |= {LINES.format(table): said(statement) for table, statement in DOUBLED.items()}
    return found | {
        "换位置 · two entries swapped": said(*SWAPPED),
        "截尾 · the tail cut": said(*CUT),
        "截尾连同检查点 · the tail cut, signed heads too": said(*CUT, *UNSIGNED),
        "用我们的代码重写 · rewritten with our code": rewritten,
        "同上，还有钥匙 · the same, with the key": rewritten_with_the_key,
        **GUARDS,
    }


async def try_cell(there: There, spoil: Spoil) -> set[str]:
    """Spoil a copy in this way, and ask everybody."""
    async with there.spoilt(spoil) as url:
        return await there.finders(url)


async def settle(folder: Path) -> There:
    """The sample town on the tests' server, watched and audited."""
    url = await postgres.make()
    await town.settle(url, folder)
    there = There(folder, url)
    await there.prepare()
    return there


async def main() -> None:
    """Print the lines."""
    with tempfile.TemporaryDirectory() as folder:
        there = await settle(Path(folder))
        for name, spoil in (await cells(there)).items():
            sys.stdout.write(line(name, await try_cell(there, spoil)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())

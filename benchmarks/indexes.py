"""What each index costs an award: its rows are written again into copies of one book, each without one index.

    python -m benchmarks.indexes [--size 50000] [--count 10000] [--rounds 5]

A book of SIZE awards is filled (benchmarks/loads.py) and COUNT more after them; those rows are what is written, by
`sqlite3` alone, 64 awards to a transaction. In every round each copy takes its turn after one that has all indexes;
the least processor time says what an index costs, also on a busy machine. Keys stay: they keep things from being twice.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import loader, raw_sqlite
from benchmarks.figures import surroundings
from benchmarks.loads import Load
from points.progress import quiet

GROUP = 64
ALL = "all of them"
_INDEXES = """
SELECT tbl_name, name, sql FROM sqlite_master
WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?)) ORDER BY tbl_name, name"""


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--size", type=int, default=50_000)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="jishan-indexes-") as folder:
        found = measure(Path(folder), given.size, given.count, given.rounds)
    whole = min(found.pop(ALL))
    print(surroundings())
    print(f"| index | µs of processor an award | of {whole:.0f} |\n|---|--:|--:|")
    for name, each in found.items():
        spared = whole - min(each)
        print(f"| `{name}` | {spared:.1f} | {spared / whole:.1%} |")


def measure(folder: Path, size: int, count: int, rounds: int) -> dict[str, list[float]]:
    """Microseconds of processor for an award with all indexes, and by index without it, in every round."""
    before, after = folder / "before.db", folder / "after.db"
    load = Load("award", 10_000)
    begun = asyncio.run(loader.prepare(before, load, size * load.postings, progress=quiet))
    shutil.copy(before, after)
    asyncio.run(loader.prepare(after, load, (size + count) * load.postings, progress=quiet))
    without = {ALL: "", **dict(indexes(before))}
    found: dict[str, list[float]] = {name: [] for name in without}
    for _ in range(rounds):
        for name, index in without.items():
            copy = folder / "copy.db"
            shutil.copy(before, copy)
            if index:
                with closing(sqlite3.connect(copy)) as connection:
                    connection.execute(f'DROP INDEX "{index}"')
            took = raw_sqlite.copy(after, copy, after=begun, until=begun + count, group=GROUP)
            found[name].append(took.cpu / count * 1e6)
    return found


def indexes(book: Path) -> Iterator[tuple[str, str]]:
    """The indexes of the tables that an award writes to, as `table (columns)`, each with its name."""
    tables = '["' + '", "'.join(raw_sqlite.AFTER) + '"]'
    with closing(sqlite3.connect(book)) as connection:
        for table, name, sql in connection.execute(_INDEXES, [tables]).fetchall():
            yield f"{table} {sql[sql.rindex('(') :]}".replace('"', ""), name


if __name__ == "__main__":
    main()

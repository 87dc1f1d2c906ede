"""The main job, measured: import, verification and award of the municipal files, beside plain `csv` and `sqlite3`.

    python -m benchmarks.main_job [--data ../shared/data] [--rounds 5]

Each command runs in a process of its own, its start included, on a fresh book. In the same round, plain Python reads
the same file and inserts as many rows as the command wrote in all tables, each with as many bytes as ours have on
average, 500 in a transaction, synchronous=FULL: the least that durable rows cost here. Medians of all rounds, the
largest memory of any process. Nothing is written but a temporary folder and standard output.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PROGRAM = Path(sys.executable).parent / "jishan"
MONTHS = ("2018-02", "2018-06", "2018-07", "2018-08", "2018-09", "2018-10")
IN_A_TRANSACTION = 500
VERIFY = "verify --source pingshan --on 2018-12-01 --by"


@dataclass(frozen=True)
class Stage:
    """One part of the job: its commands, and the file whose rows it is about."""

    name: str
    commands: tuple[str, ...]
    file: str
    encoding: str = "utf-8-sig"


STAGES = (
    Stage("areas", ("import areas {data}/divisions.csv",), "divisions.csv"),
    Stage("members", ("import members {data}/members.csv",), "members.csv"),
    Stage(
        "events",
        ("import events {data}/pingshan_events.csv --source pingshan",),
        "pingshan_events.csv",
        "gb18030",
    ),
    Stage("contributions", ("import contributions {data}/contributions.csv",), "contributions.csv"),
    Stage("verify and award", (f"{VERIFY} S-0003", f"{VERIFY} S-0006"), "contributions.csv"),
)


@dataclass(frozen=True)
class Measured:
    """One stage in one round: our seconds (by the clock, of processor) and megabytes, rows, seconds of plain Python."""

    seconds: float
    processor: float
    megabytes: float
    rows: int
    written: int
    plain: float


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="jishan-benchmark-") as folder:
        base = prepare(Path(folder))
        rounds = [one_round(base, given.data.resolve()) for _ in range(given.rounds)]
    say(rounds)


def prepare(folder: Path) -> Path:
    """A book with people in it; its making is not measured."""
    base = folder / "base"
    base.mkdir()
    run("init --sample", base)
    return base


def one_round(base: Path, data: Path) -> dict[str, Measured]:
    """The whole job on a copy of the book, stage by stage."""
    folder = base.with_name("round")
    shutil.copytree(base, folder)
    measured = {}
    for stage in STAGES:
        if stage.name.startswith("verify"):
            allocate(folder)
        before, bytes_before = contents(folder)
        used = [run(command.format(data=data), folder) for command in stage.commands]
        after, bytes_after = contents(folder)
        written = after - before
        plain, rows = plainly(
            data / stage.file, stage.encoding, folder, written, (bytes_after - bytes_before) // written
        )
        seconds, processor = sum(each[0] for each in used), sum(each[1] for each in used)
        megabytes = max(each[2] for each in used)
        measured[stage.name] = Measured(seconds, processor, megabytes, rows, written, plain)
        print(f"{stage.name:20} {seconds:6.2f} s  {megabytes:5.0f} MB", file=sys.stderr)
    shutil.rmtree(folder)
    return measured


def allocate(folder: Path) -> None:
    """The funds that awards come out of; not measured."""
    for month in MONTHS:
        run(f"fund allocate --under 440310000000 --month {month} --points 50000 --by S-0002", folder)


def run(command: str, folder: Path) -> tuple[float, float, float]:
    """A command in a folder of its own: seconds by the clock and of processor, and its most memory in megabytes."""
    begun = time.monotonic()
    words = [str(PROGRAM), *command.split()]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, nowhere, 1)]
    env = {name: value for name, value in os.environ.items() if not name.startswith("JISHAN_")}
    env["JISHAN_BOOK"] = f"sqlite://{folder / 'book.db'}"
    here = Path.cwd()
    os.chdir(folder)
    child = os.posix_spawn(words[0], words, env, file_actions=actions)
    os.chdir(here)
    os.close(nowhere)
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def contents(folder: Path) -> tuple[int, int]:
    """How many rows the book has in all its tables, and how many bytes."""
    with closing(sqlite3.connect(folder / "book.db")) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = sum(file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables)  # noqa: S608
        (pages,), (size,) = (
            file.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
        )
    return rows, pages * size


def plainly(path: Path, encoding: str, folder: Path, rows: int, width: int) -> tuple[float, int]:
    """Read a file and insert so many rows of so many bytes, as plainly as can be: seconds, and rows of the file."""
    begun = time.monotonic()
    with path.open(encoding=encoding, newline="") as file:
        cells = [",".join(row) for row in csv.reader(file)][1:]
    with closing(sqlite3.connect(folder / "plain.db", isolation_level=None)) as book:
        book.execute("PRAGMA journal_mode = WAL")
        book.execute("PRAGMA synchronous = FULL")
        book.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, cells TEXT NOT NULL)")
        for part in parts(cells, rows, width):
            book.execute("BEGIN IMMEDIATE")
            book.executemany("INSERT INTO row (cells) VALUES (?)", part)
            book.execute("COMMIT")
    seconds = time.monotonic() - begun
    for left in folder.glob("plain.db*"):
        left.unlink()
    return seconds, len(cells)


def parts(cells: list[str], rows: int, width: int) -> Iterator[list[tuple[str]]]:
    """So many rows of so many characters, made of the cells, in transactions."""
    for start in range(0, rows, IN_A_TRANSACTION):
        numbers = range(start, min(rows, start + IN_A_TRANSACTION))
        yield [(cells[number % len(cells)].ljust(width)[:width],) for number in numbers]


def say(rounds: list[dict[str, Measured]]) -> None:
    """The table of medians."""
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {len(rounds)} rounds\n"
    )
    print(
        "| stage | rows of the file | rows written | seconds | processor | rows/s"
        " | plain seconds | plain rows/s | ratio | MB |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in rounds[0]:
        each = [one[name] for one in rounds]
        line(name, each[0].rows, each[0].written, [[m] for m in each])
    whole = [list(one.values()) for one in rounds]
    rows = sum(m.rows for name, m in rounds[0].items() if not name.startswith("verify"))
    line("**all**", rows, sum(m.written for m in whole[0]), whole)


def line(name: str, rows: int, written: int, rounds: list[list[Measured]]) -> None:
    """One line of the table: what each round measured, of one stage or of all."""
    ours = [sum(m.seconds for m in one) for one in rounds]
    plain = [sum(m.plain for m in one) for one in rounds]
    seconds, least = median(ours), median(plain)
    processor = median(sum(m.processor for m in one) for one in rounds)
    memory = max(m.megabytes for one in rounds for m in one)
    ratio = median(a / b for a, b in zip(ours, plain, strict=True))
    print(
        f"| {name} | {rows:,} | {written:,} | {seconds:.2f} | {processor:.2f} | {rows / seconds:,.0f}"
        f" | {least:.3f} | {rows / least:,.0f} | {ratio:.0f} | {memory:.0f} |"
    )


if __name__ == "__main__":
    main()

"""A year of Meishan imported, beside plain `csv` and `sqlite3` in the same round, and in parts that say how it grows.

    python -m benchmarks.meishan_import [--part 1.0] [--rounds 3]

As benchmarks/main_job.py measures: each command in a process of its own, its start included, on a fresh book; plain
Python reads the same file and inserts as many rows, as wide, 500 in a transaction, synchronous=FULL.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import main_job, meishan
from benchmarks.main_job import Measured

STAGES = {
    "areas": "import areas {folder}/areas.csv",
    "members": "import members {folder}/members.csv",
    "events": "import events {folder}/events.csv --source meishan",
    "contributions": "import contributions {folder}/contributions.csv",
}


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--part", type=float, default=1.0)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="jishan-benchmark-") as name:
        folder = Path(name)
        meishan.write(folder / "files", meishan.scale(given.part))
        main_job.say([one_round(folder) for _ in range(given.rounds)])


def one_round(folder: Path) -> dict[str, Measured]:
    """The four files into a fresh book, one after the other."""
    here = folder / "round"
    here.mkdir()
    main_job.run("init", here)
    measured = {}
    for stage, command in STAGES.items():
        before, bytes_before = main_job.contents(here)
        seconds, processor, megabytes = main_job.run(command.format(folder=folder / "files"), here)
        after, bytes_after = main_job.contents(here)
        written = after - before
        file, width = folder / "files" / f"{stage}.csv", (bytes_after - bytes_before) // written
        plain, rows = main_job.plainly(file, "utf-8-sig", here, written, width)
        measured[stage] = Measured(seconds, processor, megabytes, rows, written, plain)
        print(f"{stage:20} {seconds:6.2f} s  {megabytes:5.0f} MB", file=sys.stderr)
    shutil.rmtree(here)
    return measured


if __name__ == "__main__":
    main()

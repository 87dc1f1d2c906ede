"""A year of Meishan imported, beside plain `csv` and `sqlite3` in the same round, and in parts that say how it grows.

    python -m benchmarks.meishan_import [--part 1.0] [--rounds 3]

As benchmarks/main_job.py measures: each command in a process of its own, its start included, on a fresh book. Two
baselines, 500 rows in a transaction, synchronous=FULL: "plain" reads the file and inserts as many rows, as wide, into
one table without an index; "same rows" reads the file and inserts the very rows that the command wrote into the same
tables with their indexes and guards (benchmarks/same_rows.py).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks import main_job, meishan, same_rows
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
        rounds = [one_round(folder) for _ in range(given.rounds)]
    main_job.say([{stage: measured for stage, (measured, _) in each.items()} for each in rounds])
    say(rounds)


def one_round(folder: Path) -> dict[str, tuple[Measured, float]]:
    """The four files into a fresh book, one after the other; beside each, the seconds of the same rows."""
    here = folder / "round"
    here.mkdir()
    main_job.run("init", here)
    measured, copy = {}, folder / "copy.db"
    for stage, command in STAGES.items():
        before, bytes_before = main_job.contents(here)
        shutil.copy(here / "book.db", copy)
        seconds, processor, megabytes = main_job.run(command.format(folder=folder / "files"), here)
        after, bytes_after = main_job.contents(here)
        written = after - before
        file, width = folder / "files" / f"{stage}.csv", (bytes_after - bytes_before) // written
        plain, rows = main_job.plainly(file, "utf-8-sig", here, written, width)
        same = same_rows.seconds(copy, here / "book.db", file)
        measured[stage] = Measured(seconds, processor, megabytes, rows, written, plain), same
        print(f"{stage:20} {seconds:6.2f} s  {megabytes:5.0f} MB", file=sys.stderr)
    shutil.rmtree(here)
    for left in folder.glob("copy.db*"):
        left.unlink()
    return measured


def say(rounds: list[dict[str, tuple[Measured, float]]]) -> None:
    """The table of the second baseline; the ratio is that of the same round."""
    print("\n| stage | seconds | same rows seconds | ratio |\n|---|--:|--:|--:|")
    for name, stages in {**{stage: [stage] for stage in STAGES}, "**all**": list(STAGES)}.items():
        ours = [sum(each[stage][0].seconds for stage in stages) for each in rounds]
        same = [sum(each[stage][1] for stage in stages) for each in rounds]
        ratio = median(a / b for a, b in zip(ours, same, strict=True))
        print(f"| {name} | {median(ours):.2f} | {median(same):.2f} | {ratio:.1f} |")


if __name__ == "__main__":
    main()

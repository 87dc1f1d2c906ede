"""The main job as an administrator types it, line after line, on the real municipal files."""

from __future__ import annotations

import csv
import json
import shlex
import sqlite3
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.journeys.reckoning import read
from tests.needs import SHARED_DATA
from tests.typed import Said, run

HERS = "10000900002"
"""赵敏's phone in the sample: she lives with 李梅 (S-0003)."""

MONTHS = ("2018-02", "2018-06", "2018-07", "2018-08", "2018-09", "2018-10")
"""The months of the events; the file needs a fund for each."""

IMPORTS = {
    "areas": "jishan import areas ../shared/data/divisions.csv",
    "members": "jishan import members ../shared/data/members.csv",
    "events": "jishan import events ../shared/data/pingshan_events.csv --source pingshan",
    "contributions": "jishan import contributions ../shared/data/contributions.csv",
}
LINES = {
    **{
        f"fund {month}": f"jishan fund allocate --under 440310000000 --month {month} --points 50000 --by S-0002"
        for month in MONTHS
    },
    "verify": "jishan verify --source pingshan --by S-0003 --on 2018-12-01",
    "verify again": "jishan verify --source pingshan --by S-0003 --on 2018-12-01",
    "verify the rest": "jishan verify --source pingshan --by S-0006 --on 2018-12-01",
    "publish": "jishan notice publish --under 440310000000 --by S-0002 --on 2018-12-01",
    "too early": "jishan sweep --on 2018-12-07",
    "sweep": "jishan sweep --on 2018-12-31",
    "balance": "jishan balance 10000001155 --on 2018-12-31",
    "statement": "jishan statement 10000001155",
}
THEN = {
    "checkpoint": "jishan checkpoint",
    "audit": "jishan audit",
    "export": "jishan export out/",
    "key": "jishan key",
}


@dataclass
class Job:
    """What was said to each line, and the folder it was typed in, where nothing but its own book is."""

    folder: Path
    said: dict[str, Any] = field(default_factory=dict)

    def type(self, name: str, line: str) -> Said:
        """Type a line, and keep its answer."""
        answer = run(*shlex.split(line)[1:], "--json", folder=self.folder)
        assert (answer.status, answer.err) == (0, ""), (line, answer)
        self.said[name] = answer.data
        return answer

    @property
    def book(self) -> Path:
        """The book's file, under the name it has when nobody says another."""
        return self.folder / "jishan.db"

    def rows(self, query: str, *values: object) -> list[Any]:
        """What a bare reading of the book's file says."""
        with sqlite3.connect(f"file:{self.book}?mode=ro", uri=True) as file:
            found = file.execute(query, values).fetchall()
        file.close()
        return found

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The member number of each phone."""
        return dict(self.rows("SELECT phone, member FROM people_person"))


def do(folder: Path) -> Job:
    """The whole job, from an empty folder on."""
    (folder / "project").mkdir()
    (folder / "shared").mkdir()
    (folder / "shared" / "data").symlink_to(SHARED_DATA)
    job = Job(folder / "project")
    job.type("init", "jishan init --sample")
    for name, line in IMPORTS.items():
        job.type(f"{name}, tried", f"{line} --dry-run")
        job.type(name, line)
    job.type("hers", "jishan import contributions " + str(household(job.folder)) + " --source pingshan")
    for name, line in LINES.items():
        job.type(name, line)
    redeem(job)
    for name, line in THEN.items():
        job.type(name, line)
    return job


def household(folder: Path) -> Path:
    """A file in which 李梅's household took part in an event that nobody else did."""
    taken = {row["事件编号"] for row in read(SHARED_DATA / "contributions.csv")}
    events = read(SHARED_DATA / "pingshan_events.csv", "gb18030")
    free = next(
        row["REC_ID"] for row in events if row["REC_ID"] not in taken and row["COMMUNITY_NAME"] == "竹坑社区"
    )
    path = folder / "hers.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["事件编号", "手机", "身份"], [free, HERS, "上报人"]])
    return path


def redeem(job: Job) -> None:
    """The member with the most points takes two bottles, and asks again with the same key."""
    (member, _points), *_rest = job.rows(
        "SELECT v.member, sum(v.points) FROM awards_verification AS v JOIN events_event AS e ON e.id = v.event"
        " WHERE e.source = 'pingshan' GROUP BY v.member ORDER BY 2 DESC, 1 LIMIT 1"
    )
    line = f"jishan redeem --shop 1 --member {member} --item 洗衣液x2 --by S-0004 --key k1 --on 2019-01-05"
    job.said["shopper"] = member
    job.type("redeem", line)
    job.type("redeem again", line)


def hledger_balances(text: str) -> dict[tuple[str, str], int]:
    """hledger's own balances, from its JSON: (account, commodity) → amount."""
    found = {}
    for account, _full, _depth, amounts in json.loads(text)[0]:
        for amount in amounts:
            quantity = amount["aquantity"]
            assert quantity["decimalPlaces"] == 0 or quantity["floatingPoint"].is_integer()
            found[account, amount["acommodity"]] = int(quantity["floatingPoint"])
    return found

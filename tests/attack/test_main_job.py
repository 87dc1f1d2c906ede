"""Imports and verification under `kill -9`: the same command finishes the job, as if nothing had happened."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests import town as sample
from tests.attack.killing import kill_until_done
from tests.figures import figure
from tests.journeys.reckoning import read
from tests.typed import call

pytestmark = pytest.mark.attack

EVENTS = figure(short=1_100, full=6_000)
KILLS = figure(short=2, full=25)
FUNDS = ("2018-02", "2018-06", "2018-07", "2018-08", "2018-09", "2018-10")


class Town:
    """A book with areas, members and funds, and the files of what happened in them."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.book = folder, folder / sample.NAMES[0]
        self.events, self.contributions = folder / "events.csv", folder / "contributions.csv"
        self._cut(data)
        sample.copied(folder)
        for kind, name in (("areas", "divisions"), ("members", "members")):
            self.type("import", kind, str(data / f"{name}.csv"))
        for month in FUNDS:
            allocate = ("--under", "440310000000", "--month", month, "--points", "50000", "--by", "S-0002")
            self.type("fund", "allocate", *allocate)

    def _cut(self, data: Path) -> None:
        """The first events of the real file, and what was done in them, as the files are written."""
        lines = (data / "pingshan_events.csv").read_bytes().splitlines(keepends=True)[: EVENTS + 1]
        self.events.write_bytes(b"".join(lines))
        known = {row["REC_ID"] for row in read(self.events, "gb18030")}
        head, *rows = (data / "contributions.csv").read_text("utf-8-sig").splitlines(keepends=True)
        kept = [row for row in rows if row.split(",")[1] in known]
        self.contributions.write_text("".join([head, *kept]), "utf-8-sig")

    def type(self, *words: str, book: Path | None = None) -> str:
        """A command that must succeed."""
        said = call(*words, book=book or self.book)
        assert said.status == 0, said
        return said.out

    def commands(self) -> dict[str, list[str]]:
        """What is done to the town, in its order."""
        errors = ["--errors-to", str(self.folder)]
        return {
            "events": ["import", "events", str(self.events), "--source", "pingshan", *errors],
            "contributions": ["import", "contributions", str(self.contributions), *errors],
            "verify": ["verify", "--source", "pingshan", "--by", "S-0003", "--on", "2018-12-01"],
        }

    def copy(self, name: str) -> Path:
        """Another book like this one, with the same key."""
        path = self.folder / f"{name}.db"
        for suffix in (".db", ".key", ".pepper"):
            shutil.copy(self.book.with_suffix(suffix), path.with_suffix(suffix))
        return path


@pytest.fixture(scope="module")
def town(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """The town before anything happened."""
    return Town(tmp_path_factory.mktemp("town"), shared_data)


@pytest.fixture(scope="module")
def undisturbed(town: Town) -> Path:
    """The book after everything was done in peace."""
    path = town.copy("undisturbed")
    for words in town.commands().values():
        town.type(*words, book=path)
    return path


@pytest.mark.usefixtures("one_in_twenty_is_drawn")
def test_a_killed_job_is_finished_by_the_same_commands(town: Town, undisturbed: Path) -> None:
    """Killed again and again at random moments of writing, each command comes to its end when it is typed once more;
    every contribution is there and decided once, every account is as in the undisturbed book, and the audit passes."""
    path, chance = town.copy("killed"), random.Random(5)
    midway = 0
    for words in town.commands().values():
        ended = kill_until_done(words, path, kills=KILLS, chance=chance)
        midway += ended.midway
    assert midway, "no kill fell between two writings: the attack tests nothing"
    assert facts(path) == facts(undisturbed)
    assert balances(path) == balances(undisturbed)
    for words in town.commands().values():
        again = json.loads(town.type(*words, "--json", book=path))
        assert again.get("inserted", again.get("verified")) == 0
    assert json.loads(town.type("audit", "--json", book=path))["findings"] == []


def facts(path: Path) -> list[tuple[object, ...]]:
    """What happened and what was decided, without the keys that are drawn anew for each row."""
    return rows(
        path,
        "SELECT e.external_id, e.category, e.area, e.occurred_at, c.member, c.role, c.minutes, c.outcome,"
        " v.decision, v.points, v.minutes, v.rule, a.verifier"
        " FROM events_event AS e LEFT JOIN events_contribution AS c ON c.event = e.id"
        " LEFT JOIN awards_verification AS v ON v.contribution = c.id"
        " LEFT JOIN events_assignment AS a ON a.event = e.id"
        " WHERE e.source = 'pingshan' ORDER BY 1, 5, 6",
    )


def balances(path: Path) -> list[tuple[object, ...]]:
    """The balance of every account, added up from the postings."""
    return rows(
        path,
        "SELECT a.address, a.unit, m.moved FROM ledger_account AS a JOIN ("
        " SELECT account, sum(amount) AS moved FROM ("
        " SELECT target AS account, amount FROM ledger_posting"
        " UNION ALL SELECT source, -amount FROM ledger_posting) GROUP BY account"
        ") AS m ON m.account = a.id ORDER BY 1, 2",
    )


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """What a bare reading of the file says."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return file.execute(query).fetchall()

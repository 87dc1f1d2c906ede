"""What is measured is what is claimed: whole books, the same rows on both sides, and figures that follow from turns."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks import figures, loader, posting, raw_sqlite, tortoise_posts
from benchmarks.figures import Round
from benchmarks.loads import HOT, Kind, Load, allocation
from ledger import audit, decisions
from ledger.decisions import State
from ledger.errors import Refusal
from ledger.transactions import Draft, Receipt, Transaction
from points import district
from points.district import open_district
from tests import books

pytestmark = pytest.mark.anyio

KINDS: list[Kind] = ["transfer", "award"]


def silent(_done: int, _total: int) -> None:
    """Nobody looks."""


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    """All of a table."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


async def prepared(path: Path, load: Load, size: int) -> int:
    """A loaded book, begun from the migrated template."""
    await books.make(path.parent, path.name)
    return await loader.prepare(path, load, size, progress=silent)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_loaded_book_is_what_the_journal_writes(kind: Kind, tmp_path: Path) -> None:
    """Row for row, times apart; the audit finds nothing, every guard is back, and the journal goes on from there."""
    load, fast, slow = Load(kind, 30), tmp_path / "fast.db", tmp_path / "slow.db"
    number = await prepared(fast, load, 700)
    await books.make(tmp_path, "slow.db")
    async with open_district(f"sqlite://{slow}") as book:
        await book.journal.post(allocation())
        await book.journal.post_all([load.draft(one) for one in range(1, number)])
    for table in ("ledger_account", "ledger_posting", "awards_verification"):
        assert rows(fast, table) == rows(slow, table)
    assert [row[1:7] for row in rows(fast, "ledger_transaction")] == [
        row[1:7] for row in rows(slow, "ledger_transaction")
    ]
    async with open_district(f"sqlite://{fast}") as book:
        receipt = await book.journal.post(load.draft(number))
        assert receipt.position == number + 1
        assert (await audit.run(book.reader, guards=book.guards)).findings == ()
    assert len(rows(fast, "ledger_tile")) == (number + 1) // 256


async def test_a_loader_that_makes_a_mistake_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong number planted in what is written: the audit of the loaded book names it."""
    right = decisions.decide

    def wrong(state: State, draft: Draft, now: datetime) -> Transaction | Receipt | Refusal:
        decision = right(state, draft, now)
        if not isinstance(decision, Transaction) or decision.position != 100:
            return decision
        (line,) = decision.lines
        return decision._replace(lines=(line._replace(target_balance=line.target_balance + 1),))

    monkeypatch.setattr(decisions, "decide", wrong)
    path = tmp_path / "book.db"
    await prepared(path, Load("transfer", 30), 300)
    async with open_district(f"sqlite://{path}") as book:
        found = (await audit.run(book.reader, guards=book.guards)).findings
    assert {100} <= {finding.position for finding in found}


@pytest.mark.parametrize("kind", KINDS)
async def test_the_baseline_writes_the_very_same_rows(kind: Kind, tmp_path: Path) -> None:
    """Every table is equal afterwards, bodies, leaves and tiles included."""
    plan = posting.Plan(Load(kind, 20), rounds=2, count=300, callers=8, orm_count=5)
    found = await posting.measure(tmp_path, tmp_path / "ours.db", plan, size=100, progress=silent)
    for table in raw_sqlite.AFTER:
        ours, raw = rows(tmp_path / "ours.db", table), rows(tmp_path / "raw.db", table)
        assert ours == raw, table
        assert ours or table == "awards_verification", table
    assert set(found["ratios"]) == {"raw sqlite3", "one Tortoise transaction per post"}


async def test_a_baseline_that_skips_rows_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that writes fewer rows would look fast: its book is not ours any more."""
    monkeypatch.delitem(raw_sqlite.AFTER, "ledger_tile")
    plan = posting.Plan(Load("transfer", 20), rounds=1, count=600, callers=8, at_once=100)
    await posting.measure(tmp_path, tmp_path / "ours.db", plan, size=100, progress=silent)
    assert rows(tmp_path / "ours.db", "ledger_tile") != rows(tmp_path / "raw.db", "ledger_tile")


async def test_the_orm_moves_the_same_amounts(tmp_path: Path) -> None:
    """The slow way is a ledger too: the same balances, as many postings, nothing twice."""
    load, path = Load("award", 5), tmp_path / "orm.db"
    await district.migrate(path)
    drafts = [allocation(), *(load.draft(number) for number in range(1, 20))]
    turn = await tortoise_posts.run(tortoise_posts.file(path), [*drafts, drafts[-1]], 1)
    assert turn.done == len(drafts) + 1
    with closing(sqlite3.connect(path)) as connection:
        (left,) = connection.execute(
            "SELECT source_balance FROM ledger_posting WHERE source_version > 1 AND unit = 'points' ORDER BY id DESC"
        ).fetchone()
        assert connection.execute("SELECT count(*) FROM ledger_posting").fetchone() == (1 + 19 * 4,)
    assert left == 10**12 - 19 * 2


async def test_a_long_book_takes_turns_with_a_short_one(tmp_path: Path) -> None:
    """Both grow by as many entries, and the ratio is the long one's rate over the short one's."""
    places = (tmp_path / "small.db", tmp_path / "large.db")
    for place in places:
        await books.make(tmp_path, place.name)
    plan = posting.Plan(Load("transfer", 20), rounds=1, count=50, callers=8)
    found = await posting.grown(*places, plan, sizes=(100, 300), progress=silent)
    assert [len(rows(place, "ledger_transaction")) for place in places] == [1 + 100 + 100, 1 + 300 + 100]
    assert set(found["ratios"]) == {posting.SMALL}


def test_a_tenth_is_hot() -> None:
    """Of many drafts a tenth more or less goes to the hot members, the first of them most of all."""
    load = Load("transfer", 10_000, hot=True)
    members = [load.member(number) for number in range(5_000)]
    hot = [name for name in members if int(name[2:]) < HOT]
    assert 0.08 < len(hot) / len(members) < 0.14
    assert members.count("V-000000") > 50
    assert Load("transfer", 10_000).draft(7) == Load("transfer", 10_000).draft(7)


async def test_figures_follow_from_the_turns() -> None:
    """The median rate, not the mean; percentiles over all rounds; the ratio of medians; turns one after another."""
    order: list[str] = []

    def contender(name: str, *seconds: float) -> figures.Contender:
        async def turn(number: int) -> Round:
            order.append(f"{name}{number}")
            return Round(100, seconds[number], seconds[number] / 2, [0.001, seconds[number]])

        return turn

    found = await figures.contest({"a": contender("a", 1, 9, 2), "b": contender("b", 4, 4, 4)}, 3)
    assert order == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert figures.figure(found["a"]) == {
        "rate": 50.0,
        "rates": [100.0, 11.1, 50.0],
        "cpu_us": 10_000.0,
        "p50_ms": 1000.0,
        "p99_ms": 9000.0,
    }
    assert figures.ratios(found, "a") == {"b": 2.0}

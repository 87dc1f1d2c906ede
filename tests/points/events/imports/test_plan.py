"""One plan for the dry run and the real one; parts that stand by themselves."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.transactions import Draft, Receipt
from points.events.errors import PlanOutdated
from points.events.imports import members
from points.events.imports import plan as plans
from points.events.models import Batch
from points.people.models import Member
from tests.points.events import paper
from tests.points.events.paper import DAY, MEMBERS
from tests.points.market.counting import writes_during


def people(count: int, first: int = 1) -> str:
    """A file of so many members."""
    return MEMBERS + "".join(
        f"居民,1000090{n:04d},居民,六和社区,,H{n},\n" for n in range(first, first + count)
    )


async def carried(book: Book, plan: plans.Plan) -> plans.Outcome:
    """Carry a plan out."""
    return await plans.carry_out(book, plan, by="S-0001", on=DAY)


async def count(book: Book) -> int:
    """How many members there are."""
    return await Member.all().using_db(book.reader).count()


@pytest.mark.anyio
async def test_planning_writes_nothing(book: Book, tmp_path: Path) -> None:
    """The dry run is the plan; and the plan cannot be changed on the way to the real run."""
    plan = await members.plan(book, paper.write(tmp_path, people(3)))
    assert await count(book) == 0
    assert await Batch.all().using_db(book.reader).count() == 0
    with pytest.raises(FrozenInstanceError):
        plan.entries = ()  # type: ignore[misc]
    assert plan.rows == len(plan.entries) + plan.unchanged + len(plan.refused)


@pytest.mark.anyio
async def test_parts_are_acts_of_five_hundred_rows(book: Book, tmp_path: Path) -> None:
    """Each cites what it was: file and row digests and counts; one batch row, and progress to the end."""
    told: list[tuple[int, int]] = []
    plan = await members.plan(book, paper.write(tmp_path, people(1100)))
    outcome = await plans.carry_out(book, plan, by="S-0001", on=DAY, progress=lambda *how: told.append(how))
    assert (outcome.inserted, outcome.batch) == (1100, plan.batch)
    assert told == [(0, 1100), (500, 1100), (1000, 1100), (1100, 1100)]
    sql = "SELECT kind, reference FROM ledger_transaction ORDER BY position"
    assert await book.reader.execute_query_dict(sql) == [
        {"kind": "act", "reference": f"import/2026-11-21/{plan.batch}/{n}"} for n in (1, 2, 3)
    ]
    (text,) = await book.reader.execute_query_dict(
        "SELECT text FROM evidence_snapshot_text WHERE snapshot = ?", [f"import/{plan.batch}/3"]
    )
    facts = json.loads(text["text"])
    assert (facts["file"], facts["part"], facts["parts"], facts["rows"]) == (plan.sheet.digest, 3, 3, 100)
    assert facts["rows_digest"] == plans.rows_digest(plan.sheet, plan.entries[1000:])
    assert await Batch.all().using_db(book.reader).count() == 1


@pytest.mark.anyio
async def test_carrying_out_the_same_plan_twice_inserts_once(book: Book, tmp_path: Path) -> None:
    """Whoever is unsure whether it went through asks again, and nothing more happens."""
    plan = await members.plan(book, paper.write(tmp_path, people(3)))
    assert (await carried(book, plan)).inserted == 3
    again = await carried(book, plan)
    assert (again.inserted, again.unchanged, await count(book)) == (0, 3, 3)


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.anyio
async def test_a_kill_between_two_parts_loses_nothing(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written stays; the same file again is unchanged so far, and finishes."""
    path = paper.write(tmp_path, people(1100))
    post = book.journal.post

    async def die_at_the_second(draft: Draft) -> Receipt:
        if draft.reference.endswith("/2"):
            raise Killed
        return await post(draft)

    plan = await members.plan(book, path)
    with monkeypatch.context() as patched:
        patched.setattr(book.journal, "post", die_at_the_second)
        with pytest.raises(Killed):
            await carried(book, plan)
    assert await count(book) == 500
    _, rest = await paper.imported(members, book, path)
    assert (rest.inserted, rest.unchanged, await count(book)) == (600, 500, 1100)


@pytest.mark.anyio
async def test_a_plan_that_the_book_has_overtaken_is_refused_and_made_again(
    book: Book, tmp_path: Path
) -> None:
    """Two plans of one file: the second meets the rows of the first; planned again, they are unchanged."""
    path = paper.write(tmp_path, people(3))
    first, second = await members.plan(book, path), await members.plan(book, path)
    await carried(book, first)
    with pytest.raises(PlanOutdated):
        await carried(book, second)
    _, outcome = await paper.imported(members, book, path)
    assert (outcome.inserted, outcome.unchanged, await count(book)) == (0, 3, 3)


@pytest.mark.anyio
async def test_the_ledger_text_holds_no_digest_of_people(book: Book, tmp_path: Path) -> None:
    """The file's own digest is in the salted snapshot only: a file of one row could be guessed back from it."""
    plan = await members.plan(book, paper.write(tmp_path, people(1)))
    await carried(book, plan)
    (row,) = await book.reader.execute_query_dict("SELECT body FROM ledger_transaction")
    body = bytes(row["body"]).decode()
    assert plan.batch in body
    for digest in (plan.sheet.digest, plans.rows_digest(plan.sheet, plan.entries)):
        assert digest not in body


@pytest.mark.anyio
async def test_each_part_costs_the_same_number_of_statements(book: Book, tmp_path: Path) -> None:
    """Ten rows or four hundred: the writer is asked equally often, its INSERTs of many rows apart."""
    asked: list[str] = []
    counts = []
    for first, many in ((1, 10), (1001, 400)):
        plan = await members.plan(book, paper.write(tmp_path, people(many, first)))
        asked.clear()
        async with writes_during(book, asked):
            await carried(book, plan)
        counts.append(sum(not one.lstrip().startswith(("INSERT", "--")) for one in asked))
    assert {"sqlite": 4, "postgres": 3}[book.engine.dialect] <= counts[0] == counts[1]

"""Two people, and only two people, let a book go on after a loss; a witness accepts its own loss only."""

from __future__ import annotations

import shutil
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ledger import heads, receipts, recoveries, witness
from ledger.book import Book
from ledger.errors import BadNote, HistoryShorter, NotThisRecovery, ReadOnly
from ledger.opening import read_sight
from ledger.sources import Open
from points import recovery
from points.district import open_district
from points.errors import NothingLost, OnePersonTwice, ReasonMissing
from points.people import households, roles
from points.people.errors import NotAllowed
from points.recovery import Recovered
from tests import books
from tests.ledger.logs import KEY, VKEY, WITNESS, put_back
from tests.points.people import village

pytestmark = pytest.mark.anyio
ON = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Loss:
    """A book restored from an old backup, what a witness saw of it, and four people of the house."""

    path: Path
    state: Path
    admin: str
    second: str
    auditor: str
    clerk: str

    def open(self) -> AbstractAsyncContextManager[Book]:
        """As the application opens it: the witness's state serves as its file."""
        return open_district(f"sqlite://{self.path}", witness=self.state)

    async def look(self, *, statement: str | None = None) -> witness.Sight:
        """The witness looks, with a statement in its hand or none."""
        accepted = recoveries.read_statement(statement, VKEY) if statement else None
        async with open_district(f"sqlite://{self.path}") as book:
            return await witness.look(
                Open(book.reader), key=WITNESS, log_vkey=VKEY, state=self.state, at=AT, recovery=accepted
            )


@pytest.fixture
async def loss(tmp_path: Path) -> Loss:
    """The book had 4 entries more when the witness saw it."""
    await books.make(tmp_path)
    async with open_district(f"sqlite://{tmp_path / 'book.db'}") as book:
        await village.lay(book)
        numbers: list[str] = []
        for name, role in (("陈国强", "admin"), ("郑敏", "admin"), ("周静", "auditor"), ("张强", "counter")):
            who = await village.enrol(book, name, kind="staff")
            by = numbers[0] if numbers else roles.SYSTEM
            await roles.grant(book, member=who.number, role=role, area=None, by=by, on=ON)
            numbers.append(who.number)
        await heads.checkpoint(book, KEY)
    there = Loss(tmp_path / "book.db", tmp_path / "state", *numbers)
    shutil.copy(there.path, tmp_path / "backup.db")
    async with open_district(f"sqlite://{there.path}") as book:
        for name in ("甲", "乙", "丙", "丁"):
            await village.enrol(book, name)
        await heads.checkpoint(book, KEY)
    await there.look()
    put_back(tmp_path / "backup.db", there.path)
    return there


async def recover(
    book: Book, loss: Loss, *, by: str = "", approved_by: str = "", reason: str = "磁盘坏了"
) -> Recovered:
    """The admin and the auditor recover what the witness saw."""
    seen = read_sight(loss.state)
    people = {"by": by or loss.admin, "approved_by": approved_by or loss.auditor}
    return await recovery.recover(book, lost=seen, reason=reason, on=ON, **people)


async def statement_of(book: Book, done: Recovered) -> str:
    """What the witness is given."""
    await heads.checkpoint(book, KEY)
    found = await heads.receipt(book, done.receipt.position, KEY)
    assert found is not None
    return recoveries.format_statement(receipts.format_receipt(found[0]), salt=done.salt, text=done.text)


async def test_two_people_let_the_book_go_on(loss: Loss) -> None:
    """Read-only before; written again after, here and at the next opening; the entry names both heads."""
    async with loss.open() as book:
        assert book.journal.read_only is not None
        done = await recover(book, loss)
        assert (done.lost, done.receipt.position) == (read_sight(loss.state), done.kept.size + 1)
        await village.enrol(book, "戊")
    async with loss.open() as book:
        assert book.journal.read_only is None
        (written,) = await recoveries.every(book.reader)
        assert (written.lost, written.kept) == (done.lost, done.kept)


@pytest.mark.parametrize(
    ("by", "approved_by", "refusal"),
    [
        ("admin", "admin", OnePersonTwice),
        ("auditor", "admin", NotAllowed),
        ("clerk", "auditor", NotAllowed),
        ("admin", "clerk", NotAllowed),
    ],
)
async def test_nobody_does_it_alone_or_without_the_role(
    loss: Loss, by: str, approved_by: str, refusal: type[Exception]
) -> None:
    """One person twice, an auditor who asks, a clerk on either side: refused, and nothing can be written afterwards."""
    async with loss.open() as book:
        with pytest.raises(refusal):
            await recover(book, loss, by=getattr(loss, by), approved_by=getattr(loss, approved_by))
        with pytest.raises(ReadOnly):
            await village.enrol(book, "戊")
        assert await recoveries.every(book.reader) == []


async def test_a_second_admin_may_approve_but_not_from_the_same_household(loss: Loss) -> None:
    """A declared household counts as one person."""
    async with open_district(f"sqlite://{loss.path}") as book:
        for who in (loss.admin, loss.second):
            await households.join(book, "H-1", who, on=ON)
    async with loss.open() as book:
        with pytest.raises(OnePersonTwice):
            await recover(book, loss, approved_by=loss.second)
        assert (await recover(book, loss, by=loss.second, approved_by=loss.auditor)).receipt.position


async def test_a_reason_is_asked_for_and_something_must_be_lost(loss: Loss) -> None:
    """No blank reason; and nobody declares history lost that is there."""
    async with loss.open() as book:
        with pytest.raises(ReasonMissing):
            await recover(book, loss, reason="  ")
        newest = await heads.last(book)
        assert newest is not None
        with pytest.raises(NothingLost):
            await recovery.recover(
                book,
                lost=recoveries.Head(newest.size, newest.root),
                reason="x",
                by=loss.admin,
                approved_by=loss.auditor,
                on=ON,
            )


async def test_asked_again_it_is_the_same_recovery(loss: Loss) -> None:
    """Pressed twice, or after the book grew: one entry, one statement."""
    async with loss.open() as book:
        first = await recover(book, loss)
        await village.enrol(book, "戊")
        again = await recover(book, loss)
        assert again.receipt.repeated
        assert replace(again, receipt=first.receipt) == first
        assert len(await recoveries.every(book.reader)) == 1


async def test_the_witness_accepts_its_own_loss_and_keeps_the_evidence(loss: Loss) -> None:
    """Refused before; accepted with the statement; then it goes on as ever, and the old note stays beside the state."""
    with pytest.raises(HistoryShorter):
        await loss.look()
    old = loss.state.read_text()
    async with loss.open() as book:
        statement = await statement_of(book, await recover(book, loss))
    with pytest.raises(HistoryShorter):
        await loss.look()
    sight = await loss.look(statement=statement)
    assert sight.size < (sight.before or 0)
    assert loss.state.with_name(f"state.lost-{sight.before}").read_text() == old
    assert (await loss.look()).before == sight.size
    said = recoveries.read_statement(statement, VKEY)
    assert (said.facts["reason"], said.facts["by"], said.facts["approved_by"]) == (
        "磁盘坏了",
        loss.admin,
        loss.auditor,
    )


async def test_a_statement_that_was_touched_or_is_anothers_is_refused(loss: Loss) -> None:
    """Another reason, another salt, another loss, none at all, and one for a witness that saw something else."""
    async with loss.open() as book:
        statement = await statement_of(book, await recover(book, loss))
    for changed in (
        statement.replace("磁盘坏了", "没事"),
        statement.replace("# recovery ", "# recovery 0"),
        statement[: statement.rindex("# recovery")],
    ):
        with pytest.raises(BadNote):
            recoveries.read_statement(changed, VKEY)
    kept = loss.state.read_bytes()
    loss.state.unlink()
    await loss.look()
    with pytest.raises(NotThisRecovery):
        await loss.look(statement=statement)
    loss.state.write_bytes(kept)
    assert (await loss.look(statement=statement)).size

"""What those who watch a book from outside must notice, each as a coroutine over a migrated book's file.

    python -m tests.attack.watching NAME BOOK.db

As tests/attack/scenarios.py: the tests run them on this tree, and on copies in which something is broken.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic_like_migrations.rooms import APPS
from ledger import cosignatures, heads, recoveries, signatures, tree, witness
from ledger.book import open_book
from ledger.errors import HistoryForked, HistoryRewritten, HistoryShorter, LedgerError, ReadOnly
from ledger.recoveries import Head
from ledger.sources import Open
from ledger.transactions import Draft, Evidence
from tests.ledger.drafts import CHART, draft, move, opened

KEY = signatures.generate("jishan.example/440310001002")
VKEY = str(KEY.verifier)
WITNESS = signatures.generate("witness.example/audit")
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)


async def grow(path: Path, name: str, count: int) -> None:
    """Post so many entries, and sign the head."""
    async with opened(path) as book:
        await book.journal.post_all([draft(f"{name}/{n}", move("bank", "a", 1)) for n in range(count)])
        await heads.checkpoint(book, KEY)


async def look(path: Path) -> str:
    """The witness looks, and its state stands beside the book; the answer is what it handed out, or the refusal."""
    state = path.with_name("state")
    async with opened(path) as book:
        try:
            sight = await witness.look(Open(book.reader), key=WITNESS, log_vkey=VKEY, state=state, at=AT)
        except LedgerError as refused:
            return type(refused).__name__
    return sight.note


def put_back(path: Path) -> None:
    """Restore the backup in the place of the book."""
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    shutil.copy(path.with_name("backup.db"), path)


async def watched(path: Path) -> str:
    """How the application finds the book when it opens it and tries to write."""
    opening = open_book(f"sqlite://{path}", chart=CHART, apps=APPS, witness=path.with_name("state"))
    async with opening as book:
        try:
            await book.journal.post(draft("written", move("bank", "a", 1)))
        except ReadOnly as refused:
            return type(refused).__name__
    return "written"


async def lose(path: Path) -> None:
    """300 entries, a backup, 50 more that the witness saw, and the backup put back."""
    await grow(path, "first", 300)
    shutil.copy(path, path.with_name("backup.db"))
    await grow(path, "second", 50)
    assert (await look(path)).count("\n") > 3
    put_back(path)


async def a_witness_cosigns_one_history(path: Path) -> None:
    """Shorter, forked or rewritten: refused, for that reason, and the state stays what it was."""
    await lose(path)
    state = path.with_name("state").read_bytes()
    assert await look(path) == HistoryShorter.__name__
    await grow(path, "instead", 50)
    assert await look(path) == HistoryForked.__name__
    await grow(path, "further", 50)
    assert await look(path) == HistoryRewritten.__name__
    assert path.with_name("state").read_bytes() == state


async def a_cosignature_holds_its_time_and_text(path: Path) -> None:
    """What the witness handed out verifies, is on its disk, and says when."""
    await grow(path, "first", 3)
    note = await look(path)
    line = cosignatures.verify(note, str(cosignatures.public_half(WITNESS)))
    assert cosignatures.signed_at(line) == int(AT.timestamp())
    state = path.with_name("state")
    assert state.exists()
    assert state.read_text() == note
    shifted = cosignatures.Signature(line.name, line.key_id, bytes(8) + line.value[8:])
    try:
        cosignatures.verify(cosignatures.added(note, shifted), str(cosignatures.public_half(WITNESS)))
    except LedgerError:
        return
    raise AssertionError("the time is not signed")


async def what_was_lost_is_missed_at_opening(path: Path) -> None:
    """A backup put back, and one that was written on: read-only, with the reason; a whole book is written."""
    await lose(path)
    assert await watched(path) == "HistoryLost"
    await grow(path, "instead", 60)
    assert await watched(path) == "HistoryDiffers"
    path.with_name("state").unlink()
    assert await watched(path) == "SightUnreadable"


async def a_recovery_explains_its_own_loss_only(path: Path) -> None:
    """The very head it names, while the head it goes on from stands."""
    await lose(path)
    async with opened(path) as book:
        size = await tree.head(book.reader)
        kept, other = Head(size, await tree.root_at(book.reader, size)), Head(350, os.urandom(32))
        for lost, false in ((other, kept), (other, Head(size, bytes(32)))):
            facts = draft(f"r/{lost}/{false.size}")
            named = Evidence(recoveries.KIND, "1", facts.evidence.digest)
            request, day = facts.request, date(2026, 11, 21)
            await book.journal.post(Draft(recoveries.reference(lost, false), "act", named, day, request))
        assert [one.kept for one in await recoveries.every(book.reader)] == [kept]
    assert await watched(path) == "HistoryLost"


Scenario = Callable[[Path], Coroutine[Any, Any, None]]
SCENARIOS: dict[str, Scenario] = {
    scenario.__name__: scenario
    for scenario in (
        a_witness_cosigns_one_history,
        a_cosignature_holds_its_time_and_text,
        what_was_lost_is_missed_at_opening,
        a_recovery_explains_its_own_loss_only,
    )
}

if __name__ == "__main__":
    asyncio.run(SCENARIOS[sys.argv[1]](Path(sys.argv[2])))

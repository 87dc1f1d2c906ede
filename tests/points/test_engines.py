"""The same days lived on both engines leave the same ledger: they differ only in time, salts and keys."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ledger import audit, backups, bundle, heads, signatures, statements
from ledger.book import Book
from points import drills, founding
from points.progress import quiet
from points.sample import town
from tests import books, postgres

pytestmark = [
    pytest.mark.anyio,
    *([] if postgres.ELSEWHERE else [pytest.mark.needs("postgresql")]),
]
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@pytest.fixture
def repeatable(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Keys and choices that come in the same order each time `begin` is called."""

    def begin() -> None:
        chance, milliseconds = random.Random(7), count(1_500_000_000_000)
        bits = SimpleNamespace(
            choice=chance.choice,
            randbits=chance.getrandbits,
            randbelow=chance.randrange,
            token_hex=lambda n=16: chance.randbytes(n).hex(),
        )
        monkeypatch.setattr("points.keys.os", SimpleNamespace(urandom=chance.randbytes))
        monkeypatch.setattr(
            "points.keys.time", SimpleNamespace(time_ns=lambda: next(milliseconds) * 1_000_000)
        )
        for name in ("points.openness.lists.secrets", "points.people.cards.secrets"):
            monkeypatch.setattr(name, bits)

    return begin


async def lived(book: Book, folder: Path) -> tuple[list[str], list[statements.Balance]]:
    """The sample town's days, exported: every text without its moment and its salted digests; and all balances."""
    key = signatures.generate("jishan/same")
    await founding.open_ledger(book, vkey="jishan/same", on=date(2018, 1, 1))
    await founding.settle(book, on=date(2018, 1, 1))
    await town.settle(book, pepper=b"p" * 32, seal=b"s" * 32, progress=lambda _label: quiet)
    head = await heads.checkpoint(book, key)
    report = await audit.run(book.reader, guards=book.guards, vkey=str(key.verifier))
    assert (report.whole, report.size) == (True, head.size), report.findings
    await bundle.write(book.reader, folder, vkey=str(key.verifier), checkpoint=head.note, progress=quiet)
    lines = (folder / "transactions.jsonl").read_text().splitlines()
    return [without(line) for line in lines], await statements.balances(book.reader, "member/")


def without(line: str) -> str:
    """A text without what may differ."""
    text = json.loads(line)
    del text["recorded_at"]
    return DIGEST.sub("", json.dumps(text, sort_keys=True))


async def kept_safe(url: str, folder: Path) -> None:
    """Back a book up, and let a drill restore it, serve somebody from it, and compare it with the one in use."""
    now = datetime.now(UTC)
    await asyncio.to_thread(backups.take, url, folder, at=now, progress=quiet, verifying=quiet)
    done = await drills.drill(folder, meter=lambda _label: quiet, live=url, near=url)
    assert done.well, done.problems
    assert done.loss == drills.Loss(0, 0.0)
    assert done.trial is not None
    assert done.trial.adds_up


async def test_the_same_days_leave_the_same_ledger(
    tmp_path: Path, repeatable: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Transaction by transaction, posting by posting, account by account; and either book comes back from its backup,
    with every room's tables."""
    left: dict[str, Any] = {}
    for engine in ("sqlite", "postgres"):
        monkeypatch.setattr(books, "engine", engine)
        repeatable()
        async with books.fresh(tmp_path, f"{engine}.db") as book:
            assert book.engine.dialect == engine
            left[engine] = await lived(book, tmp_path / engine)
            await kept_safe(books.url_of(book), tmp_path / f"{engine} copies")
    texts, balances = left["sqlite"]
    assert left["postgres"][0] == texts
    assert left["postgres"][1] == balances
    assert len(texts) > 100

"""Texts alone give back the same ledger, row for row; what does not continue is not written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ledger import audit, encoding, replay
from ledger.encoding import leaf_hash
from ledger.errors import CopyDamaged, NotContinuous
from ledger.segments import Entry
from tests.ledger import drafts
from tests.ledger.copies import fill, ledger_of, rows
from tests.ledger.drafts import draft, move

pytestmark = pytest.mark.anyio


def entries(path: Path, first: int = 1) -> Iterator[Entry]:
    """The entries of a book from a position on; their roots are not asked for here."""
    for row in rows(path, "ledger_transaction")[first - 1 :]:
        yield Entry(row[0], row[-2], row[-1], b"")


async def test_texts_give_the_same_ledger_back(tmp_path: Path) -> None:
    """700 entries, a correction and a cap among them: accounts, postings, columns, leaves and tiles are the same rows,
    from nothing and from a backup's end alike, and the audit finds nothing."""
    async with drafts.fresh(tmp_path, "first.db") as book:
        await fill(book, 300)
        await book.journal.post(draft("fill/x", move("bank", "a", 9)))
        await book.journal.post(draft("fill/y", move("a", "bank", 9), reverses="fill/x"))
        await book.journal.post(draft("fill/z", move("box/a/cap/r:60/2018-07", "bank", 7, "cap")))
        await book.journal.post(draft("fill/act", kind="act"))
        await fill(book, 396, first=500)
    first = tmp_path / "first.db"
    async with drafts.fresh(tmp_path, "whole.db") as book:
        kinds = await replay.replay(book, entries(first))
        report = await audit.run(book.reader, guards=book.guards)
        assert report.findings == ()
    assert kinds == {"move": 699, "act": 1}
    assert ledger_of(tmp_path / "whole.db") == ledger_of(first)
    async with drafts.fresh(tmp_path, "part.db") as book:
        await replay.replay(book, (e for e in entries(first) if e.position <= 255))
        await replay.replay(book, entries(first, 256))
        again = await book.journal.post(draft("fill/x", move("bank", "a", 9)))
        assert again.repeated, "the replayed book does not know its references"
    assert ledger_of(tmp_path / "part.db") == ledger_of(first)


def changed(entry: Entry, change: dict[str, Any]) -> Entry:
    """The entry as it would be if its text had said something else, with the leaf that text has."""
    body = encoding.canonical({**json.loads(entry.body), **change})
    return replace(entry, body=body, leaf=leaf_hash(body))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"position": 9}, "不是账本的写法"),
        ({"reference": "t/fill/00000001"}, "已经在账本里"),
        ({"accounts": [{"address": "bank", "unit": "points"}]}, "已经开过户"),
        ({"floor": 3}, "不是账本的写法"),
        ({"recorded_at": "yesterday"}, "不是账本的写法"),
    ],
)
async def test_a_text_that_does_not_continue_is_refused(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    """Whatever it says wrongly, though its leaf is its own: nothing of it is written."""
    async with drafts.fresh(tmp_path, "first.db") as book:
        await fill(book, 8)
    wrong = changed(list(entries(tmp_path / "first.db"))[7], change)
    await _refused(tmp_path, wrong, said)


@pytest.mark.parametrize(
    "name", ["source_version", "source_balance", "target_version", "target_balance", "amount"]
)
async def test_figures_that_do_not_follow_are_refused(name: str, tmp_path: Path) -> None:
    """A version or a balance that is one off."""
    async with drafts.fresh(tmp_path, "first.db") as book:
        await fill(book, 8)
    entry = list(entries(tmp_path / "first.db"))[7]
    lines = json.loads(entry.body)["postings"]
    lines[0][name] += 1
    await _refused(tmp_path, changed(entry, {"postings": lines}), "的版本或余额接不上")


async def test_an_account_nobody_opened_is_refused(tmp_path: Path) -> None:
    """A line that names an account which no text opened."""
    async with drafts.fresh(tmp_path, "first.db") as book:
        await fill(book, 8)
    entry = list(entries(tmp_path / "first.db"))[7]
    lines = json.loads(entry.body)["postings"]
    lines[0]["target"] = "box/nobody"
    await _refused(tmp_path, changed(entry, {"postings": lines}), "没有开过户")


async def test_a_gap_and_a_wrong_leaf_are_refused(tmp_path: Path) -> None:
    """An entry that is not the next one, and a text that is not its leaf's."""
    async with drafts.fresh(tmp_path, "first.db") as book:
        await fill(book, 9)
    there = list(entries(tmp_path / "first.db"))
    await _refused(tmp_path, there[8], "账本写到第 7 笔")
    await _refused(tmp_path, replace(there[7], leaf=bytes(32)), "不是账本的写法")
    await _refused(tmp_path, replace(there[7], body=b"{"), "不是账本的写法")


async def _refused(folder: Path, wrong: Entry, said: str) -> None:
    first = list(entries(folder / "first.db"))[:7]
    async with drafts.fresh(folder, "second.db") as book:
        await replay.replay(book, iter(first))
        with pytest.raises((CopyDamaged, NotContinuous), match=said):
            await replay.replay(book, iter([wrong]))
    assert len(rows(folder / "second.db", "ledger_transaction")) == 7

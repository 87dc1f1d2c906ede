"""Texts alone give back the same ledger, row for row; what does not continue is not written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ledger import audit, encoding, replay
from ledger.book import Book
from ledger.encoding import leaf_hash
from ledger.errors import CopyDamaged, NotContinuous
from ledger.segments import Entry
from tests.ledger import drafts
from tests.ledger.copies import fill, ledger_in, rows_of
from tests.ledger.drafts import draft, move

pytestmark = pytest.mark.anyio


async def entries(book: Book) -> list[Entry]:
    """The entries of a book; their roots are not asked for here."""
    return [Entry(row[0], row[-2], row[-1], b"") for row in await rows_of(book, "ledger_transaction")]


async def eight(folder: Path, count: int = 8) -> list[Entry]:
    """The entries of a small book."""
    async with drafts.fresh(folder, "first.db") as book:
        await fill(book, count)
        return await entries(book)


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
        texts, first = await entries(book), await ledger_in(book)
    async with drafts.fresh(tmp_path, "whole.db") as book:
        kinds = await replay.replay(book, iter(texts))
        report = await audit.run(book.reader, guards=book.guards)
        assert report.findings == ()
        assert await ledger_in(book) == first
    assert kinds == {"move": 699, "act": 1}
    async with drafts.fresh(tmp_path, "part.db") as book:
        await replay.replay(book, iter(texts[:255]))
        await replay.replay(book, iter(texts[255:]))
        assert await ledger_in(book) == first
        again = await book.journal.post(draft("fill/x", move("bank", "a", 9)))
        assert again.repeated, "the replayed book does not know its references"


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
    there = await eight(tmp_path)
    await _refused(tmp_path, there, changed(there[7], change), said)


@pytest.mark.parametrize(
    "name", ["source_version", "source_balance", "target_version", "target_balance", "amount"]
)
async def test_figures_that_do_not_follow_are_refused(name: str, tmp_path: Path) -> None:
    """A version or a balance that is one off."""
    there = await eight(tmp_path)
    entry = there[7]
    lines = json.loads(entry.body)["postings"]
    lines[0][name] += 1
    await _refused(tmp_path, there, changed(entry, {"postings": lines}), "的版本或余额接不上")


async def test_an_account_nobody_opened_is_refused(tmp_path: Path) -> None:
    """A line that names an account which no text opened."""
    there = await eight(tmp_path)
    entry = there[7]
    lines = json.loads(entry.body)["postings"]
    lines[0]["target"] = "box/nobody"
    await _refused(tmp_path, there, changed(entry, {"postings": lines}), "没有开过户")


async def test_a_gap_and_a_wrong_leaf_are_refused(tmp_path: Path) -> None:
    """An entry that is not the next one, and a text that is not its leaf's."""
    there = await eight(tmp_path, 9)
    await _refused(tmp_path, there, there[8], "账本写到第 7 笔")
    await _refused(tmp_path, there, replace(there[7], leaf=bytes(32)), "不是账本的写法")
    await _refused(tmp_path, there, replace(there[7], body=b"{"), "不是账本的写法")


async def _refused(folder: Path, there: list[Entry], wrong: Entry, said: str) -> None:
    async with drafts.fresh(folder, "second.db") as book:
        await replay.replay(book, iter(there[:7]))
        with pytest.raises((CopyDamaged, NotContinuous), match=said):
            await replay.replay(book, iter([wrong]))
        assert len(await rows_of(book, "ledger_transaction")) == 7

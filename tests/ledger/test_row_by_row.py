"""What is fast and what is slow say the same of texts, whatever characters are in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import audit, checks_of_texts, encoding, stretches
from ledger.findings import Audit
from ledger.transactions import Evidence
from tests.ledger.drafts import draft, fresh, move
from tests.ledger.drafts import opened as opened_book
from tests.ledger.tampering import opened

pytestmark = pytest.mark.anyio

WORDS = ("plain", "说明", 'a"b', "a\\b", "é", 'x","id":"y')


@pytest.mark.parametrize("word", WORDS)
async def test_a_text_of_any_characters_is_whole(word: str, tmp_path: Path) -> None:
    """What JSON escapes, and what it does not: written by the ledger, nothing is wrong with it."""
    async with fresh(tmp_path) as book:
        cited = Evidence("note", word, encoding.digest(word))
        await book.journal.post(draft("1", move("bank", "a", 1), evidence=cited))
        report = await audit.run(book.reader, guards=book.guards)
        assert report.findings == ()
        (stretch,) = [one async for one in stretches.read(Audit(book.reader, 1, {}))]
        assert checks_of_texts._is_said(stretch)
        assert checks_of_texts._is_plain(stretch) == (word == "plain")


@pytest.mark.parametrize("word", ['x","id":"y', "a\\u0041", "a\x01b"])
async def test_a_text_that_only_looks_like_its_rows_is_found(word: str, tmp_path: Path) -> None:
    """Quotes and escapes put into a column and, as they are, into the text, with its leaf: no text of ours."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("1", move("bank", "a", 1)))
    path = tmp_path / "book.db"
    with opened(path) as file:
        (body,) = file.execute("SELECT body FROM ledger_transaction").fetchone()
        false = body.replace(b'"id":"1"', f'"id":"{word}"'.encode())
        assert false != body
        values = [false, encoding.leaf_hash(false), word]
        file.execute("UPDATE ledger_transaction SET body = ?, leaf = ?, evidence_id = ?", values)
    async with opened_book(path) as book:
        report = await audit.run(book.reader, guards=book.guards)
    assert "texts" in {finding.check for finding in report.findings}


async def test_a_text_with_null_for_a_row_is_found(tmp_path: Path) -> None:
    """A posting whose account is gone is not `null`, whatever a text that was written again says."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("1", move("bank", "a", 1)))
    path = tmp_path / "book.db"
    with opened(path) as file:
        (body,) = file.execute("SELECT body FROM ledger_transaction").fetchone()
        text = encoding.parse(body)
        text["postings"], text["accounts"] = [None], []
        false = encoding.canonical(text)
        file.execute("UPDATE ledger_transaction SET body = ?, leaf = ?", [false, encoding.leaf_hash(false)])
        file.execute("DELETE FROM ledger_account")
    async with opened_book(path) as book:
        report = await audit.run(book.reader, guards=book.guards)
    assert "postings" in {finding.check for finding in report.findings}

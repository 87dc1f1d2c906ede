"""The tree stands on the leaves and the signed heads on the tree; a tail cut off is known by what was signed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from ledger import checkpoints, signatures
from ledger.checkpoints import Checkpoint
from tests.ledger.tampering import Original, opened

pytestmark = pytest.mark.anyio


def cut(file: sqlite3.Connection, left: int) -> None:
    """Take the end off, with everything that belongs to it, as neatly as can be."""
    file.execute("DELETE FROM ledger_transaction WHERE position > ?", [left])
    file.execute("DELETE FROM ledger_posting WHERE id >= ?", [(left + 1) * 256])
    file.execute("DELETE FROM ledger_account WHERE opened_at > ?", [left])


async def test_a_tail_cut_off_is_found_by_the_checkpoint(original: Original) -> None:
    """However neatly the last transactions were removed, the signed head says how many there were."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            (size,) = file.execute("SELECT max(position) FROM ledger_transaction").fetchone()
            cut(file, size - 3)
        findings = await original.findings(spoilt)
    assert [(f.check, f.position) for f in findings] == [("checkpoints", size)]
    assert "截断" in findings[0].what


async def test_a_head_signed_by_another_key_is_found(original: Original) -> None:
    """A checkpoint that is right in every number, but not signed by the book's key."""
    other = signatures.generate(original.key.name)
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            size, root = file.execute("SELECT size, root FROM ledger_checkpoint").fetchone()
            note = signatures.sign(other, Checkpoint(other.name, size, root))
            file.execute("UPDATE ledger_checkpoint SET note = ?", [note])
        findings = await original.findings(spoilt)
    assert [(f.check, f.position) for f in findings] == [("checkpoints", size)]


async def test_a_rewritten_history_is_found_by_the_tile_and_by_the_checkpoint(original: Original) -> None:
    """A leaf before the end of the tile contradicts the tile; one behind it, the signed root."""
    for position, check in ((17, "tiles"), (400, "checkpoints")):
        with original.copy() as spoilt:
            with opened(spoilt) as file:
                query = "SELECT leaf FROM ledger_transaction WHERE position = ?"
                (leaf,) = file.execute(query, [position]).fetchone()
                file.execute(
                    "UPDATE ledger_transaction SET leaf = ? WHERE position = ?", [leaf[::-1], position]
                )
            findings = await original.findings(spoilt)
        assert check in {finding.check for finding in findings}
        named = {finding.position for finding in findings if finding.check == "texts"}
        assert named == {position}


SPOILS: dict[str, tuple[Callable[[sqlite3.Connection], object], str]] = {
    "the tile is gone": (lambda file: file.execute("DELETE FROM ledger_tile"), "缺少"),
    "a tile too many": (
        lambda file: file.execute(
            'INSERT INTO ledger_tile (id, level, "index", hashes) SELECT id + 1, level, 1, hashes FROM ledger_tile'
        ),
        "应有 1 块",
    ),
    "the tile is shorter": (
        lambda file: file.execute("UPDATE ledger_tile SET hashes = substr(hashes, 1, 8160)"),
        "第 256 笔",
    ),
}


@pytest.mark.parametrize("name", SPOILS)
async def test_what_was_done_to_the_tiles_is_said(original: Original, name: str) -> None:
    """A tile that is gone, one too many, one too short."""
    spoil, sentence = SPOILS[name]
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            spoil(file)
        findings = await original.findings(spoilt)
    assert any(finding.check == "tiles" and sentence in finding.what for finding in findings), findings


async def test_an_unsigned_head_is_no_head(original: Original) -> None:
    """A row that claims a head without a note that can be read is a finding, not an error."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            file.execute("INSERT INTO ledger_checkpoint VALUES (10, zeroblob(32), 'no note', '2026')")
        findings = await original.findings(spoilt)
    assert [(f.check, f.position) for f in findings] == [("checkpoints", 10)]
    assert checkpoints.NAME.fullmatch(original.key.name)

"""The signing key is kept close, signs as Go's notes do, and signs no head that does not extend the last
one.
"""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from ledger import checkpoints, merkle, signatures
from ledger.errors import BadNote, KeyUnsafe, NotAnExtension, WrongSignature
from tests.ledger.test_merkle import Hashes, numbered
from tests.ledger.test_tree import fill, reading

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/ledger/notes.json").read_text())
LEAVES = numbered(700)


def test_it_signs_what_go_signs() -> None:
    """Ed25519 is deterministic: with the key of the Go documentation we write its note, byte for byte."""
    key = signatures.parse_secret(VECTORS["secret"])
    note = VECTORS["notes"]["PeterNeumann"]
    text = note[: note.rindex("\n\n") + 1]
    written = checkpoints.format_note(checkpoints.Note(text, (signatures.sign_text(key, text),)))
    assert written == note
    assert str(key.verifier) == VECTORS["keys"]["PeterNeumann"]
    assert signatures.format_secret(key) == VECTORS["secret"]


def test_a_saved_key_comes_back_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    """Mode 0600 whatever the umask, and the same key again."""
    key, path = signatures.generate("jishan.example/1"), tmp_path / "signing.key"
    before = os.umask(0)
    try:
        signatures.save(key, path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert signatures.load(path).verifier == key.verifier


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    """A second key at the same place is refused and the first stays."""
    path = tmp_path / "signing.key"
    signatures.save(signatures.generate("first"), path)
    with pytest.raises(KeyUnsafe, match="已经存在"):
        signatures.save(signatures.generate("second"), path)
    assert signatures.load(path).name == "first"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_that_others_may_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    """Group or world access of any kind."""
    path = tmp_path / "signing.key"
    signatures.save(signatures.generate("jishan"), path)
    path.chmod(mode)
    with pytest.raises(KeyUnsafe, match="600"):
        signatures.load(path)


@pytest.mark.parametrize(
    "text", ["", "hello", VECTORS["secret"][12:], VECTORS["secret"].replace("c74f", "c74e"), "\xff"]
)
def test_what_is_not_a_key_is_refused_without_being_repeated(tmp_path: Path, text: str) -> None:
    """The message never contains what was in the file."""
    path = tmp_path / "signing.key"
    path.write_bytes(text.encode("latin-1"))
    path.chmod(0o600)
    with pytest.raises(KeyUnsafe) as refused:
        signatures.load(path)
    assert not text or text not in str(refused.value)


def test_the_secret_is_not_shown(tmp_path: Path) -> None:
    """repr() of a key tells its name; a missing file is a clear error; names hold no space and no plus."""
    assert repr(signatures.parse_secret(VECTORS["secret"])) == "SigningKey(name='PeterNeumann')"
    with pytest.raises(KeyUnsafe, match="不存在"):
        signatures.load(tmp_path / "none.key")
    for name in ["", "a b", "a+b"]:
        with pytest.raises(BadNote):
            signatures.generate(name)


@pytest.mark.anyio
async def test_each_head_is_signed_once_and_extends_the_last(tmp_path: Path) -> None:
    """The first head, the same again when nothing was written, and a later one: all verify."""
    key, path = signatures.generate("jishan.example/1"), tmp_path / "book.db"
    fill(path, LEAVES[:300])
    async with reading(path) as db:
        first = await signatures.sign_head(db, key, last=None)
        assert await signatures.sign_head(db, key, last=first.note) == first
        _append(path, LEAVES[300:])
        second = await signatures.sign_head(db, key, last=first.note)
    head = checkpoints.verify(second.note, str(key.verifier))
    assert (head.origin, head.size, head.root) == ("jishan.example/1", 700, second.root)
    assert second.root == merkle.root(700, Hashes(LEAVES))
    assert (first.size, second.size) == (300, 700)


@pytest.mark.anyio
@pytest.mark.parametrize("kept", [299, 300, 700])
async def test_a_rewritten_or_shortened_book_is_not_signed(tmp_path: Path, kept: int) -> None:
    """Another leaf among those signed for, or fewer leaves than were signed for: refused."""
    key = signatures.generate("jishan.example/1")
    fill(tmp_path / "before.db", LEAVES[:300])
    async with reading(tmp_path / "before.db") as db:
        last = (await signatures.sign_head(db, key, last=None)).note
    leaves = LEAVES if kept < 300 else [LEAVES[0], LEAVES[0], *LEAVES[2:]]
    fill(tmp_path / "after.db", leaves[:kept])
    async with reading(tmp_path / "after.db") as db:
        with pytest.raises(NotAnExtension, match="前 300 笔"):
            await signatures.sign_head(db, key, last=last)


@pytest.mark.anyio
async def test_a_last_note_of_another_key_is_not_extended(tmp_path: Path) -> None:
    """Whoever exchanges the stored note gains nothing: it must carry our own signature."""
    fill(tmp_path / "book.db", LEAVES[:10])
    key, other = signatures.generate("jishan.example/1"), signatures.generate("jishan.example/1")
    async with reading(tmp_path / "book.db") as db:
        last = await signatures.sign_head(db, other, last=None)
        with pytest.raises(WrongSignature):
            await signatures.sign_head(db, key, last=last.note)


def _append(path: Path, leaves: list[bytes]) -> None:
    with sqlite3.connect(path) as file:
        (size,) = file.execute("SELECT MAX(position) FROM ledger_transaction").fetchone()
        rows = file.execute("SELECT leaf FROM ledger_transaction WHERE position > ?", (size // 256 * 256,))
        partial = b"".join(leaf for (leaf,) in rows)
        file.executemany("INSERT INTO ledger_transaction VALUES (?, ?)", enumerate(leaves, size + 1))
        tiles = merkle.completed_tiles(size, leaves, partial=partial, stored=lambda *_: [])
        rows_of = [((tile.level << 40) + tile.index, tile.level, tile.index, tile.hashes) for tile in tiles]
        file.executemany("INSERT INTO ledger_tile VALUES (?, ?, ?, ?)", rows_of)
    file.close()

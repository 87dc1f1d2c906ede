"""A witness cosigns what continues what it saw, and nothing else, whoever asks and however often."""

from __future__ import annotations

import fcntl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import bundle, checkpoints, cosignatures, heads, signatures, witness
from ledger.errors import (
    BadNote,
    Busy,
    HistoryForked,
    HistoryRewritten,
    HistoryShorter,
    LedgerError,
    LogUnreachable,
    SightUnreadable,
    WrongSignature,
)
from ledger.sources import Folder, Open, Source
from ledger.witness import Sight
from tests import books
from tests.ledger.drafts import opened
from tests.ledger.logs import KEY, VKEY, WITNESS, copy, grow, put_back

pytestmark = pytest.mark.anyio
PUBLIC = str(cosignatures.public_half(WITNESS))
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A book of 300 entries, signed and closed."""
    await books.make(tmp_path)
    await grow(tmp_path / "book.db", "first", 300)
    return tmp_path / "book.db"


async def look(source: Source, state: Path) -> Sight:
    """The witness looks."""
    return await witness.look(source, key=WITNESS, log_vkey=VKEY, state=state, at=AT)


async def look_at(path: Path, state: Path) -> Sight:
    """The witness looks at a book, open for it."""
    async with opened(path) as book:
        return await look(Open(book.reader), state)


async def assert_refuses(path: Path, state: Path, error: type[LedgerError]) -> None:
    """It is refused for this reason, and the state is, byte for byte, what it was."""
    before = state.read_bytes() if state.exists() else None
    with pytest.raises(error):
        await look_at(path, state)
    assert (state.read_bytes() if state.exists() else None) == before


@pytest.mark.parametrize("more", [0, 1, 212, 213, 700])
async def test_what_continues_is_cosigned_and_kept(path: Path, more: int, tmp_path: Path) -> None:
    """First on trust, then each later head, across edges of tiles; the state holds what was handed out."""
    state = tmp_path / "state"
    first = await look_at(path, state)
    assert (first.size, first.before) == (300, None)
    await grow(path, "more", more)
    second = await look_at(path, state)
    assert (second.size, second.before) == (300 + more, 300)
    assert state.read_text() == second.note
    assert cosignatures.signed_at(cosignatures.verify(second.note, PUBLIC)) == int(AT.timestamp())
    assert checkpoints.verify(second.note, VKEY).size == 300 + more


async def test_an_old_backup_is_refused(path: Path, tmp_path: Path) -> None:
    """Fewer entries than were seen, whether written on or not."""
    backup, state = copy(path, tmp_path / "backup.db"), tmp_path / "state"
    await grow(path, "second", 50)
    await look_at(path, state)
    put_back(backup, path)
    await assert_refuses(path, state, HistoryShorter)
    await grow(path, "instead", 50)
    await assert_refuses(path, state, HistoryForked)
    await grow(path, "further", 50)
    await assert_refuses(path, state, HistoryRewritten)


async def test_another_log_or_key_is_refused(path: Path, tmp_path: Path) -> None:
    """A note of another key, even one that bears the log's name, and a note about another log by the log's key."""
    await books.make(tmp_path, "other.db")
    await grow(tmp_path / "other.db", "first", 300, key=signatures.generate(KEY.name))
    await assert_refuses(tmp_path / "other.db", tmp_path / "state", WrongSignature)
    foreign = signatures.sign(KEY, checkpoints.Checkpoint("elsewhere", 0, b"\0" * 32))

    class Elsewhere(Folder):
        async def checkpoint(self) -> str:
            return foreign

    with pytest.raises(BadNote, match="另一本账"):
        await look(Elsewhere(tmp_path), tmp_path / "state")


async def test_a_bundle_serves_as_well_as_the_book(path: Path, tmp_path: Path) -> None:
    """From the folder of an export, with a changed tile refused even at first sight."""
    state = tmp_path / "state"
    await look_at(path, state)
    await grow(path, "second", 300)
    async with opened(path) as book:
        head = await heads.checkpoint(book, KEY)
        folder = tmp_path / "bundle"
        await bundle.write(book.reader, folder, checkpoint=head.note, vkey=VKEY, progress=lambda *_: None)
    assert (await look(Folder(folder), state)).before == 300
    tile = folder / "tile/1/000.p/2"
    hashes = tile.read_bytes()
    tile.write_bytes(bytes([hashes[0] ^ 1]) + hashes[1:])
    with pytest.raises(BadNote, match="树根"):
        await look(Folder(folder), tmp_path / "another")
    assert not (tmp_path / "another").exists()
    tile.unlink()
    with pytest.raises(LogUnreachable, match="tile/1/000"):
        await look(Folder(folder), tmp_path / "another")


@pytest.mark.parametrize("content", [b"", b"\xff", b"no note at all\n", b"cut"])
async def test_a_damaged_state_is_not_taken_for_none(path: Path, tmp_path: Path, content: bytes) -> None:
    """Whoever spoils the state does not make the witness forget: it refuses until a person has looked."""
    state = tmp_path / "state"
    note = (await look_at(path, state)).note.encode()
    state.write_bytes(note[: len(note) // 2] if content == b"cut" else content)
    await assert_refuses(path, state, SightUnreadable)


async def test_a_state_that_others_wrote_is_refused(path: Path, tmp_path: Path) -> None:
    """A note that the log signed but this witness did not is not what it saw."""
    state = tmp_path / "state"
    async with opened(path) as book:
        state.write_text((await heads.checkpoint(book, KEY)).note)
    await assert_refuses(path, state, SightUnreadable)


async def test_the_cosignature_leaves_after_the_state_is_on_disk(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the state cannot be kept nothing is answered, and the old one is whole."""
    state = tmp_path / "state"
    await look_at(path, state)
    await grow(path, "second", 5)

    def full(*_: object) -> None:
        raise LogUnreachable(where="disk", problem="full")

    monkeypatch.setattr(witness.files, "appear", full)
    await assert_refuses(path, state, LogUnreachable)


async def test_two_witnesses_on_one_state_take_turns(path: Path, tmp_path: Path) -> None:
    """The second is told Busy, so that no state is overtaken."""
    state = tmp_path / "state"
    with (tmp_path / "state.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        await assert_refuses(path, state, Busy)

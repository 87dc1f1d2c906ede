"""A witness: keeps the last checkpoint it saw of a log, and cosigns only what extends it.

It runs as somebody else than the log, with files of its own: its key, and a state file that holds the last note it
cosigned. The state is on the disk before a cosignature leaves the house, so that it never signs two histories.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ledger import checkpoints, cosignatures, files, merkle, sources
from ledger.checkpoints import Checkpoint
from ledger.errors import (
    BadNote,
    BadProof,
    Busy,
    HistoryForked,
    HistoryRewritten,
    HistoryShorter,
    NotThisRecovery,
    SightUnreadable,
)
from ledger.recoveries import Head, Statement
from ledger.signatures import SigningKey
from ledger.sources import Source

NOTE_AT_MOST = 65_536


@dataclass(frozen=True, slots=True)
class Sight:
    """What a witness saw now: the cosigned note, and how long the log was when it looked before (None: never)."""

    note: str
    size: int
    before: int | None


async def look(
    source: Source,
    *,
    key: SigningKey,
    log_vkey: str,
    state: Path,
    at: datetime,
    recovery: Statement | None = None,
) -> Sight:
    """Look at a log: cosign its newest checkpoint if it extends the last one seen, and keep it in `state`.

    Without a state the first checkpoint is taken on trust, once its tree leads to it. With a `recovery` it is the loss
    of the last one seen that is accepted, if the recovery names it; the old note is kept beside the state. Raises
    HistoryShorter, HistoryForked, HistoryRewritten, NotThisRecovery, WrongSignature, BadNote, LogUnreachable,
    SightUnreadable and Busy; the state is then as it was.
    """
    with _alone(state):
        note = await source.checkpoint()
        seen, last = checkpoints.verify_head(note, log_vkey), load(state, key=key, log_vkey=log_vkey)
        if last is None:
            await require_whole(source, seen)
        elif recovery is None:
            await require_extension(source, last, seen)
        else:
            await _require_recovered(source, last, seen, recovery, log_vkey)
            _set_aside(state, last)
        text = checkpoints.parse_note(note).text
        cosigned = cosignatures.added(note, cosignatures.cosign(key, text, at=int(at.timestamp())))
        files.appear(state, cosigned.encode())
    return Sight(cosigned, seen.size, last.size if last else None)


def load(state: Path, *, key: SigningKey, log_vkey: str) -> Checkpoint | None:
    """The last checkpoint seen, if there is a state. It must bear the log's signature and our own.

    Raises SightUnreadable: a state that is damaged is not taken for none.
    """
    try:
        with state.open(encoding="utf-8") as file:
            note = file.read(NOTE_AT_MOST)
        cosignatures.verify(note, str(cosignatures.public_half(key)))
        return checkpoints.verify_head(note, log_vkey)
    except FileNotFoundError:
        return None
    except BadProof as error:
        raise SightUnreadable(seen=state, problem=str(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SightUnreadable(seen=state, problem=getattr(error, "strerror", None) or "不是文字") from None


async def require_whole(source: Source, seen: Checkpoint) -> None:
    """Raise BadNote unless the tiles lead to the root in the checkpoint."""
    nodes = merkle.root_nodes(seen.size)
    if merkle.root(seen.size, await sources.nodes(source, nodes, seen.size)) != seen.root:
        raise BadNote(problem="检查点里的树根和树对不上")


async def require_extension(source: Source, old: Checkpoint, new: Checkpoint) -> list[bytes]:
    """The proof, from tiles that are not trusted otherwise, that the tree of `new` begins with that of `old`.

    Raises HistoryShorter, HistoryForked, HistoryRewritten, LogUnreachable.
    """
    if new.size < old.size:
        raise HistoryShorter(old=old.size, new=new.size)
    if new.size == old.size:
        if new.root != old.root:
            raise HistoryForked(old=old.size)
        return []
    nodes = merkle.consistency_nodes(old.size, new.size)
    hashes = await sources.nodes(source, nodes, new.size)
    proof = merkle.consistency(old.size, new.size, hashes)
    if not merkle.verify_consistency(old.size, new.size, proof, old.root, new.root):
        raise HistoryRewritten(old=old.size, new=new.size)
    return proof


async def _require_recovered(
    source: Source, last: Checkpoint, seen: Checkpoint, recovery: Statement, log_vkey: str
) -> None:
    """The recovery is about our loss, and the log goes on from what the recovery says, the recovery included."""
    said = recovery.recovery
    if said.lost != Head(last.size, last.root):
        raise NotThisRecovery(problem=f"声明丢失的是 {said.lost.size} 笔，见证过的是 {last.size} 笔")
    proved = checkpoints.verify_head(recovery.note, log_vkey)
    kept = Checkpoint(proved.origin, said.kept.size, said.kept.root)
    if not kept.size < said.position <= proved.size:
        raise NotThisRecovery(problem=f"声明在第 {said.position} 笔，却说从第 {kept.size} 笔接着写")
    await require_extension(source, kept, proved)
    await require_extension(source, proved, seen)


def _set_aside(state: Path, lost: Checkpoint) -> None:
    """The note about what was lost is evidence: it stays beside the state."""
    files.appear(state.with_name(f"{state.name}.lost-{lost.size}"), state.read_bytes())


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Two witnesses on one state would each cosign what the other has not seen: the second is told Busy."""
    with state.with_name(f"{state.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield

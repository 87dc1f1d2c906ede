"""`jishan consistency`: any two checkpoints of a log, and what is printed convinces a program of somebody else's."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from ledger import checkpoints, merkle, signatures
from ledger.checkpoints import Checkpoint
from tests.typed import asked, call

MORE = (
    "fund",
    "allocate",
    "--under",
    "440310000000",
    "--month",
    "2027-01",
    "--points",
    "5",
    "--by",
    "S-0002",
)


@pytest.fixture
def notes(book: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two checkpoints of a book that has grown between them."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text(asked("checkpoint", book=book)["note"])
    assert call(*MORE, book=book).status == 0
    new.write_text(asked("checkpoint", book=book)["note"])
    return old, new


def test_the_proof_that_is_printed_proves_it(book: Path, notes: tuple[Path, Path]) -> None:
    """`old SIZE`, the steps, an empty line and the newer note: checked with nothing else than the two notes."""
    old, new = notes
    for words in ((str(old), str(new)), (str(old),)):
        said = call("consistency", *words, book=book)
        assert (said.status, "✓" in said.err) == (0, True)
        top, note = said.out.split("\n\n", 1)
        first, *steps = top.split("\n")
        before, after = checkpoints.parse(old.read_text()), checkpoints.parse(new.read_text())
        assert (first, note) == (f"old {before.size}", new.read_text())
        proof = [b64decode(step) for step in steps]
        assert proof
        assert merkle.verify_consistency(before.size, after.size, proof, before.root, after.root)
    assert asked("consistency", str(old), book=book)["proof"] == steps


def test_a_bundle_serves_as_well_with_a_key_from_elsewhere(
    book: Path, notes: tuple[Path, Path], tmp_path: Path
) -> None:
    """Whoever holds an export needs no book; but the key must be named."""
    old, _new = notes
    out = tmp_path / "out"
    key = asked("export", str(out), book=book)["key"]
    nowhere = tmp_path / "none.db"
    assert call("consistency", str(old), "--log", str(out), "--log-key", key, book=nowhere).status == 0
    assert call("consistency", str(old), "--log", str(out), book=nowhere).status == 2


def test_what_does_not_continue_is_refused(book: Path, notes: tuple[Path, Path], tmp_path: Path) -> None:
    """The other way round; another root of the same size; a head of another history; another signer."""
    old, new = notes
    key = signatures.load(book.with_suffix(".key"))
    before, after = checkpoints.parse(old.read_text()), checkpoints.parse(new.read_text())
    (tmp_path / "forked").write_text(signatures.sign(key, Checkpoint(before.origin, after.size, bytes(32))))
    (tmp_path / "rewritten").write_text(
        signatures.sign(key, Checkpoint(before.origin, before.size, bytes(32)))
    )
    other = signatures.sign(signatures.generate(before.origin), before)
    (tmp_path / "other").write_text(other)
    for first, second in (
        (new, old),
        (tmp_path / "forked", new),
        (tmp_path / "rewritten", new),
        (tmp_path / "other", new),
        (old, tmp_path / "forked"),
    ):
        said = call("consistency", str(first), str(second), book=book)
        assert (said.status, said.out) == (1, "")
        assert said.err.startswith("✗ ")

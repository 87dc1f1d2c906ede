"""Programs of others, who never heard of us, agree about our log: Go's own transparency log, pymerkle, openssl."""

from __future__ import annotations

import os
import shutil
import subprocess
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pymerkle
import pytest

from ledger import checkpoints, merkle, signatures
from ledger.checkpoints import Checkpoint
from tests.ledger.stories import GOLDEN, KEY, VKEY, note_of, pack, receipt_of, story
from tests.ledger.test_merkle import Hashes

PROGRAM = Path(__file__).parent / "go/strangers.go"
GO = pytest.mark.needs("go")


@pytest.fixture(scope="session")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go program, built from Debian's packages alone: no module is fetched."""
    folder = tmp_path_factory.mktemp("go")
    settled = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "CGO_ENABLED": "0", "GOFLAGS": ""}
    environment = os.environ | settled | {"GOCACHE": str(folder / "cache")}
    command = ["go", "build", "-o", str(folder / "strangers"), str(PROGRAM)]
    subprocess.run(command, env=environment, check=True)
    return folder / "strangers"


def go(program: Path, *words: str | Path, given: str = "") -> tuple[int, str]:
    """Its exit status, and what it printed: on standard output, or why it refused."""
    command = [str(program), *map(str, words)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout or done.stderr


@GO
@pytest.mark.parametrize("size", [1, 12, 256, 257, 700])
def test_go_proves_every_text_and_every_beginning_from_our_tiles(
    strangers: Path, tmp_path: Path, size: int
) -> None:
    """sumdb/note opens the checkpoint with our key; tlog's TileHashReader reads the tiles and proves all there is."""
    bodies = story(size).bodies[:size]
    old = []
    for earlier in {1, size // 2 + 1, size}:
        old.append(tmp_path / f"old-{earlier}")
        old[-1].write_text(note_of(bodies[:earlier]))
    said = go(strangers, "bundle", pack(tmp_path / "bundle", bodies), VKEY, *old)
    assert said == (0, f"{size} texts, {len(old)} old checkpoints\n")


@GO
def test_go_finds_what_was_changed(strangers: Path, tmp_path: Path) -> None:
    """A text, a leaf, the checkpoint, another key, another beginning: it refuses each, so its yes means something."""
    bodies = story(300).bodies
    for name, at in (
        ("transactions.jsonl", 9_000),
        ("tile/0/000", 40),
        ("tile/1/000.p/1", 3),
        ("checkpoint", 30),
    ):
        folder = pack(tmp_path / name.replace("/", "-"), bodies)
        data = bytearray((folder / name).read_bytes())
        data[at] ^= 1
        (folder / name).write_bytes(data)
        assert go(strangers, "bundle", folder, VKEY)[0] == 1
    whole = pack(tmp_path / "whole", bodies)
    other = str(signatures.generate(KEY.name).verifier)
    assert go(strangers, "bundle", whole, other)[0] == 1
    (tmp_path / "old").write_text(signatures.sign(KEY, Checkpoint(KEY.name, 7, bytes(32))))
    assert go(strangers, "bundle", whole, VKEY, tmp_path / "old")[0] == 1
    assert go(strangers, "bundle", whole, VKEY)[0] == 0


@GO
def test_go_checks_a_receipt_by_its_own_proof(strangers: Path, tmp_path: Path) -> None:
    """Text, index, steps and checkpoint as they stand on the receipt; another text is refused."""
    path = tmp_path / "receipt.txt"
    for position in (1, 7, 12):
        path.write_text(receipt_of(position, story().bodies))
        assert go(strangers, "receipt", path, VKEY) == (0, f"text {position} of 12\n")
        path.write_text(path.read_text().replace('"kind"', '"kinD"', 1))
        assert go(strangers, "receipt", path, VKEY)[0] == 1


@GO
@pytest.mark.parametrize("old", [1, 7, 256, 299])
def test_go_accepts_our_proof_that_one_checkpoint_continues_another(
    strangers: Path, tmp_path: Path, old: int
) -> None:
    """In the form that `jishan consistency` prints; with one step changed it does not."""
    bodies = story(300).bodies[:300]
    proof = merkle.consistency(old, 300, Hashes([merkle.leaf_hash(body) for body in bodies]))
    (tmp_path / "old").write_text(note_of(bodies[:old]))
    for expected in (0, 1):
        steps = "".join(b64encode(step).decode() + "\n" for step in proof)
        (tmp_path / "proof").write_text(f"old {old}\n{steps}\n{note_of(bodies)}")
        assert go(strangers, "consistency", tmp_path / "proof", VKEY, tmp_path / "old")[0] == expected
        proof[0] = bytes(32)


@GO
def test_go_and_we_sign_the_same_note(strangers: Path) -> None:
    """The secret in Go's form, the text of our checkpoint: one signature, to the byte."""
    note = note_of(story().bodies)
    text = note[: note.index("\n\n") + 1]
    assert go(strangers, "sign", signatures.format_secret(KEY), given=text) == (0, note)


def test_pymerkle_has_the_same_roots_and_audit_paths() -> None:
    """For every leaf of trees up to 40; and its verifier finds that each of our roots continues the earlier ones.

    Its proofs of that are laid out otherwise than in RFC 6962 §2.1.2: for those Go speaks.
    """
    entries = [b"%d" % n for n in range(40)]
    hashes = Hashes([merkle.leaf_hash(entry) for entry in entries])
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    for size in range(1, 41):
        theirs.append_entry(entries[size - 1])
        root = merkle.root(size, hashes)
        assert theirs.get_root() == root
        for index in range(size):
            leaf, *path = theirs.prove_inclusion(index + 1, size).path
            assert (leaf, path) == (hashes.leaves[index], merkle.inclusion(index, size, hashes))
            assert merkle.verify_inclusion(leaf, index, size, path, root)
        for old in range(1, size):
            proof, before = theirs.prove_consistency(old, size), merkle.root(old, hashes)
            pymerkle.verify_consistency(before, root, proof)
            with pytest.raises(pymerkle.InvalidProof):
                pymerkle.verify_consistency(bytes(32), root, proof)


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_openssl_verifies_a_checkpoint(tmp_path: Path) -> None:
    """The three lines that were signed, the 64 bytes under them, the key: and not with one bit changed."""
    note = (GOLDEN / "checkpoint").read_text()
    text, _, line = note.rpartition("\n\n")
    algorithm = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo of Ed25519, RFC 8410 §4
    (tmp_path / "key.der").write_bytes(
        algorithm + b64decode((GOLDEN / "key").read_text().split("+", 2)[2])[1:]
    )
    (tmp_path / "signature").write_bytes(b64decode(line.split(" ")[2])[4:])
    command = "openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in text -sigfile signature"
    for signed, expected in ((f"{text}\n", 0), (f"{text}\n".replace("12", "13"), 1)):
        (tmp_path / "text").write_text(signed)
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == expected
    assert checkpoints.verify(note, VKEY).size == 12


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_sha256sum_has_the_same_leaves(tmp_path: Path) -> None:
    """Of a nought byte and the line of a text, as they stand in the bundle: the hashes in its tile."""
    tile = (GOLDEN / "tile/0/000.p/12").read_bytes()
    for number in (1, 8, 12):
        script = f"(printf '\\0'; sed -n {number}p transactions.jsonl | tr -d '\\n') | sha256sum"
        told = subprocess.run(
            ["sh", "-c", script], cwd=GOLDEN, capture_output=True, text=True, check=True
        ).stdout
        assert told.split()[0] == tile[number * 32 - 32 : number * 32].hex()
    assert sha256(b"").hexdigest() != tile[:32].hex()

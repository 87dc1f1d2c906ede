"""The hash of a book is chosen in one place: SHA-256 now; with one line changed a book is of SM3 from end to end."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import checkpoints, digests, encoding, merkle, opening, receipts, verify
from ledger.digests import SHA256, SM3
from ledger.errors import OtherHash
from tests import books
from tests.attack import faults
from tests.attack.faults import Change, Fault
from tests.ledger.drafts import draft, move, opened
from tests.ledger.stories import VKEY, pack, story

# GB/T 32905-2016, appendix A: the two examples.
ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
ABCD_16_TIMES = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"

STORY = """
import asyncio, sys
from pathlib import Path
from ledger import bundle, heads, receipts, signatures
from tests.ledger.drafts import draft, move, opened

async def tell(path, folder):
    key = signatures.generate("sm3.example")
    async with opened(path) as book:
        assert book.journal.read_only is None
        await book.journal.post_all([draft(f"{n}", move("bank", "a", 1)) for n in range(300)])
        head = await heads.checkpoint(book, key)
        kept, _ = await heads.receipt(book, 7, key)
        Path(sys.argv[3]).write_text(receipts.format_receipt(kept))
        quiet = lambda *_: None
        await bundle.write(book.reader, folder, checkpoint=head.note, vkey=str(key.verifier), progress=quiet)
    async with opened(path) as book:
        assert book.journal.read_only is None
    return str(key.verifier)

folder = Path(sys.argv[2])
print(asyncio.run(tell(Path(sys.argv[1]), folder)))
"""


@pytest.fixture(autouse=True)
def verifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """The auditor's tool keeps the hash of the book it read last; other tests begin with its own."""
    monkeypatch.setattr(verify, "HASH", ["sha256"])


@pytest.mark.parametrize("new", [SM3.new, digests.sm3_of_cryptography])
def test_sm3_is_that_of_the_standard(new: object) -> None:
    """Both examples of the standard, from hashlib's OpenSSL and from the library that signs."""
    assert callable(new)
    assert new(b"abc").hexdigest() == ABC
    assert new(b"abcd" * 16).hexdigest() == ABCD_16_TIMES
    assert new(b"abc").digest() == bytes.fromhex(ABC)


def test_hashlib_without_sm3_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """An OpenSSL that was built without it: the other library takes over, with the same answer."""

    def refuses(*_: object) -> None:
        raise ValueError("unsupported hash type sm3")

    monkeypatch.setattr(hashlib, "new", refuses)
    assert SM3.named(b"abc") == f"sm3:{ABC}"


def test_every_digest_is_named_by_the_books_hash() -> None:
    """Text digests, leaves and nodes come from the one place."""
    assert digests.BOOK is SHA256
    assert encoding.digest("abc") == "sha256:" + hashlib.sha256(b"abc").hexdigest()
    assert encoding.leaf_hash(b"x") == merkle.leaf_hash(b"x") == hashlib.sha256(b"\0x").digest()
    assert digests.name_of(encoding.digest("abc")) == "sha256"
    assert SHA256.pattern.fullmatch(encoding.digest("abc"))
    assert not SHA256.pattern.fullmatch(SM3.named(b"abc"))


@pytest.mark.anyio
async def test_one_line_makes_books_of_sm3_and_each_program_refuses_the_others(tmp_path: Path) -> None:
    """Written, signed, exported, opened again and verified with SM3; ours says which hash it is, and opens nothing.

    Nothing else is changed: the schema takes the digests of both.
    """
    choice = Change("ledger/digests.py", "BOOK = SHA256", "BOOK = SM3")
    tree = faults.plant(Fault("sm3", (), (choice,)), tmp_path / "tree")
    await books.make(tmp_path)
    book, folder = tmp_path / "book.db", tmp_path / "bundle"
    command = [sys.executable, "-c", STORY, str(book), str(folder), str(tmp_path / "receipt.txt")]
    told = await asyncio.to_thread(
        subprocess.run, command, cwd=tree, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    first = json.loads((folder / "transactions.jsonl").read_bytes().split(b"\n")[0])
    assert digests.name_of(first["chart"]) == digests.name_of(first["request"]) == "sm3"
    key = told.stdout.strip()
    assert verify.main([str(folder), "--key", key]) == 0
    await asyncio.to_thread(check_by_openssl, tmp_path / "receipt.txt", folder, key)
    with pytest.raises(OtherHash, match="sm3"):
        async with opened(book):
            pass
    text = (folder / "transactions.jsonl").read_bytes()
    (folder / "transactions.jsonl").write_bytes(text.replace(b'"request":"sm3:', b'"request":"sha256:', 1))
    assert verify.main([str(folder), "--key", key]) == 1


def check_by_openssl(receipt: Path, folder: Path, key: str) -> None:
    """A receipt of a book of SM3: by the tool, by the lines printed on it, and its leaf as openssl sums it up."""
    assert verify.main([str(receipt), "--key", key]) == 0
    text = receipt.read_text()
    commands = "\n".join(re.findall(r"^#   (.*)$", text, re.MULTILINE)).replace("KEY='…'", f"KEY='{key}'")
    root = checkpoints.verify(receipts.parse(text).note, key).root.hex()
    assert "openssl dgst -sm3" in commands
    done = subprocess.run(
        ["bash", "-c", commands.replace(root, "true")],
        cwd=receipt.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split("\n")[0], done.returncode) == (root, 0), done.stderr
    summed = ["openssl", "dgst", "-sm3", "-binary"]
    leaf = b"\0" + (folder / "transactions.jsonl").read_bytes().split(b"\n")[6]
    told = subprocess.run(summed, input=leaf, capture_output=True, check=True).stdout
    assert (folder / "tile/0/000").read_bytes()[6 * 32 : 7 * 32] == told


def test_a_python_without_sm3_is_told_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The auditor's tool meets a book it cannot check: status 2; the book is called neither false nor good."""

    def refuses(name: str, *_: object) -> None:
        raise ValueError(f"unsupported hash type {name}")

    bundle = pack(tmp_path / "bundle", story().bodies)
    (bundle / "transactions.jsonl").write_bytes(b'{"chart":"sm3:00"}\n')
    monkeypatch.setattr(verify, "new", refuses)
    monkeypatch.setattr(verify, "algorithms_available", {"sha256"})
    assert verify.main([str(bundle), "--key", VKEY]) == 2
    said = capsys.readouterr().out
    assert "这里的 Python 没有 sm3" in said
    assert ("FAILED" in said, "OK" in said) == (False, False)


@pytest.mark.anyio
async def test_a_book_of_ours_is_opened(tmp_path: Path) -> None:
    """Empty, and with entries."""
    await books.make(tmp_path)
    for name in ("first", "second"):
        async with opened(tmp_path / "book.db") as book:
            await opening.require_our_hash(book.reader)
            await book.journal.post(draft(name, move("bank", "a", 1)))

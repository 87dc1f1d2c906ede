"""A receipt proves its transaction to anyone: to this project, to the auditor's tool, and to openssl and
sha256sum.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from ledger import merkle, receipts
from ledger.errors import BadNote, BadProof, NotIncluded, WrongSignature
from tests.ledger.stories import KEY, VECTORS, VKEY, note_of, receipt_of, story


def test_the_golden_receipt_is_still_read_and_still_written() -> None:
    """Format version 1: the stored receipt checks, and the same transaction gives the same bytes."""
    golden = (VECTORS / "receipt.txt").read_text()
    assert receipts.check(golden, VKEY).size == 12
    assert receipts.format_receipt(receipts.parse(golden)) == golden == receipt_of(8, story().bodies)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 12, 300])
def test_every_receipt_is_read_back_and_proves_its_transaction(size: int) -> None:
    """First, last and between, in trees of several shapes: parse is the inverse, and check gives the
    checkpoint.
    """
    bodies = story(300).bodies[:size]
    for position in {1, size // 2 + 1, size}:
        text = receipt_of(position, bodies)
        receipt = receipts.parse(text)
        assert (receipt.body, receipt.position) == (bodies[position - 1], position)
        assert receipts.format_receipt(receipt) == text
        checkpoint = receipts.check(text, VKEY)
        assert (checkpoint.origin, checkpoint.size) == (KEY.name, size)


def test_the_help_may_be_cut_off() -> None:
    """What follows the signatures proves nothing and is not needed."""
    text = receipt_of(7, story().bodies)
    assert receipts.check(text[: text.index("\n# ")], VKEY) == receipts.check(text, VKEY)


def test_a_receipt_with_anything_exchanged_is_refused() -> None:
    """Another text, position, proof or checkpoint; another key."""
    bodies = story().bodies
    receipt = receipts.parse(receipt_of(7, bodies))
    for changed in (
        replace(receipt, body=bodies[7]),
        replace(receipt, position=8),
        replace(receipt, proof=receipt.proof[1:]),
        replace(receipt, note=note_of(story(13).bodies)),
    ):
        with pytest.raises(NotIncluded):
            receipts.check(receipts.format_receipt(changed), VKEY)
    with pytest.raises(WrongSignature):
        receipts.check(receipt_of(7, bodies).replace("\n12\n", "\n13\n"), VKEY)


def test_a_text_at_another_place_than_it_says_is_refused() -> None:
    """An operator who signs a tree in which a text stands at a position that is not its own is found out."""
    bodies = story().bodies
    bodies[2], bodies[3] = bodies[3], bodies[2]
    with pytest.raises(NotIncluded):
        receipts.check(receipt_of(3, bodies), VKEY)


def test_every_changed_byte_is_refused() -> None:
    """One bit in any byte from the text to the last signature."""
    whole = receipt_of(7, story().bodies).encode()
    for at in range(whole.index(b"\n") + 1, whole.index(b"\n\n# ")):
        changed = whole[:at] + bytes([whole[at] ^ 1 << at % 7]) + whole[at + 1 :]
        with pytest.raises((BadProof, UnicodeDecodeError)):
            receipts.check(changed.decode(), VKEY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Jishan receipt v1", "Jishan receipt v2"),
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("index 6", "index 06"),
        ("index 6", "6"),
        ("index 6\n", ""),
        ("\n\nc2sp", "\nc2sp"),
    ],
)
def test_another_form_is_refused(old: str, new: str) -> None:
    """Other versions, another way to write the index, a missing line."""
    text = receipt_of(7, story().bodies)
    assert old in text
    with pytest.raises(BadNote):
        receipts.parse(text.replace(old, new, 1))


TOOLS = ("bash", "openssl", "basenc", "sha256sum")


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs bash, openssl, basenc and sha256sum")
@pytest.mark.parametrize("position", [1, 7, 12])
def test_the_lines_printed_on_it_check_it(tmp_path: Path, position: int) -> None:
    """Typed as they stand into a shell, they give the root in the checkpoint, and openssl verifies the
    signature.
    """
    text = receipt_of(position, story().bodies)
    (tmp_path / "receipt.txt").write_text(text)
    commands = "\n".join(re.findall(r"^#   (.*)$", text, re.MULTILINE)).replace("KEY='…'", f"KEY='{VKEY}'")
    root = receipts.check(text, VKEY).root.hex()
    assert commands.count(root) == 1
    commands = commands.replace(root, "true")
    for key, expected in ((VKEY, 0), (VKEY[:-4] + "AAA=", 1)):
        script = commands.replace(VKEY, key)
        done = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.stdout.split("\n")[0] == root
        assert (done.returncode == 0) is (expected == 0), done.stderr


def test_the_proof_is_the_one_the_tree_gives() -> None:
    """The steps on the receipt are the audit path of RFC 6962."""
    bodies = story().bodies
    receipt = receipts.parse(receipt_of(5, bodies))
    checkpoint = receipts.check(receipts.format_receipt(receipt), VKEY)
    leaf = merkle.leaf_hash(bodies[4])
    assert merkle.verify_inclusion(leaf, 4, 12, receipt.proof, checkpoint.root)

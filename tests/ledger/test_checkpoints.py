"""Checkpoints and notes are those of C2SP: foreign ones are read and verified, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger import checkpoints, signatures
from ledger.checkpoints import Checkpoint, Note
from ledger.errors import BadNote, WrongSignature

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/ledger/notes.json").read_text())
GO, GO_KEY = VECTORS["notes"]["sum.golang.org"], VECTORS["keys"]["sum.golang.org"]


@pytest.mark.parametrize("name", VECTORS["notes"])
def test_a_note_written_by_others_is_read_verified_and_written_alike(name: str) -> None:
    """Go's notes verify under their keys and come out of `format_note` byte for byte."""
    note, key = checkpoints.parse_note(VECTORS["notes"][name]), checkpoints.parse_key(VECTORS["keys"][name])
    assert checkpoints.is_signed(note, key)
    assert checkpoints.format_note(note) == VECTORS["notes"][name]
    assert str(key) == VECTORS["keys"][name]


def test_a_checkpoint_of_another_log_is_verified() -> None:
    """The head of Go's checksum database, with an origin of its own."""
    checkpoint = checkpoints.verify(GO, GO_KEY)
    assert (checkpoint.origin, checkpoint.size) == ("go.sum database tree", 63_096_908)
    assert GO.startswith(checkpoints.format_text(checkpoint))


@pytest.mark.parametrize("at", range(GO.index("—")))
def test_a_changed_text_is_not_verified(at: int) -> None:
    """Whichever character is changed, no checkpoint comes out."""
    with pytest.raises((BadNote, WrongSignature)):
        checkpoints.verify(GO[:at] + chr(ord(GO[at]) ^ 1) + GO[at + 1 :], GO_KEY)


def test_lines_of_unknown_keys_are_passed_over() -> None:
    """A witness's line above or below changes nothing; without the log's own line the note is refused."""
    witness = signatures.generate("witness.example")
    note = checkpoints.parse_note(GO)
    line = signatures.sign_text(witness, note.text)
    both = checkpoints.format_note(Note(note.text, (line, *note.signatures)))
    assert checkpoints.verify(both, GO_KEY).size == 63_096_908
    with pytest.raises(WrongSignature):
        checkpoints.verify(checkpoints.format_note(Note(note.text, (line,))), GO_KEY)


def test_one_bad_line_of_the_known_key_spoils_the_note() -> None:
    """The specification: reject the whole note when a signature of a known key fails."""
    note = checkpoints.parse_note(GO)
    bad = checkpoints.Signature("sum.golang.org", note.signatures[0].key_id, bytes(64))
    with pytest.raises(WrongSignature):
        checkpoints.verify(checkpoints.format_note(Note(note.text, (*note.signatures, bad))), GO_KEY)


@pytest.mark.parametrize(
    "broken",
    [
        GO.rstrip("\n"),
        GO.replace("\n\n", "\n"),
        GO.replace("\n", "\r\n"),
        GO.replace("— ", "- "),
        GO.replace("sum.golang.org ", "sum golang org "),
        GO.replace("YhqAmAk=", "YhqAmAl="),
        GO + GO.split("\n\n")[1] * 100,
        GO.split("\n\n")[0] + "\n\n",
        "",
    ],
)
def test_a_note_of_another_form_is_refused(broken: str) -> None:
    """No last newline, no blank line, control characters, another dash, spaces, loose base64, too many or no
    lines.
    """
    with pytest.raises(BadNote):
        checkpoints.parse_note(broken)


@pytest.mark.parametrize("size", ["", "-1", "007", "1.0", "１", "9" * 20])
def test_a_size_is_a_plain_number(size: str) -> None:
    """No sign, no leading zero, no other digits, nothing beyond 64 bits."""
    with pytest.raises(BadNote):
        checkpoints.parse(f"origin\n{size}\n8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=\n")


def test_a_checkpoint_comes_back_and_may_have_extensions() -> None:
    """format_text and parse are inverses; lines after the third are allowed."""
    checkpoint = Checkpoint("jishan.example/440310001002", 0, bytes(range(32)))
    text = checkpoints.format_text(checkpoint)
    assert checkpoints.parse(text) == checkpoints.parse(text + "an extension\n") == checkpoint


@pytest.mark.parametrize(
    "key",
    [
        GO_KEY.replace("033de0ae", "033de0af"),
        GO_KEY.replace("sum.", "sun."),
        GO_KEY.replace("Ac4z", "Ag4z"),
        GO_KEY.replace("Ac4z", "Bc4z"),
        GO_KEY[:-4],
        "sum.golang.org",
        "",
    ],
)
def test_a_key_must_carry_its_own_id(key: str) -> None:
    """Another id, name, type, byte or length: refused."""
    with pytest.raises(BadNote):
        checkpoints.parse_key(key)

"""Cosignatures are those of C2SP tlog-cosignature: read from others, written for others, refused when changed."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger import checkpoints, cosignatures, signatures
from ledger.checkpoints import Signature
from ledger.errors import BadNote, WrongSignature
from tests.ledger.stories import KEY, note_of, story

WITNESS = signatures.parse_secret(signatures.format_secret(signatures.generate("witness.example/w1")))
VKEY = str(cosignatures.public_half(WITNESS))
NOTE = note_of(story().bodies)
TEXT = checkpoints.parse_note(NOTE).text

# A witness's key that is in use elsewhere, and a line of another one with its time, from transparency-dev/formats.
FOREIGN = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
FOREIGN_LINE = (
    "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA=="
)


def cosigned(at: int = 1_679_315_147) -> str:
    """The story's note with the witness's line under it."""
    return cosignatures.added(NOTE, cosignatures.cosign(WITNESS, TEXT, at=at))


def test_the_message_is_that_of_the_specification() -> None:
    """The example of C2SP tlog-cosignature, byte for byte."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert cosignatures.message(text, 1679315147) == (
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_foreign_keys_and_lines_are_read() -> None:
    """The key of a witness we do not run is its own, and the time in a foreign line is the one its authors name."""
    assert str(cosignatures.parse_key(FOREIGN)) == FOREIGN
    data = base64.b64decode(FOREIGN_LINE)
    assert cosignatures.signed_at(Signature("w", data[:4], data[4:])) == 1727964367


def test_a_client_of_its_own_accepts_the_line() -> None:
    """Read with base64, hashlib and Ed25519 alone, as the specification says it."""
    text, _, lines = cosigned().rpartition("\n\n")
    line = next(one for one in lines.split("\n") if one.startswith("— witness.example/w1 "))
    data, public = base64.b64decode(line.split(" ")[2]), WITNESS.verifier.public
    assert data[:4] == hashlib.sha256(b"witness.example/w1\n\x04" + public).digest()[:4]
    time = int.from_bytes(data[4:12], "big")
    Ed25519PublicKey.from_public_bytes(public).verify(
        data[12:], f"cosignature/v1\ntime {time}\n{text}\n".encode()
    )
    assert (time, len(data)) == (1679315147, 76)


def test_the_logs_own_signature_still_stands_under_it() -> None:
    """Other lines are passed over, on both sides; a new line of the same witness takes the old one's place."""
    twice = cosignatures.added(cosigned(), cosignatures.cosign(WITNESS, TEXT, at=1_700_000_000))
    assert checkpoints.verify(twice, str(KEY.verifier)).size == 12
    assert cosignatures.signed_at(cosignatures.verify(twice, VKEY)) == 1_700_000_000
    assert twice.count("— witness.example/w1 ") == 1


def test_a_witness_is_not_a_log() -> None:
    """One secret has two public halves, with different ids, so that neither signature passes for the other."""
    with pytest.raises(WrongSignature):
        checkpoints.verify(cosigned(), str(WITNESS.verifier))
    with pytest.raises(BadNote):
        cosignatures.parse_key(str(WITNESS.verifier))
    with pytest.raises(WrongSignature):
        cosignatures.verify(signatures.sign(WITNESS, checkpoints.parse(TEXT)), VKEY)


def test_every_changed_byte_is_refused() -> None:
    """One bit anywhere in the text or in the witness's line, the time included."""
    whole = cosigned().encode()
    ends = whole.index(b"\n\n") + 1
    begins = whole.index("— witness".encode())
    for at in (*range(ends), *range(begins, len(whole) - 1)):
        changed = whole[:at] + bytes([whole[at] ^ 1 << at % 7]) + whole[at + 1 :]
        with pytest.raises((BadNote, WrongSignature, UnicodeDecodeError)):
            cosignatures.verify(changed.decode(), VKEY)


@pytest.mark.parametrize(
    "key",
    ["", "a+b", VKEY.replace("witness", "other"), VKEY[:-4] + "AAA="],
    ids=["empty", "no key", "another's name", "other bytes"],
)
def test_what_is_no_key_is_refused(key: str) -> None:
    """Too few parts, another name or other bytes than the id says."""
    with pytest.raises(BadNote):
        cosignatures.parse_key(key)

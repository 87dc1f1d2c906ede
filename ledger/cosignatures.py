"""Cosignatures of witnesses, exactly as in C2SP tlog-cosignature (cosignature/v1 for Ed25519): sign, verify."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger import checkpoints
from ledger.checkpoints import NAME, Note, Signature
from ledger.errors import BadNote, WrongSignature
from ledger.signatures import SigningKey

COSIGNATURE = b"\x04"
LENGTH = 8 + 64
"""A time of 8 bytes, then an Ed25519 signature."""


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The public half of a witness's key: a name and 32 bytes of Ed25519."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """SHA-256(name ‖ LF ‖ 0x04 ‖ public key), the first four bytes: never that of a log's key of this name."""
        return sha256(self.name.encode() + b"\n" + COSIGNATURE + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(COSIGNATURE + self.public).decode()}"


def public_half(key: SigningKey) -> WitnessKey:
    """What a witness gives to others, of the key it keeps in a file like a log's."""
    return WitnessKey(key.name, key.verifier.public)


def parse_key(vkey: str) -> WitnessKey:
    """Read a witness's key, `name+id in 8 hex digits+base64(0x04 ‖ public key)`; its id must be its own."""
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3 or not NAME.fullmatch(parts[0]):
        raise BadNote(problem=f"见证公钥写成了 {vkey[:40]!r}")
    data = checkpoints.read_base64(parts[2], 33)
    key = WitnessKey(parts[0], data[1:])
    if data[:1] != COSIGNATURE or parts[1] != key.id.hex():
        raise BadNote(problem=f"见证公钥 {parts[0]} 的编号和内容对不上")
    return key


def message(text: str, at: int) -> bytes:
    r"""What a witness signs about a checkpoint's text (which ends in a newline), `at` seconds after 1970 UTC.

    cosignature/v1
    time 1679315147
    jishan.example/440310001002
    70000
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
    """
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosign(key: SigningKey, text: str, *, at: int) -> Signature:
    """A witness's line over a checkpoint's text: its value is the time, 8 bytes big-endian, and the signature."""
    return Signature(
        key.name, public_half(key).id, at.to_bytes(8, "big") + key.private.sign(message(text, at))
    )


def added(note: str, line: Signature) -> str:
    """The note with a line more under it, in the place of an earlier line of the same key."""
    signed = checkpoints.parse_note(note)
    others = [one for one in signed.signatures if (one.name, one.key_id) != (line.name, line.key_id)]
    return checkpoints.format_note(Note(signed.text, (*others, line)))


def verify(note: str, vkey: str) -> Signature:
    """The witness's line under a note, if the key `vkey` (text, from outside) made it.

    Lines of other keys are passed over. Raises BadNote or WrongSignature.
    """
    key, signed = parse_key(vkey), checkpoints.parse_note(note)
    ours = [line for line in signed.signatures if (line.name, line.key_id) == (key.name, key.id)]
    if not ours or not all(_verifies(key, signed.text, line.value) for line in ours):
        raise WrongSignature(name=key.name)
    return ours[0]


def signed_at(line: Signature) -> int:
    """The time in a witness's line, in seconds after 1970 UTC."""
    return int.from_bytes(line.value[:8], "big")


def _verifies(key: WitnessKey, text: str, value: bytes) -> bool:
    if len(value) != LENGTH:
        return False
    said = message(text, int.from_bytes(value[:8], "big"))
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value[8:], said)
    except (InvalidSignature, ValueError):
        return False
    return True

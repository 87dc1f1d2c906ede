"""Checkpoints as signed notes, exactly as in C2SP tlog-checkpoint and signed-note: format, parse, verify."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger.errors import BadNote, WrongSignature

ED25519 = b"\x01"
SIGNATURES_AT_MOST = 100
NAME = re.compile(r"[^\s+]+")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: who says so, how many transactions, and the root of their tree (32 bytes)."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name, the 4 bytes of its id, and what it made of the text."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key: a name and 32 bytes of Ed25519."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """SHA-256(name ‖ LF ‖ 0x01 ‖ public key), the first four bytes."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.public).decode()}"


def verify(note: str, vkey: str) -> Checkpoint:
    """The checkpoint in `note`, if the key `vkey` (text, from outside) signed it.

    Lines of other keys are passed over, as the specification says. Raises BadNote or WrongSignature.
    """
    key, signed = parse_key(vkey), parse_note(note)
    if not is_signed(signed, key):
        raise WrongSignature(name=key.name)
    return parse(signed.text)


def verify_head(note: str, vkey: str) -> Checkpoint:
    """The same of a log that is called as its key is, as ours are: one that names another origin raises BadNote."""
    head = verify(note, vkey)
    if head.origin != parse_key(vkey).name:
        raise BadNote(problem=f"检查点说的是另一本账：{head.origin[:40]!r}")
    return head


def is_signed(note: Note, key: VerifierKey) -> bool:
    """True when a line under the note has this key's name and id, and every such line verifies."""
    ours = [line.value for line in note.signatures if (line.name, line.key_id) == (key.name, key.id)]
    return bool(ours) and all(_verifies(key.public, value, note.text.encode()) for value in ours)


def _verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def format_text(checkpoint: Checkpoint) -> str:
    """The text that is signed: origin, size, base64 of the root, each on its line.

    jishan.example/440310001002
    70000
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
    """
    return f"{checkpoint.origin}\n{checkpoint.size}\n{b64encode(checkpoint.root).decode()}\n"


def parse(text: str) -> Checkpoint:
    """Read the text of a checkpoint, or of a whole note; lines after the third (extensions) are passed
    over.
    """
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0]:
        raise BadNote(problem="检查点不足三行")
    if not SIZE.fullmatch(lines[1]):
        raise BadNote(problem=f"笔数写成了 {lines[1][:20]!r}")
    return Checkpoint(lines[0], int(lines[1]), read_base64(lines[2], 32))


def format_note(note: Note) -> str:
    """The text, a blank line, and one line for each signature.

    — jishan.example/440310001002 base64(key id ‖ signature)
    """
    lines = (f"— {line.name} {b64encode(line.key_id + line.value).decode()}\n" for line in note.signatures)
    return f"{note.text}\n{''.join(lines)}"


def parse_note(text: str) -> Note:
    """Read a signed note. Raises BadNote when it breaks the specification in any point; checks no
    signature.
    """
    if any(character < " " and character != "\n" for character in text):
        raise BadNote(problem="含有控制字符")
    body, blank, tail = text.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise BadNote(problem="没有签名行")
    lines = tail[:-1].split("\n")
    if len(lines) > SIGNATURES_AT_MOST:
        raise BadNote(problem=f"签名超过 {SIGNATURES_AT_MOST} 行")
    return Note(body + "\n", tuple(_signature(line) for line in lines))


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not NAME.fullmatch(parts[1]):
        raise BadNote(problem=f"签名行写成了 {line[:40]!r}")
    data = read_base64(parts[2])
    if len(data) < 5:
        raise BadNote(problem="签名太短")
    return Signature(parts[1], data[:4], data[4:])


def parse_key(vkey: str) -> VerifierKey:
    """Read a verifier key, `name+id in 8 hex digits+base64(0x01 ‖ public key)`, and check that the id is its
    own.
    """
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3 or not NAME.fullmatch(parts[0]):
        raise BadNote(problem=f"公钥写成了 {vkey[:40]!r}")
    data = read_base64(parts[2], 33)
    key = VerifierKey(parts[0], data[1:])
    if data[:1] != ED25519 or parts[1] != key.id.hex():
        raise BadNote(problem=f"公钥 {parts[0]} 的编号和内容对不上")
    return key


def read_base64(text: str, length: int | None = None) -> bytes:
    """Standard base64 in its one canonical form, of `length` bytes if given; BadNote otherwise."""
    try:
        data = b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise BadNote(problem=f"{text[:20]!r} 不是 base64") from None
    if b64encode(data).decode() != text or length not in (None, len(data)):
        raise BadNote(problem=f"{text[:20]!r} 的长度或写法不对")
    return data

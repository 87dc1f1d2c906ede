"""Ed25519 signatures: the one place that knows a private key."""

from __future__ import annotations

import os
import stat
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import checkpoints, files, merkle, tree
from ledger.checkpoints import Checkpoint, Note, Signature, VerifierKey
from ledger.errors import BadNote, KeyUnsafe, NotAnExtension

PREFIX = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A named Ed25519 key. The name is the origin of the checkpoints it signs; the secret is never shown."""

    name: str
    private: Ed25519PrivateKey = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """The public half; `str()` of it is what is given to others."""
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A row for `ledger_checkpoint`: the size and root (32 bytes) of the head, and the note that says so."""

    size: int
    root: bytes
    note: str


async def sign_head(db: BaseDBAsyncClient, key: SigningKey, *, last: str | None) -> SignedHead:
    """Sign the head of the book, after proving that it extends the `last` note signed (None if there is none
    yet).

    When nothing was written since, the answer is the last note itself. Raises WrongSignature when `last` is
    not signed by this key, NotAnExtension when the book does not begin with what it says: then something was
    rewritten or cut off.
    """
    size = await tree.head(db)
    if last is None:
        root = await tree.root_at(db, size)
    else:
        signed = checkpoints.verify(last, str(key.verifier))
        if size < signed.size or signed.origin != key.name:
            raise NotAnExtension(old=signed.size)
        root = await tree.root_at(db, size)
        proof = await tree.consistency(db, signed.size, size)
        if not merkle.verify_consistency(signed.size, size, proof, signed.root, root):
            raise NotAnExtension(old=signed.size)
        if size == signed.size:
            return SignedHead(size, root, last)
    return SignedHead(size, root, sign(key, Checkpoint(key.name, size, root)))


def sign(key: SigningKey, checkpoint: Checkpoint) -> str:
    """The signed note of a checkpoint. It proves nothing by itself: `sign_head` is the way to a new head."""
    text = checkpoints.format_text(checkpoint)
    return checkpoints.format_note(Note(text, (sign_text(key, text),)))


def sign_text(key: SigningKey, text: str) -> Signature:
    """One signature line over a note's text (which ends in a newline)."""
    return Signature(key.name, key.verifier.id, key.private.sign(text.encode()))


def generate(name: str) -> SigningKey:
    """A new key. Its name, such as `jishan.example/440310001002`, holds no spaces and no `+`."""
    if not checkpoints.NAME.fullmatch(name):
        raise BadNote(problem=f"名称 {name[:40]!r} 里有空格或加号")
    return SigningKey(name, Ed25519PrivateKey.generate())


def format_secret(key: SigningKey) -> str:
    """The key as Go's sumdb/note writes it: `PRIVATE+KEY+name+id in 8 hex digits+base64(0x01 ‖ 32 bytes of
    seed)`.
    """
    secret = b64encode(checkpoints.ED25519 + key.private.private_bytes_raw()).decode()
    return f"{PREFIX}{key.name}+{key.verifier.id.hex()}+{secret}"


def parse_secret(text: str) -> SigningKey:
    """Read what `format_secret` wrote, from a file or the environment. BadNote never repeats the secret."""
    parts = text.strip().removeprefix(PREFIX).split("+", 2)
    try:
        name, key_id, secret = parts
        data = checkpoints.read_base64(secret, 33)
        key = SigningKey(name, Ed25519PrivateKey.from_private_bytes(data[1:]))
    except (ValueError, BadNote):
        raise BadNote(problem="不是一把签名钥匙") from None
    if not text.startswith(PREFIX) or data[:1] != checkpoints.ED25519 or key_id != key.verifier.id.hex():
        raise BadNote(problem="不是一把签名钥匙")
    return key


def save(key: SigningKey, path: Path) -> None:
    """Write a new key file that only its owner may read (0600): it is there whole, on the disk when this returns, or
    not at all. Never overwrites.
    """
    try:
        files.appear_once(path, f"{format_secret(key)}\n".encode())
    except FileExistsError:
        raise KeyUnsafe(path=path, problem="已经存在，没有覆盖") from None


def load(path: Path) -> SigningKey:
    """Read a key file. Raises KeyUnsafe when others may read or write it, or when it holds no key."""
    try:
        with path.open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode) or stat.S_IMODE(mode) & 0o077:
                raise KeyUnsafe(path=path, problem=f"别人也能读（权限 {stat.S_IMODE(mode):o}，应为 600）")
            return parse_secret(file.read(4096))
    except FileNotFoundError:
        raise KeyUnsafe(path=path, problem="文件不存在") from None
    except (BadNote, UnicodeDecodeError):
        raise KeyUnsafe(path=path, problem="里面不是一把签名钥匙") from None

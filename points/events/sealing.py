"""Sealing: who quarrelled and about what, as text that only a key kept outside the book can read."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger import encoding
from points.events.errors import SealUnreadable

TITLE = "jishan-seal/1"
_NONCE_BYTES = 12
_PADDED_TO = 256
"""A sealed text is as long as a multiple of this: its length says nothing about a name."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who the parties are, with their phones if they gave them, and what it was about: as somebody wrote it."""

    who: str
    about: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text, and the salted digest by which the ledger cites what is in it."""

    text: str
    digest: str


def seal(parties: Parties, *, event: str, key: bytes) -> Sealed:
    """Seal the parties of an event.

    The format, version 1, is three words:

        jishan-seal/1 630dcd29 q83vASNFZ4mrze8BI0VniavN7wEj…

    the title, the key's name (the first 8 hex digits of SHA-256 of the title and the key), and in base64 a nonce of 12
    bytes and what AES-256-GCM made of the canonical JSON {"about", "salt", "who"}, filled up with spaces to a multiple
    of 256 bytes. Title and event are authenticated with it, so that no text can stand in for another event's. The
    digest is SHA-256 of the canonical JSON, whose salt is 128 random bits that are nowhere else.
    """
    plain = encoding.canonical({"about": parties.about, "salt": secrets.token_hex(16), "who": parties.who})
    padded = plain + b" " * (-len(plain) % _PADDED_TO)
    nonce = os.urandom(_NONCE_BYTES)
    closed = AESGCM(key).encrypt(nonce, padded, _bound_to(event))
    text = f"{TITLE} {name_of(key)} {base64.b64encode(nonce + closed).decode()}"
    return Sealed(text, encoding.digest(plain))


def unseal(text: str, *, event: str, key: bytes) -> tuple[Parties, str]:
    """The parties in a sealed text and the digest of what was in it.

    Raises SealUnreadable: another key, another event, or somebody changed it.
    """
    title, _, rest = text.partition(" ")
    name, _, data = rest.partition(" ")
    if title != TITLE:
        raise SealUnreadable(problem="不认识这种封存")
    if name != name_of(key):
        raise SealUnreadable(problem="是用另一把封存钥匙封的")
    try:
        closed = base64.b64decode(data, validate=True)
        padded = AESGCM(key).decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], _bound_to(event))
    except (binascii.Error, ValueError, InvalidTag):
        raise SealUnreadable(problem="封存的内容被改动过") from None
    plain = padded.rstrip(b" ")
    said = encoding.parse(plain)
    return Parties(who=said["who"], about=said["about"]), encoding.digest(plain)


def name_of(key: bytes) -> str:
    """The name of a key: it says which one is needed and nothing about it."""
    return hashlib.sha256(TITLE.encode() + key).hexdigest()[:8]


def _bound_to(event: str) -> bytes:
    return f"{TITLE} {event}".encode()

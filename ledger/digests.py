"""The hash of a book: of its tree and of every digest in its texts, by name. Chosen here, in one place.

SHA-256 is what RFC 6962 and C2SP tlog-tiles name. SM3 (GB/T 32905-2016) is there for those who must use it: a book of
it is one from its first entry on, which every digest in its texts says, and its tiles are no longer what C2SP calls so.
Keys, notes and cosignatures keep SHA-256 and Ed25519 whatever the book uses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives import hashes


class Hasher(Protocol):
    """What hashlib's constructors give."""

    def digest(self) -> bytes:
        """32 bytes."""

    def hexdigest(self) -> str:
        """64 hex digits."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A hash of 32 bytes: the name it has in texts, and hashlib's kind of constructor."""

    name: str
    new: Callable[[bytes], Hasher]

    def named(self, data: bytes) -> str:
        """`sha256:` and 64 hex digits."""
        return f"{self.name}:{self.new(data).hexdigest()}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """What its named digests look like."""
        return re.compile(rf"{self.name}:[0-9a-f]{{64}}")


@dataclass(frozen=True, slots=True)
class _Done:
    value: bytes

    def digest(self) -> bytes:
        return self.value

    def hexdigest(self) -> str:
        return self.value.hex()


def _sm3(data: bytes) -> Hasher:
    """From OpenSSL behind hashlib; where that was built without it, from `cryptography`, which may refuse too."""
    try:
        return hashlib.new("sm3", data)
    except ValueError:
        return sm3_of_cryptography(data)


def sm3_of_cryptography(data: bytes) -> Hasher:
    """The same from the library that signs."""
    summed = hashes.Hash(hashes.SM3())
    summed.update(data)
    return _Done(summed.finalize())


SHA256 = Digest("sha256", hashlib.sha256)
SM3 = Digest("sm3", _sm3)

KNOWN = frozenset({SHA256.name, SM3.name})

BOOK = SHA256
"""What the books of this installation are made with. One made with another is not opened."""


def name_of(digest: str) -> str:
    """The hash that a named digest was made with."""
    return digest.partition(":")[0]

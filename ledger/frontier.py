"""The right edge of a growing tree: what it takes to append a leaf and to know the root after it."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.merkle import EMPTY_ROOT, node_hash


class Frontier:
    """The roots of the full subtrees side by side that make up `size` leaves, greatest first (RFC 6962 §2.1).

    There is one for each one-bit of `size`, so it stays small whatever the size.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self._hashes = list(hashes)
        assert len(self._hashes) == size.bit_count(), "one hash for each one-bit of the size"

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf; equal neighbours become one."""
        carried = self.size
        while carried & 1:
            leaf = node_hash(self._hashes.pop(), leaf)
            carried >>= 1
        self._hashes.append(leaf)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self._hashes:
            return EMPTY_ROOT
        *rest, root = self._hashes
        for left in reversed(rest):
            root = node_hash(left, root)
        return root

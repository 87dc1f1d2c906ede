"""What a writer remembers from one batch to the next: the accounts it met, and how they stand at the head of the log.

An account's number and floor never change. How it stands is right for as long as the head is the one it was remembered
at: whoever else writes an entry moves the head on, and then all of it is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger.decisions import Key, Standing

AT_MOST = 100_000
"""Accounts that are remembered, at most (some 45 MB)."""

Head = tuple[int, bytes]
"""The last entry's position and leaf."""
NO_ENTRY: Head = (0, b"")
Account = tuple[int, int | None]
"""An account's number and its floor."""


class Remembered:
    """The memory of one writer, who has the book to themselves from `standings` to `keep`."""

    def __init__(self) -> None:
        self.accounts: dict[Key, Account] = {}
        self._standings: dict[Key, Standing] = {}
        self._head: Head | None = None

    def standings(self, head: Head) -> dict[Key, Standing]:
        """How accounts stand in a log whose head was just read, as far as it is remembered.

        Whoever asks adds to it and moves it on. It is worth nothing after that, unless `keep` is told of a commit.
        """
        full = len(self.accounts) > AT_MOST
        if full:
            self.accounts.clear()
        if full or head != self._head:
            self._standings = {}
        self._head = None
        return self._standings

    def keep(self, head: Head, opened: Mapping[Key, Account]) -> None:
        """What was moved on is committed: this is the head it left, and these are the accounts it opened."""
        self._head = head
        self.accounts.update(opened)

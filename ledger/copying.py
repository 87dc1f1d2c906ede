"""What an engine must do so that a book can be kept safe: copy it, read the copy back, and put it in place again.

SQLite's is ledger/sqlite_copies.py, PostgreSQL's ledger/postgres_copies.py. Above this line a copy is a file.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Progress = Callable[[int, int], None]
Text = tuple[int, bytes, bytes]
"""A position, its text and its leaf."""


class Migrate(Protocol):
    """Brings the tables at an address up to date, or as far as the last migration named for each room."""

    def __call__(self, url: str, *, upto: Mapping[str, str] | None = None) -> Awaitable[None]:
        """Do it. A room that is not named has no tables then."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a copy holds: so many entries, and the newest signed head (the empty tree and "" when there is none).

    size    0 where it is not known before the texts were read
    """

    size: int
    signed_size: int
    signed_root: bytes
    note: str


class Copier(Protocol):
    """The verbs of one engine. `NAME` stands in the manifest, `SUFFIX` ends a copy's name."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of a module
        """As in the manifest."""

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - a constant of a module
        """What a copy's name ends in."""

    def copy(self, url: str, draft: Path, progress: Progress) -> None:
        """Copy a book as it stands into a new file, while others read and write. Called in a thread."""

    def head(self, copied: Path) -> Head:
        """How much a copy holds, and what was signed. Raises CopyDamaged."""

    def texts(self, copied: Path) -> AbstractContextManager[Iterator[Text]]:
        """The texts of a copy in order, after or while all else in it is looked through. Raises CopyDamaged."""

    def lent(self, folder: Path, near: str) -> AbstractAsyncContextManager[str]:
        """An address for a book that is thrown away at the end: in an empty folder, or on the server of `near`."""

    async def vacant(self, url: str) -> None:
        """Raise TargetInUse when there is something where a book is to be put."""

    def scratch(
        self, backup: Path, url: str, *, migrate: Migrate, progress: Progress
    ) -> AbstractAsyncContextManager[str]:
        """A whole book made of a backup, up to date, out of sight beside the place where it will stand; its address.

        It is gone at the end, placed or not; what a restore that was killed left there is swept away first.
        """

    async def place(self, made: str, url: str) -> None:
        """Let that book, closed now, appear at its address: whole, durable, never over another."""

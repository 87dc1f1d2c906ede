"""One writer at a time: among the tasks of a process by a lock, among processes by a locked file beside the book."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from ledger.errors import BookDamaged, Busy, LedgerError, NoSpace, ReadOnly

PATIENCE_SECONDS = 30.0
"""How long a writer waits for its turn, among tasks and processes together, before the answer is Busy."""
WAITER = "waits for the turn to write"
"""The name of the thread that waits behind another process."""


class Turnstile:
    """Lets one writer through at a time. `read_only` says why nobody may pass, when nobody may."""

    def __init__(self, path: Path) -> None:
        book = path.resolve()  # two names of one book have one lock
        self._path = book.with_name(book.name + ".lock")
        self._turn = asyncio.Lock()
        self._queued = False
        self._next: asyncio.Future[int] | None = None
        self.read_only: ReadOnly | str | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for our turn. Raises Busy after PATIENCE_SECONDS, ReadOnly when nobody may write."""
        descriptor = await self._enter()
        try:
            if self.read_only is not None:
                raise refusal(self.read_only)
            yield
        finally:
            os.close(descriptor)
            self._turn.release()

    async def _enter(self) -> int:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._turn.acquire()
                try:
                    return await self._lock()
                except BaseException:
                    self._turn.release()
                    raise
        except TimeoutError as error:
            raise Busy from error

    async def _lock(self) -> int:
        """The file, locked. Every turn opens it anew: a lock belongs to the open file, and closing it gives it back."""
        if not self._queued:
            descriptor = self._open()
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._queue_up(descriptor)
            else:
                return descriptor
        self._next = asyncio.get_running_loop().create_future()
        try:
            return await self._next
        except asyncio.CancelledError:
            if not self._next.cancelled():
                os.close(self._next.result())
            raise
        finally:
            self._next = None

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _refused(error) from error

    def _queue_up(self, descriptor: int) -> None:
        """Let a thread wait, because flock blocks: at most one, that whoever comes next finds waiting already.

        A daemon, so that a process can end while another holds the file.
        """
        self._queued = True
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._wait, args=(descriptor, loop), name=WAITER, daemon=True).start()

    def _wait(self, descriptor: int, loop: asyncio.AbstractEventLoop) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            loop.call_soon_threadsafe(self._arrived, descriptor)
        except RuntimeError:  # the loop is closed, nobody waits any more
            os.close(descriptor)

    def _arrived(self, descriptor: int) -> None:
        self._queued = False
        if self._next is not None and not self._next.done():
            self._next.set_result(descriptor)
        else:
            os.close(descriptor)


def refusal(reason: ReadOnly | str) -> ReadOnly:
    """What a writer is told: the reason itself, made anew for each caller, or ReadOnly with the reason in it."""
    return type(reason)(**reason.facts) if isinstance(reason, ReadOnly) else ReadOnly(reason=reason)


def _refused(error: OSError) -> LedgerError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoSpace()
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ReadOnly(reason="文件不可写")
    return BookDamaged(problem=str(error))

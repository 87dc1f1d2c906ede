"""How fast one address may read what is open to everybody: counted in this process's memory, never in the book."""

from __future__ import annotations

from datetime import datetime, timedelta

from web.limits import TooOften

WINDOW = timedelta(minutes=1)


class Pace:
    """At most so many answers to one address in a minute. Light on purpose: reading costs no write to the book.

    What is remembered is thrown away with its minute, so that strangers cannot fill the memory for long. Each server
    process counts for itself.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._began: datetime | None = None
        self._counts: dict[str, int] = {}

    def require(self, address: str, *, now: datetime) -> None:
        """Count one more; raise TooOften, with the time until the next minute, beyond the most."""
        if self._began is None or not timedelta(0) <= now - self._began < WINDOW:
            self._began, self._counts = now, {}
        self._counts[address] = self._counts.get(address, 0) + 1
        if self._counts[address] > self.most:
            raise TooOften(self._began + WINDOW, now)

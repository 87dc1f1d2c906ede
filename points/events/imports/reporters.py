"""Who reported each event that a file names, in the book or in the file itself, whatever their order in it."""

from __future__ import annotations

from collections.abc import Iterable

from points.events.imports.firsts import scratch

_TABLE = "CREATE TABLE reporter (event TEXT, member TEXT, PRIMARY KEY (event, member)) WITHOUT ROWID"
_INSERT = "INSERT INTO reporter (event, member) VALUES (?, ?) ON CONFLICT DO NOTHING"


class Reporters:
    """Reporters by the key of their event, put by outside memory."""

    def __init__(self) -> None:
        self._db = scratch(_TABLE)

    def add(self, done: Iterable[tuple[str, str, str]]) -> None:
        """Of these (event, member, role), those who reported."""
        self._db.executemany(_INSERT, [(event, who) for event, who, role in done if role == "reporter"])

    def of(self, event: str) -> tuple[str, ...]:
        """The members who reported an event."""
        rows = self._db.execute("SELECT member FROM reporter WHERE event = ?", (event,))
        return tuple([str(member) for (member,) in rows])

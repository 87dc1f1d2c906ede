"""The narrow waist between a book and its database: what an engine must do, and which engine an address means.

SQLite is in ledger/sqlite*.py and storage.py, PostgreSQL in ledger/postgres.py, postgres_engine.py and
storage_postgres.py. Above this line nobody knows which of them it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import ConnectionHandler
from tortoise.models import Model

from ledger.accounts import Chart
from ledger.decisions import State
from ledger.errors import ReadOnly
from ledger.transactions import Draft, Transaction

Decide = Callable[[State], tuple[Sequence[Transaction], Sequence[Model]]]
"""Says what is written after a state, transactions and domain rows, and moves the state on; it does nothing else."""


class Batch(Protocol):
    """Some drafts on their way through one transaction of the database."""

    state: State

    async def load(self, drafts: Sequence[Draft]) -> State:
        """Read what deciding them needs, in a constant number of statements."""

    async def write(self, transactions: Sequence[Transaction], rows: Sequence[Model]) -> None:
        """Insert what was decided, with its domain rows. Raises RowConflict, or Contended where somebody came first."""


class Engine(Protocol):
    """One open book's database.

    dialect     `sqlite` or `postgres`, as the SQL files beside the migrations are called
    place       where it is, to be shown: never a password
    read_only   why nobody may write, when nobody may
    """

    dialect: str
    place: str
    read_only: ReadOnly | str | None

    @property
    def connections(self) -> Mapping[str, Any]:
        """Tortoise's description of the connections `writer` and `reader`."""

    @property
    def reader(self) -> BaseDBAsyncClient:
        """Reads without waiting for writers, and cannot write."""

    async def open(self, handler: ConnectionHandler, guards: Mapping[str, str]) -> None:
        """Take the clients and connect them. Raises BookDamaged when the guards do not stand."""

    async def close(self) -> None:
        """Let go what has to go before Tortoise closes the clients."""

    def write(self) -> AbstractAsyncContextManager[BaseDBAsyncClient]:
        """A transaction that writes: one at a time in this book, committed at the end, or nothing of it is.

        Raises Busy when its turn does not come, OutcomeUnknown when nobody can say whether it was committed.
        """

    def batch(self, chart: Chart) -> Batch:
        """A batch for the transaction that `write` began."""

    async def carry_out(self, chart: Chart, drafts: Sequence[Draft], decide: Decide) -> None:
        """A transaction of its own: load what the drafts need, decide, write what was decided, commit.

        `decide` may run in another thread. Raises what `write` and a batch raise.
        """

    async def look_up(self, chart: Chart, drafts: Sequence[Draft]) -> State:
        """After an unknown outcome: what a fresh connection knows of these drafts, once that is durable."""

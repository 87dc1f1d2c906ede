"""What a connection that writes does not do: begin, end or go without the one transaction that Book.write began."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, NoReturn

from tortoise.backends.base.client import BaseDBAsyncClient

_WORDS = ("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "START")


class NotYourTransaction(RuntimeError):
    """A verb handled a transaction of the database itself; this is a mistake in the program, nobody is told of it.

    The journal's entries stand on every write being inside Book.write and nowhere else. Tortoise's transactions also
    lock their connection for ever when a cancellation hits their BEGIN.
    """


class OneTransaction(BaseDBAsyncClient):
    """For the client that Book.write hands out: statements inside its transaction, and no other transaction.

    Tortoise's `in_transaction`, `atomic`, `get_or_create` and `update_or_create` begin one of their own, and scripts
    commit what was begun. `create`, `save`, `update`, `delete` and `bulk_create` are single statements and may be used;
    so they are refused once Book.write has ended, when they would be committed alone or with somebody else's entries.
    """

    @property
    @abstractmethod
    def begun(self) -> bool:
        """Whether a transaction is open, or none is needed because this connection cannot write."""

    def _in_transaction(self) -> NoReturn:
        raise NotYourTransaction("Book.write has begun the transaction; nothing in it begins another")

    async def execute_script(self, query: str) -> NoReturn:
        """Refused: a script commits what was begun before it."""
        raise NotYourTransaction(f"scripts commit; write statements one by one: {query[:60]}")

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        """As Tortoise has it, inside Book.write."""
        self._require(query)
        return await super().execute_insert(query, values)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        """As Tortoise has it, inside Book.write."""
        self._require(query)
        return await super().execute_query(query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> Any:
        """As Tortoise has it, inside Book.write."""
        self._require(query)
        return await super().execute_query_dict(query, values)

    def _require(self, query: str) -> None:
        if query.lstrip()[:9].upper().startswith(_WORDS):
            raise NotYourTransaction(f"only Book.write begins and ends transactions: {query[:60]}")
        if not self.begun:
            raise NotYourTransaction(f"rows are written inside Book.write: {query[:60]}")

"""What the ledger needs of PostgreSQL: a book's address, the clients of its connections, and our SQL said its way.

Tortoise opens the clients of this module (its `engine` names it). A book has a pool of readers, and one writer that is
a connection of its own and never goes back to a pool: nothing that is cancelled can leak it. Both act as the book's
application role, whoever logged in.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.exceptions import IntegrityError, OperationalError

from ledger.errors import BookDamaged, Busy
from ledger.one_transaction import OneTransaction
from ledger.postgres_words import spoken
from ledger.remembered import Remembered

T = TypeVar("T")

READERS = (2, 8)
"""Connections that read, at least and at most."""
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,49}")
_SCHEMES = ("postgres", "postgresql")

_COMMON = {"application_name": "jishan", "jit": "off", "bytea_output": "hex"}
_OF_READERS = {
    "default_transaction_read_only": "on",
    "plan_cache_mode": "force_custom_plan",  # a plan made while a table was small must not outlive its smallness
    "random_page_cost": "1.1",  # in memory, or on a disk without arms: a page found by an index is as cheap as the next
}
_OF_THE_WRITER = {
    # The writer's statements, and the checks of foreign keys behind them, find rows by key in tables of any size and
    # any statistics. So their plans are pinned: indexes and nested loops, planned once for each connection.
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_bitmapscan": "off",
    # Whoever stands still in the middle of a transaction, unplugged perhaps, gives the book back to others.
    "idle_in_transaction_session_timeout": "60s",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a book is: `dsn` leads to the database, through every host it may have moved to; `schema` is the book.

    roles    the schema whose roles it has, when not its own: a book that is being put together, or tried
    """

    dsn: str
    schema: str
    target: str
    roles: str = ""

    @property
    def borrowed(self) -> bool:
        """Whether its roles belong to another schema."""
        return self.roles not in ("", self.schema)

    @property
    def owner(self) -> str:
        """The role that owns the book's tables. Nobody logs in as it."""
        return f"{self.roles or self.schema}_owner"

    @property
    def application(self) -> str:
        """The role that reads and inserts. Those who log in are made members of it."""
        return f"{self.roles or self.schema}_app"

    @property
    def url(self) -> str:
        """The address as it was given, secrets and all."""
        options = f"schema={self.schema}" + (f"&roles={self.roles}" if self.roles else "")
        return f"{self.dsn}{'&' if '?' in self.dsn else '?'}{options}"

    def __str__(self) -> str:
        parts = urlsplit(self.dsn)
        return f"postgres://{parts.netloc.rpartition('@')[2]}{parts.path}?schema={self.schema}"

    async def connect(self, **settings: str) -> asyncpg.Connection[Any]:
        """One connection, by whoever the address names, with these server settings."""
        try:
            connection = await asyncpg.connect(
                self.dsn,
                connection_class=_Connection,
                server_settings={**_COMMON, **settings},
                target_session_attrs=self.target,
            )
        except (asyncpg.InvalidParameterValueError, asyncpg.InvalidAuthorizationSpecificationError) as error:
            raise BookDamaged(problem=f"{self}：{error}；先运行 jishan init") from error
        await _set_codecs(connection)
        return connection

    def settings(self, role: str, **more: str) -> dict[str, str]:
        """The server settings of a connection that acts as `role` in this book."""
        return {"search_path": self.schema, "role": role, **more}


def is_address(url: str) -> bool:
    """Whether a book's address leads to PostgreSQL."""
    return url.partition("://")[0] in _SCHEMES


def address_of(url: str) -> Address:
    """Read `postgres://user:secret@h1:p1,h2:p2/database?schema=district_440310&target_session_attrs=read-write`.

    Everything but the schema is asyncpg's to read (several hosts, `sslmode`, `passfile`, PGPASSWORD …). Unless it says
    otherwise, only a server that may be written counts, so that a promoted standby is found.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    schema = options.pop("schema", "")
    roles = options.pop("roles", schema)
    named = all(_SCHEMA.fullmatch(name) and not name.startswith("pg_") for name in (schema, roles))
    if not named or len(parts.path) < 2:
        raise BookDamaged(problem="账本地址应写作 postgres://用户@主机/数据库?schema=小写字母、数字和下划线")
    target = options.pop("target_session_attrs", "primary")
    # Readers ask for read-only sessions, so "may be written" is asked of the server, not of the session.
    target = "primary" if target == "read-write" else target
    return Address(
        parts._replace(query=urlencode(options)).geturl(), schema, target, roles if roles != schema else ""
    )


class _Connection(asyncpg.Connection):  # type: ignore[misc] # asyncpg comes without types
    """A connection that is not washed after every statement: we set nothing on it that would have to go."""

    def get_reset_query(self) -> str:
        """None: the reset costs a round trip for every read."""
        return ""


async def _set_codecs(connection: asyncpg.Connection[Any]) -> None:
    """Sums of whole numbers come as whole numbers, as they do from SQLite; PostgreSQL calls them numeric."""
    await connection.set_type_codec("numeric", schema="pg_catalog", encoder=str, decoder=int, format="text")


class _Client(AsyncpgDBClient):
    """What both clients share: the book's address, and raw statements with `?`."""

    def __init__(self, address: Address, *, part: str, connection_name: str) -> None:
        # Tortoise keeps the text of inserts by the name of a connection, whatever its dialect.
        super().__init__(connection_name=connection_name if part == "migrator" else f"postgres {part}")
        self.address = address
        self.part = part

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, list[Any]]:
        """As Tortoise has it, for our SQL too."""
        count, rows = await super().execute_query(spoken(query), values)
        return int(count), list(rows)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """As Tortoise has it, for our SQL too."""
        return list(await super().execute_query_dict(spoken(query), values))


class Reader(_Client):
    """A pool of connections that cannot write. A read whose connection breaks is asked once more."""

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002 - Tortoise's signature
        """Open the pool."""
        if self._pool is not None:
            return
        self._pool = await self._open(self.address.application, *READERS, _OF_READERS)
        await self._post_connect()

    async def _open(self, role: str, least: int, most: int, settings: dict[str, str]) -> Any:
        return await asyncpg.create_pool(
            self.address.dsn,
            min_size=least,
            max_size=most,
            connection_class=_Connection,
            init=_set_codecs,
            server_settings={**_COMMON, **self.address.settings(role, **settings)},
            target_session_attrs=self.address.target,
        )

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, list[Any]]:
        """Read. Raises Busy when no server answers."""
        return await self._asked(super().execute_query, query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """Read. Raises Busy when no server answers."""
        return await self._asked(super().execute_query_dict, query, values)

    async def _asked(self, ask: Callable[..., Awaitable[T]], query: str, values: list[Any] | None) -> T:
        try:
            return await ask(query, values)
        except BROKEN:
            # Where one broke, all may have: between the server's last word and its hanging up none looks closed.
            if self._pool is not None:
                await self._pool.expire_connections()
        try:
            return await ask(query, values)
        except BROKEN as error:
            raise Busy from error


BROKEN = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InternalClientError,
)
"""What a connection that breaks raises, or a server that goes, is gone, or is not the one to write to (internal)."""


class Migrator(Reader):
    """The connections of a migration: they act as the role that owns the book."""

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002 - Tortoise's signature
        """Open the pool."""
        if self._pool is None:
            self._pool = await self._open(self.address.owner, 1, 2, {})
            await self._post_connect()


class Writer(OneTransaction, _Client):
    """One connection, on which the engine begins and ends every transaction."""

    def __init__(self, address: Address, *, part: str, connection_name: str) -> None:
        super().__init__(address, part=part, connection_name=connection_name)
        self._one_at_a_time = asyncio.Lock()
        self.warned = False
        self.remembered = Remembered()

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002 - Tortoise's signature
        """Open the connection, again if the last one broke."""
        if self._connection is None or self._connection.is_closed():
            settings = self.address.settings(self.address.application, **_OF_THE_WRITER)
            self._connection = await self.address.connect(**settings)
            self._connection.add_log_listener(self._heard)
            await self._post_connect()

    def _heard(self, _connection: Any, message: Any) -> None:
        self.warned = self.warned or message.severity_en == "WARNING"

    @property
    def connection(self) -> asyncpg.Connection[Any]:
        """The open connection."""
        assert self._connection is not None, "the book is closed"
        return self._connection

    @property
    def begun(self) -> bool:
        """Whether a transaction is open here."""
        return bool(self.connection.is_in_transaction())

    def drop(self) -> None:
        """Leave the connection at once, without a word to the server; the next transaction opens another."""
        if self._connection is not None:
            self._connection.terminate()

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        """The one connection, for one statement."""
        return ConnectionWrapper(self._one_at_a_time, self)

    async def execute_many(self, query: str, values: list[Any]) -> None:
        """Insert many rows inside the transaction that `Book.write` began; Tortoise would begin one of its own."""
        assert self.connection.is_in_transaction(), "rows are written inside Book.write"
        try:
            await self.connection.executemany(query, values)
        except asyncpg.IntegrityConstraintViolationError as error:
            raise IntegrityError(error) from error
        except (asyncpg.SyntaxOrAccessError, asyncpg.exceptions.DataError) as error:
            raise OperationalError(error) from error

    async def close(self) -> None:
        """Say goodbye."""
        connection, self._connection = self._connection, None
        if connection is not None and not connection.is_closed():
            try:
                await connection.close(timeout=5)
            except (TimeoutError, *BROKEN):
                connection.terminate()


_CLIENTS = {"reader": Reader, "writer": Writer, "migrator": Migrator}


def get_client_class(config: dict[str, Any]) -> Any:
    """Which client a connection of Tortoise's configuration is; it asks modules that name an engine."""
    return _CLIENTS[config["credentials"]["part"]]


def connection_of(address: Address, part: str) -> dict[str, Any]:
    """Tortoise's description of a connection: `reader`, `writer` or `migrator`."""
    return {"engine": "ledger.postgres", "credentials": {"address": address, "part": part}}

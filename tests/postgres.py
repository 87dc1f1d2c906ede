"""A real PostgreSQL for the tests: started once a run, empty books copied from one that was migrated.

The server is Debian's, run by this process as the user `postgres` when root runs the tests, on a socket in a folder of
its own; it listens to no network. `JISHAN_TEST_BOOK=postgres://…` names another server to use, as somebody who may
create databases and roles there.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from alembic_like_migrations.rooms import APPS
from ledger import schema
from ledger.postgres import address_of as postgres_address
from ledger.postgres_engine import lock_of
from tests import books

ELSEWHERE = os.environ.get("JISHAN_TEST_BOOK", "")
"""Another server, read before the tests' surroundings are made plain."""
SCHEMA = "book"
ROOM = 2**30
"""Bytes that must be free in memory before clusters are kept there."""
ENGINES = ["sqlite", pytest.param("postgres", marks=() if ELSEWHERE else pytest.mark.needs("postgresql"))]
ON_BOTH = (
    "ledger/test_audit_on_both.py",
    "ledger/test_bundle.py",
    "ledger/test_day_ends.py",
    "ledger/test_engine.py",
    "ledger/test_heads.py",
    "ledger/test_journal.py",
    "ledger/test_places.py",
    "ledger/test_receipts.py",
    "ledger/test_recoveries.py",
    "ledger/test_register.py",
    "ledger/test_replay.py",
    "ledger/test_shipping.py",
    "ledger/test_statements.py",
    "ledger/test_tree.py",
    "points/awards/",
    "points/events/",
    "points/evidence/test_snapshots.py",
    "points/honours/",
    "points/market/",
    "points/openness/",
    "points/people/",
    "points/test_founding.py",
    "points/test_statement.py",
)
"""Modules whose tests run on both engines, where they make a book."""
ON_POSTGRES = ("ledger/test_postgres", "ledger/test_storage_postgres")
"""Modules whose tests of books are about PostgreSQL."""
_SETTINGS = {
    "listen_addresses": "",
    "dynamic_shared_memory_type": "mmap",  # goes with the folder, also when the server is killed
    "shared_buffers": "64MB",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "log_min_messages": "fatal",
    "autovacuum_naptime": "5s",
}
_numbers = itertools.count(1)


class Server:
    """One cluster: a folder, and the process that serves it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.socket = folder / "socket"
        self.data = folder / "data"
        self.settings = {**_SETTINGS, **settings}
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """An empty cluster that trusts whoever reaches its socket, in the language of bytes."""
        for folder in (self.folder, self.socket):
            folder.mkdir(exist_ok=True, mode=0o700)
            _give_to_server(folder)
        how = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D", str(self.data)]
        self.run("initdb", *how)

    def copy(self, primary: Server) -> None:
        """A standby of a cluster that runs."""
        for folder in (self.folder, self.socket):
            folder.mkdir(exist_ok=True, mode=0o700)
            _give_to_server(folder)
        how = ["-h", str(primary.socket), "-U", "postgres", "-c", "fast", "-X", "stream", "-R", "--no-sync"]
        self.run("pg_basebackup", *how, "-D", str(self.data))

    def start(self) -> None:
        """Serve, and wait until somebody can be answered."""
        given = [f"--{name}={value}" for name, value in self.settings.items()]
        where = ["-D", str(self.data), "-k", str(self.socket)]
        self.process = subprocess.Popen(
            [program("postgres"), *where, *given],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **_as_server(),
        )
        for _ in range(600):
            if (
                subprocess.run([program("pg_isready"), "-q", "-h", str(self.socket)], check=False).returncode
                == 0
            ):
                return
            time.sleep(0.05)
        raise AssertionError("PostgreSQL does not start")

    def stop(self, how: int = signal.SIGINT) -> None:
        """End it: SIGINT disconnects and closes, SIGKILL is a crash of every one of its processes."""
        if self.process is None:
            return
        children = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], check=False, capture_output=True, text=True
        ).stdout.split()
        self.process.send_signal(how)
        if how == signal.SIGKILL:
            for child in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(child), how)
        self.process.wait(60)
        self.process = None

    def run(self, name: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, as the user that serves."""
        subprocess.run([program(name), *arguments], check=True, capture_output=True, **_as_server())

    def dsn(self, database: str = "postgres") -> str:
        """Where a database of it is, for its administrator."""
        return f"postgres://postgres@/{database}?host={self.socket}"


def program(name: str) -> str:
    """One of PostgreSQL's programs; Debian keeps those of a server beside the path."""
    found = [str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
    return max(found, default=shutil.which(name) or name)


def _as_server() -> dict[str, Any]:
    """PostgreSQL refuses to be root."""
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


def _give_to_server(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for clusters, in memory where there is such a place: what they keep need not outlive the tests."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    place = memory if roomy else None
    with tempfile.TemporaryDirectory(prefix="jishan-pg-", dir=place, ignore_cleanup_errors=True) as name:
        _give_to_server(Path(name))
        yield Path(name)


@cache
def administrator() -> str:
    """Where the administrator of the run's server reaches it: a server that starts now, unless another was named."""
    if ELSEWHERE:
        return ELSEWHERE
    place = contextlib.ExitStack()
    server = Server(place.enter_context(folder()) / "main")
    server.make()
    server.start()
    atexit.register(place.close)
    atexit.register(server.stop)
    return server.dsn()


def address(database: str, schema: str = SCHEMA) -> str:
    """The address of the book in a database, for the administrator."""
    path, mark, options = administrator().partition("?")
    kept = [one for one in options.split("&") if mark and not one.startswith("schema=")]
    return f"{path.rpartition('/')[0]}/{database}?{'&'.join([*kept, f'schema={schema}'])}"


async def command(*statements: str) -> None:
    """Tell the server something, outside of any transaction."""
    connection = await asyncpg.connect(administrator().partition("&schema=")[0].partition("?schema=")[0])
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


_templates: dict[tuple[str, ...], str] = {}
_made: list[str] = []
_done_with: list[str] = []


async def template(rooms: tuple[str, ...]) -> str:
    """The database that holds one migrated, empty book with these rooms."""
    if rooms not in _templates:
        name = f"jishan_{os.getpid()}_template_{len(_templates)}"
        await command(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        atexit.register(drop_all)
        await schema.migrate(address(name), {room: APPS[room] for room in rooms})
        _templates[rooms] = name
    return _templates[rooms]


async def make(rooms: tuple[str, ...] = tuple(APPS)) -> str:
    """A fresh empty book; its address. The books of tests that have ended go: each takes 8 MB."""
    name = f"jishan_{os.getpid()}_{next(_numbers)}"
    create = f"CREATE DATABASE {name} TEMPLATE {await template(rooms)} STRATEGY file_copy"
    await command(*(dropping(old) for old in _done_with), create)
    _done_with.clear()
    _made.append(name)
    return address(name)


def dropping(name: str) -> str:
    """The statement that ends a database and whoever is still there."""
    return f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"


def drop_all() -> None:
    """Drop what this run made on a server that is not ours to throw away."""
    if ELSEWHERE:
        asyncio.run(command(*map(dropping, [*_made, *_done_with, *_templates.values()])))


@contextmanager
def kept_busy(url: str) -> Iterator[None]:
    """Somebody else writes a book and does not come to an end."""
    place = postgres_address(url)
    with asyncio.Runner() as elsewhere:
        connection = elsewhere.run(asyncpg.connect(place.dsn))
        elsewhere.run(connection.execute(f"SELECT pg_advisory_lock({lock_of(place.schema)})"))
        try:
            yield
        finally:
            elsewhere.run(connection.close())


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the mark."""
    config.addinivalue_line(
        "markers", "embedded(why): a test of a module on both engines that is about a file"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests of some modules that ask for a folder, to make a book in, run on both engines."""
    path = metafunc.definition.path.as_posix()
    if not _asks_for_a_folder(metafunc) or metafunc.definition.get_closest_marker("embedded"):
        return
    if any(f"/tests/{part}" in path for part in ON_BOTH):
        metafunc.parametrize("engine", ENGINES, indirect=True)
    if any(f"/tests/{part}" in path for part in ON_POSTGRES):
        metafunc.parametrize("engine", ENGINES[1:], indirect=True)


def _asks_for_a_folder(metafunc: pytest.Metafunc) -> bool:
    """Whether a test asks for `tmp_path`, itself or through a fixture that it names. All do through our plain
    surroundings, which make no book."""
    info = metafunc.definition._fixtureinfo
    waiting, seen = list(info.argnames), set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [more for one in info.name2fixturedefs.get(name, ()) for more in one.argnames]
    return "tmp_path" in seen


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The engine that `books` makes its books on, while this test runs."""
    before, books.engine = books.engine, getattr(request, "param", "sqlite")
    yield books.engine
    books.engine = before
    _done_with.extend(_made)
    _made.clear()

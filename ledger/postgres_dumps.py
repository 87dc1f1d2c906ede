"""Archives of one schema, written by pg_dump and read again with pg_restore: rows only, nothing in them is executed.

Both programs are PostgreSQL's own. An archive is in their custom format, so an administrator can do with it whatever
they know how to do, with or without us.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from ledger.errors import BookDamaged, Busy, CopyDamaged, LedgerError, NoSpace
from ledger.postgres import Address

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps each version's programs; what is on its path chooses a version by rules of its own."""
PIECE_LINES = 2_000
LOOK_SECONDS = 0.1
WAIT_FOR_LOCKS = "30s"

Progress = Callable[[int, int], None]

_HEADER = re.compile(rb'COPY ([a-z0-9_]+)\."?([a-z0-9_]+)"? \((.*)\) FROM stdin;\n')
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LETTERS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_VERSION = re.compile(r"(\d+)\.")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, each a line of COPY's text format; they must be read before the next table's."""

    table: str
    columns: tuple[str, ...]
    lines: Iterator[bytes]

    def values(self) -> Iterator[dict[str, bytes]]:
        """The rows by column, unescaped; a NULL is empty."""
        for line in self.lines:
            yield dict(zip(self.columns, map(_value, line[:-1].split(b"\t")), strict=True))


def program(name: str) -> str:
    """The newest of a program that is here. Raises BookDamaged, with what to install, when there is none."""
    there = [path for path in DEBIAN.glob(f"*/bin/{name}") if path.parts[-3].isdigit()]
    found = max(there, key=lambda path: int(path.parts[-3]), default=None) or shutil.which(name)
    if found is None:
        raise BookDamaged(
            problem=f"这台机器上没有 {name}；请装 postgresql-client（apt install postgresql-client）"
        )
    return str(found)


def write(address: Address, draft: Path, progress: Progress) -> None:
    """Dump a book's schema as one snapshot, while others write, into a file that only its owner may read.

    Raises BookDamaged when there is no book, no pg_dump, one older than the server, or no server; Busy when a
    migration keeps the tables; NoSpace. Nobody but the server is told the password.
    """
    dsn, secrets = _for_libpq(address)
    which = ["--format=custom", "--compress=1", f"--schema={address.schema}", f"--role={address.application}"]
    command = [program("pg_dump"), *which, f"--lock-wait-timeout={WAIT_FOR_LOCKS}", f"--dbname={dsn}"]
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=subprocess.PIPE, env={**os.environ, **secrets}
        )
        try:
            said = _watched(process, lambda: progress(draft.stat().st_size, 0))
        finally:
            process.kill()
            process.wait()
    if process.returncode:
        raise _reason(said, address)


def _for_libpq(address: Address) -> tuple[str, dict[str, str]]:
    """The address as libpq reads it; the password goes by the environment, for a command line is read by everybody."""
    parts = urlsplit(address.dsn)
    user, mark, hosts = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    options = dict(parse_qsl(parts.query))
    password = options.pop("password", unquote(password))
    plain = parts._replace(netloc=name + mark + hosts, query=urlencode(options)).geturl()
    surroundings = {"LC_ALL": "C", "PGTARGETSESSIONATTRS": address.target, "PGOPTIONS": "-c bytea_output=hex"}
    return plain, surroundings | ({"PGPASSWORD": password} if password else {})


def _watched(process: subprocess.Popen[bytes], look: Callable[[], None]) -> str:
    """Wait for the end; what it said on standard error."""
    while True:
        look()
        try:
            _, said = process.communicate(timeout=LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        look()
        return said.decode(errors="replace")


def _reason(said: str, address: Address) -> LedgerError:
    """What pg_dump's complaint means."""
    if "No space left on device" in said:
        return NoSpace()
    if "lock timeout" in said:
        return Busy()
    problem = said.strip().splitlines()[0] if said.strip() else "pg_dump 停了，没有说原因"
    if "server version mismatch" in said:
        server, ours = [*_VERSION.findall(said), "?", "?"][:2]
        problem = (
            f"服务器是 PostgreSQL {server}，这里的 pg_dump 是 {ours}，太旧；请装 postgresql-client-{server}"
        )
    elif "no matching schemas" in said or f'role "{address.application}" does not exist' in said:
        problem = "没有这本账；先运行 jishan init"
    return BookDamaged(problem=f"{address}：{problem}")


@contextmanager
def read(archive: Path, *tables: str, progress: Progress | None = None) -> Iterator[Iterator[Rows]]:
    """The rows of an archive, table after table: of these tables, or of all.

    Raises CopyDamaged when it cannot be read to its end. `progress` hears of bytes of the file.
    """
    wanted = [f"--table={table}" for table in tables]
    command = [program("pg_restore"), "--data-only", *wanted, "--file=-"]
    with archive.open("rb") as file, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdin=file, stdout=subprocess.PIPE, stderr=said, env={**os.environ, "LC_ALL": "C"}
        )
        assert process.stdout is not None
        size = os.fstat(file.fileno()).st_size

        def look() -> None:
            if progress:  # the program reads on through the very file that is open here
                progress(os.lseek(file.fileno(), 0, os.SEEK_CUR), size)

        try:
            yield _parsed(process, process.stdout, said, archive.name, look)
        finally:
            process.stdout.close()
            process.kill()
            process.wait()


def _parsed(
    process: subprocess.Popen[bytes], output: IO[bytes], said: IO[bytes], name: str, look: Callable[[], None]
) -> Iterator[Rows]:
    for line in output:
        header = _HEADER.fullmatch(line)
        if header:
            columns = tuple(column.strip('"') for column in header[3].decode().split(", "))
            rows = Rows(header[2].decode(), columns, _lines(output, name))
            yield rows
            for _ in rows.lines:
                pass
            look()
    if process.wait():
        said.seek(0)
        problem = said.read().decode(errors="replace").strip().splitlines() or ["pg_restore 停了，没有说原因"]
        raise CopyDamaged(file=name, problem=problem[0])


def _lines(output: IO[bytes], name: str) -> Iterator[bytes]:
    for line in output:
        if line == b"\\.\n":
            return
        yield line
    raise CopyDamaged(file=name, problem="在一张表中间断了")


def piece(lines: Iterator[bytes]) -> bytes:
    """Some thousand lines at once; nothing at the end."""
    return b"".join(islice(lines, PIECE_LINES))


def _value(text: bytes) -> bytes:
    """A value out of COPY's text format; bytes come as the bytes they are."""
    if text == b"\\N":
        return b""
    if text.startswith(b"\\\\x"):
        return bytes.fromhex(text[3:].decode())
    return _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), text) if b"\\" in text else text


def versions(archive: Path, bookkeeping: str) -> list[tuple[str, str]]:
    """Which migrations made the tables in an archive: rooms and names, in their order."""
    with read(archive, bookkeeping) as dump:
        rows = [row for table in dump for row in table.values()]
    return [
        (row["app"].decode(), row["name"].decode()) for row in sorted(rows, key=lambda row: int(row["id"]))
    ]

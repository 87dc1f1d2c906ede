"""Archives by pg_dump: one schema, one snapshot, read strictly; what goes wrong is said in a sentence."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ledger import postgres_dumps
from ledger.errors import BookDamaged, Busy, CopyDamaged, LedgerError, NoSpace
from ledger.models import LedgerCheckpoint
from ledger.postgres import address_of
from tests import books, postgres
from tests.ledger.copies import fill, quiet
from tests.ledger.drafts import draft, fresh, move
from tests.ledger.test_postgres_guards import owner

pytestmark = pytest.mark.anyio
ADDRESS = address_of("postgres://ann:s%40crt@h1:5432,h2/city?schema=book&sslmode=require")


async def dumped(url: str, path: Path) -> Path:
    """A dump of a book."""
    await asyncio.to_thread(postgres_dumps.write, address_of(url), path, quiet)
    return path


def tables(archive: Path, *names: str) -> dict[str, list[dict[str, bytes]]]:
    """All that an archive holds of these tables, or of all."""
    with postgres_dumps.read(archive, *names) as dump:
        return {rows.table: list(rows.values()) for rows in dump}


async def test_every_value_comes_back(tmp_path: Path) -> None:
    """Bytes, texts with tabs, backslashes and line ends, what is absent; the file is for its owner's eyes."""
    note = "一\t二\\三\r\n\\N 四\b\f\v'"
    async with fresh(tmp_path) as book:
        row = LedgerCheckpoint(size=7, root=bytes(range(32)), note=note, signed_at="x")
        await book.journal.post(draft("one", move("bank", "a", 1), rows=(row,)))
        archive = await dumped(books.url_of(book), tmp_path / "a.dump")
    assert archive.stat().st_mode & 0o777 == 0o600
    found = tables(archive)
    assert found["ledger_checkpoint"] == [
        {"size": b"7", "root": bytes(range(32)), "note": note.encode(), "signed_at": b"x"}
    ]
    assert [row["reverses"] for row in found["ledger_transaction"]] == [b""]
    assert {row["app"] for row in found["tortoise_migrations"]} >= {b"ledger", b"web"}
    assert tables(archive, "ledger_posting").keys() == {"ledger_posting"}


async def test_only_the_books_own_schema_is_dumped(tmp_path: Path) -> None:
    """Another district's rows in the same database stay where they are."""
    async with fresh(tmp_path) as book:
        connection = await owner(book)
        await connection.execute("CREATE SCHEMA other; CREATE TABLE other.people_member (name text)")
        await connection.execute("INSERT INTO other.people_member VALUES ('somebody else')")
        await connection.close()
        found = tables(await dumped(books.url_of(book), tmp_path / "a.dump"))
    assert found["people_member"] == []


async def test_whoever_may_only_read_and_insert_can_back_up(tmp_path: Path) -> None:
    """The service's own login is enough: a member of the application role."""
    if postgres.ELSEWHERE:
        pytest.skip("logins are another server's administrator's affair")
    async with fresh(tmp_path) as book:
        await postgres.command(
            "DO $$ BEGIN CREATE ROLE keeper LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            "GRANT book_app TO keeper",
        )
        url = books.url_of(book).replace("postgres://postgres@", "postgres://keeper@")
        assert "market_shop" in tables(await dumped(url, tmp_path / "a.dump"))


async def test_an_archive_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    """At whichever length; and one that is something else."""
    async with fresh(tmp_path) as book:
        await fill(book, 300)
        whole = (await dumped(books.url_of(book), tmp_path / "a.dump")).read_bytes()
    cut = tmp_path / "cut.dump"
    for part in (0, 4, len(whole) // 3, len(whole) - 20):
        cut.write_bytes(whole[:part])
        with pytest.raises(CopyDamaged, match=r"cut\.dump"):
            tables(cut)
    cut.write_text("milk, soap, rice" * 300)
    with pytest.raises(CopyDamaged):
        tables(cut)


def test_a_table_that_breaks_off_is_damaged() -> None:
    """Rows end with a line of their own; without it some may be missing."""
    lines = postgres_dumps._lines(iter([b"1\ta\n", b"2\tb\n"]), "a.dump")  # type: ignore[arg-type]
    assert next(lines) == b"1\ta\n"
    with pytest.raises(CopyDamaged, match="中间断了"):
        list(lines)


async def test_no_book_is_said(tmp_path: Path) -> None:
    """A schema that is not there, a server that is not there."""
    url = await postgres.make()
    with pytest.raises(BookDamaged, match="jishan init"):
        await dumped(url.replace("schema=book", "schema=none"), tmp_path / "a.dump")
    with pytest.raises(BookDamaged, match="schema=book"):
        await dumped(f"postgres://nobody@/db?host={tmp_path}&schema=book", tmp_path / "b.dump")


def test_the_newest_program_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those that Debian installed, by number and not by letter; where there is none it is said what to install."""
    monkeypatch.setattr(postgres_dumps, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(BookDamaged, match="apt install postgresql-client"):
        postgres_dumps.program("pg_dump")
    for version in ("9", "15", "17"):
        path = tmp_path / version / "bin" / "pg_dump"
        path.parent.mkdir(parents=True)
        path.touch()
    assert postgres_dumps.program("pg_dump") == str(tmp_path / "17/bin/pg_dump")


MISMATCH = """pg_dump: error: aborting because of server version mismatch
pg_dump: detail: server version: 17.2 (Debian); pg_dump version: 15.14 (Debian)"""


@pytest.mark.parametrize(
    ("complaint", "kind", "said"),
    [
        (MISMATCH, BookDamaged, r"PostgreSQL 17.*pg_dump 是 15.*postgresql-client-17"),
        ("pg_dump: error: could not write to file: No space left on device", NoSpace, "满"),
        ("pg_dump: error: query failed: ERROR: canceling statement due to lock timeout", Busy, "忙"),
        ("pg_dump: error: something new", BookDamaged, "something new"),
    ],
)
def test_a_complaint_is_put_into_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaint: str, kind: type[LedgerError], said: str
) -> None:
    """What pg_dump says, as a sentence of ours; the password is in nobody's sight."""
    script = tmp_path / "pg_dump"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/said\ncat >&2 <<END\n{complaint}\nEND\nexit 1\n')
    script.chmod(0o755)
    monkeypatch.setattr(postgres_dumps, "program", lambda _name: str(script))
    with pytest.raises(kind, match=said) as refused:
        postgres_dumps.write(ADDRESS, tmp_path / "a.dump", quiet)
    command = (tmp_path / "said").read_text()
    assert "--schema=book --role=book_app" in command
    assert "ann@h1:5432,h2/city?sslmode=require" in command
    assert "crt" not in command + str(refused.value)


def test_the_password_goes_by_the_environment() -> None:
    """From the address's user or its options, decoded; and whichever server may be written is the one dumped."""
    _, secrets = postgres_dumps._for_libpq(ADDRESS)
    assert (secrets["PGPASSWORD"], secrets["PGTARGETSESSIONATTRS"]) == ("s@crt", "primary")
    plain, secrets = postgres_dumps._for_libpq(address_of("postgres://h/db?password=x%26y&schema=book"))
    assert (plain, secrets["PGPASSWORD"]) == ("postgres://h/db", "x&y")
    assert "PGPASSWORD" not in postgres_dumps._for_libpq(address_of("postgres://h/db?schema=book"))[1]


async def test_migrations_are_read_in_their_order(tmp_path: Path) -> None:
    """By which a restore makes the tables as they were."""
    async with fresh(tmp_path) as book:
        archive = await dumped(books.url_of(book), tmp_path / "a.dump")
    versions = postgres_dumps.versions(archive, "tortoise_migrations")
    assert versions[:2] == [("ledger", "0001_initial"), ("ledger", "0002_guards")]

"""Whatever goes wrong, a command says it in one sentence, in one place, with the status that belongs to it."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
from collections.abc import Coroutine
from pathlib import Path

import click
import pytest
from tortoise.exceptions import OperationalError

from ledger.errors import Busy, UnknownAccount
from points.people.errors import UnknownMember
from tests.typed import PROGRAM, call, run, surroundings
from web.commands.refusals import PROBLEMS, Refused, leave, problem, told, unusable

WRONG: list[tuple[str, str]] = [
    ("balance V-999999", "V-999999"),
    ("balance 10000009999", "10000009999"),
    ("statement 王小明", "王小明"),
    ("fund allocate --under 999 --month 2018-07 --points 5 --by S-0002", "999"),
    ("fund allocate --under 440310000000 --month 2018-07 --points -5 --by S-0002", "-5"),
    ("fund allocate --under 440310000000 --month 2018-07 --points 0 --by S-0002", "0"),
    (f"fund allocate --under 440310000000 --month 2018-07 --points {10**25} --by S-0002", str(10**25)),
    ("fund allocate --under 440310000000 --month 2018-07 --points 51 --by S-9999", "S-9999"),
    ("fund show --community 44 --month 2018-07", "44"),
    ("verify --source nowhere --by S-0003", "nowhere"),
    ("verify --source sample --by S-9999", "S-9999"),
    ("verify --source sample --by S-0004", "S-0004"),
    ("notice publish --under 12 --by S-0002", "12"),
    ("notice publish --under 440310000000 --by S-0003", "S-0003"),
    ("correct award/no-such --reason 算错 --by S-0001", "award/no-such"),
    ("correct award/no-such --reason 写错 --by S-0001", "写错"),
    ("sweep --on 2099-01-01", "2099-01-01"),
    ("redeem --shop 99 --member V-000001 --item 香皂 --by S-0004 --key k", "99"),
    ("redeem --shop 1 --member V-999999 --item 香皂 --by S-0004 --key k", "V-999999"),
    ("redeem --shop 1 --member V-000001 --item 金条 --by S-0004 --key k", "金条"),
    ("redeem --shop 1 --member V-000001 --item 香皂x0 --by S-0004 --key k", "香皂x0"),
    ("redeem --shop 1 --member V-000001 --item 香皂x-2 --by S-0004 --key k", "香皂x-2"),
    (f"redeem --shop 1 --member V-000001 --item 香皂x{10**12} --by S-0004 --key k", str(10**12)),
    ("redeem --shop 1 --member V-000001 --item 香皂 --by S-0003 --key k", "S-0003"),
    ("shop open 新店 --area 44 --by S-0001", "44"),
    ("shop receive --shop 7 --item 香皂x5 --document 单 --by S-0007", "7"),
    ("member card V-999999 --by S-0001", "V-999999"),
    ("import areas /dev/null", "null"),
    ("export /proc/nothing", "/proc/nothing"),
]
MISWRITTEN: list[tuple[str, str]] = [
    ("nonsense", "nonsense"),
    ("balance", "NUMBER"),
    ("balance V-000001 --when 2018-01-01", "--when"),
    ("statement V-000001 --month 2018-13", "2018-13"),
    ("fund allocate --under 440310000000 --month 2018-07 --points many --by S-0002", "many"),
    ("notice publish --under 440310000000 --by S-0002 --days 31", "31"),
    (f"redeem --shop {10**25} --member V-000001 --item 香皂 --by S-0004 --key k", str(10**25)),
    ("import areas /nowhere/a.csv", "/nowhere/a.csv"),
    ("import areas /tmp", "/tmp"),
    ("serve --port 0", "0"),
    ("serve --port 65536", "65536"),
]


@pytest.mark.parametrize(("line", "given"), WRONG)
def test_a_refusal_is_one_sentence_that_names_what_was_given(quiet_book: Path, line: str, given: str) -> None:
    """On standard error, with status 1; with --json as one object on standard output, and nothing else."""
    said = call(*line.split(), book=quiet_book)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("✗ ")
    assert said.err.count("\n") == 1
    assert given in said.err
    asked = call("--json", *line.split(), book=quiet_book)
    assert (asked.status, asked.err) == (1, "")
    assert asked.data.keys() == {"error", "message", "facts"}
    assert said.err == f"✗ {asked.data['message']}\n"


@pytest.mark.parametrize(("line", "given"), MISWRITTEN)
def test_a_command_written_wrongly_is_told_how_with_status_2(quiet_book: Path, line: str, given: str) -> None:
    """One line that names what was wrong and where it is explained; the same for programs."""
    said = call(*line.split(), book=quiet_book)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("✗ ")
    assert said.err.count("\n") == 1
    assert given in said.err
    assert "--help" in said.err
    assert given in call(*line.split(), "--json", book=quiet_book).data["message"]


@pytest.mark.parametrize(("line", "_given"), [*WRONG, *MISWRITTEN])
def test_in_english_no_refusal_is_chinese(quiet_book: Path, line: str, _given: str) -> None:
    """Save for names and words that were given or stand in the book."""
    said = call("--lang", "en", *line.split(), book=quiet_book).err
    for known in [
        *line.split(),
        "洗衣液",
        "核实人",
        "兑换台",
        "资金管理员",
        "公示员",
        "香皂",
        "（空）",
        "、",
    ]:
        said = said.replace(known, "")
    assert not [c for c in said if "\u4e00" <= c <= "\u9fff"], said


def test_without_a_command_the_help_is_shown(quiet_book: Path) -> None:
    """Every command with a sentence, and the status of something written wrongly."""
    said = call(book=quiet_book)
    assert said.status == 2
    assert "redeem" in said.err


def test_busy_says_try_again_with_its_own_status(capsys: pytest.CaptureFixture[str]) -> None:
    """75 is EX_TEMPFAIL; everything else that is refused ends with 1."""
    for error, status in ((Busy(), 75), (UnknownMember(member="x"), 1), (Refused("no"), 1)):
        with pytest.raises(SystemExit) as ended:
            leave(error, as_json=False)
        assert ended.value.code == status
    assert capsys.readouterr().err.count("✗ ") == 3


def test_every_expected_error_becomes_a_sentence() -> None:
    """With its name for programs, and the place or the word it is about."""
    for error, sentence in (
        (UnknownAccount(address="a/b", unit="points"), "a/b"),
        (OSError(errno.ENOSPC, "No space left", "/x/y"), "/x/y 用不了：磁盘满了"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "Invalid cross-device link"),
        (OperationalError("database disk image is malformed"), "malformed"),
        (sqlite3.DatabaseError("file is not a database"), "not a database"),
        (click.ClickException("said already"), "said already"),
    ):
        name, said, _facts = told(error)
        assert sentence in said
        assert name


def test_the_systems_problems_are_said_in_words() -> None:
    """Each number we know has a sentence, the others keep the system's own."""
    for number, sentence in PROBLEMS.items():
        assert problem(OSError(number, os.strerror(number))) == sentence
    assert problem(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
    assert "/a/b" in unusable(Path("/a/b"), OSError(errno.EACCES, "x")).message


def test_interrupted_it_ends_as_shells_expect(quiet_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C gives 130 and no traceback."""

    def interrupt(work: Coroutine[object, object, object]) -> None:
        work.close()
        raise KeyboardInterrupt

    monkeypatch.setattr("web.commands.terminal.asyncio.run", interrupt)
    said = call("key", book=quiet_book)
    assert (said.status, said.out.strip()) == (130, "")


def test_a_reader_who_leaves_early_hears_no_complaint(quiet_book: Path) -> None:
    """`jishan shop list | head -1` ends quietly."""
    env = surroundings(JISHAN_BOOK=f"sqlite://{quiet_book}")
    line = f'"{PROGRAM}" shop list | head -1'
    done = subprocess.run(["sh", "-c", line], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 号")


@pytest.mark.parametrize("name", ["no.db", "junk.db", "empty.db", "half.db", "folder.db"])
@pytest.mark.parametrize("line", ["audit", "key", "balance V-000001", "migrate", "init"])
def test_what_is_no_book_is_said(quiet_book: Path, tmp_path: Path, name: str, line: str) -> None:
    """An absent, foreign, empty or broken file and a folder: a sentence; a book is made only where nothing was."""
    spoil(tmp_path, quiet_book)
    said = call(*line.split(), book=tmp_path / name)
    if (line, name) in {("init", "no.db"), ("init", "empty.db"), ("migrate", "empty.db")}:
        assert said.status == 0, said
    else:
        assert (said.status, said.out) == (1, "")
        assert said.err.startswith("✗ ")
        assert name.removesuffix(".db") in said.err or "文件" in said.err


@pytest.mark.parametrize("name", ["junk.db", "folder.db"])
def test_what_is_no_book_does_not_hold_the_command_for_ever(
    quiet_book: Path, tmp_path: Path, name: str
) -> None:
    """The process ends: no thread of a connection that failed to open stays behind."""
    spoil(tmp_path, quiet_book)
    said = run("init", folder=tmp_path, JISHAN_BOOK=f"sqlite://{name}")
    assert said.status == 1
    assert said.err.count("\n") == 1


def spoil(folder: Path, book: Path) -> None:
    """Files that are no book."""
    (folder / "junk.db").write_text("not a database at all")
    (folder / "empty.db").touch()
    (folder / "half.db").write_bytes(book.read_bytes()[:100_000])
    (folder / "folder.db").mkdir()

"""How commands talk: columns that stand under each other, progress for those who watch, data for those who do not."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.typed import PROGRAM, call, surroundings
from web.commands.terminal import Meter, table


def test_columns_stand_under_each_other_whatever_the_script() -> None:
    """A Chinese character is two columns wide, an accent none, a dash or a cross one."""
    rows = table([["香皂", "59"], ["大米 5kg", "1,000"], ["e\u0301×…", "7"]], right=[1])
    assert rows == ["香皂         59", "大米 5kg  1,000", "e\u0301×…           7"]
    assert table([]) == []


def test_nothing_stands_behind_the_last_cell() -> None:
    """No spaces at the ends of lines."""
    assert table([["a", "long"], ["b", "x"]]) == ["a  long", "b  x"]


@pytest.mark.parametrize(
    "line", ["shop list", "staff list", "key", "checkpoint", "balance V-000001", "statement V-000001"]
)
@pytest.mark.parametrize("before", [True, False])
def test_json_is_one_object_and_nothing_else(book: Path, line: str, before: bool) -> None:
    """Before the command or behind it, on one line of standard output."""
    words = ["--json", *line.split()] if before else [*line.split(), "--json"]
    said = call(*words, book=book)
    assert (said.status, said.err) == (0, "")
    assert said.out.count("\n") == 1
    assert isinstance(said.data, dict)


def test_progress_is_drawn_on_a_terminal_and_taken_away(book: Path, tmp_path: Path) -> None:
    """The audit shows how far it is; the line is cleared before the answer, which has no control codes."""
    out, err = in_a_terminal(book, "audit")
    assert "▓" in err
    assert "100%" in err
    assert err.endswith("\r\x1b[K")
    assert "\x1b" not in out
    assert out.startswith("✓")


def test_no_progress_where_nobody_watches(book: Path) -> None:
    """Neither in a pipe nor with --json, even in a terminal."""
    assert call("audit", book=book).err == ""
    out, err = in_a_terminal(book, "audit", "--json")
    assert (err, json.loads(out)["whole"]) == ("", True)


def in_a_terminal(book: Path, *words: str) -> tuple[str, str]:
    """Standard output through a pipe, and what stood on the terminal that standard error is."""
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals: mount -t devpts devpts /dev/pts")
    env = surroundings(JISHAN_BOOK=f"sqlite://{book}", TERM="xterm")
    with subprocess.Popen(
        [str(PROGRAM), *words], env=env, stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as process:
        os.close(theirs)
        assert process.stdout is not None
        out = process.stdout.read()
        drawn = b""
        while part := read(ours):
            drawn += part
    os.close(ours)
    assert process.returncode == 0
    return out, drawn.decode()


def read(terminal: int) -> bytes:
    """What stands on a terminal; nothing once the other side is gone."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_a_meter_that_is_not_shown_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Silent from beginning to end."""
    step = Meter(shown=False)("x")
    step(1, 2)
    step(2, 2)
    assert capsys.readouterr().err == ""


def test_a_meter_of_nothing_is_full(capsys: pytest.CaptureFixture[str]) -> None:
    """No rows at all are 100 %, not a division by zero."""
    Meter(shown=True)("x")(0, 0)
    assert "100%" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line", ["sweep", "notice publish --under 440310000000 --by S-0002", "verify --source sample --by S-0003"]
)
def test_nothing_is_recorded_ahead_of_its_day(book: Path, line: str) -> None:
    """Tomorrow is refused, and the ledger is as it was: a sweep for another year would let every point expire."""
    tomorrow = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
    size = call("checkpoint", "--json", book=book).data["size"]
    said = call(*line.split(), "--on", tomorrow, book=book)
    assert said.status == 1
    assert tomorrow in said.err
    assert call("checkpoint", "--json", book=book).data["size"] == size
    assert call("balance", "V-000001", "--on", tomorrow, book=book).status == 0

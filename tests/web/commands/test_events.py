"""`jishan event`: the same verbs as on the pages, in the same words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.points.events.photographs import bursting
from tests.typed import PROGRAM, call, surroundings

WORKER, HEAD, LIAISON = "S-0008", "S-0009", "S-0010"
NEW = (
    "event",
    "new",
    "--area",
    "440310001002",
    "--category",
    "F",
    "--what",
    "消防通道堵塞",
    "--on",
    "2018-07-04",
)


def number(book: Path, *more: str, by: str = WORKER) -> str:
    """A new event."""
    return str(call(*NEW, *more, "--by", by, "--json", book=book).data["number"])


def test_an_event_goes_its_way_by_commands(book: Path) -> None:
    """New, assigned, handled; shown with who did it; the same key again is the same event."""
    one = number(book, "--key", "k1")
    assert number(book, "--key", "k1") == one
    call("event", "step", one, "assigned", "--handler", LIAISON, "--by", HEAD, book=book)
    said = call("event", "step", one, "handled", "--note", "已清走", "--by", LIAISON, book=book)
    assert "等任务核查" in said.out
    shown = call("event", "show", one, "--by", HEAD, "--json", book=book).data
    assert [step["actor"] for step in shown["steps"]] == [WORKER, HEAD, LIAISON]
    assert shown["state"] == "handled"
    english = call("--lang", "en", "event", "show", one, "--by", HEAD, book=book)
    assert "Waiting to be checked" in english.out


WATCHED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
print(done.stdout + done.stderr)
"""


def test_a_paper_that_bursts_is_a_sentence(book: Path, tmp_path: Path) -> None:
    """Two megabytes that unpack to two gigabytes, given to the whole command: no part of it takes 300 MB, and nothing
    is kept. Of a file that is too large no more is read than tells so."""
    one, folder = number(book), tmp_path / "papers"
    folder.mkdir()
    (folder / "bursting.pdf").write_bytes(bursting())
    with (folder / "large.pdf").open("wb") as large:
        large.truncate(1 << 30)
    for name, sentence in (("bursting.pdf", "内容是坏的"), ("large.pdf", "超过 10 MB")):
        words = [str(PROGRAM), "event", "attach", one, str(folder / name), "--by", WORKER]
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, *words],
            cwd=tmp_path,
            env=surroundings(JISHAN_BOOK=f"sqlite://{book}"),
            capture_output=True,
            text=True,
            check=True,
        )
        figures, _, said = done.stdout.partition("\n")
        status, megabytes = map(int, figures.split())
        assert (status > 0, sentence in said, "Traceback" in said) == (True, True, False), said
        assert megabytes < 300
    with closing(sqlite3.connect(book)) as rows:
        assert rows.execute("SELECT count(*) FROM events_attachment").fetchone() == (0,)


def test_people_sign_in_by_arguments_or_lines(book: Path) -> None:
    """Each once; who is not found is named, and the command says that not all was well."""
    one = number(book, "--kind", "activity", "--type", "志愿服务")
    first = call("event", "sign-in", one, "V-000001", "V-000002", "--by", WORKER, book=book)
    assert "签到 2 人，早就签过的 0 人" in first.out
    more = call("event", "sign-in", one, "--by", WORKER, stdin="V-000001\nV-000003\n谁\n", book=book)
    assert (more.status, "签到 1 人，早就签过的 1 人" in more.out, "谁" in more.out) == (1, True, True)


def test_what_an_event_earned_is_taken_back_when_it_was_false(book: Path) -> None:
    """Who found it so and may not correct leaves it standing, told why; who verifies takes it back, once."""
    yesterday = (datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=1)).isoformat()
    one = number(book, "--kind", "activity", "--type", "志愿服务", "--on", yesterday)
    call("event", "sign-in", one, "V-000001", "V-000005", "--by", WORKER, book=book)
    given = [
        call("verify", "--source", "jishan", "--by", verifier, "--json", book=book).data["awarded"]
        for verifier in ("S-0003", "S-0006")
    ]
    assert sum(given) >= 2
    found = call("event", "step", one, "found_false", "--by", HEAD, "--json", book=book).data
    assert (found["corrected"], len(found["standing"])) == (0, 2)
    back = call("event", "take-back", one, "--by", "S-0003", book=book)
    assert "收回 2 笔" in back.out
    assert "收回 0 笔" in call("event", "take-back", one, "--by", "S-0003", book=book).out


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("event", "new", *NEW[2:], "--by", "S-0003"), "S-0003"),
        (("event", "new", *NEW[2:], "--at", "25:00", "--by", WORKER), "25:00"),
        (("event", "show", "E-2000-000001", "--by", HEAD), "E-2000-000001"),
        (("event", "step", "E-2000-000001", "archived", "--by", HEAD), "E-2000-000001"),
        (("event", "place", "elsewhere/1", "--area", "440310001002", "--by", HEAD), "elsewhere"),
    ],
)
def test_a_refusal_names_what_is_wrong(book: Path, command: tuple[str, ...], named: str) -> None:
    """In one sentence, with status 1."""
    said = call(*command, book=book)
    assert (said.status, named in said.err) == (1, True)


def test_an_event_of_another_platform_is_placed(book: Path) -> None:
    """By its own number; a second time there is nothing to change."""
    rows = call("event", "place", "sample/none", "--area", "440310001002", "--by", "S-0001", book=book)
    assert rows.status == 1
    one = number(book)
    assert call("event", "place", one, "--area", "440310001001", "--by", "S-0001", book=book).status == 0
    again = call("event", "place", one, "--area", "440310001001", "--by", "S-0001", book=book)
    assert (again.status, "没有什么要改" in again.err) == (1, True)
    assert "六联" in call("event", "show", one, "--by", "S-0001", book=book).out

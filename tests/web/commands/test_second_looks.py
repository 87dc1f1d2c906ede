"""`jishan second-looks`: the same verbs as on the pages, in the same words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from points.awards import drawing
from points.sample.town import COMMUNITY
from tests.typed import asked, call

LI_MEI, HE_WEI, ZHOU_JING, COUNTER = "S-0003", "S-0006", "S-0005", "S-0004"


def drawn(book: Path) -> list[str]:
    """What waits for 何伟 to look at again."""
    found: list[str] = call("second-looks", "list", "--by", HE_WEI, "--json", book=book).data["looks"]
    return found


def test_what_was_drawn_is_listed_answered_and_counted(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """李梅 verifies, 何伟 looks and asks for a correction, once; 周静 counts it."""
    monkeypatch.setattr(drawing, "ONE_IN", 1)
    assert call("verify", "--source", "sample", "--by", LI_MEI, book=book).status == 0
    wrong, *rest = drawn(book)
    ask = ("second-looks", "disagree", wrong, "--reason", "情况不实", "--by", HE_WEI)
    request = call(*ask, "--json", book=book).data["request"]
    assert request
    assert f"请求 {request}" in call(*ask, book=book).out
    assert drawn(book) == rest
    again = call("second-looks", "agree", wrong, "--by", HE_WEI, book=book)
    assert again.status
    assert "已经有人看过并答复了" in again.err
    count = ("second-looks", "counts", "--month", month(), "--by", ZHOU_JING)
    counted = call(*count, "--json", book=book)
    assert sum(each["disagreed"] for each in counted.data["verifiers"].values()) == 1
    assert "Not looked at" in call("--lang", "en", *count, book=book).out


def test_the_sweep_gives_them_to_somebody_else(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """何伟 is no verifier any more: what waits for him goes to the next who may look, once there is one."""
    monkeypatch.setattr(drawing, "ONE_IN", 1)
    assert call("verify", "--source", "sample", "--by", LI_MEI, book=book).status == 0
    waiting = drawn(book)
    by = ("--role", "verifier", "--by", "S-0001")
    assert call("staff", "revoke", HE_WEI, *by, "--area", COMMUNITY, book=book).status == 0
    assert asked("sweep", book=book)["given"] == 0
    assert call("staff", "grant", "S-0009", *by, "--area", COMMUNITY, book=book).status == 0
    swept = call("sweep", book=book)
    assert f"抽查分给别的核实人：{len(waiting)} 笔" in swept.out
    assert asked("second-looks", "list", "--by", "S-0009", book=book)["looks"] == waiting


def test_others_are_told_that_it_is_not_theirs(book: Path) -> None:
    """A counter lists nothing and counts nothing; what was never drawn is said to be so."""
    assert COUNTER in call("second-looks", "list", "--by", COUNTER, book=book).err
    assert COUNTER in call("second-looks", "counts", "--month", "2026-11", "--by", COUNTER, book=book).err
    unknown = call("second-looks", "agree", "nothing", "--by", HE_WEI, book=book)
    assert unknown.status
    assert "没有抽到" in unknown.err


def month() -> str:
    """The month it is in the book."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()[:7]

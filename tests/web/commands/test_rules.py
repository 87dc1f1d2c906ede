"""`jishan rules`: the same verbs as on the pages, in the same words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from points.awards import rule_text
from tests.browser import elsewhere
from tests.typed import call
from tests.web import ruling
from web.settings import load

ADMIN, SECOND, VERIFIER = "S-0001", "S-0011", "S-0003"


def today() -> date:
    """The day where the book is."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def written(folder: Path, *changes: tuple[str, str]) -> str:
    """The default text with some changes, in a file."""
    text = rule_text.default()
    for was, becomes in changes:
        assert was in text
        text = text.replace(was, becomes, 1)
    file = folder / "rules.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_from_a_file_to_a_published_version(book: Path, tmp_path: Path) -> None:
    """Drafted, compared, rehearsed, asked for with the minutes, published by the second person alone."""
    number = elsewhere(ruling.held, load(book=f"sqlite://{book}"))
    day = today() + timedelta(days=3)
    changes = (("2000-01-01", day.isoformat()), ("points = 2\nfound_first", "points = 3\nfound_first"))
    file = written(tmp_path, *changes)
    assert "2 → 3" in call("rules", "difference", file, book=book).out
    saved = call("rules", "draft", file, "--by", ADMIN, book=book)
    assert "草稿存好了" in saved.out
    assert "有效上报" in saved.out
    first = (today() - timedelta(days=200)).isoformat()
    days = ("--from", first, "--to", today().isoformat())
    played = call("rules", "rehearse", *days, "--json", book=book)
    assert (played.data["lost"]["members"], played.data["gained"]["members"] > 0) == (0, True)
    assert "账上" in call("rules", "rehearse", file, *days, book=book).out
    asked = call("rules", "ask", "--meeting", number, "--by", ADMIN, "--json", book=book).data
    for by, digest in ((ADMIN, asked["digest"]), (SECOND, "sha256:0"), (VERIFIER, asked["digest"])):
        refused = call("rules", "decide", asked["request"], "--digest", digest, "--by", by, book=book)
        assert refused.status
    done = call("rules", "decide", asked["request"], "--digest", asked["digest"], "--by", SECOND, book=book)
    assert "发布了第 2 版" in done.out
    listed = call("rules", "list", book=book).out
    assert "将要生效" in listed
    assert "In force" in call("--lang", "en", "rules", "list", book=book).out
    assert "points = 3" in call("rules", "show", "2", book=book).out
    assert call("rules", "show", "3", book=book).status


def test_what_is_wrong_is_said_and_nothing_is_saved(book: Path, tmp_path: Path) -> None:
    """A slip in a rule, a file that is no text, publishing alone where a second person is."""
    bad = written(tmp_path, ("points = 5", "points = -5"))
    refused = call("rules", "draft", bad, "--by", ADMIN, book=book)
    assert refused.status
    assert "hazard" in refused.err
    noise = tmp_path / "noise.toml"
    noise.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in call("rules", "difference", str(noise), book=book).err
    day = (today() + timedelta(days=3)).isoformat()
    alone = call("rules", "publish", written(tmp_path, ("2000-01-01", day)), "--by", ADMIN, book=book)
    assert "要两个人" in alone.err
    assert "没有不同" in call("rules", "difference", book=book).out
    assert call("rules", "show", book=book).out.startswith("# The default rule book")

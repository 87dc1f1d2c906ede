"""`jishan init`, `migrate`, `key`: a book appears whole, with its key, and is never made twice."""

from __future__ import annotations

import stat
from pathlib import Path

from tests.typed import asked, call, run


def test_an_empty_folder_becomes_a_book(tmp_path: Path) -> None:
    """Book, key and pepper, for their owner alone; rules, catalogue and a signed head are in it."""
    said = run("init", "--json", folder=tmp_path)
    assert (said.status, said.err) == (0, "")
    assert (said.data["new"], said.data["rule_book"], said.data["items"] > 20) == (True, 1, True)
    for name in ("jishan.db", "jishan.key", "jishan.pepper"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.new*")), "a draft was left behind"
    key = run("key", folder=tmp_path).out.strip()
    assert key == said.data["key"]
    assert key.startswith("jishan/")
    assert "PRIVATE" not in key
    head = run("checkpoint", "--json", folder=tmp_path)
    assert head.data["size"] > 1
    assert run("audit", folder=tmp_path).status == 0


def test_init_again_adds_nothing(book: Path) -> None:
    """The same key, the same ledger, and it says that everything was there."""
    key, size = asked("key", book=book), asked("checkpoint", book=book)["size"]
    said = call("init", book=book)
    assert said.status == 0
    assert said.out.count("已在") == 2
    assert asked("key", book=book) == key
    assert asked("checkpoint", book=book)["size"] == size


def test_init_with_the_sample_says_who_may_sign_in(book: Path) -> None:
    """The sample that stands is left as it is; its people are listed with what they sign in with."""
    said = call("init", "--sample", book=book)
    assert "王秀兰" in said.out
    assert "S-0003" in said.out
    people = asked("init", "--sample", book=book)["people"]
    assert {"number": "S-0003", "name": "李梅", "title": "核实人"} in people


def test_a_key_that_others_may_read_is_not_used(book: Path) -> None:
    """Nor one that is none, nor an absent one; each is named with what is wrong, and none is made in its place."""
    key = book.with_suffix(".key")
    text = key.read_text()
    key.chmod(0o644)
    assert "600" in call("checkpoint", book=book).err
    key.chmod(0o600)
    key.write_text("junk")
    for line in ("key", "init", "audit", "checkpoint"):
        said = call(line, book=book)
        assert (said.status, said.out) == (1, "")
        assert "town.key" in said.err
    assert key.read_text() == "junk"
    key.unlink()
    assert "不存在" in call("export", str(book.parent / "out"), book=book).err
    assert not (book.parent / "out").exists()
    assert not key.exists()
    key.write_text(text)


def test_migrating_what_is_up_to_date_says_so(book: Path) -> None:
    """And changes nothing."""
    said = call("migrate", book=book)
    assert said.status == 0
    assert "最新" in said.out
    assert call("audit", book=book).status == 0

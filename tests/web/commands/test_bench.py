"""`jishan bench`: every benchmark runs, in a book of its own, and prints ratios for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import town
from web.cli import main

SHORT = ["--rounds", "1", "--count", "50", "--size", "300", "--accounts", "20", "--callers", "4"]


def say(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize(
    ("what", "load"),
    [
        ("post", "award"),
        ("post-all", "transfer"),
        ("read", "transfer"),
        ("history", "award"),
        ("audit", "award"),
        ("proof", "transfer"),
    ],
)
def test_every_benchmark_runs(what: str, load: str) -> None:
    """As data: our rate, the baseline's, and the ratio between them in the same run."""
    said = say("bench", what, "--load", load, *SHORT, "--json")
    assert said.exit_code == 0, said.output
    found = json.loads(said.stdout)
    rates = {name: figure["rate"] for name, figure in found["contenders"].items()}
    baselines = {"post": ["raw sqlite3", "one Tortoise transaction per post"], "audit": ["texts alone"]}
    assert list(found["ratios"]) == baselines.get(what, ["raw sqlite3"])
    for baseline, ratio in found["ratios"].items():
        assert ratio == pytest.approx(rates["jishan"] / rates[baseline], abs=0.01)


def test_people_read_a_table() -> None:
    """With the ratio, the number of rounds, and how busy the machine was."""
    said = say("bench", "post", "--hot", *SHORT).output
    assert "raw sqlite3" in said
    assert " ×" in said
    assert "1 轮的中位数" in said
    assert "load average" in say("--lang", "en", "bench", "read", *SHORT).output


def test_a_book_of_its_own_is_filled_once_and_used_again(tmp_path: Path) -> None:
    """What takes long to make is made once; another load does not go into it."""
    book = tmp_path / "bench.db"
    sizes = []
    for _ in range(2):
        assert say("bench", "audit", "--book", str(book), *SHORT).exit_code == 0
        sizes.append(book.stat().st_size)
    assert sizes[0] == sizes[1]
    said = say("bench", "audit", "--book", str(book), "--load", "award", *SHORT)
    assert (said.exit_code, "没有覆盖" in said.output) == (1, True)


def test_nobody_s_book_is_measured(tmp_path: Path) -> None:
    """A book that is in use is refused and stays byte for byte what it was."""
    town.copied(tmp_path)
    book = tmp_path / town.NAMES[0]
    before = book.read_bytes()
    said = say("bench", "post", "--book", str(book), *SHORT)
    assert (said.exit_code, "没有覆盖" in said.output) == (1, True)
    assert book.read_bytes() == before

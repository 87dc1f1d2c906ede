"""The table of categories."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from points.events import categories


def test_there_are_fourteen_letters_with_two_names_each() -> None:
    """Those of the short list, and no other."""
    table = categories.read()
    assert "".join(table.names) == "DSFHENPTWCAVMZ"
    assert all(category.zh and category.en for category in table.names.values())
    assert categories.named("F").zh == "消防隐患"


@pytest.mark.parametrize(
    ("words", "letter", "by"),
    [
        (("环保水务", "工业噪声", "工业红线内噪声"), "N", "环保水务"),
        (("环保水务", "水污染", "地下管道堵塞"), "P", "地下管道堵塞"),
        (("市容环卫", "占道经营", "无照经营游商"), "T", "占道经营"),
        (("安全隐患", "消防设施安全", "消防通道堵塞"), "F", "消防设施安全"),
        (("安全隐患", "道路交通安全", "道路路面塌陷、凹陷"), "H", "道路路面塌陷、凹陷"),
        (("社区管理", "物业服务管理监督", "小区水、电、气维修"), "W", "物业服务管理监督"),
        (
            ("社区管理", "物业服务管理监督", "业主委员会与物业管理公司的纠纷"),
            "D",
            "业主委员会与物业管理公司的纠纷",
        ),
        (("治安维稳", "民间纠纷", "邻里纠纷"), "D", "民间纠纷"),
        (("民政服务", "双拥优抚", "社区建设"), "C", "民政服务"),
        (("没有", "没有", "没有"), "Z", None),
    ],
)
def test_the_most_exact_word_decides(words: tuple[str, str, str], letter: str, by: str | None) -> None:
    """Subtype before main type before type; what nobody named is Z, and known to be so."""
    assert categories.of(*words) == categories.Mapped(letter, by)


def test_every_word_of_the_real_events_is_known(shared_data: Path) -> None:
    """None falls to Z for lack of a line; at most 5 % are Z at all; and hardly a line is idle."""
    text = (shared_data / "pingshan_events.csv").read_bytes().decode("gb18030")
    rows = csv.DictReader(io.StringIO(text))
    names = ("EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME")
    mapped = [categories.of(*(row[name] for name in names)) for row in rows]
    assert [m for m in mapped if m.by is None] == []
    assert Counter(m.letter for m in mapped)["Z"] <= 0.05 * len(mapped)
    table = categories.read()
    lines = {*table.types, *table.maintypes, *table.subtypes}
    assert len(lines - {m.by for m in mapped}) <= 2

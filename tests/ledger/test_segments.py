"""A segment holds its entries exactly, and any byte that is not as it was written is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import segments
from ledger.encoding import leaf_hash
from ledger.errors import CopyDamaged, NotContinuous, PlaceUnusable
from ledger.frontier import Frontier
from ledger.segments import Entry, Segment
from tests.ledger.copies import flip, quiet
from tests.ledger.stories import story

BODIES = story(30).bodies


def entries(count: int = 30) -> list[Entry]:
    """The first entries of the story, with their roots."""
    frontier, made = Frontier(), []
    for position, body in enumerate(BODIES[:count], 1):
        frontier.append(leaf_hash(body))
        made.append(Entry(position, body, leaf_hash(body), frontier.root))
    return made


def written(folder: Path, *sizes: int) -> list[Segment]:
    """The story in segments of these sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    left = entries()
    return [segments.write(folder, [left.pop(0) for _ in range(size)]) for size in sizes]


def all_of(folder: Path, frontier: Frontier | None = None) -> list[Entry]:
    """Everything that follows a tree."""
    return list(segments.following(segments.listed(folder), frontier or Frontier(), quiet))


def test_a_line_is_written_as_specified() -> None:
    """Format version 1, golden: keys sorted, the text as a string, hashes in hex."""
    entry = Entry(7, '{"a":"积\\"善"}'.encode(), bytes(32), bytes(range(32)))
    assert (
        segments.line(entry)
        == (
            '{"body":"{\\"a\\":\\"积\\\\\\"善\\"}","leaf":"' + "00" * 32 + '","position":7,'
            '"root":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","v":1}\n'
        ).encode()
    )


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """Byte for byte, over several files, from the beginning and from any tree inside."""
    written(tmp_path, 12, 1, 17)
    assert [path.name for path in sorted(tmp_path.iterdir())] == [
        "000000000001-000000000012.ndjson",
        "000000000013-000000000013.ndjson",
        "000000000014-000000000030.ndjson",
    ]
    assert all_of(tmp_path) == entries()
    frontier = Frontier()
    for entry in entries(20):
        frontier.append(entry.leaf)
    assert all_of(tmp_path, frontier) == entries()[20:]
    assert segments.last_root(segments.listed(tmp_path)) == (30, entries()[-1].root)
    assert segments.first_leaf(segments.listed(tmp_path)) == entries()[0].leaf


def test_nothing_is_nothing(tmp_path: Path) -> None:
    """An empty folder is the empty tree; a folder that is not there is said."""
    assert segments.last_root(segments.listed(tmp_path)) == (0, Frontier().root)
    assert segments.first_leaf([]) == b""
    assert all_of(tmp_path) == []
    with pytest.raises(PlaceUnusable, match="nowhere"):
        segments.listed(tmp_path / "nowhere")


@given(where=st.floats(0, 1, exclude_max=True))
def test_any_flipped_byte_is_named(where: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wherever it lies, in text, leaf, root, number or line end: the file and its line are in the sentence."""
    folder = tmp_path_factory.mktemp("segments")
    middle = written(folder, 5, 6, 4)[1]
    data = middle.path.read_bytes()
    at = int(len(data) * where)
    flip(middle.path, at)
    line = data[:at].count(b"\n") + 1
    with pytest.raises(CopyDamaged) as found:
        all_of(folder)
    assert found.value.facts["file"] == middle.path.name
    said = found.value.facts["problem"]
    assert said.startswith(f"第 {line} 行，") or "行数" in said, said


def test_a_line_of_another_place_is_refused(tmp_path: Path) -> None:
    """Two lines exchanged, each whole in itself."""
    segment = written(tmp_path, 4)[0]
    lines = segment.path.read_bytes().splitlines(keepends=True)
    segment.path.write_bytes(b"".join([lines[0], lines[2], lines[1], lines[3]]))
    with pytest.raises(CopyDamaged, match="第 2 行，写的是第 3 笔"):
        all_of(tmp_path)


def test_a_root_that_does_not_follow_is_refused(tmp_path: Path) -> None:
    """A whole line with a root that is not that of the entries up to it."""
    told = entries(3)
    told[1] = Entry(2, told[1].body, told[1].leaf, bytes(32))
    segments.write(tmp_path, told)
    with pytest.raises(CopyDamaged, match="第 2 行，第 2 笔以后的根不符"):
        all_of(tmp_path)


def test_a_cut_file_is_noticed(tmp_path: Path) -> None:
    """Its name says how many lines it must have."""
    segment = written(tmp_path, 4)[0]
    segment.path.write_bytes(segment.path.read_bytes()[:-200])
    with pytest.raises(CopyDamaged, match="行数"):
        all_of(tmp_path)


@pytest.mark.parametrize(
    "name", ["000000000004-000000000006", "000000000001-000000000002", "000000000008-000000000007"]
)
def test_a_gap_and_a_double_are_named(name: str, tmp_path: Path) -> None:
    """A file that is missing, and one that says again what stands there."""
    parts = written(tmp_path, 3, 3, 3)
    if name.startswith("000000000004"):
        parts[1].path.unlink()
        name = parts[2].path.stem
    else:
        (tmp_path / f"{name}.ndjson").write_bytes(b"")
    with pytest.raises(CopyDamaged, match="少了或多了一段"):
        segments.listed(tmp_path)


def test_another_history_is_not_continued(tmp_path: Path) -> None:
    """Where the tree ends inside the segments, their root there must be its own."""
    written(tmp_path, 4, 4)
    other = Frontier()
    for entry in [*entries(5), entries(6)[0]]:
        other.append(entry.leaf)
    with pytest.raises(NotContinuous, match="到第 6 笔为止的历史不同"):
        all_of(tmp_path, other)

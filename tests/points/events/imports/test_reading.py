"""Reading files: the right encoding, or a sentence about what is wrong and where."""

from __future__ import annotations

import contextlib
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from points.events.errors import UnreadableFile
from points.events.imports import encodings, reading, spreadsheets
from tests.points.events import paper

TEXT = "姓名,社区\n王秀兰,六和社区\n欧阳丽华,-\n"
ROWS = [("姓名", "社区"), ("王秀兰", "六和社区"), ("欧阳丽华", None)]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030")],
)
def test_chinese_is_read_in_every_encoding_files_come_in(tmp_path: Path, encoding: str, named: str) -> None:
    """UTF-8 with and without BOM, and what spreadsheets here still save."""
    sheet = reading.read(paper.write(tmp_path, TEXT, encoding=encoding))
    assert list(sheet.rows) == ROWS
    assert sheet.encoding == named


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=200))
def test_chinese_text_is_never_mistaken_for_another_encoding(text: str) -> None:
    """Any run of common characters comes back the same from both encodings: either the text, or a refusal."""
    assert encodings.of("f", text.encode()) == "utf-8"
    data = text.encode("gb18030")
    try:
        encoding = encodings.of("f", data)
    except UnreadableFile:
        return
    assert encoding == "gb18030" or data.decode("utf-8")


def test_damaged_utf8_is_refused_not_read_as_other_words(tmp_path: Path) -> None:
    """One lost byte would make GB18030 nonsense of the whole file; the line is named instead."""
    data = (TEXT * 3).encode().replace("欧阳".encode(), "欧阳".encode()[:-1], 1)
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="第 3 行有坏掉的 UTF-8"):
        reading.read(path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xef\xbb\xbfa,b\n\xff\xff", "第 2 行"),
        (b"a,b\n\xff\xff\xff\n", "第 2 行"),
        (b"a,b\n1,\x002\n", "NUL"),
        (b'a,b\n"1,2\n', "引号"),
        (b'a,b\n"1"x,2\n', "引号"),
        (b"PK\x03\x04 not a zip", "电子表格"),
        (b"\xd0\xcf\x11\xe0 not a workbook", "电子表格"),
        (b"," * 300, "列"),
        (b"a" * (2 << 20), "太长"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(tmp_path: Path, data: bytes, said: str) -> None:
    """No traceback, no mojibake: a sentence."""
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=said):
        reading.read(path)


def test_a_missing_file_and_a_huge_one_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both before anything is read."""
    with pytest.raises(UnreadableFile):
        reading.read(tmp_path / "none.csv")
    monkeypatch.setattr(reading, "BYTES_AT_MOST", 10)
    with pytest.raises(UnreadableFile, match="字节"):
        reading.read(paper.write(tmp_path, TEXT))
    monkeypatch.setattr(reading, "BYTES_AT_MOST", 1000)
    with pytest.raises(UnreadableFile, match="超过 2 行"):
        reading.read(paper.write(tmp_path, TEXT), rows_at_most=2)


def test_rows_keep_the_numbers_people_see(tmp_path: Path) -> None:
    """Blank lines and line breaks inside a cell do not shift the rows; ragged rows stay ragged; the end is trimmed."""
    text = 'a,b\r\n\r\n1\r\n"x\ny",2,3\r\n,\r\n\r\n'
    sheet = reading.read(paper.write(tmp_path, text))
    assert list(sheet.rows) == [("a", "b"), (), ("1",), ("x\ny", "2", "3")]


@pytest.mark.parametrize("mark", ["-", "", "  ", "—", "－", "\u200b"])
def test_nothing_is_written_in_many_ways(tmp_path: Path, mark: str) -> None:
    """All of them are nothing."""
    assert reading.read(paper.write(tmp_path, f"a,b\n{mark},1\n")).rows[1] == (None, "1")


def test_cells_are_trimmed_and_composed(tmp_path: Path) -> None:
    """Full-width blanks, zero-width spaces, decomposed letters; the separator is what the first line has."""
    sheet = reading.read(paper.write(tmp_path, "甲;乙\n\u3000王\u200b秀兰 ;cafe\u0301\n'=1+1;'a\n"))
    assert list(sheet.rows) == [("甲", "乙"), ("王秀兰", "caf\u00e9"), ("=1+1", "'a")]
    assert reading.read(paper.write(tmp_path, "甲\t乙\n1,5\t2\n")).rows[1] == ("1,5", "2")


def test_a_spreadsheet_is_read_like_a_csv(tmp_path: Path) -> None:
    """Phones stay whole numbers, hours keep their half; blank rows above count."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(paper.spreadsheet([("手机", "时长"), (10000900001.0, 1.5), ("-", "2小时半")]))
    sheet = reading.read(path)
    assert list(sheet.rows) == [("手机", "时长"), ("10000900001", "1.5"), (None, "2小时半")]
    assert sheet.encoding == "spreadsheet"


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own directory tells before it is unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 100_000)
    monkeypatch.setattr(spreadsheets, "UNPACKED_AT_MOST", 50_000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(out.getvalue())
    with pytest.raises(UnreadableFile, match="太大"):
        reading.read(path)


@pytest.mark.parametrize("cell", ["王\x07兰", "王\n兰", "王\ufffd兰", "王\ue000兰", "x" * 2001])
def test_damage_in_a_cell_is_named(cell: str) -> None:
    """Control characters, characters lost before, private ones, and endless text."""
    assert reading.damage_in(cell) is not None
    assert reading.damage_in("王 秀兰 ·（2小时）") is None


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_refusal(data: bytes) -> None:
    """Whatever is uploaded, nothing else happens."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(data)
        try:
            rows = reading.read(path).rows
        except UnreadableFile:
            return
    assert all(cell is None or cell == cell.strip() for row in rows for cell in row)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_damage_to_a_spreadsheet_is_rows_or_a_refusal(data: st.DataObject) -> None:
    """Bytes changed anywhere in the archive, its directory included."""
    book = bytearray(paper.spreadsheet([("手机", "时长"), (10000900001.0, 1.5)]))
    for _ in range(data.draw(st.integers(1, 6))):
        book[data.draw(st.integers(0, len(book) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(UnreadableFile):
        path = Path(folder) / "file.xlsx"
        path.write_bytes(bytes(book))
        reading.read(path)


def test_an_archive_of_a_later_kind_is_refused(tmp_path: Path) -> None:
    """Its directory asks for a version of zip that nobody has yet."""
    book = paper.spreadsheet([("手机",)])
    at = book.index(b"PK\x01\x02") + 6
    path = tmp_path / "a.xlsx"
    path.write_bytes(book[:at] + b"\xff" + book[at + 1 :])
    with pytest.raises(UnreadableFile, match="电子表格"):
        reading.read(path)

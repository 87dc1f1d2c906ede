"""`jishan import`: what a file would do, row by row; what it did; and what to do about the rest."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.typed import call

AREAS = "code,name,level,parent\n440310009000,新街道,street,440310000000\n440310009001,新社区,community,440310009000\n"


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    """A street, a community, and a row with a code that is none."""
    path = tmp_path / "areas.csv"
    path.write_text(AREAS + "77,坏行,community,440310009000\n", encoding="utf-8")
    return path


def test_a_dry_run_says_each_row_and_writes_nothing(book: Path, areas: Path) -> None:
    """Its number, how it begins, and what would become of it; then the sums."""
    said = call("import", "areas", str(areas), "--dry-run", "--errors-to", str(areas.parent), book=book)
    lines = said.out.splitlines()
    assert lines[0] == "第 2 行 440310009000 新街道 street：导入"
    assert lines[2].startswith("第 4 行 77 坏行 community：不导入：")
    assert "共 3 行＝可导入 2＋已在 0＋错误 1；警告 0" in said.out
    assert "什么也没有写" in said.out
    again = call(
        "import", "areas", str(areas), "--dry-run", "--json", "--errors-to", str(areas.parent), book=book
    )
    assert [row["what"] for row in again.data["plan"]] == ["new", "new", "error"]


def test_the_real_run_does_what_was_said_and_again_nothing(book: Path, areas: Path) -> None:
    """Two rows go in; the second time they are there, and the row in error stays in error."""
    words = ("import", "areas", str(areas), "--errors-to", str(areas.parent))
    said = call(*words, book=book)
    assert "✓ 导入 2 行" in said.out
    assert "1 行有错，没有导入" in said.out
    again = call(*words, book=book)
    assert "可导入 0＋已在 2＋错误 1" in again.out
    assert "这个文件已经导入过，什么也没有变" in again.out
    tried = call(*words, "--dry-run", book=book)
    assert "：已在，不变" in tried.out


def test_a_file_of_errors_alone_is_not_called_imported(book: Path, tmp_path: Path) -> None:
    """Nothing could be imported is not the same as everything is there already."""
    path = tmp_path / "bad.csv"
    path.write_text("code,name,level,parent\n77,坏行,community,\n", encoding="utf-8")
    said = call("import", "areas", str(path), "--errors-to", str(tmp_path), book=book)
    assert "没有能导入的行" in said.out
    assert "已经导入过" not in said.out


def test_the_file_of_errors_is_for_its_owner_alone(book: Path, areas: Path) -> None:
    """It may hold names and phones."""
    call("import", "areas", str(areas), "--errors-to", str(areas.parent), book=book)
    path = areas.with_name("areas-errors.csv")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "原因" in path.read_text("utf-8-sig")


def test_what_is_counted_is_said_in_words(book: Path, areas: Path) -> None:
    """No codes in Chinese, none in English; figures under each other."""
    said = call("import", "areas", str(areas), "--dry-run", "--errors-to", str(areas.parent), book=book).out
    assert "  社区/村  1\n  镇街     1\n" in said
    english = call(
        "--lang",
        "en",
        "import",
        "areas",
        str(areas),
        "--dry-run",
        "--errors-to",
        str(areas.parent),
        book=book,
    ).out
    assert "Communities" in english
    assert "Rows: 3 = 2 to import + 0 there already + 1 in error; warnings: 0" in english


def test_an_empty_cell_is_not_shown_in_quotes(book: Path, tmp_path: Path) -> None:
    """A community written "-" is named by its row and column, without an empty pair of quotation marks."""
    path = tmp_path / "events.csv"
    path.write_text(
        "REC_ID,CREATE_TIME,EVENT_TYPE_NAME,MAIN_TYPE_NAME,SUB_TYPE_NAME,COMMUNITY_NAME\n"
        "1,2018-07-04 17:24:41,市容环卫,市容城管,城市管理,-\n",
        encoding="gb18030",
    )
    said = call("import", "events", str(path), "--source", "elsewhere", book=book).out
    assert "第 2 行 COMMUNITY_NAME：没有社区" in said
    assert "“”" not in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfea\x00", "UTF-16"),
        (b'code,name,level,parent\n"3608,abc', "引号"),
        ("code,name,level,parent\n1,江江江江".encode() + b"\xe6\xb1,district,\n", "第 2 行"),
        (b"PK\x03\x04garbage", "电子表格"),
        (b"", "缺少这些列"),
        (b"a,b\n1,2\n", "缺少这些列"),
        (b"code,name,level,parent\n1\x002,a,b,\n", "空字符"),
    ],
)
def test_half_broken_files_are_refused_by_name(book: Path, tmp_path: Path, content: bytes, why: str) -> None:
    """With what is wrong and where, and nothing is written."""
    path = tmp_path / "broken.csv"
    path.write_bytes(content)
    said = call("import", "areas", str(path), book=book)
    assert (said.status, said.out) == (1, "")
    assert "broken.csv" in said.err
    assert why in said.err


def test_an_import_is_by_somebody_who_is_there(book: Path, areas: Path) -> None:
    """Otherwise the entry would name nobody."""
    said = call("import", "areas", str(areas), "--by", "S-9999", book=book)
    assert said.status == 1
    assert "S-9999" in said.err


def test_a_folder_for_errors_that_is_not_there_is_named_before_anything_is_written(
    book: Path, areas: Path
) -> None:
    """And the good rows are still to come."""
    said = call("import", "areas", str(areas), "--errors-to", "/nowhere/at/all", book=book)
    assert said.status == 1
    assert "/nowhere/at/all" in said.err
    again = call("import", "areas", str(areas), "--json", "--errors-to", str(areas.parent), book=book)
    assert again.data["inserted"] == 2


def test_batches_are_listed_and_one_is_taken_back(book: Path, tmp_path: Path) -> None:
    """The latest first; a batch by its last eight digits; what is in use is refused and says what stands in the way."""
    request = {
        "service_request_id": "007",
        "status": "closed",
        "service_code": "053",
        "requested_datetime": "2018-07-04T06:37:38-08:00",
        "community": "440310001002",
    }
    path = tmp_path / "requests.json"
    path.write_text(json.dumps([request]), encoding="utf-8")
    words = ["import", "events", str(path), "--source", "city", "--format", "open311"]
    assert call(*words, "--json", book=book).data["inserted"] == 1
    listed = call("import", "batches", "--json", book=book).data["batches"]
    assert [each["kind"] for each in listed] == ["events", "contributions", "events", "members", "areas"]
    asked = ["import", "withdraw", listed[0]["batch"][-8:], "--reason", "选错了文件", "--by", "S-0001"]
    assert "事件 1 件" in call(*asked, book=book).out
    assert call("import", "batches", "--json", book=book).data["batches"][0]["withdrawn"] is True
    asked[2] = listed[1]["batch"][-8:]
    refused = call(*asked, book=book)
    assert refused.status == 1
    assert "有人在用了" in refused.err
    with_words = call("--lang", "en", "import", "withdraw", *asked[2:], book=book)
    assert "cannot be withdrawn whole" in with_words.err

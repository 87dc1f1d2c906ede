"""Every sentence of every format that a community worker can meet, and the file that brings it up, zh and en."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ledger.book import Book
from points.errors import PointsError
from points.events.errors import MissingColumns, NeedsSource, UnreadableFile
from points.events.imports import areas, contributions, errors, events, members, reading
from points.events.imports.errors import RowError
from points.events.imports.gathering import How
from tests.points.events import paper
from tests.points.events.paper import CONTRIBUTIONS, EVENTS, FIRE, MEMBERS
from tests.points.people.village import LIUHE
from web.commands.refusals import translated
from web.i18n import speaking

AREAS = "code,name,level,parent\n"
ELSEWHERE = "131022100201"
BORN = MEMBERS.strip() + ",出生年,监护人,监护人手机,监护人同意\n"
ARCHIVE = "REC_ID,CREATE_TIME,EVENT_TYPE_NAME,MAIN_TYPE_NAME,SUB_TYPE_NAME,COMMUNITY_NAME,ARCHIVE_TIME\n"
REQUEST = {
    "service_request_id": "77",
    "status": "closed",
    "service_code": "a",
    "requested_datetime": "2020-01-01T00:00:00Z",
    "community": LIUHE,
}


def event(number: str = "9", at: str = "2018-07-04 17:24:41", what: str = FIRE, flags: str = "1,0") -> str:
    """A row of events."""
    return f"{number},{at},{what},{flags}\n"


@dataclass(frozen=True)
class Case:
    """A file, how it is imported, and what must be said of it: `zh` in Chinese, `en` a part of the English."""

    file: str | bytes | Callable[[], bytes]
    kind: Any
    said: type[PointsError]
    zh: str
    en: str
    name: str = "file.csv"
    within: tuple[str, ...] | None = None


def corners() -> bytes:
    """A spreadsheet that would unpack to seventeen thousand million cells."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write("A1", "a")
        sheet.write("XFD1048576", "b")
    return out.getvalue()


def request(**changes: str) -> str:
    """A file of one Open311 request."""
    return json.dumps([REQUEST | changes])


FILES = (
    Case(b"x" * (reading.BYTES_AT_MOST + 1), members, errors.FileTooBig, "字节，最多", "bytes; at most"),
    Case("甲,乙\n".encode("utf-16"), members, errors.NotUtf16, "请另存为 CSV UTF-8", "Save it as CSV UTF-8"),
    Case(b"\xef\xbb\xbfa\n\xff", members, errors.BrokenUtf8, "第 2 行有坏掉的 UTF-8", "line 2 has a broken"),
    Case(b"a\n\xff\xff\xff", members, errors.UnknownEncoding, "第 2 行既不是", "line 2 is neither"),
    Case(b"a\n\x00", members, errors.NulCharacter, "第 2 行有空字符", "line 2 has a NUL"),
    Case('a\n"b', members, errors.BrokenQuotes, "引号没有配对", "a quote is not closed"),
    Case("a\n" * 200_200, members, errors.TooManyRows, "超过 200,000 行", "more than 200,000 rows"),
    Case("," * 300, members, errors.TooManyColumns, "第 1 行超过 200 列", "row 1 has more than 200"),
    Case("x" * 2_000_000, members, errors.LineTooLong, "第 1 行太长", "line 1 is too long"),
    Case(b"PK\x03\x04", members, errors.NotSpreadsheet, "不是完好的电子表格", "not an intact spreadsheet"),
    Case(corners, members, errors.SpreadsheetTooBig, "解开以后太大", "unpacks to too much", name="a.xlsx"),
    Case("[{", events, errors.NotJson, "不是完好的 JSON", "not intact JSON", name="a.json"),
    Case("<a>", events, errors.NotXml, "不是完好的 XML", "not intact XML", name="a.xml"),
    Case("<!DOCTYPE a []><a/>", events, errors.ForbiddenXml, "为了安全不读", "not safe", name="a.xml"),
    Case("[1]", events, errors.NoRecords, "没有一条一条的记录", "no records", name="a.json"),
    Case("<a>" * 20, events, errors.RecordTooLong, "第 1 条记录太长", "record 1 is too long", name="a.xml"),
    Case("姓名\n王\n", members, MissingColumns, "缺少这些列：手机、成员类别、社区", "lacks these columns"),
)
ROWS = (
    Case(MEMBERS + "王�,1,居民,六和社区,,,", members, errors.Damaged, "损坏的字符", "damaged"),
    Case(MEMBERS + "王\x07,1,居民,六和社区,,,", members, errors.ControlCharacter, "控制字符", "control"),
    Case(
        MEMBERS + "王军,10000900001,居民,六和社区," + "队" * 81 + ",,",
        members,
        errors.TooLong,
        "超过 80 个字",
        "than 80",
    ),
    Case(MEMBERS + ",10000900001,居民,六和社区,,,", members, errors.Empty, "没有填", "is empty"),
    Case(
        MEMBERS + "王军,10000900001,居民,六和社区,,,\n" * 2,
        members,
        errors.Repeats,
        "与第 2 行重复",
        "repeats row 2",
    ),
    Case(AREAS + "1,甲,社区,", areas, errors.BadCode, "要 12 位数字", "12 digits"),
    Case(AREAS + "440310009001,甲,省,", areas, errors.UnknownLevel, "不认识这个级别", "not a level"),
    Case(AREAS + "440310009001,甲,社区,", areas, errors.NeedsParent, "没有填上级", "above it is missing"),
    Case(AREAS + f"{LIUHE},甲,社区,440310001000", areas, errors.KnownOtherwise, "账本里已有", "already has"),
    Case(
        AREAS + "440310009001,甲,社区,1", areas, errors.BrokenParent, "上级不在文件里", "neither in the file"
    ),
    Case(
        BORN + "王军,10000900003,居民,六和社区,,,,90,,,",
        members,
        errors.BadYear,
        "四位数",
        "four digits",
    ),
    Case(
        BORN + "王军,10000900003,居民,六和社区,,,1990-01-02,1991,,,",
        members,
        errors.OtherYear,
        "年份不一样",
        "differ",
    ),
    Case(
        BORN + "王军,10000900003,居民,六和社区,,,,1990,,,也许",
        members,
        errors.NotYesOrNo,
        "要写“是”或“否”",
        "yes",
    ),
    Case(
        BORN + f"王军,10000900003,居民,六和社区,,,,{datetime.now(UTC).year - 3},,,",
        members,
        errors.ChildNeedsGuardian,
        "没有监护人同意不能登记",
        "without a guardian's consent",
    ),
    Case(
        MEMBERS + "王军,10000900001,领导,六和社区,,,",
        members,
        errors.UnknownKind,
        "没有这种成员类别",
        "not a kind",
    ),
    Case(
        MEMBERS + "王军,10000900009,居民,六和社区,,,",
        members,
        errors.PhoneKnown,
        "已登记为 V-000001",
        "enrolled as V-000001",
    ),
    Case(
        EVENTS + event(what=FIRE.replace("六和", "无名")),
        events,
        errors.UnknownCommunity,
        "没有这个社区",
        "no such community",
    ),
    Case(
        MEMBERS + "王军,10000900001,居民,和平社区,,,",
        members,
        errors.SeveralCommunities,
        "好几个地方",
        "several places",
    ),
    Case(
        EVENTS + event(),
        events,
        errors.ElsewhereCommunity,
        "不归您管",
        "not in an area of yours",
        within=(ELSEWHERE,),
    ),
    Case(EVENTS + event(at="昨天"), events, errors.NoInstant, "不是时间", "is not a time"),
    Case(EVENTS + event(at="2099-01-01"), events, errors.InFuture, "在将来", "in the future"),
    Case(
        EVENTS + event(what=FIRE.replace("安全隐患,消防设施安全,消防通道堵塞", "天,月,星")),
        events,
        errors.Unmapped,
        "归入“其他”",
        "under “other”",
    ),
    Case(
        EVENTS + event(what=FIRE.replace("六和社区", "-")),
        events,
        errors.NoCommunity,
        "先不归任何社区",
        "without one",
    ),
    Case(
        "".join(
            f"{line},{called}\n"
            for line, called in zip((EVENTS + event()).splitlines(), ("专项行动", "清洁日"), strict=True)
        ),
        events,
        errors.NoSuchCampaign,
        "“清洁日”，请先设立",
        "campaign",
    ),
    Case(EVENTS + event(flags="1,1"), events, errors.Contradiction, "都不采信", "neither is believed"),
    Case(
        ARCHIVE + "8,2018-07-04,安全,消防,堵,六和社区,2018-07-01",
        events,
        errors.ClosedBeforeOpened,
        "比上报还早",
        "earlier than",
    ),
    Case(
        EVENTS + event("1", what=FIRE.replace("堵塞", "不通")),
        events,
        errors.Different,
        "保留先前的",
        "which stays",
    ),
    Case(
        request(status="pending"),
        events,
        errors.UnknownStatus,
        "open 或 closed",
        "open or closed",
        name="a.json",
    ),
    Case(
        request(status_notes="Duplicate request."),
        events,
        errors.RepeatOfUnknown,
        "没说重复哪一件",
        "without saying of what",
        name="a.json",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,路人,,",
        contributions,
        errors.UnknownPart,
        "没有这种身份",
        "not a part",
    ),
    Case(
        CONTRIBUTIONS + ",1,10000900009,上报人,,",
        contributions,
        errors.NeedsPlatform,
        "没有填来源",
        "source is missing",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,调解人,,来过",
        contributions,
        errors.NoOutcome,
        "看不出调解结果",
        "mediation ended",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,参与人,很久,",
        contributions,
        errors.NotHours,
        "不是数字",
        "not a number",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,参与人,2小时半,",
        contributions,
        errors.ProbablyHours,
        "是不是 2.5？",
        "is it 2.5?",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,参与人,0,",
        contributions,
        errors.ZeroHours,
        "要大于 0",
        "more than 0",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,参与人,25,",
        contributions,
        errors.TooManyHours,
        "最多 24 小时",
        "most 24 hours",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,参与人,90,",
        contributions,
        errors.ProbablyMinutes,
        "是不是 1.5？",
        "is it 1.5?",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,参与人,1.333,",
        contributions,
        errors.NotMinutes,
        "整分钟",
        "whole minutes",
    ),
    Case(
        CONTRIBUTIONS + "town,1,10000900009,上报人,,",
        contributions,
        errors.UnknownCase,
        "没有来源“town”",
        "from “town”",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900008,上报人,,",
        contributions,
        errors.UnknownPhone,
        "没有这个手机",
        "no member has",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900007,参与人,3,",
        contributions,
        errors.ImportedOtherwise,
        "与当时的不同",
        "different then",
    ),
    Case(
        CONTRIBUTIONS + "city,2,10000900009,上报人,,",
        contributions,
        errors.CaseWithoutCommunity,
        "定了社区才能核实",
        "once it has one",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900009,参与人,1,",
        contributions,
        errors.IsReporter,
        "上报人本人",
        "is the reporter",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900006,参与人,1,",
        contributions,
        errors.LivesWithReporter,
        "同住一户",
        "lives with",
    ),
    Case(
        CONTRIBUTIONS + "city,1,10000900006,参与人,,", contributions, errors.NoHours, "没有时长", "no hours"
    ),
)
ELSEWHERE_TESTED = {
    errors.LockedSpreadsheet: "test_spreadsheets.py: no library here writes one",
    errors.Withdrawn: "tests/points/awards/test_withdrawals.py",
}
"""What a table of files cannot bring up, and where it is met."""


@pytest.fixture
async def lived(book: Book, tmp_path: Path) -> Book:
    """Two events, one without a place; the reporter of one, somebody of their household, and a participant."""
    rows = MEMBERS + (
        "王秀兰,10000900009,居民,六和社区,,H1,\n赵敏,10000900006,居民,六和社区,,H1,\n李梅,10000900007,居民,六和社区,,,\n"
    )
    await paper.imported(members, book, paper.write(tmp_path, rows))
    rows = EVENTS + event("1") + event("2", what=FIRE.replace("六和社区", "-"))
    await paper.imported(events, book, paper.write(tmp_path, rows), source="city")
    rows = CONTRIBUTIONS + "city,1,10000900009,上报人,,\ncity,1,10000900007,参与人,2,\n"
    await paper.imported(contributions, book, paper.write(tmp_path, rows))
    return book


async def said_of(book: Book, folder: Path, case: Case) -> PointsError:
    """What is said of a file, in the words of its class."""
    path = folder / case.name
    data = case.file() if callable(case.file) else case.file
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    source = {} if case.kind in (members, areas, contributions) else {"source": "city"}
    try:
        plan = await case.kind.plan(book, path, how=How(within=case.within), **source)
    except (UnreadableFile, MissingColumns) as error:
        return error
    found = [p.why for p in (*plan.errors, *plan.warnings) if isinstance(p.why, case.said)]
    assert found, [p.reason for p in (*plan.errors, *plan.warnings)]
    return found[0]


@pytest.mark.anyio
@pytest.mark.parametrize("case", [*FILES, *ROWS], ids=lambda case: case.said.__name__)
async def test_what_is_wrong_is_said_in_words(lived: Book, tmp_path: Path, case: Case) -> None:
    """In Chinese and in English, without a word of the other but what stands in the file."""
    why = await said_of(lived, tmp_path, case)
    assert type(why) is case.said
    with speaking("zh"):
        assert case.zh in translated(why)
    with speaking("en"):
        assert case.en in translated(why)


def test_every_sentence_is_in_the_table() -> None:
    """A new one is shown there, or there is a reason why not."""
    kinds = {*UnreadableFile.__subclasses__(), *RowError.__subclasses__()}
    shown = {case.said for case in (*FILES, *ROWS)}
    assert kinds - shown - ELSEWHERE_TESTED.keys() == set()
    assert not shown & ELSEWHERE_TESTED.keys()


@pytest.mark.anyio
async def test_a_platform_that_is_not_named_is_asked_for(book: Book, tmp_path: Path) -> None:
    """Before anything else of the file is looked at."""
    with pytest.raises(NeedsSource):
        await events.plan(book, paper.write(tmp_path, EVENTS))

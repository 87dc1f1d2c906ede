"""The eGova record of city management platforms, and tables in its manner: flags for each stage, on time and overdue.

A record of `synRecStatInfo` has a flag for everything that may happen to it (`archive_num`), and two more for whether
it was on time (`intime_archive_num`, `overtime_archive_num`). They contradict each other in real data; then it is said,
and neither is believed. Its own check (`check_num`) is no verification of ours.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from points.errors import PointsError
from points.events.imports.columns import Column, Record
from points.events.imports.errors import ClosedBeforeOpened, Contradiction, NoInstant
from points.events.imports.shapes import Said, Shape, Stated, instant

COLUMNS = (
    Column("external_id", "REC_ID", ("事件编号", "案件编号", "编号")),
    Column("occurred_at", "CREATE_TIME", ("上报时间", "发生时间", "创建时间")),
    Column("type_name", "EVENT_TYPE_NAME", ("事件类型", "类型")),
    Column("main_type_name", "MAIN_TYPE_NAME", ("大类", "大类名称")),
    Column("subtype_name", "SUB_TYPE_NAME", ("小类", "小类名称")),
    Column("community", "COMMUNITY_NAME", ("社区", "社区名称", "所属社区")),
    Column("street", "STREET_NAME", ("街道", "街道名称", "镇街"), needed=False),
    Column("district", "DISTRICT_NAME", ("区县", "区", "区域"), needed=False),
    Column("origin_name", "EVENT_SRC_NAME", ("事件来源", "来源渠道"), needed=False),
    Column("property_name", "EVENT_PROPERTY_NAME", ("事件性质", "性质"), needed=False),
    Column("handler_name", "DISPOSE_UNIT_NAME", ("处置单位", "处置部门"), needed=False),
    Column("in_time", "INTIME_ARCHIVE_NUM", ("按时结案数", "按时结案"), needed=False),
    Column("over_time", "OVERTIME_ARCHIVE_NUM", ("超时结案数", "超时结案"), needed=False),
    Column("archived", "ARCHIVE_NUM", ("结案数", "结案"), needed=False),
    Column("archived_at", "ARCHIVE_TIME", ("结案时间",), needed=False),
    Column("assigned", "DISPATCH_NUM", ("派遣数", "派遣"), needed=False),
    Column("assigned_in_time", "INTIME_DISPATCH_NUM", ("按时派遣数",), needed=False),
    Column("assigned_over_time", "OVERTIME_DISPATCH_NUM", ("超时派遣数",), needed=False),
    Column("handled", "DISPOSE_NUM", ("处置数", "处置"), needed=False),
    Column("handled_in_time", "INTIME_DISPOSE_NUM", ("按时处置数",), needed=False),
    Column("handled_over_time", "OVERTIME_DISPOSE_NUM", ("超时处置数",), needed=False),
    Column("campaign", "CAMPAIGN_NAME", ("专项行动", "主题活动"), needed=False),
    Column("text", "EVENT_DESC", ("问题描述", "事件描述", "描述"), needed=False, prose=True),
    Column("place", "ADDRESS", ("OCCUR_PLACE", "地址", "发生地点", "地点"), needed=False, prose=True),
)
STAGES = (
    ("assigned", "assigned", "assigned_in_time", "assigned_over_time"),
    ("handled", "handled", "handled_in_time", "handled_over_time"),
    ("archived", "archived", "in_time", "over_time"),
)
"""Each step with the keys of its flags: that it was taken, on time, overdue."""
SET = ("1", "1.0")


def life(record: Record, occurred_at: datetime, zone: ZoneInfo) -> Said:
    """The steps whose flags are set. One that is on time and overdue at once is taken only if its own flag says so."""
    steps: list[Stated] = []
    warnings: list[tuple[str, PointsError]] = []
    for name, done, early, late in STAGES:
        in_time, over_time = record.get(early) in SET, record.get(late) in SET
        taken_at = _archived_at(record, occurred_at, zone, warnings) if name == "archived" else None
        taken = record.get(done) in SET or taken_at is not None
        if in_time and over_time:
            warnings.append((early, Contradiction()))
        elif in_time or over_time:
            taken = True
        if taken:
            steps.append(Stated(name, taken_at, in_time if in_time is not over_time else None))
    return Said(tuple(steps), warnings=tuple(warnings))


def _archived_at(
    record: Record, occurred_at: datetime, zone: ZoneInfo, warnings: list[tuple[str, PointsError]]
) -> datetime | None:
    text = record.get("archived_at")
    at = instant(text, zone) if text else None
    if text and at is None:
        warnings.append(("archived_at", NoInstant()))
    if at is not None and at < occurred_at:
        warnings.append(("archived_at", ClosedBeforeOpened()))
        return None
    return at


SHAPE = Shape("egova", COLUMNS, life)

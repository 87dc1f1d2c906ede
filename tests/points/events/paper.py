"""Files as people bring them: written for a test, planned and carried out in one breath."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.sax.saxutils import escape

from ledger.book import Book
from points.events.imports import plan as plans
from points.events.imports.plan import Outcome, Plan

DAY = date(2026, 11, 21)
MEMBERS = "姓名,手机,成员类别,社区,志愿队,家庭户号,生日\n"
EVENTS = (
    "REC_ID,CREATE_TIME,EVENT_TYPE_NAME,MAIN_TYPE_NAME,SUB_TYPE_NAME,STREET_NAME,COMMUNITY_NAME,"
    "INTIME_ARCHIVE_NUM,OVERTIME_ARCHIVE_NUM\n"
)
CONTRIBUTIONS = "来源,事件编号,手机,身份,时长（小时）,说明\n"
FIRE = "安全隐患,消防设施安全,消防通道堵塞,坪山街道,六和社区"


def write(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A file of this text."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


async def imported(kind: ModuleType, book: Book, path: Path, **how: Any) -> tuple[Plan, Outcome]:
    """Plan a file and carry the plan out."""
    plan = await kind.plan(book, path, **how)
    return plan, await plans.carry_out(book, plan, by="S-0001", on=DAY)


def spreadsheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    """A minimal .xlsx: texts as inline strings, numbers as numbers."""
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"

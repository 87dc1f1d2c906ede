"""What proves an event, in the words of pages: its attachments, what each shows, and why one was erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.book import Book
from points.events import attachments
from points.events.attachments import Shown
from points.events.events import Whole
from points.events.records import Attachment, AttachmentRemoval
from web.i18n import N_

NAMES = {"site": N_("现场"), "sign_in": N_("签到表"), "paper": N_("单据"), "other": N_("其他")}
REASONS = {
    "person": N_("拍到了不该公开的人或证件"),
    "wrong": N_("传错了"),
    "asked": N_("本人要求"),
}
PROBLEMS = (
    N_("是空的"),
    N_("超过 10 MB"),
    N_("打开它要花太久"),
    N_("打开它要用太多内存，或内容是坏的"),
    N_("不是 JPEG、PNG、WebP 图片，也不是 PDF"),
    N_("图片太大，最多 5000 万像素"),
    N_("图片不完整，或内容是坏的"),
    N_("PDF 要有 1 到 50 页"),
    N_("PDF 有密码，请去掉密码再传"),
    N_("PDF 不完整，或内容是坏的"),
)
"""Why a file cannot be used, as points.events.washing says it, for the catalogue."""


async def beside(book: Book, whole: Whole, *, add: bool) -> dict[str, Any]:
    """What ui/attachments.html needs, wherever an event's proofs are shown: `add`, whether to offer that. Two
    statements."""
    return told(await attachments.of(book, whole.event.id), add=add)


def told(shown: Sequence[Shown], *, add: bool = False) -> dict[str, Any]:
    """What ui/attachments.html needs of attachments, whatever they prove."""
    return {"shown": shown, "names": NAMES, "reasons": REASONS, "add": add}


async def of_each(book: Book, events: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The same for several events that are shown side by side, without those that were erased. Two statements."""
    rows = await Attachment.filter(event__in=list(events)).using_db(book.reader).order_by("id")
    gone = AttachmentRemoval.filter(attachment__in=[row.id for row in rows]).using_db(book.reader)
    erased = {row.attachment for row in await gone}
    left = [Shown(row, None) for row in rows if row.id not in erased]
    return {event: told([each for each in left if each.row.event == event]) for event in events}

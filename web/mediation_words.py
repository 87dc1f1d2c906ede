"""Mediations in words: classes of quarrels, results, agreements, and why somebody opens or destroys what is sealed."""

from __future__ import annotations

from typing import Any

from ledger.book import Book
from points.events import mediations
from points.events.errors import UnknownMediation
from points.events.events import Whole
from points.events.mediations import DISPUTES as WRITTEN
from web.i18n import N_, Say

DISPUTES = {
    "family": N_("婚姻家庭纠纷"),
    "neighbour": N_("邻里纠纷"),
    "housing": N_("房屋宅基地纠纷"),
    "property": N_("物业纠纷"),
    "consumer": N_("消费纠纷"),
    "contract": N_("合同纠纷"),
    "labour": N_("劳动争议"),
    "damage": N_("损害赔偿纠纷"),
    "traffic": N_("道路交通事故纠纷"),
    "medical": N_("医疗纠纷"),
    "land": N_("山林土地纠纷"),
    "resettlement": N_("征地拆迁纠纷"),
    "pollution": N_("环境污染纠纷"),
    "other": N_("其他纠纷"),
}
OUTCOMES = {
    "ordinary": N_("调解成功"),
    "difficult": N_("疑难，调解成功"),
    "oral": N_("口头调解成功"),
    "failed": N_("没有调成，有记录"),
}
AGREEMENTS = {"written": N_("书面协议"), "oral": N_("口头协议"), "none": N_("没有协议")}
REASONS = {
    "follow_up": N_("回访"),
    "again": N_("又起争执，再次调解"),
    "agreement": N_("补正协议"),
    "asked": N_("当事人来查看"),
    "complaint": N_("答复投诉"),
    "audit": N_("审计抽查"),
}
ENDINGS = {"asked": N_("当事人要求"), "retention": N_("保存期满"), "wrong": N_("封错了")}
PROBLEMS = (
    N_("要写 1 到 9 位调解员"),
    N_("同一位写了两次"),
    N_("要么每位都写份额，要么都不写（平分）"),
    N_("每位的份额是 1 到 100"),
    N_("加起来要正好 100"),
    N_("请选一个结果和一种协议"),
    N_("调成了就有书面或口头协议，没有调成就没有协议"),
    N_("口头调解成功的，协议是口头协议"),
    N_("有协议的，要定一个回访的日子"),
    N_("从今天到一年以内"),
    N_("不认识这种封存"),
    N_("是用另一把封存钥匙封的"),
    N_("封存的内容被改动过"),
    N_("和记下时的不同"),
)
"""What may be wrong, as points.events says it: for the catalogue."""
_CODES = {zh: code for code, zh in WRITTEN.items()}


def dispute(written: str) -> Say:
    """邻里纠纷 as the book has it, in the language of the page."""
    return Say(DISPUTES[_CODES[written]])


def choices(words: dict[str, Any]) -> list[tuple[str, Say]]:
    """The options of a list."""
    return [(code, Say(word)) for code, word in words.items()]


async def beside(book: Book, whole: Whole, *, opens: bool) -> dict[str, Any] | None:
    """What an event's page says of it when it is a mediation; `opens`: whether to lead to its own page."""
    if whole.event.kind != "mediation":
        return None
    try:
        case = await mediations.find(book, whole.event.id)
    except UnknownMediation:
        return None  # of another platform: nothing is sealed
    return {"result": case.result, "sealed": case.sealed, "opens": opens}

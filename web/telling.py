"""What an entry of the ledger is, in words: its kind, one line for a list, and a sentence for its own page."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.register import Listed, Whole
from points import chart
from points.market.models import Item
from web.act_words import ACTS
from web.i18n import N_, Say, language
from web.words import Shown

KINDS = {
    "act": N_("决定"),
    "report": N_("上报"),
    "allocate": N_("拨入资金"),
    "assess": N_("考核奖励"),
    "award": N_("奖励入账"),
    "vest": N_("公示期满"),
    "object": N_("异议冻结"),
    "dismiss": N_("异议答复"),
    "hold": N_("预留"),
    "release": N_("预留退回"),
    "redemption": N_("兑换"),
    "undo": N_("兑换更正"),
    "back": N_("退回的积分再给 30 天"),
    "expire": N_("到期"),
    "correct": N_("更正"),
    "settle": N_("商户结算"),
    "delivery": N_("进货"),
    "undo-delivery": N_("进货更正"),
    "loss": N_("报损"),
    "transfer": N_("调货"),
    "arrival": N_("到货"),
    "count": N_("盘点更正"),
    "gift": N_("赠送"),
    "ungift": N_("收回赠送"),
    "care": N_("关爱基金"),
    "merge": N_("并号"),
    "unmerge": N_("撤销并号"),
}
"""What kinds of entries are called."""

FILTERS = (("", N_("全部")), *KINDS.items())

UNITS = {"points": N_("分"), "honour": N_("荣誉分"), "minutes": N_("分钟"), "cap": N_("上限")}

OWNERS = frozenset({"member", "household", "team", "studio"})
"""Whose points may be: what stands first in the address of an account of theirs."""

_STORIES = {
    "act": N_("一项决定记在账上，没有动积分。"),
    "report": N_("一件事上报，记在账上，没有动积分。"),
    "allocate": N_("给{fund}拨入 {points} 分。"),
    "assess": N_("社区考核得分，给{fund}加 {points} 分。"),
    "award": N_("{member} 得到 {points} 分，先公示，期满才能用。"),
    "vest": N_("{member} 的 {points} 分公示期满，可以用了。"),
    "object": N_("有人对 {member} 的 {points} 分提了异议，答复以前先冻结。"),
    "dismiss": N_("对 {member} 的 {points} 分的异议不成立，冻结解除。"),
    "redemption": N_("{member} 在 {shop} 号超市换了东西，扣 {points} 分。"),
    "undo": N_("更正第 {reverses} 条兑换：积分退给 {member}，东西放回 {shop} 号超市的货架。"),
    "back": N_("换错了不是 {member} 的错，退回的 {points} 分到期了的，再给 30 天。"),
    "hold": N_("{member} 在 {shop} 号超市预留了东西，{points} 分先放在一边。"),
    "release": N_("{member} 的预留结束：取走、取消或者过了时间，{points} 分放回。"),
    "expire": N_("{member} 的 {points} 分到期了。"),
    "correct": N_("更正第 {reverses} 条，原来的那条不改，多这一条。"),
    "settle": N_("和 {shop} 号商户结清一个月：{points} 分，两个人看过对账单。"),
    "delivery": N_("{shop} 号超市进货。"),
    "undo-delivery": N_("{shop} 号超市的一张进货单写错了，整张退掉；第 {reverses} 条不改，多这一条。"),
    "loss": N_("{shop} 号超市报损，从架上去掉。"),
    "transfer": N_("{shop} 号超市调出，货在路上。"),
    "arrival": N_("调来的货到了 {shop} 号超市。"),
    "count": N_("{shop} 号超市盘点，和架上的数对上。"),
    "gift": N_("{member} 送出 {points} 分，给住在一起的人，或者社区的关爱基金；用到哪天不变。"),
    "ungift": N_("当天送出的 {points} 分收回了，原样退给送的人。"),
    "care": N_("关爱基金给 {member} {points} 分，两个人定的；用到哪天不变。"),
    "merge": N_("{member} 的两个号并成一个：积分、荣誉分和时长都转到留下的号，天数不变。"),
    "unmerge": N_("撤销并号：不是同一个人，当时转过来的原样退回。"),
}


@dataclass(frozen=True)
class Short:
    """An entry in one line: what it is, whose it is (a member number, a fund or a shop), and how many points moved."""

    kind: Say
    whose: str
    points: int


def short(entry: Listed) -> Short:
    """The line of an entry. Out of a member's purse counts below zero."""
    facts = _facts(entry)
    sign = -1 if entry.kind in ("redemption", "expire", "gift", "hold") else 1
    whose = facts["member"] or facts["fund"] or (f"shop/{facts['shop']}" if facts["shop"] else "")
    return Short(Say(KINDS.get(entry.kind, entry.kind)), str(whose), sign * int(facts["points"]))


def story(entry: Whole) -> Say:
    """The sentence of an entry's own page; of an act by the kind of its evidence."""
    if entry.kind == "act" and entry.evidence_kind in ACTS:
        return Say(ACTS[entry.evidence_kind])
    return Say(_STORIES.get(entry.kind, N_("一笔账。")), **_facts(entry) | {"reverses": entry.reverses or ""})


def unit(name: str) -> Say:
    """A unit as people call it: 分, 荣誉分, 分钟; goods keep their number, `item:17`."""
    return Say(UNITS.get(name, name))


def goods(item: Item) -> Shown:
    """The unit of an item, as the catalogue calls the thing."""
    return Shown(lambda named: named.name if language() == "zh" else named.name_en, item)


def _facts(entry: Listed) -> dict[str, str | int]:
    """Whose an entry is (`member`, also a household, team or studio), fund and shop named in it, and its points.

    An award of several lines is still one amount: that of whose it is, for a studio's part is another's.
    """
    found: dict[str, str | int] = {"member": "", "fund": "", "shop": "", "points": 0}
    mine = ""
    for posting in entry.postings:
        for address in (posting.source, posting.target):
            owner, _, rest = address.partition("/")
            if owner in OWNERS and not mine:
                found["member"] = rest.partition("/")[0]
                mine = f"{owner}/{found['member']}/"
            elif owner == "shop":
                found["shop"] = found["shop"] or rest.partition("/")[0]
            elif owner == "fund":
                found["fund"] = address
        if posting.unit == chart.POINTS and (entry.kind != "award" or posting.target.startswith(mine)):
            found["points"] = int(found["points"]) + posting.amount
    return found

"""A community's month in words: the lines that anybody can add up, for the page, for paper and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from points.market.models import Item, Shop
from points.market.reconciliation import Goods, Reconciliation
from web import shelves, text
from web.i18n import N_, Say
from web.i18n import gettext as _
from web.sheets import Cells, Sheet

POINTS = (
    (N_("月初在居民手里"), "", "opening"),
    (N_("奖励入账"), "+", "awarded"),
    (N_("从家庭户或别的号转入"), "+", "came_in"),
    (N_("兑换用掉"), "−", "spent"),
    (N_("到期"), "−", "expired"),
    (N_("更正收回"), "−", "corrected"),
    (N_("转到家庭户或别的号"), "−", "went_out"),
    (N_("月末在居民手里"), "=", "left"),
)
"""The equation of people's points, in its order; `opening` and `left` are the purse's, the others its flows'."""
GOODS = (
    (N_("月初"), "opening"),
    (N_("进货"), "received"),
    (N_("盘盈"), "found"),
    (N_("调入"), "moved_in"),
    (N_("调出"), "moved_out"),
    (N_("换出"), "handed_out"),
    (N_("损耗"), "lost"),
    (N_("月末"), "left"),
    (N_("其中预留"), "held"),
    (N_("路上"), "coming"),
)
"""The columns of a shelf: opening + received + found + moved_in − moved_out − handed_out − lost = left."""
WHERE = (
    (N_("公示中"), "noticed"),
    (N_("可以用的积分"), "spendable"),
    (N_("已预留"), "held"),
)
"""Where what people can still have stands."""


def points(found: Reconciliation) -> list[tuple[Say, str, int]]:
    """The lines of the equation: words, sign, number."""
    purse = found.purse
    return [
        (Say(label), sign, getattr(purse if name in ("opening", "left") else purse.flows, name))
        for label, sign, name in POINTS
    ]


def liability(found: Reconciliation) -> list[tuple[Say, int]]:
    """What people can still have, by where it stands."""
    return [(Say(label), getattr(found.purse.now, name)) for label, name in WHERE]


def row(each: Goods) -> list[int]:
    """The numbers of one item at one shop, in the order of GOODS."""
    return [getattr(each, name) for _label, name in GOODS]


def costs(found: Reconciliation) -> list[tuple[Say, int]]:
    """What it cost, in fen: handed out, lost, and what stands there."""
    return [
        (Say(N_("换出去的")), found.fen("handed_out")),
        (Say(N_("损耗的")), found.fen("lost")),
        (Say(N_("架上和预留的")), found.fen("left")),
    ]


def month(named: str) -> str:
    """2019年7月."""
    return text.month(date.fromisoformat(f"{named}-01"))


def sheets(
    found: Reconciliation, things: Mapping[int, Item], of: Mapping[int, Shop], above: Sequence[str]
) -> list[Sheet]:
    """The month as sheets: people's points, the shelves, and money."""
    rows: list[Cells] = [[str(label), sign, number] for label, sign, number in points(found)]
    rows += [[str(label), "", number] for label, number in liability(found)]
    rows += [[_("拨付"), "", found.allocated]]
    rows += [
        [_("{shop}收到").format(shop=of[n].name), "", taken] for n, taken in found.taken.items() if n in of
    ]
    goods: list[Cells] = [
        [
            of[each.shop].name if each.shop in of else str(each.shop),
            shelves.called(things.get(each.item), each.item),
            *row(each),
            shelves.yuan(each.fen),
            shelves.yuan(each.handed_out * each.fen),
            shelves.yuan(each.left * each.fen),
        ]
        for each in found.goods
    ]
    if goods:
        handed_out, left = (shelves.yuan(found.fen(what)) for what in ("handed_out", "left"))
        goods.append([_("合计"), *("",) * (len(GOODS) + 2), handed_out, left])
    heads = [_(label) for label, _name in GOODS]
    return [
        Sheet(_("积分"), list(above), [_("项目"), _("加减"), _("分")], rows, (28, 6, 14)),
        Sheet(
            _("库存"),
            list(above),
            [_("超市"), _("物品"), *heads, _("单价（元）"), _("换出成本（元）"), _("月末成本（元）")],
            goods,
            (20, 16, *(9,) * len(heads), 12, 14, 14),
        ),
        Sheet(
            _("成本"),
            list(above),
            [_("项目"), _("元")],
            [[str(label), shelves.yuan(fen)] for label, fen in costs(found)],
            (20, 14),
        ),
    ]

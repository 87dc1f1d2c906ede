"""What is said of funds: sponsors, what became of points, what moved in a month; as rows of pages and of sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from points.awards import sponsors
from points.awards.fund_flows import Flows
from points.awards.fund_months import Chain, Given
from points.awards.sponsors import Backing
from points.events.models import Event
from web import text
from web.i18n import N_, Say
from web.sheets import Cells, Sheet

SPONSORS = {
    "street": N_("街道"),
    "community": N_("社区"),
    "unit": N_("单位"),
    "company": N_("企业捐赠"),
}
STATES = {
    "open": (N_("等人审批"), "checking"),
    "approved": (N_("已批准"), "entered"),
    "refused": (N_("没有批准"), "returned"),
    "lapsed": (N_("已失效"), "returned"),
}
WENT = (
    ("noticed", N_("公示中")),
    ("vested", N_("公示期满，可以用了")),
    ("groups", N_("给了志愿队、调解室和家庭户")),
    ("corrected", N_("更正收回")),
    ("left", N_("还没有奖励")),
)
"""What becomes of what was allocated, and of what came back and was awarded again."""
MOVED = (
    ("awarded", N_("奖励入账，先公示")),
    ("vested", N_("公示期满，可以用了")),
    ("settled", N_("公示期满，先补了待补的")),
    ("spent", N_("兑换用掉")),
    ("expired", N_("到期")),
    ("corrected", N_("更正收回")),
    ("owed", N_("更正时已经用掉，成了待补")),
    ("came_in", N_("从家庭户或并来的号转入")),
    ("went_out", N_("转到家庭户或别的号")),
)


def yuan(fen: int) -> str:
    """1,234.50 for 123450 fen."""
    return sponsors.yuan(fen)


def month(named: str) -> str:
    """2018年7月."""
    return text.month(date.fromisoformat(f"{named}-01"))


def sponsor(backing: Backing | None) -> str:
    """街道（坪山街道办）; a dash where nobody said whose money it is."""
    if backing is None:
        return "—"
    kind = str(Say(SPONSORS[backing.sponsor]))
    return str(Say(N_("{kind}（{name}）"), kind=kind, name=backing.name)) if backing.name else kind


def assessed(backing: Backing | None) -> str:
    """月度考核：街道（坪山街道办） 坪街〔2026〕3 号; without money and paper where nobody said."""
    called = str(Say(N_("月度考核")))
    if backing is None:
        return called
    said = Say(N_("{called}：{sponsor}"), called=called, sponsor=sponsor(backing))
    return f"{said} {backing.document}".strip()


def went(chain: Chain) -> list[tuple[str, int]]:
    """What became of a fund's points: the rows add up to what was allocated and what came back."""
    return [
        (str(Say(label)), getattr(chain, name)) for name, label in WENT if name != "groups" or chain.groups
    ]


def moved(flows: Flows) -> list[tuple[str, int]]:
    """What moved in a month; what nobody did is left out, but for what everybody asks about."""
    always = {"awarded", "vested", "spent", "expired", "corrected"}
    rows = [(name, label, getattr(flows, name)) for name, label in MOVED]
    return [(str(Say(label)), amount) for name, label, amount in rows if amount or name in always]


async def whats(book: Any, events: Sequence[str]) -> dict[str, str]:
    """What each of these events is called."""
    rows = await Event.filter(id__in=list(events)).using_db(book.reader)
    return {row.id: row.subtype_name or row.type_name for row in rows}


def sheets(name: str, named: str, chain: Chain, given: Sequence[Given], flows: Flows) -> list[Sheet]:
    """The page as a spreadsheet of three sheets."""
    above = [f"{name} {month(named)}"]
    points = str(Say(N_("分")))
    return [
        Sheet(
            str(Say(N_("资金"))),
            above,
            [str(Say(N_("资金的去向"))), points],
            [
                [str(Say(N_("拨付"))), chain.allocated],
                [str(Say(N_("奖励出去（更正收回的不减）"))), chain.awarded],
                *_lines(went(chain)),
            ],
            (40, 12),
        ),
        Sheet(
            str(Say(N_("拨付"))),
            above,
            [
                str(Say(each))
                for each in (N_("哪天"), N_("分"), N_("谁出资"), N_("合多少元"), N_("谁拨付"), N_("谁审批"))
            ],
            [
                [
                    str(one.on),
                    one.points,
                    assessed(one.backing) if one.assessment else sponsor(one.backing),
                    yuan(one.fen),
                    one.decided_by,
                    one.second or "",
                ]
                for one in given
            ],
            (12, 10, 30, 14, 12, 12),
        ),
        Sheet(
            str(Say(N_("这个月"))),
            above,
            [str(Say(N_("居民账上"))), points],
            _lines(moved(flows)),
            (40, 12),
        ),
    ]


def _lines(rows: Sequence[tuple[str, int]]) -> list[Cells]:
    return [[label, amount] for label, amount in rows]

"""What is said of alliances, merchants and what is settled; statements as rows of pages, of paper and of sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo

from points.market.crossings import Crossings, Net
from points.market.settlement_statements import Line, Piece, Statement
from points.people.models import Area
from web import fund_words, text
from web.i18n import N_, Say
from web.i18n import gettext as _
from web.sheets import Cells, Sheet

KINDS = {"alliance": N_("信用联盟"), "demonstration": N_("示范点")}
STATES = {
    "open": (N_("等另一个人批"), "checking"),
    "approved": (N_("已批准"), "entered"),
    "refused": (N_("没有批准"), "returned"),
}
SPONSORS = fund_words.SPONSORS
month = fund_words.month


def yuan(fen: int) -> str:
    """1,234.50 for 123450 fen, −12 for -1200: with a minus sign as it is printed."""
    return f"−{fund_words.yuan(-fen)}" if fen < 0 else fund_words.yuan(fen)


def signed(points: int) -> str:
    """−10 for what was undone."""
    return f"−{-points:,}" if points < 0 else f"{points:,}"


def day(iso: str) -> str:
    """2026年11月22日."""
    return text.full_day(date.fromisoformat(iso))


def sponsor(kind: str) -> str:
    """Whose money pays; a dash where no contract said so."""
    return str(Say(SPONSORS[kind])) if kind in SPONSORS else "—"


def things(pieces: Sequence[Piece]) -> str:
    """理发一次 ×2、体检一次 ×1."""
    return str(Say(N_("、"))).join(f"{one.name} ×{one.quantity}" for one in pieces)


def what(line: Line) -> str:
    """What was handed over, or which redemption was undone."""
    if line.of:
        return str(Say(N_("更正第 {n} 号：{things}"), n=line.of, things=things(line.pieces)))
    return things(line.pieces)


def sums(said: Statement) -> list[tuple[str, int, int, int]]:
    """For each item how many, at how much for one, and how much that is: what was undone is not among them."""
    found: dict[tuple[int, int], list[object]] = {}
    for line in said.lines:
        for one in line.pieces if not line.of else ():
            row = found.setdefault((one.item, one.fen), [one.name, 0])
            row[1] = int(str(row[1])) + one.quantity
    return [
        (str(name), int(str(count)), fen, int(str(count)) * fen)
        for (_, fen), (name, count) in sorted(found.items())
    ]


def undone(said: Statement) -> int:
    """What is taken off for what was undone, in fen, zero or less."""
    return sum(line.fen for line in said.lines if line.of)


def sheet(said: Statement, shop: str, state: str, zone: tzinfo) -> Sheet:
    """A statement as a spreadsheet, fen by fen in yuan."""
    above = [
        f"{shop} {month(said.month)}",
        state,
        _("应付 {yuan} 元").format(yuan=yuan(said.due)),
    ]
    headings = [_("编号"), _("时间"), _("换了什么"), _("分"), _("元")]
    rows: list[Cells] = [
        [
            line.position,
            line.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
            what(line),
            line.points,
            yuan(line.fen),
        ]
        for line in said.lines
    ]
    rows.append(["", "", _("以前多付，这次扣下"), "", yuan(said.brought)])
    rows.append(["", "", _("合计"), said.points, yuan(said.fen + said.brought)])
    return Sheet(_("对账单"), above, headings, rows, (10, 18, 40, 10, 12))


def matrix(found: Crossings) -> tuple[list[str], dict[tuple[str, str], tuple[int, int]]]:
    """The places by code, and (points, fen) by (whose people, spent where)."""
    return found.places, {(one.community, one.place): (one.points, one.fen) for one in found.flows}


def named(places: Mapping[str, Area], code: str) -> str:
    """What a place is called today."""
    return places[code].name if code in places else code


def netting_sheets(
    found: Crossings, nets: Sequence[Net], places: Mapping[str, Area], state: str
) -> list[Sheet]:
    """A balance as two sheets: who pays whom, and every flow."""
    above = [f"{named(places, found.under)} {month(found.month)}", state]
    pays: list[Cells] = [
        [named(places, n.debtor), named(places, n.creditor), n.points, yuan(n.fen)] for n in nets
    ]
    flows: list[Cells] = [
        [named(places, one.community), named(places, one.place), one.points, yuan(one.fen)]
        for one in found.flows
    ]
    for rows, every in ((pays, nets), (flows, found.flows)):
        points, fen = sum(each.points for each in every), sum(each.fen for each in every)
        rows.append([_("合计"), "", points, yuan(fen)])
    return [
        Sheet(
            _("谁付给谁"),
            above,
            [_("付的"), _("收的"), _("分"), _("元")],
            pays,
            (24, 24, 12, 14),
        ),
        Sheet(
            _("哪里的人在哪里换的"),
            above,
            [_("哪里的人"), _("在哪里换的"), _("分"), _("元")],
            flows,
            (24, 24, 12, 14),
        ),
    ]

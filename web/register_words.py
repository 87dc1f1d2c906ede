"""Registers in words: their names and columns, and a line as cells, the same on a page, in a file and on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from points.events.periods import Period
from points.events.registers import Entry
from web import event_words, figure_words, text, words
from web.i18n import N_, Say
from web.sheets import Sheet

NAMES = {"concerns": N_("民情台账"), "risks": N_("矛盾隐患排查预警工作台账")}
HEADINGS = (
    N_("序号"),
    N_("日期"),
    N_("网格"),
    N_("编号"),
    N_("类别"),
    N_("内容"),
    N_("程度"),
    N_("处置"),
    N_("结果"),
    N_("责任人"),
)
MEDIATIONS = {
    "oral": N_("口头调解"),
    "ordinary": N_("一般调解"),
    "difficult": N_("疑难调解"),
    "failed": N_("没有调成"),
}
SEVERITIES = {"ordinary": N_("一般"), "major": N_("重大")}
WIDTHS = (6, 14, 16, 18, 12, 30, 8, 24, 16, 12)


def cells(number: int, entry: Entry) -> list[str | int]:
    """A line's cells, in the order of HEADINGS, in the language being spoken."""
    event = entry.line.event
    return [
        number,
        text.full_day(event.occurred_at),
        entry.line.area.name if entry.line.area else str(Say(N_("还没有写明社区"))),
        event.external_id,
        str(words.category(event.category)),
        event.subtype_name or event.type_name,
        str(Say(SEVERITIES.get(event.severity, event.severity))),
        handling(entry),
        result(entry),
        entry.responsible or "",
    ]


def handling(entry: Entry) -> str:
    """The lane and the department: 吹哨 城管局."""
    sent = entry.line.sent
    lane = str(Say(event_words.LANES[sent.dispatch.lane])) if sent else ""
    return " ".join(part for part in (lane, entry.unit or "") if part)


def result(entry: Entry) -> str:
    """What became of it: 按时办结, 疑难调解."""
    said = [str(Say(figure_words.LABELS[entry.outcome]))]
    if entry.mediation:
        said.append(str(Say(MEDIATIONS[entry.mediation])))
    return "，".join(said)


def sheet(kind: str, place: str, period: Period, entries: Iterable[Entry] = ()) -> Sheet:
    """A register as a sheet to take away, with its first lines or none yet."""
    name = str(Say(NAMES[kind]))
    return Sheet(
        name=name,
        above=[f"{name} · {place} · {figure_words.period(period)}"],
        headings=headings(),
        rows=lines(entries),
        widths=WIDTHS,
    )


def lines(entries: Iterable[Entry], first: int = 1) -> list[list[str | int]]:
    """Lines as cells, numbered from `first` on."""
    return [cells(number, entry) for number, entry in enumerate(entries, first)]


def headings() -> Sequence[str]:
    """The columns' names, in the language being spoken."""
    return [str(Say(heading)) for heading in HEADINGS]

"""How a plan of an import is told: what would become of each row, what was counted, what is wrong and where."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from points.events import categories
from points.events.imports import events
from points.events.imports.columns import Record, records
from points.events.imports.plan import Plan, Problem
from web.commands.refusals import translated
from web.commands.terminal import Answer, table
from web.i18n import N_, language
from web.i18n import gettext as _
from web.place_words import LEVELS

WORDS_SHOWN = 3
CELLS_SHOWN = 3
SHOWN = 20
"""Problems shown on a terminal; --all shows every one, the errors file and --json always have them all."""

BECOMES = {"new": N_("导入"), "unchanged": N_("已在，不变"), "error": N_("不导入：")}
"""What may become of a row."""

WORDS = {
    **LEVELS,
    "party_member": N_("在职党员"),
    "local_worthy": N_("乡贤代表"),
    "volunteer": N_("志愿服务人员"),
    "resident_delegate": N_("群众代表"),
    "special": N_("特约网格员"),
    "resident": N_("居民"),
    "staff": N_("社区工作者"),
    "reporter": N_("上报人"),
    "participant": N_("参与人"),
    "mediator": N_("调解人"),
    "handler": N_("处置人"),
    "assigned": N_("补记派遣"),
    "handled": N_("补记处置"),
    "archived": N_("补记结案"),
}
"""What a tally counts beside categories: levels of areas, kinds of member, parts taken, steps added."""


def told(plan: Plan, written: Path | None, *, dry_run: bool, every: bool) -> Answer:
    """A plan in words and as data: for a dry run every row, then the sums, what things are, and what is wrong."""
    facts = {
        "rows": plan.rows,
        "new": len(plan.entries),
        "unchanged": plan.unchanged,
        "errors": len(plan.refused),
        "warnings": len(plan.warnings),
    }
    said = _("共 {rows:,} 行＝可导入 {new:,}＋已在 {unchanged:,}＋错误 {errors:,}；警告 {warnings:,}")
    rows = list(_every_row(plan)) if dry_run else []
    lines = [_row_line(*row) for row in rows] + [said.format(**facts)]
    lines += _tally(plan)
    lines += _problems(_("错误"), plan.errors, every=every) + _problems(_("警告"), plan.warnings, every=every)
    if dry_run:
        lines.append(_("试运行：什么也没有写。"))
    if written:
        lines.append(_("错误行（多了“原因”一列）：{path}").format(path=written))
    data = {
        "kind": plan.kind,
        **facts,
        "dry_run": dry_run,
        "tally": dict(plan.tally),
        "mapping": _mapping(plan),
        "problems": [_problem_data("error", p) for p in plan.errors]
        + [_problem_data("warning", p) for p in plan.warnings],
        "errors_file": str(written) if written else None,
    }
    if dry_run:
        data["plan"] = [{"row": record.number, "what": what} for record, what, _why in rows]
    return Answer(lines, data)


def _every_row(plan: Plan) -> Iterator[tuple[Record, str, str]]:
    """Each row with what would become of it, a key of BECOMES, and why."""
    coming, refused = {entry.row for entry in plan.entries}, plan.refused
    for record in records(plan.sheet, plan.layout):
        if record.number in refused:
            yield record, "error", "；".join(reason(problem) for problem in refused[record.number])
        else:
            yield record, "new" if record.number in coming else "unchanged", ""


def _row_line(record: Record, what: str, why: str) -> str:
    cells = " ".join(itertools.islice(filter(None, record.whole), CELLS_SHOWN))
    return _("第 {row} 行 {cells}：{what}").format(
        row=record.number, cells=cells, what=_(BECOMES[what]) + why
    )


def _tally(plan: Plan) -> list[str]:
    """What was counted while planning: for events how they map onto our categories, then anything else."""
    letters = [(word, count) for word, count in plan.tally if len(word) == 1]
    others = [(word, count) for word, count in plan.tally if len(word) > 1]
    total = sum(count for _word, count in letters)
    words = _mapping(plan)
    rows = [
        [letter, _category(letter), f"{count:,}", f"{count / total:.1%}", _few(words[letter])]
        for letter, count in letters
    ]
    said = table(rows, right=[2, 3]) + table([[_(WORDS[word]), f"{n:,}"] for word, n in others], right=[1])
    return ["  " + line for line in said]


def _category(letter: str) -> str:
    named = categories.named(letter)
    return named.zh if language() == "zh" else named.en


def _mapping(plan: Plan) -> dict[str, Counter[str]]:
    """The source's own words for what was mapped onto each category, and how often; --json has them all."""
    words: dict[str, Counter[str]] = {}
    for entry in plan.entries:
        if isinstance(entry.value, events.NewEvent):
            own = entry.value.fact("main_type_name") or entry.value.fact("type_name") or "-"
            words.setdefault(entry.value.category, Counter())[own] += 1
    return words


def _few(words: Counter[str]) -> str:
    """The commonest words, and how many more there are."""
    shown = "、".join(f"{word} {count:,}" for word, count in words.most_common(WORDS_SHOWN))
    more = len(words) - WORDS_SHOWN
    return "← " + shown + (_(" 等 {n} 种").format(n=len(words)) if more > 0 else "")


def _problems(title: str, problems: Sequence[Problem], *, every: bool) -> list[str]:
    if not problems:
        return []
    shown = problems if every else problems[:SHOWN]
    lines = [_("{title} {n} 处：").format(title=title, n=len(problems))]
    lines += ["  " + _sentence(problem) for problem in shown]
    if len(shown) < len(problems):
        lines.append(_("  …… 其余 {n} 处用 --all 看").format(n=len(problems) - len(shown)))
    return lines


def _sentence(problem: Problem) -> str:
    place = _("第 {row} 行").format(row=problem.row)
    cell = f" {problem.column}" if problem.column else ""
    if problem.value:
        cell += _("“{value}”").format(value=problem.value)
    return _("{place}：{reason}").format(place=place + cell, reason=reason(problem))


def reason(problem: Problem) -> str:
    """Why a row stays out or is to be looked at, in the language being spoken."""
    return translated(problem.why).rstrip("。.")


def _problem_data(weight: str, problem: Problem) -> dict[str, Any]:
    return {
        "weight": weight,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "what": type(problem.why).__name__,
        "facts": problem.why.facts,
        "reason": reason(problem),
    }

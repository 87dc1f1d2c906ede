"""`jishan import`: areas, members, events and contributions from files. The dry run and the real run have one plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from ledger.book import Book
from points.events import assignments, categories
from points.events.imports import areas, contributions, errorfile, events, members
from points.events.imports.plan import Outcome, Plan, Problem, carry_out
from points.people import roles
from web.commands.terminal import ON, Answer, Group, Meter, day, run, table
from web.i18n import gettext as _

WORDS_SHOWN = 3
SHOWN = 20
"""Problems shown on a terminal; --all shows every one, the errors file and --json always have them all."""


@click.group("import", cls=Group)
def imports() -> None:
    """导入 · Bring in areas, members, events and contributions from CSV or spreadsheets."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.option(
            "--dry-run",
            is_flag=True,
            help="只说会怎样，不写 · say row by row what would happen, write nothing",
        ),
        click.option(
            "--all", "every", is_flag=True, help="列出每一处问题 · list every problem, not the first few"
        ),
        click.option(
            "--errors-to",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path(),
            help="错误行文件放在哪 · folder for NAME-errors.csv [default: here]",
        ),
        click.option("--by", default=roles.SYSTEM, show_default=True, metavar="NUMBER"),
        ON,
    ):
        command = option(command)
    return command


@imports.command("areas")
@_options
def areas_(file: Path, **options: Any) -> None:
    """区划 · Areas: code, name, level, parent."""
    _import(areas.plan, file, {}, **options)


@imports.command("members")
@click.option("--under", metavar="CODE", help="在哪个区划里找社区 · where to look for communities")
@_options
def members_(file: Path, under: str | None, **options: Any) -> None:
    """成员 · Members with their households and teams."""
    _import(members.plan, file, {"under": under}, **options)


@imports.command("events")
@click.option("--source", required=True, metavar="NAME", help="来自哪个平台 · the platform they come from")
@click.option("--under", metavar="CODE", help="在哪个区划里找社区 · where to look for communities")
@_options
def events_(file: Path, source: str, under: str | None, **options: Any) -> None:
    """事件 · Events from another platform."""
    _import(events.plan, file, {"source": source, "under": under}, **options)


@imports.command("contributions")
@click.option(
    "--source", default=None, metavar="NAME", help="没有“来源”一列时用 · for files without a source column"
)
@_options
def contributions_(file: Path, source: str | None, **options: Any) -> None:
    """参与 · Who did what in which event, for how long."""
    _import(contributions.plan, file, {"source": source}, **options)


def _import(
    make_plan: Callable[..., Any],
    file: Path,
    hints: dict[str, Any],
    *,
    dry_run: bool,
    every: bool,
    errors_to: Path,
    by: str,
    on: str | None,
) -> None:
    async def work(book: Book, meter: Meter) -> Answer:
        given = {name: value for name, value in hints.items() if value is not None}
        plan: Plan = await make_plan(book, file, progress=meter(_("读文件")), **given)
        written = errorfile.write(plan, errors_to) if plan.errors else None
        answer = _planned(plan, written, dry_run=dry_run, every=every)
        if dry_run:
            return answer
        effective = day(on, book)
        outcome = await carry_out(book, plan, by=by, on=effective, progress=meter(_("导入")))
        _done(plan, outcome, answer)
        if plan.kind == "contributions" and outcome.inserted:
            await assignments.assign_waiting(book, effective)
        return answer

    run(work)


def _planned(plan: Plan, written: Path | None, *, dry_run: bool, every: bool) -> Answer:
    facts = {
        "rows": plan.rows,
        "new": len(plan.entries),
        "unchanged": plan.unchanged,
        "errors": len(plan.refused),
        "warnings": len(plan.warnings),
    }
    said = _("共 {rows:,} 行＝可导入 {new:,}＋已在 {unchanged:,}＋错误 {errors:,}；警告 {warnings:,}")
    lines = [said.format(**facts)]
    lines += _tally(plan)
    lines += _problems(_("错误"), plan.errors, every=every) + _problems(_("警告"), plan.warnings, every=every)
    if dry_run:
        lines += [_row_line(plan, row) for row in _every_row(plan)] if every else []
        lines.append(_("试运行：什么也没有写。"))
    if written:
        lines.append(_("错误行（多了“原因”“建议”两列）：{path}").format(path=written))
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
    return Answer(lines, data)


def _every_row(plan: Plan) -> list[tuple[int, str]]:
    rows = [(entry.row, _("导入")) for entry in plan.entries]
    rows += [(row, _("不导入：") + "；".join(p.reason for p in found)) for row, found in plan.refused.items()]
    return sorted(rows)


def _row_line(_plan: Plan, row: tuple[int, str]) -> str:
    return _("第 {row} 行：{what}").format(row=row[0], what=row[1])


def _tally(plan: Plan) -> list[str]:
    """What was counted while planning: for events how they map onto our categories, then anything else."""
    letters = [(word, count) for word, count in plan.tally if len(word) == 1]
    others = [(word, count) for word, count in plan.tally if len(word) > 1]
    total = sum(count for _word, count in letters)
    words = _mapping(plan)
    rows = [
        [letter, categories.named(letter).zh, f"{count:,}", f"{count / total:.1%}", _few(words[letter])]
        for letter, count in letters
    ]
    said = table(rows, right=[2, 3]) + [
        _("{word} {n:,}").format(word=_(word), n=count) for word, count in others
    ]
    return ["  " + line for line in said]


def _mapping(plan: Plan) -> dict[str, Counter[str]]:
    """The source's own words for what was mapped onto each category, and how often; --json has them all."""
    words: dict[str, Counter[str]] = {}
    for entry in plan.entries:
        if isinstance(entry.value, events.NewEvent):
            own = entry.value.facts["main_type_name"] or entry.value.facts["type_name"] or "-"
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
    cell = f" {problem.column}“{problem.value or ''}”" if problem.column else ""
    hint = _("；是不是 {suggestion}？").format(suggestion=problem.suggestion) if problem.suggestion else ""
    return f"{place}{cell}：{problem.reason}{hint}"


def _problem_data(weight: str, problem: Problem) -> dict[str, Any]:
    return {
        "weight": weight,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason,
        "suggestion": problem.suggestion,
    }


def _done(plan: Plan, outcome: Outcome, answer: Answer) -> None:
    if outcome.inserted:
        answer.lines.append(
            _("✓ 导入 {n:,} 行，批次 {batch}").format(n=outcome.inserted, batch=(outcome.batch or "")[:8])
        )
    else:
        answer.lines.append(_("没有新的行：这个文件已经导入过，什么也没有变。"))
    answer.data |= {"inserted": outcome.inserted, "batch": outcome.batch}
    if plan.refused:
        answer.lines.append(
            _("{n} 行有错，没有导入；改好后再导入同一个文件即可。").format(n=len(plan.refused))
        )

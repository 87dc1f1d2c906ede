"""`jishan import`: areas, members, events and contributions from files. The dry run and the real run have one plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ledger.book import Book
from points.awards import withdrawals
from points.events import assignments
from points.events.imports import areas, contributions, errorfile, events, members
from points.events.imports.plan import Outcome, Plan, carry_out
from points.events.models import Batch
from points.people import members as people
from points.people import roles
from web.commands import plans
from web.commands.options import BY, ON, File, Platform
from web.commands.refusals import unusable
from web.commands.terminal import Answer, Group, Meter, day, run, table
from web.i18n import N_
from web.i18n import gettext as _

KINDS = {"events": N_("事件"), "contributions": N_("参与"), "members": N_("成员"), "areas": N_("区划")}


@click.group("import", cls=Group)
def imports() -> None:
    """从表格导入区划、成员、事件、参与 · Bring in areas, members, events and contributions from CSV or
    spreadsheets.
    """


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.argument("file", type=File()),
        click.option(
            "--dry-run",
            is_flag=True,
            help="一行一行说会怎样，什么也不写 · say row by row what would happen, write nothing",
        ),
        click.option(
            "--all",
            "every",
            is_flag=True,
            help="列出每一处问题，不只是前几处 · list every problem, not the first few",
        ),
        click.option(
            "--errors-to",
            type=click.Path(path_type=Path),
            metavar="FOLDER",
            default=Path(),
            help="错误行文件（文件名-errors.csv）放在哪；不写就是这里 · folder for NAME-errors.csv; here if left out",
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
@click.option(
    "--source", required=True, type=Platform(), metavar="NAME", help="来自哪个平台 · where they come from"
)
@click.option("--under", metavar="CODE", help="在哪个区划里找社区 · where to look for communities")
@click.option(
    "--format",
    "shape",
    type=click.Choice(list(events.SHAPES)),
    help="不写就自己认；egova 也是普通表格 · found out when left out",
)
@_options
def events_(file: Path, source: str, under: str | None, shape: str | None, **options: Any) -> None:
    """事件 · Events from another platform: tables, eGova records, Open311 (JSON, XML, CSV)."""
    _import(events.plan, file, {"source": source, "under": under, "shape": shape}, **options)


@imports.command("contributions")
@click.option(
    "--source",
    default=None,
    type=Platform(),
    metavar="NAME",
    help="没有“来源”一列时用 · for files without a source column",
)
@_options
def contributions_(file: Path, source: str | None, **options: Any) -> None:
    """参与 · Who did what in which event, for how long."""
    _import(contributions.plan, file, {"source": source}, **options)


@imports.command("batches")
@click.option("--before", default="", metavar="BATCH", help="从这一批往前 · those before this one")
def batches_(before: str) -> None:
    """批次 · What was imported, the latest first."""

    async def work(book: Book, _meter: Meter) -> Answer:
        page = await withdrawals.page(book, before=before)
        rows = [_batch_row(book, batch, withdrawn) for batch, withdrawn in page.lines]
        data = {"batches": [_batch_data(batch, w) for batch, w in page.lines], "before": page.before}
        lines = table(rows) or [_("还没有导入过。")]
        if page.before:
            lines.append(_("更早的：jishan import batches --before {batch}").format(batch=page.before))
        return Answer(lines, data)

    run(work)


@imports.command("withdraw")
@click.argument("batch", metavar="BATCH")
@click.option("--reason", required=True, help="为什么撤回 · why")
@BY
def withdraw_(batch: str, reason: str, by: str) -> None:
    """整批撤回，48 小时以内 · Take a whole import back, within 48 hours."""

    async def work(book: Book, _meter: Meter) -> Answer:
        brought = await withdrawals.find(book, batch)
        receipt = await withdrawals.withdraw(book, batch, reason=reason, by=by)
        said = _("✓ 撤回了批次 {batch}：事件 {events:,} 件，参与 {contributions:,} 项。").format(
            batch=brought.batch.id[-8:], events=brought.events, contributions=brought.contributions
        )
        data = {"batch": brought.batch.id, "events": brought.events, "contributions": brought.contributions}
        return Answer([said], {**data, "repeated": receipt.repeated})

    run(work)


def _batch_row(book: Book, batch: Batch, withdrawn: bool) -> list[str]:
    at = f"{batch.started_at.astimezone(book.zone):%Y-%m-%d %H:%M}"
    state = _("已撤回") if withdrawn else ""
    return [batch.id[-8:], at, _(KINDS[batch.kind]), batch.source or "", batch.file_name, state]


def _batch_data(batch: Batch, withdrawn: bool) -> dict[str, Any]:
    return {
        "batch": batch.id,
        "at": batch.started_at.isoformat(),
        "kind": batch.kind,
        "source": batch.source,
        "file": batch.file_name,
        "withdrawn": withdrawn,
    }


def _import(
    make_plan: Callable[..., Any],
    file: Path,
    hints: dict[str, Any],
    *,
    dry_run: bool,
    every: bool,
    errors_to: Path,
    by: str,
    on: date | None,
) -> None:
    async def work(book: Book, meter: Meter) -> Answer:
        given = {name: value for name, value in hints.items() if value is not None}
        effective = day(on, book)
        if by != roles.SYSTEM:
            await people.find(book, by)
        plan: Plan = await make_plan(book, file, progress=meter(_("读文件")), **given)
        answer = plans.told(plan, _errors_file(plan, errors_to), dry_run=dry_run, every=every)
        if dry_run:
            return answer
        outcome = await carry_out(book, plan, by=by, on=effective, progress=meter(_("导入")))
        _done(plan, outcome, answer)
        if plan.kind == "contributions" and outcome.inserted:
            await assignments.assign_waiting(book, effective)
        return answer

    run(work)


def _errors_file(plan: Plan, folder: Path) -> Path | None:
    try:
        return errorfile.write(plan, folder)
    except OSError as error:
        raise unusable(folder, error) from error


def _done(plan: Plan, outcome: Outcome, answer: Answer) -> None:
    if outcome.inserted:
        answer.lines.append(
            _("✓ 导入 {n:,} 行，批次 {batch}").format(n=outcome.inserted, batch=(outcome.batch or "")[-8:])
        )
    elif plan.unchanged:
        answer.lines.append(_("没有新的行：这个文件已经导入过，什么也没有变。"))
    else:
        answer.lines.append(_("没有能导入的行，什么也没有变。"))
    answer.data |= {"inserted": outcome.inserted, "batch": outcome.batch}
    if plan.refused:
        answer.lines.append(
            _("{n} 行有错，没有导入；改好后再导入同一个文件即可。").format(n=len(plan.refused))
        )

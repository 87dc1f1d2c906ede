"""`jishan checkpoint`, `audit`, `export`: what anyone can check."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ledger import audits, bundle, heads, signatures
from ledger.audit import Report
from ledger.audits import Record
from ledger.book import Book
from ledger.findings import Finding
from points import auditing
from web.commands.refusals import unusable
from web.commands.terminal import Answer, Command, Meter, run
from web.commands.terminal import session as current
from web.i18n import gettext as _

SHOWN = 100
"""Findings that a terminal shows; all of them stand in --json."""


@click.command(cls=Command)
def checkpoint() -> None:
    """签检查点 · Sign the head of the ledger, after proving that it extends the last one signed."""

    async def work(book: Book, _meter: Meter) -> Answer:
        head = await heads.checkpoint(book, signatures.load(current().settings.key_file))
        return Answer(
            head.note.rstrip("\n").split("\n"),
            {"size": head.size, "root": head.root.hex(), "note": head.note},
        )

    run(work)


@click.command(cls=Command)
@click.option("--full", is_flag=True, help="从第一笔查起 · read everything again, not only what came since")
def audit(full: bool) -> None:
    """审计：原文、分录、余额、指纹树、检查点、凭据 · Check the book: texts, postings, balances, tree,
    checkpoints, evidence, guards, pages.

    Goes on from the last audit that found nothing, unless --full; says which, and why.
    """

    async def work(book: Book, meter: Meter) -> Answer:
        settings = current().settings
        checks = auditing.checks(book, witness=settings.witness_file, files=settings.attachments)
        key = signatures.load(settings.key_file)
        report = await audits.check(book, checks, key=key, full=full, progress=meter(_("校验")))
        return report_answer(report, await audits.last_full(book.reader, str(key.verifier)))

    run(work)


def report_answer(report: Report, last_full: Record | None = None) -> Answer:
    """A report, in words and as data."""
    if report.whole and report.since:
        verdict = _("✓ 第 {since} 笔以后完整：共 {size} 笔，{checks} 项检查，用时 {seconds:.1f} 秒")
    elif report.whole:
        verdict = _("✓ 账本完整：{size} 笔，{checks} 项检查，用时 {seconds:.1f} 秒")
    else:
        verdict = _("✗ 账本不符：{findings} 处，共 {size} 笔")
    facts = {
        "size": report.size,
        "since": report.since,
        "checks": len(report.checks),
        "findings": len(report.findings),
        "seconds": report.seconds,
    }
    lines = [verdict.format(**facts), _("  根 {root}").format(root=report.root)]
    if report.why:
        lines.append("  " + _(report.why).format(**report.facts))
    if report.since:
        lines.append("  " + _full_when(last_full))
    lines += [f"  · {_said(one)}" for one in report.known[:SHOWN]]
    lines += [line for finding in report.findings[:SHOWN] for line in _finding(finding)]
    if len(report.findings) > SHOWN:
        lines.append(_("  …… 还有 {n} 处").format(n=len(report.findings) - SHOWN))
    data = {
        "whole": report.whole,
        "size": report.size,
        "since": report.since,
        "full": report.since == 0,
        "why": _(report.why).format(**report.facts) if report.why else "",
        "last_full": last_full.checked_at if last_full else None,
        "root": report.root,
        "seconds": round(report.seconds, 3),
        "checks": list(report.checks),
        "findings": [_as_data(finding) for finding in report.findings],
        "known": [_as_data(finding) for finding in report.known],
    }
    return Answer(lines, data, well=report.whole)


def _full_when(last: Record | None) -> str:
    if last is None:
        return _("还没有全查过：运行 jishan audit --full")
    return _("最近一次全查是 {at}；每月至少全查一次：jishan audit --full").format(at=last.checked_at)


def _said(finding: Finding) -> str:
    return _(finding.template).format(**finding.facts) if finding.facts else _(finding.template)


def _as_data(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "position": finding.position,
        "row": finding.row,
        "what": _said(finding),
        "todo": _(finding.todo),
    }


def _finding(finding: Finding) -> list[str]:
    place = _("第 {position} 笔").format(position=finding.position) if finding.position else "—"
    return [f"  ✗ {place}  {finding.row}  {_said(finding)}", "      → " + _(finding.todo)]


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """导出审计要的一切：原文、指纹树、公钥、核对程序 · Write what an auditor needs into FOLDER: texts,
    tiles, checkpoint, key, hledger, beancount, verify.py.
    """

    async def work(book: Book, meter: Meter) -> Answer:
        signing = signatures.load(current().settings.key_file)
        head = await heads.checkpoint(book, signing)
        vkey = str(signing.verifier)
        try:
            await bundle.write(
                book.reader, folder, checkpoint=head.note, vkey=vkey, progress=meter(_("导出"))
            )
        except OSError as error:
            raise unusable(folder, error) from error
        lines = [
            _("{size} 笔已导出到 {folder}").format(size=head.size, folder=folder),
            _("离线校验：{command}").format(
                command=shlex.join(["python3", str(folder / "verify.py"), str(folder), "--key", vkey])
            ),
        ]
        return Answer(lines, {"folder": str(folder), "size": head.size, "root": head.root.hex(), "key": vkey})

    run(work)

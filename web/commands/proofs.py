"""`jishan checkpoint`, `audit`, `export`: what anyone can check."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ledger import audit as auditing
from ledger import bundle, heads, opening, signatures
from ledger.audit import Report
from ledger.book import Book
from ledger.findings import Finding
from points.evidence.checks import evidence_matches
from web.commands.refusals import unusable
from web.commands.terminal import Answer, Command, Meter, run
from web.commands.terminal import session as current
from web.i18n import gettext as _


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
def audit() -> None:
    """审计整本账 · Check the whole book: texts, postings, balances, tree, checkpoints, evidence, guards."""

    async def work(book: Book, meter: Meter) -> Answer:
        vkey = str(signatures.load(current().settings.key_file).verifier)
        checks = [
            opening.history_is_whole(current().settings.witness_file),
            *auditing.CHECKS,
            evidence_matches,
        ]
        return report_answer(
            await auditing.run(book.reader, checks, guards=book.guards, vkey=vkey, progress=meter(_("校验")))
        )

    run(work)


def report_answer(report: Report) -> Answer:
    """A report, in words and as data."""
    if report.whole:
        verdict = _("✓ 账本完整：{size} 笔，{checks} 项检查，用时 {seconds:.1f} 秒")
    else:
        verdict = _("✗ 账本不符：{findings} 处，共 {size} 笔")
    facts = {
        "size": report.size,
        "checks": len(report.checks),
        "findings": len(report.findings),
        "seconds": report.seconds,
    }
    lines = [verdict.format(**facts), _("  根 {root}").format(root=report.root)]
    lines += [_finding(finding) for finding in report.findings[:100]]
    if len(report.findings) > 100:
        lines.append(_("  …… 还有 {n} 处").format(n=len(report.findings) - 100))
    data = {
        "whole": report.whole,
        "size": report.size,
        "root": report.root,
        "seconds": round(report.seconds, 3),
        "checks": list(report.checks),
        "findings": [
            {"check": f.check, "position": f.position, "row": f.row, "what": f.what} for f in report.findings
        ],
    }
    return Answer(lines, data, well=report.whole)


def _finding(finding: Finding) -> str:
    place = _("第 {position} 笔").format(position=finding.position) if finding.position else "—"
    return f"  ✗ {place}  {finding.row}  {finding.what}"


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """导出 · Write what an auditor needs into FOLDER: texts, tiles, checkpoint, key, hledger, beancount, verify.py."""

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

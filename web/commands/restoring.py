"""`jishan restore`, `drill`: a book from its copies, and trying it before it is needed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ledger import backups, checkpoints, places, restore, signatures
from ledger.checkpoints import Checkpoint
from ledger.findings import Finding
from ledger.restore import Restored, Sources
from points import drills
from points.drills import Drill, house_with
from points.evidence import files as evidence_files
from web.commands.keeping_safe import ATTACHMENTS, secrets_stay
from web.commands.options import File
from web.commands.refusals import told
from web.commands.terminal import Answer, Command, Meter, perform, settings_or_exit
from web.commands.terminal import session as current
from web.i18n import N_
from web.i18n import gettext as _
from web.settings import Settings

STRETCHES = (
    N_("复制备份"),
    N_("补上分段"),
    N_("校验账本"),
    N_("校验凭据"),
    N_("核对备份"),
    N_("核对分段"),
)
"""What the meter is told by the verbs below, which speak one language."""
SHOWN = 20
"""Entries and findings that are listed; --json has all."""
MINUTES_AT_MOST = 15

_SEGMENTS = click.option(
    "--segments",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="jishan ship 写的文件夹 · the folder that `jishan ship` wrote",
)
_WITNESS = click.option("--witness", type=File(), help="见证人的检查点 · a checkpoint that a witness kept")
_KEY = click.option(
    "--key", "vkey", metavar="VKEY", help="签名公钥；不写就用钥匙文件 · the public key of the log"
)
_BACKUP = click.argument("backup", type=click.Path(path_type=Path, exists=True))


@click.command("restore", cls=Command)
@_BACKUP
@_SEGMENTS
@click.option(
    "--to",
    "url",
    required=True,
    metavar="URL",
    help="新账本的地址 · where the book is put; nothing may be there",
)
@_WITNESS
@_KEY
def restore_(backup: Path, segments: Path | None, url: str, witness: Path | None, vkey: str | None) -> None:
    """从备份恢复一本账，接上分段，查过才算 · Put a book back from BACKUP (a file, or a folder: its newest),
    continued with segments, checked.
    """
    known = _public_key(vkey)
    target = settings_or_exit(url)

    async def work() -> Answer:
        sources = Sources(backups.newest(backup), segments, _read_witness(witness, known), known)
        with _Measured() as meter:
            restored = await restore.restore(sources, url, house=house_with(_files_of(backup)), meter=meter)
        if restored.placed:
            await asyncio.to_thread(evidence_files.copy, _files_of(backup), target.attachments)
        return _restored(restored, sources, target)

    perform(work)


@click.command(cls=Command)
@_BACKUP
@_SEGMENTS
@_WITNESS
@_KEY
@click.option(
    "--at",
    metavar="URL",
    help="在哪台 PostgreSQL 上试；不写就用账本的 · the server to try it on; else the book's",
)
def drill(
    backup: Path, segments: Path | None, witness: Path | None, vkey: str | None, at: str | None
) -> None:
    """演练恢复：在别处恢复一次，说会丢什么 · Restore the copies in BACKUP in a place of its own, serve
    somebody, say what a loss would cost.
    """
    known, settings = _public_key(vkey), current().settings

    async def work() -> Answer:
        seen = _read_witness(witness, known)
        live = settings.book if await places.exists(settings.book) else None
        with _Measured() as meter:
            done = await drills.drill(
                backup,
                meter=meter,
                shipped=segments,
                witness=seen,
                vkey=known,
                live=live,
                near=at or settings.book,
                house=house_with(_files_of(backup)),
            )
        return _drilled(done, Sources(done.restored.backup, segments, seen, known) if done.restored else None)

    perform(work)


def _files_of(backup: Path) -> Path:
    """Where the files that prove events stand, beside the backups."""
    return (backup if backup.is_dir() else backup.parent) / ATTACHMENTS


class _Measured:
    """A meter that speaks the language of the call, and is taken away at the end."""

    def __init__(self) -> None:
        self._meter = Meter(shown=sys.stderr.isatty() and not current().as_json)

    def __enter__(self) -> Callable[[str], Callable[[int, int], None]]:
        return lambda label: self._meter(_(label))

    def __exit__(self, *_error: object) -> None:
        self._meter.clear()


def _public_key(vkey: str | None) -> str | None:
    """The key that signatures are checked with: as given, or of the key file when there is one."""
    path = current().settings.key_file
    return vkey or (str(signatures.load(path).verifier) if path.exists() else None)


def _read_witness(path: Path | None, vkey: str | None) -> Checkpoint | None:
    if path is None:
        return None
    note = path.read_text(encoding="utf-8")
    if vkey:
        return checkpoints.verify(note, vkey)
    return checkpoints.parse(checkpoints.parse_note(note).text)


def _restored(restored: Restored, sources: Sources, target: Settings) -> Answer:
    lines = [_headline(restored), *told_of(restored, sources)]
    if restored.placed:
        lines.append(secrets_stay(target))
    if restored.missing:
        lines.append(_("  按 docs/recovery.md 由两个人办理恢复，并告诉见证人，账本才能再写"))
    return Answer(lines, data_of(restored), well=restored.well)


def _headline(restored: Restored) -> str:
    if not restored.placed:
        return _("✗ 没有恢复：备份 {name} 不能用，什么也没有放下").format(name=restored.backup.path.name)
    line = _("✓ 已恢复 {size} 笔，用时 {seconds:.1f} 秒")
    if not restored.well:
        line = _("✗ 恢复了 {size} 笔，但和应有的不同，见下；用时 {seconds:.1f} 秒")
    return line.format(size=restored.size, seconds=restored.seconds)


def told_of(restored: Restored, sources: Sources) -> list[str]:
    """Where the entries came from, what is missing, and what was found, in plain words."""
    lines = [
        _("  备份 {name}：{size} 笔").format(name=restored.backup.path.name, size=restored.backup.size),
        *_replayed(restored, sources),
        *_witnessed(restored, sources),
    ]
    if sources.vkey is None:
        lines.append(_("  没有公钥，签名没有核对（可加 --key）"))
    found = restored.damage + restored.around
    return lines + [f"  ✗ {finding.row}  {finding.what}" for finding in found[:SHOWN]]


def _replayed(restored: Restored, sources: Sources) -> list[str]:
    if sources.segments is None:
        return [_("  没有用分段：备份以后记的账不在这里")]
    if not restored.from_segments:
        return [_("  分段里没有比备份新的")]
    kinds = " · ".join(f"{kind} {count}" for kind, count in sorted(restored.replayed.items()))
    lines = [
        _("  分段补上 {n} 笔：{kinds}").format(n=restored.from_segments, kinds=kinds),
        _("  这些笔的账目完整；它们的凭据，以及备份以后登记的人、事件和口令不在分段里，要照原始单据补录"),
    ]
    if restored.bare:
        lines.append(
            _("  找不到凭据的有 {n} 笔：{positions}").format(
                n=len(restored.bare), positions=_spans(restored.bare)
            )
        )
    return lines


def _spans(findings: tuple[Finding, ...]) -> str:
    """Positions, neighbours together: 第 1201–1240、1244 笔."""
    spans: list[list[int]] = []
    for position in sorted({finding.position or 0 for finding in findings}):
        if spans and spans[-1][1] == position - 1:
            spans[-1][1] = position
        else:
            spans.append([position, position])
    shown = ", ".join(f"{first}–{last}" if first != last else str(first) for first, last in spans[:SHOWN])
    return _("第 {positions} 笔").format(positions=shown + (" ……" if len(spans) > SHOWN else ""))


def _witnessed(restored: Restored, sources: Sources) -> list[str]:
    if sources.witness is None:
        return [_("  没有见证人的检查点可比（可加 --witness），不能说末尾没有缺")]
    size = sources.witness.size
    if restored.differs:
        return [_("  ✗ 前 {size} 笔和见证人见过的不同：历史被改过").format(size=size)]
    if restored.missing:
        sentence = _("  ✗ 见证人见过 {size} 笔，这里只有 {here} 笔，缺 {n} 笔：用的是旧备份，或分段没有送到")
        return [sentence.format(size=size, here=restored.size, n=restored.missing)]
    if restored.damage:
        return []
    return [_("  和见证人见过的 {size} 笔一致").format(size=size)]


def _drilled(done: Drill, sources: Sources | None) -> Answer:
    lines = [_("✓ 演练通过") if done.well else _("✗ 演练发现问题")]
    if done.restored and sources:
        lines.append("  " + _headline(done.restored))
        lines += told_of(done.restored, sources)
    lines += [f"  ✗ {told(problem)[1]}" for problem in done.problems]
    if done.restored and done.restored.placed:
        lines += _cost(done)
    loss = {"entries": done.loss.entries, "seconds": round(done.loss.seconds, 3)} if done.loss else None
    data: dict[str, Any] = {
        "well": done.well,
        "seconds": round(done.seconds, 3),
        "loss": loss,
        "redeemed": done.trial.position if done.trial else None,
        "problems": [{"error": type(one).__name__, "message": told(one)[1]} for one in done.problems],
        "restored": data_of(done.restored) if done.restored else None,
    }
    return Answer(lines, data, well=done.well)


def _cost(done: Drill) -> list[str]:
    served = _("  试兑换没有做：副本里没有人能再兑一次")
    if done.trial:
        served = _("  试兑换：{item} {points} 分，余额 {before} → {after}，库存 {stock} → {left}").format(
            item=done.trial.item,
            points=done.trial.points,
            before=done.trial.spendable[0],
            after=done.trial.spendable[1],
            stock=done.trial.stock[0],
            left=done.trial.stock[1],
        )
    lost = _("  会丢多少（RPO）：没有在用的账本可比")
    if done.loss and not done.loss.entries:
        lost = _("  会丢多少（RPO）：一笔也不丢")
    elif done.loss:
        lost = _("  会丢多少（RPO）：{entries} 笔，最早的一笔是 {seconds:.0f} 秒前记的").format(
            entries=done.loss.entries, seconds=done.loss.seconds
        )
    took = _("  要用多久（RTO）：{seconds:.1f} 秒，应在 {minutes} 分钟以内")
    return [served, took.format(seconds=done.seconds, minutes=MINUTES_AT_MOST), lost]


def data_of(restored: Restored) -> dict[str, Any]:
    """A restore as data: everything, however long."""
    return {
        "backup": str(restored.backup.path),
        "placed": restored.placed,
        "size": restored.size,
        "root": restored.root,
        "from_backup": restored.backup.size,
        "from_segments": restored.from_segments,
        "kinds": restored.replayed,
        "without_evidence": [finding.position for finding in restored.bare],
        "missing": restored.missing,
        "differs": restored.differs,
        "findings": [
            {"check": f.check, "position": f.position, "row": f.row, "what": f.what}
            for f in restored.damage + restored.around
        ],
        "seconds": round(restored.seconds, 3),
    }

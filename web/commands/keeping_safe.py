"""`jishan backup`, `ship`: copies of the book, made while it is in use."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from ledger import backups, shipping
from ledger.backups import Backup, Keep
from ledger.book import Book
from ledger.errors import CopyDamaged
from ledger.shipping import Shipped
from points.district import open_district
from points.events import attachments
from points.evidence import files as evidence_files
from web.commands.options import Whole
from web.commands.terminal import Answer, Command, Meter, perform, run
from web.commands.terminal import session as current
from web.i18n import N_, Say
from web.i18n import gettext as _
from web.settings import Settings

ATTACHMENTS = "attachments"
"""The folder in a folder of backups in which the files that prove events stand."""
_KEEP = re.compile(r"(\d{1,3})/(\d{1,3})/(\d{1,3})", re.ASCII)


def _keep(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Keep | None:
    """How many days, weeks and months of backups stay, from `7/4/12`."""
    found = _KEEP.fullmatch(text) if text is not None else None
    if text is not None and found is None:
        wrong = Say(N_("“{text}” 不行，请写成 天/周/月，例如 7/4/12。"), text=text)
        raise click.BadParameter(wrong)  # type: ignore[arg-type]
    return Keep(*map(int, found.groups())) if found else None


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--keep",
    callback=_keep,
    metavar="DAYS/WEEKS/MONTHS",
    help="只留每天、每周、每月最新的几份，如 7/4/12；不写就都留着 · delete older ones, keep e.g. 7/4/12",
)
def backup(folder: Path, keep: Keep | None) -> None:
    """备份：用着的时候也能拷，读回来对过才算 · Copy the book into FOLDER while it is in use, read the copy
    back, then give it its name.
    """
    settings = current().settings
    meter = Meter(shown=sys.stderr.isatty() and not current().as_json)

    async def work() -> Answer:
        try:
            made = await asyncio.to_thread(
                backups.take,
                settings.book,
                folder,
                at=datetime.now(UTC),
                progress=meter(_("复制")),
                verifying=meter(_("核对")),
            )
            attached = await _bring_files(settings, folder)
            gone = await asyncio.to_thread(_prune, folder, keep) if keep else []
        finally:
            meter.clear()
        return _backed_up(made, gone, attached, settings)

    perform(work)


async def _bring_files(settings: Settings, folder: Path) -> int:
    """The files that prove events, once for all backups in a folder, after the book: every row in the copy has its file
    by then. What was erased goes from the backups too."""
    if not await asyncio.to_thread(settings.attachments.is_dir):
        return 0
    copied = await asyncio.to_thread(evidence_files.copy, settings.attachments, folder / ATTACHMENTS)
    async with open_district(settings.book) as book:
        await attachments.drop_erased(book, folder / ATTACHMENTS)
    return copied


def _prune(folder: Path, keep: Keep) -> list[Backup]:
    """Delete what is superseded. A backup whose manifest cannot be read is nobody's to delete."""
    there = []
    for path in backups.listed(folder):
        try:
            there.append(backups.read(path))
        except CopyDamaged:
            continue
    gone = backups.superseded(there, keep, now=datetime.now(UTC))
    for one in gone:
        backups.remove(one)
    return gone


def _backed_up(made: Backup, gone: list[Backup], attached: int, settings: Settings) -> Answer:
    lines = [
        _("✓ 已备份 {size} 笔：{path}").format(size=made.size, path=made.path),
        _("  根 {root}").format(root=made.root),
        *([_("  附件 {n} 个新的").format(n=attached)] if attached else []),
        secrets_stay(settings),
    ]
    if gone:
        lines.append(
            _("  删除了 {n} 份旧备份：{names}").format(n=len(gone), names=" ".join(b.path.name for b in gone))
        )
    data = {
        "path": str(made.path),
        "size": made.size,
        "root": made.root,
        "sha256": made.digest,
        "checkpoint": made.checkpoint,
        "attachments": attached,
        "removed": [str(one.path) for one in gone],
    }
    return Answer(lines, data)


def secrets_stay(settings: Settings) -> str:
    """What no copy of a book holds, and must be kept elsewhere."""
    return _("  签名钥匙 {key}、密码和口令的密钥 {pepper}、封存钥匙 {seal} 不在里面，请另外保管").format(
        key=settings.key_file, pepper=settings.pepper_file, seal=settings.seal_file
    )


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--follow", is_flag=True, help="一直运行，有新的就送 · go on until it is stopped")
@click.option(
    "--every",
    type=Whole(1, 60),
    default=int(shipping.EVERY_SECONDS),
    show_default=True,
    metavar="SECONDS",
    help="一笔最多等几秒 · how long an entry waits at most",
)
def ship(folder: Path, follow: bool, every: int) -> None:
    """把新的几笔送到第二个地方；--follow 一直送 · Write the entries that FOLDER lacks as segments; with
    --follow, for ever.
    """

    async def work(book: Book, meter: Meter) -> Answer:
        if follow:
            return _shipped(folder, await _follow(book, folder, every))
        return _shipped(folder, await shipping.ship(book.reader, folder, progress=meter(_("送出"))))

    run(work)


async def _follow(book: Book, folder: Path, every: int) -> Shipped:
    """Until the process is asked to end; then what waits is shipped first."""
    stopped, quiet = asyncio.Event(), current().as_json
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)

    def told(sent: Shipped) -> None:
        if not quiet:
            click.echo(_(_DELIVERED).format(entries=sent.entries, last=sent.last))

    return await shipping.follow(book.reader, folder, stopped=stopped, told=told, every=every)


_DELIVERED = N_("送出 {entries} 笔，到第 {last} 笔")


def _shipped(folder: Path, sent: Shipped) -> Answer:
    if sent.entries:
        line = _("✓ 送出 {entries} 笔（{segments} 段），{folder} 里到第 {last} 笔")
    else:
        line = _("✓ 没有新的；{folder} 里到第 {last} 笔")
    facts = {"entries": sent.entries, "segments": sent.segments, "last": sent.last}
    return Answer([line.format(folder=folder, **facts)], {"folder": str(folder), **facts})

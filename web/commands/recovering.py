"""`jishan recover`: two people stand behind going on after a loss, of history or of evidence."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ledger import files, heads, opening, receipts, recoveries, signatures
from ledger.book import Book
from ledger.errors import TargetInUse
from ledger.signatures import SigningKey
from points import losses, recovery
from points.errors import NothingLost, NotThemself
from points.people import signin
from points.recovery import Recovered
from web.commands.options import BY, File
from web.commands.terminal import Answer, Command, Meter, run
from web.commands.terminal import session as current
from web.i18n import gettext as _

PATH = click.Path(path_type=Path)


@click.command(cls=Command)
@click.option("--reason", required=True, metavar="TEXT", help="丢了什么、为什么 · what was lost, and why")
@BY
@click.option(
    "--approved-by", required=True, metavar="NUMBER", help="另一位管理员或审计 · another admin or auditor"
)
@click.option(
    "--lost",
    type=File(),
    default=None,
    metavar="FILE",
    help="丢失的检查点 · a note of what was lost",
)
@click.option("--out", type=PATH, metavar="FILE", help="给见证人的声明 · the statement for witnesses")
@click.option(
    "--evidence", is_flag=True, help="确认凭据找不回来 · evidence, not entries: what is missing stays missing"
)
def recover(
    reason: str, by: str, approved_by: str, lost: Path | None, out: Path | None, evidence: bool
) -> None:
    """找不回来以后：两个人确认，接着记 · Two people stand behind going on after a loss: of history, or of
    evidence. Reads their two passwords.
    """
    if evidence:
        _evidence(reason, by, approved_by)
        return
    if out is None:
        raise click.UsageError(_("还要写 {name}。").format(name="--out"))
    if out.exists():
        raise TargetInUse(path=out)
    secrets = [(number, _secret(number)) for number in (by, approved_by)]

    async def work(book: Book, _meter: Meter) -> Answer:
        settings = current().settings
        signing = signatures.load(settings.key_file)
        await _are_themselves(book, secrets, settings.pepper())
        head = await opening.lost(
            book.reader, witness=lost or settings.witness_file, vkey=str(signing.verifier)
        )
        if head is None:
            raise NothingLost
        done = await recovery.recover(
            book, lost=head, reason=reason, by=by, approved_by=approved_by, on=book.today()
        )
        files.appear(out, (await _statement(book, done, signing)).encode())
        book.journal.read_only = await opening.missing(book.reader, witness=settings.witness_file)
        return _recovered(done, out)

    run(work)


def _evidence(reason: str, by: str, approved_by: str) -> None:
    """Put on record whose evidence is missing and will not come back."""
    secrets = [(number, _secret(number)) for number in (by, approved_by)]

    async def work(book: Book, _meter: Meter) -> Answer:
        await _are_themselves(book, secrets, current().settings.pepper())
        gone = await losses.missing(book)
        receipt = await losses.acknowledge(
            book, gone, reason=reason, by=by, approved_by=approved_by, on=book.today()
        )
        said = _("第 {position} 笔：记下 {n} 份凭据已丢失，以后审计会照这一笔说明")
        lines = [said.format(position=receipt.position, n=len(gone))]
        return Answer(lines, {"position": receipt.position, "lost": gone})

    run(work)


def _secret(number: str) -> str:
    """A password typed without echo, or one line of a pipe; never an argument, which every process could read."""
    if sys.stdin.isatty():
        return str(click.prompt(_("{number} 的口令").format(number=number), hide_input=True, err=True))
    return sys.stdin.readline().strip()


async def _are_themselves(book: Book, secrets: list[tuple[str, str]], pepper: bytes) -> None:
    for number, secret in secrets:
        if await signin.check_password(book, number, secret, pepper=pepper) != number:
            raise NotThemself(number=number)


async def _statement(book: Book, done: Recovered, signing: SigningKey) -> str:
    await heads.checkpoint(book, signing)
    found = await heads.receipt(book, done.receipt.position, signing)
    assert found is not None, "the entry was written"
    return recoveries.format_statement(receipts.format_receipt(found[0]), salt=done.salt, text=done.text)


def _recovered(done: Recovered, out: Path) -> Answer:
    lines = [
        _("第 {position} 笔：记下丢失了 {lost} 笔的历史，从 {kept} 笔接着记。").format(
            position=done.receipt.position, lost=done.lost.size, kept=done.kept.size
        ),
        _("恢复声明在 {path}。交给每位见证人：jishan witness … --accept-recovery {path}").format(path=out),
        _("网站要重新启动，才能再记账。"),
    ]
    data = {
        "position": done.receipt.position,
        "lost": str(done.lost),
        "kept": str(done.kept),
        "statement": str(out),
    }
    return Answer(lines, data)

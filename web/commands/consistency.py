"""`jishan consistency`: does one checkpoint continue another? Proved from the tiles of a log, whoever keeps them."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import click

from ledger import checkpoints, signatures, witness
from web.commands.options import File
from web.commands.terminal import Answer, Command, perform
from web.commands.terminal import session as current
from web.commands.witnessing import source_of, text_in, text_of
from web.i18n import gettext as _


@click.command(cls=Command)
@click.argument("old", type=File())
@click.argument("new", type=File(), required=False)
@click.option(
    "--log",
    "where",
    metavar="URL|FOLDER|BOOK",
    help="看哪本账，如 https://…/log 或导出的文件夹；不写就是这本 · https://…/log or a bundle; default: this book",
)
@click.option(
    "--log-key", metavar="VKEY|FILE", help="账本的公钥，要从别处得到 · the log's key, from elsewhere"
)
def consistency(old: Path, new: Path | None, where: str | None, log_key: str | None) -> None:
    """证明新的检查点是接着旧的写的 · Prove that the checkpoint in NEW (default: the newest) continues the
    one in OLD.

    What is printed is the body of a C2SP tlog-witness request: `old SIZE`, the proof, an empty line, the new note.
    """

    async def act() -> Answer:
        if where is not None and log_key is None:
            raise click.UsageError(_("还要写 {name}。").format(name="--log-key"))
        settings = current().settings
        vkey = text_of(log_key) if log_key else str(signatures.load(settings.key_file).verifier)
        async with source_of(where or settings.book) as source:
            note = text_in(new) if new else await source.checkpoint()
            before, after = checkpoints.verify_head(text_in(old), vkey), checkpoints.verify_head(note, vkey)
            proof = await witness.require_extension(source, before, after)
        said = _("✓ {new} 笔是接着 {old} 笔写的，前面的一笔没改。")
        click.echo(said.format(old=before.size, new=after.size), err=True)
        steps = [b64encode(step).decode() for step in proof]
        lines = [f"old {before.size}", *steps, "", *note.rstrip("\n").split("\n")]
        return Answer(lines, {"old": before.size, "new": after.size, "proof": steps, "note": note})

    perform(act)

"""`jishan receipt`, `witness`, `cosign`: proofs to keep, and people who watch."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import segno
from segno.encoder import DataOverflowError

from ledger import cosignatures, files, heads, merkle, receipts, recoveries, signatures, witness
from ledger.book import Book
from ledger.errors import BadNote
from ledger.sources import Folder, Open, Site, Source
from points.district import open_district
from web.commands.options import File, Whole
from web.commands.refusals import Refused
from web.commands.terminal import Answer, Command, Meter, perform, run
from web.commands.terminal import session as current
from web.i18n import gettext as _
from web.settings import LOOPBACK, Settings

PATH = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("position", type=Whole(1, 2**53))
@click.option("--qr", type=PATH, default=None, metavar="FILE.svg", help="二维码 · a QR code of it")
@click.option("--out", type=PATH, default=None, metavar="FILE", help="写到文件 · into a file")
def receipt(position: int, qr: Path | None, out: Path | None) -> None:
    """一笔的凭证：原文、在账证明、检查点 · The receipt of an entry: its text, the proof that it is in the
    ledger, the signed checkpoint.
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await heads.receipt(book, position, signatures.load(current().settings.key_file))
        if found is None:
            raise Refused(_("账本里没有第 {position} 笔。").format(position=position))
        kept, leaf = found
        text = receipts.format_receipt(kept)
        data = {"position": position, "leaf": leaf.hex(), "receipt": text}
        lines = text.rstrip("\n").split("\n")
        if out is not None:
            files.appear(out, text.encode())
            lines = [_("凭证写到了 {path}").format(path=out)]
        if qr is not None:
            said, whole = drawn(text, position, leaf, site_of(current().settings))
            files.appear(qr, said)
            data["qr"] = "text" if whole else "address"
            sentence = (
                _("二维码里是凭证全文：{path}") if whole else _("凭证太长，二维码里只有网址和指纹：{path}")
            )
            click.echo(sentence.format(path=qr), err=True)
        return Answer(lines, data)

    run(work)


def drawn(text: str, position: int, leaf: bytes, site: str) -> tuple[bytes, bool]:
    """An SVG of the receipt without its help; where that is too much for a QR code, of where its text is and its leaf.

    The answer also says whether the whole receipt is in it. A code holds 2,953 bytes at most.
    """
    try:
        code, whole = segno.make_qr(text.partition("\n\n# ")[0] + "\n", error="l"), True
    except DataOverflowError:
        tile = merkle.tile_path(0, (position - 1) // merkle.WIDTH).replace("tile/0", "tile/entries", 1)
        code = segno.make_qr(f"{site}/log/{tile}\n{position} leaf {leaf.hex()}", error="m")
        whole = False
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=4, dark="#000", light="#fff")
    return drawing.getvalue(), whole


def site_of(settings: Settings) -> str:
    """The address of the pages, as far as the settings know it."""
    public = [host for host in settings.hosts if host not in LOOPBACK]
    return f"https://{public[0]}" if public else f"http://{settings.host}:{settings.port}"


@click.command("witness", cls=Command)
@click.option(
    "--log",
    "where",
    metavar="URL|FOLDER|BOOK",
    help="看哪本账，如 https://…/log、导出的文件夹、sqlite://… · https://…/log, a bundle, sqlite://…",
)
@click.option(
    "--key", "key_file", type=PATH, required=True, metavar="FILE", help="见证人的钥匙 · the witness's key"
)
@click.option("--state", type=PATH, metavar="FILE", help="上次见过的检查点 · the last checkpoint seen")
@click.option(
    "--log-key", metavar="VKEY|FILE", help="账本的公钥，要从别处得到 · the log's key, from elsewhere"
)
@click.option(
    "--out", type=PATH, metavar="FILE", help="给账本用的见证 · the cosigned note, for the log to fetch"
)
@click.option(
    "--accept-recovery", "statement", type=File(), metavar="FILE", help="认可一份恢复声明 · accept a loss"
)
@click.option(
    "--new-key",
    "name",
    metavar="NAME",
    help="新建钥匙，印出公钥 · make the key, print its public half",
)
def watch(
    where: str | None,
    key_file: Path,
    state: Path | None,
    log_key: str | None,
    out: Path | None,
    statement: Path | None,
    name: str | None,
) -> None:
    """从外面看一本账：接着上次写的才见证 · Look at a log as somebody else: cosign its newest checkpoint
    only if it extends the last one seen.
    """

    async def act() -> Answer:
        if name is not None:
            return _new_key(key_file, name)
        if not (where and state and log_key):
            raise click.UsageError(_("还要写 {name}。").format(name="--log、--state、--log-key"))
        vkey, key = text_of(log_key), signatures.load(key_file)
        accepted = None
        if statement is not None:
            accepted = recoveries.read_statement(text_in(statement), vkey)
        async with source_of(where) as source:
            sight = await witness.look(
                source, key=key, log_vkey=vkey, state=state, at=datetime.now(UTC), recovery=accepted
            )
        if out is not None:
            _publish(out, sight.note)
        if sight.before is None:
            said = _("见证了 {size} 笔；第一次见到这本账，没有以前的可比。")
        elif accepted is not None:
            said = _("见证了 {size} 笔；按恢复声明，以前见证的 {before} 笔已经丢失，原来的检查点另外留着。")
        else:
            said = _("见证了 {size} 笔，是接着上次的 {before} 笔写的。")
        click.echo(said.format(size=sight.size, before=sight.before), err=True)
        data = {"note": sight.note, "size": sight.size, "before": sight.before}
        return Answer(sight.note.rstrip("\n").split("\n"), data)

    perform(act)


def _new_key(path: Path, name: str) -> Answer:
    made = signatures.generate(name)
    signatures.save(made, path)
    public = str(cosignatures.public_half(made))
    return Answer([public], {"key": public})


def text_of(text_or_file: str) -> str:
    """A key, or what is in the file of that name."""
    path = Path(text_or_file)
    return (text_in(path) if path.is_file() else text_or_file).strip()


def text_in(path: Path) -> str:
    """What is in a file; a note that is no text is a bad one."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadNote(problem=path.name) from None


def _publish(path: Path, note: str) -> None:
    """What a witness says is for everybody to read."""
    files.appear(path, note.encode())
    path.chmod(0o644)


@asynccontextmanager
async def source_of(where: str) -> AsyncIterator[Source]:
    """The log at an address, in a folder, or in a book that is opened for as long."""
    if where.startswith(("http://", "https://")):
        yield Site(where)
    elif "://" in where:
        async with open_district(where) as book:
            yield Open(book.reader)
    else:
        yield Folder(Path(where))


@click.command(cls=Command)
@click.argument("file", type=File())
@click.option(
    "--key", "vkey", required=True, metavar="VKEY|FILE", help="见证人的公钥 · the witness's public key"
)
def cosign(file: Path, vkey: str) -> None:
    """收下见证人签的一行，放在检查点下面 · Keep a witness's line under our checkpoint, once it verifies
    under the witness's key.
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        note, key = text_in(file), text_of(vkey)
        new = await heads.keep_cosignature(book, note, key)
        name = cosignatures.parse_key(key).name
        sentence = _("收下了 {name} 的见证") if new else _("{name} 的见证以前就收下了")
        return Answer([sentence.format(name=name)], {"witness": name, "new": new})

    run(work)

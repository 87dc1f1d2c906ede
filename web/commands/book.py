"""`jishan init`, `migrate`, `key`: a book and its signing key."""

from __future__ import annotations

import secrets
import sys
from datetime import date
from pathlib import Path

import click

from ledger import heads, places, signatures
from ledger.book import Book
from ledger.signatures import SigningKey
from points import district, founding
from points.district import open_district
from points.sample import town
from web.commands.options import ON
from web.commands.refusals import Refused
from web.commands.terminal import Answer, Command, Meter, day, perform, run
from web.commands.terminal import session as current
from web.i18n import gettext as _
from web.keeping import make_pepper, make_seal
from web.settings import Settings


@click.command(cls=Command)
@click.option(
    "--sample", is_flag=True, help="带上示例：人物、事件、兑换 · with people, events and redemptions to try"
)
@ON
def init(sample: bool, on: date | None) -> None:
    """建一本账 · Make a book: its file, its key, the default rules and catalogue. Again, it adds what is
    missing.
    """
    settings = current().settings

    async def work() -> Answer:
        fresh = not await places.exists(settings.book)
        await district.make(settings.book)
        signing, new_key = ensure_key(settings.key_file)
        make_pepper(settings.pepper_file)
        make_seal(settings.seal_file)
        async with open_district(settings.book, witness=settings.witness_file) as book:
            meter = Meter(shown=sys.stderr.isatty() and not current().as_json)
            answer = await _found(book, signing, settings, fresh=fresh, new_key=new_key, on=on)
            if sample:
                await _add_sample(book, answer, settings, meter)
                meter.clear()
            elif not await founding.has_admin(book, day(on, book)):
                answer.lines.append(_("下一步：jishan import areas 文件，然后 jishan staff add --role admin"))
            await heads.checkpoint(book, signing)
        return answer

    perform(work)


async def _found(
    book: Book, signing: SigningKey, settings: Settings, *, fresh: bool, new_key: bool, on: date | None
) -> Answer:
    today = day(on, book)
    await founding.open_ledger(book, vkey=str(signing.verifier), on=today)
    version, items = await founding.settle(book, on=today)
    lines = [
        _("账本 {path}：{state}").format(path=book.engine.place, state=_("新建") if fresh else _("已在")),
        _("签名钥匙 {path}（只有您能读）：{state}").format(
            path=settings.key_file, state=_("新建") if new_key else _("已在")
        ),
        _("积分细则第 {version} 版，目录 {items} 种").format(version=version, items=items),
    ]
    data = {
        "book": places.shown(settings.book),
        "new": fresh,
        "key": str(signing.verifier),
        "rule_book": version,
        "items": items,
    }
    return Answer(lines, data)


async def _add_sample(book: Book, answer: Answer, settings: Settings, meter: Meter) -> None:
    people = await town.settle(book, pepper=settings.pepper(), seal=settings.seal(), progress=meter)
    answer.lines += [
        "",
        _("示例人物（只用于试用）："),
        *[f"  {p.title}  {p.number}  {p.secret}  {p.name}" for p in people],
    ]
    answer.data["people"] = [{"number": p.number, "name": p.name, "title": p.title} for p in people]


def ensure_key(path: Path) -> tuple[SigningKey, bool]:
    """The signing key of this book, made when there is none. The answer also says whether it was."""
    if path.exists():
        return signatures.load(path), False
    made = signatures.generate(f"jishan/{secrets.token_hex(4)}")
    signatures.save(made, path)
    return made, True


@click.command(cls=Command)
def migrate() -> None:
    """升级表结构 · Bring the book's tables up to date. Take a backup first."""

    async def work() -> Answer:
        url = current().settings.book
        path = places.shown(url)
        if not await places.exists(url):
            raise Refused(_("没有账本文件 {path}；先运行 jishan init。").format(path=path))
        await district.make(url)
        return Answer([_("{path} 的结构是最新的").format(path=path)], {"book": path})

    perform(work)


@click.command(cls=Command)
def key() -> None:
    """印出签检查点的公钥，给来核对的人 · Print the public half of the key that signs checkpoints, for those
    who check.
    """

    async def work(_book: Book, _meter: Meter) -> Answer:
        verifier = str(signatures.load(current().settings.key_file).verifier)
        return Answer([verifier], {"key": verifier})

    run(work)

"""The bundle: the whole ledger up to a checkpoint as plain files, which anyone can check without us."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import checkpoints, merkle, plaintext, tree, verify
from ledger.errors import BookDamaged, TargetInUse
from ledger.merkle import Tile
from ledger.models import LedgerTile, LedgerTransaction
from ledger.row_by_row import UNREADABLE

Progress = Callable[[int, int], None]
"""Called with the number of transactions written so far, and of all."""

PAGE = 1_000
TILES = 100

README = """\
积善簿账本 / The ledger of Jishan
{origin}，共 {size} 笔 / {size} transactions

transactions.jsonl   每行一笔，就是被哈希的原文 / one transaction on each line, exactly the text that is hashed
tile/                默克尔树，每块 256 个哈希 / the Merkle tree in tiles of 256 hashes (C2SP tlog-tiles)
checkpoint           签过名的检查点 / the signed checkpoint (C2SP signed-note)
key                  签名公钥 / the public key it is signed with
verify.py            核对程序，只用 Python 自带的库 / the checking program, Python's standard library only
book.journal         hledger 账册 / the same as an hledger journal
book.beancount       beancount 账册 / the same as a beancount file

怎样核对 / How to check:

    python3 verify.py . --key 公钥/KEY
    hledger -f book.journal check --strict
    bean-check book.beancount

公钥要从别处得到：社区公告栏、以前的凭证、审计自己的档案。只用这里的 key，只能说明内容没有前后矛盾，
不能说明是谁签的。手里有以前的检查点，就加 --since 文件，能查出以前的内容是否被改过。
verify.py 核对 transactions.jsonl、tile、checkpoint 和 key；两本账册是由它们写成的，verify.py 不读。
verify.py 本身也请用自己手里的那份，不要只信这里的。
The key must come from elsewhere: the notice board, an earlier receipt, the auditor's own files. With the key
in this folder alone you learn that it is whole in itself, not who signed it. With an earlier checkpoint at
hand add --since FILE: it finds whether anything before it was changed. verify.py reads transactions.jsonl,
tile, checkpoint and key; the two books were written from them and are not read. Use a verify.py of your own,
too, rather than trust the one in this folder.
"""


async def write(
    db: BaseDBAsyncClient, directory: Path, *, checkpoint: str, vkey: str, progress: Progress
) -> None:
    """Write the book up to a signed checkpoint into `directory`, which appears when it is whole, or not at
    all.

    Rows are read in pages by key, so that memory stays flat whatever the size; nothing written meanwhile is
    taken in. Raises TargetInUse when there is something at `directory`, WrongSignature or BadNote when the
    checkpoint is not signed by `vkey`, BookDamaged when the book does not hold what was signed.
    """
    signed = checkpoints.verify_head(checkpoint, vkey)
    if await tree.head(db) < signed.size or await tree.root_at(db, signed.size) != signed.root:
        raise BookDamaged(problem=f"前 {signed.size} 笔和检查点不同")
    with _appearing(directory) as folder:
        with _new(folder / "transactions.jsonl") as out:
            async for page in _bodies(db, signed.size):
                out.writelines(body + b"\n" for _, body in page)
                progress(page[-1][0], signed.size)
        async for tiles in _tiles(db, signed.size):
            _write_tiles(folder, tiles)
        try:
            await asyncio.to_thread(_write_books, folder)
        except UNREADABLE as error:
            raise BookDamaged(problem="有正文不是规定的写法，请运行 jishan audit 看是哪一笔") from error
        _write_rest(folder, checkpoint, vkey, README.format(origin=signed.origin, size=signed.size))


async def _bodies(db: BaseDBAsyncClient, size: int) -> AsyncIterator[list[tuple[int, bytes]]]:
    """Every (position, text) up to `size` in pages, gap-free."""
    last = 0
    while last < size:
        page = [
            (position, bytes(body))
            for position, body in await LedgerTransaction.filter(position__gt=last, position__lte=size)
            .using_db(db)
            .order_by("position")
            .limit(PAGE)
            .values_list("position", "body")
        ]
        if [position for position, _ in page] != list(range(last + 1, last + len(page) + 1)) or not page:
            raise BookDamaged(problem=f"第 {last + 1} 笔以后有缺失")
        yield page
        last = page[-1][0]


async def _tiles(db: BaseDBAsyncClient, size: int) -> AsyncIterator[Iterable[Tile]]:
    """The full tiles of each level in pages, then the partial ones."""
    for level, full, _ in merkle.tile_widths(size):
        for first in range(0, full, TILES):
            end = min(first + TILES, full)
            rows = (
                await LedgerTile.filter(id__gte=tree.tile_id(level, first), id__lt=tree.tile_id(level, end))
                .using_db(db)
                .order_by("id")
                .values_list("index", "hashes")
            )
            if [index for index, _ in rows] != list(range(first, end)):
                raise BookDamaged(problem=f"第 {level} 层第 {first} 块以后有缺失")
            yield [Tile(level, index, bytes(hashes)) for index, hashes in rows]
    yield await tree.partial_tiles(db, size)


def _write_tiles(folder: Path, tiles: Iterable[Tile]) -> None:
    for tile in tiles:
        path = folder / merkle.tile_path(tile.level, tile.index, len(tile.hashes) // merkle.HASH)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tile.hashes)


def _write_books(folder: Path) -> None:
    """The two plain text books, from the texts just written, line by line."""
    for name, pieces in (("book.journal", plaintext.hledger), ("book.beancount", plaintext.beancount)):
        with (
            (folder / "transactions.jsonl").open("rb") as bodies,
            (folder / name).open("w", encoding="utf-8", newline="\n") as out,
        ):
            out.writelines(pieces(bodies))


def _write_rest(folder: Path, checkpoint: str, vkey: str, readme: str) -> None:
    (folder / "checkpoint").write_bytes(checkpoint.encode())
    (folder / "key").write_bytes(vkey.strip().encode() + b"\n")
    (folder / "README.txt").write_bytes(readme.encode())
    shutil.copyfile(Path(verify.__file__), folder / "verify.py")


def _new(path: Path) -> BinaryIO:
    return path.open("xb")


@contextmanager
def _appearing(directory: Path) -> Iterator[Path]:
    """A folder beside `directory` that takes its place when all went well, and is gone otherwise."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise TargetInUse(path=directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", dir=directory.parent))
    try:
        yield folder
        folder.chmod(0o755)
        try:
            folder.replace(directory)
        except OSError:
            raise TargetInUse(path=directory) from None
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise

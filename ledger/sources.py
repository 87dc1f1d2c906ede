"""Where the log of a book can be read from, by somebody who does not trust it: a site, a bundle's folder, a book."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import merkle, tree
from ledger.errors import LogUnreachable
from ledger.merkle import HASH, Node
from ledger.models import LedgerCheckpoint

NOTE_AT_MOST = 65_536
SECONDS = 30


class Source(Protocol):
    """A log in the form of C2SP tlog-tiles. Nothing that comes from it is believed before it is checked."""

    async def checkpoint(self) -> str:
        """The newest signed note."""

    async def tile(self, level: int, index: int, width: int) -> bytes:
        """The first `width` (1 to 256) hashes of a tile. Raises LogUnreachable."""


async def nodes(source: Source, wanted: Iterable[Node], size: int) -> Mapping[Node, bytes]:
    """What a log says the hashes of nodes are, from the tiles that its tree of `size` has."""
    partial = {(level, full): width for level, full, width in merkle.tile_widths(size)}
    wanted = list(wanted)
    tiles: dict[tuple[int, int], bytes] = {}
    for place in sorted({merkle.tile_of(node) for node in wanted}):
        width = partial.get(place, merkle.WIDTH)
        tiles[place] = await source.tile(*place, width)
        if len(tiles[place]) != width * HASH:
            raise LogUnreachable(where=merkle.tile_path(*place, width), problem="长度不对")
    return {node: merkle.node_in_tile(node, tiles[merkle.tile_of(node)]) for node in wanted}


class Site:
    """A log on a web site, by the address under which it serves `checkpoint` and `tile/…`: `https://…/log`."""

    def __init__(self, prefix: str) -> None:
        if urlsplit(prefix).scheme not in {"http", "https"}:
            raise LogUnreachable(where=prefix, problem="应以 http:// 或 https:// 开头")
        self.prefix = prefix.rstrip("/")

    async def checkpoint(self) -> str:
        """The newest signed note."""
        return _text(await self._get("checkpoint", NOTE_AT_MOST), f"{self.prefix}/checkpoint")

    async def tile(self, level: int, index: int, width: int) -> bytes:
        """The first hashes of a tile; from the full tile when the site has thrown the partial one away."""
        try:
            return await self._get(merkle.tile_path(level, index, width), merkle.TILE_BYTES)
        except LogUnreachable:
            if width == merkle.WIDTH:
                raise
        return (await self._get(merkle.tile_path(level, index), merkle.TILE_BYTES))[: width * HASH]

    async def _get(self, path: str, at_most: int) -> bytes:
        return await asyncio.to_thread(_fetched, f"{self.prefix}/{path}", at_most)


def _fetched(address: str, at_most: int) -> bytes:
    request = Request(address, headers={"User-Agent": "jishan-witness/1"})  # noqa: S310 - http and https only
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            data: bytes = answer.read(at_most + 1)
    except HTTPError as refused:
        refused.close()  # it holds the connection
        raise LogUnreachable(where=address, problem=f"{refused.code} {refused.reason}") from None
    except (URLError, OSError, ValueError) as error:
        raise LogUnreachable(where=address, problem=str(error)) from None
    if len(data) > at_most:
        raise LogUnreachable(where=address, problem="内容太长")
    return data


class Folder:
    """A bundle that was exported, or what a site's files look like when they are copied into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def checkpoint(self) -> str:
        """The signed note in the folder."""
        return _text(self._read("checkpoint"), str(self.folder / "checkpoint"))

    async def tile(self, level: int, index: int, width: int) -> bytes:
        """The first hashes of a tile; from the full tile when the partial one is not there."""
        try:
            return self._read(merkle.tile_path(level, index, width))
        except LogUnreachable:
            if width == merkle.WIDTH:
                raise
        return self._read(merkle.tile_path(level, index))[: width * HASH]

    def _read(self, path: str) -> bytes:
        try:
            with (self.folder / path).open("rb") as file:
                return file.read(NOTE_AT_MOST)
        except OSError as error:
            raise LogUnreachable(where=self.folder / path, problem=error.strerror) from None


class Open:
    """A book that is open here."""

    def __init__(self, db: BaseDBAsyncClient) -> None:
        self.db = db

    async def checkpoint(self) -> str:
        """The newest note that the book keeps."""
        row = await LedgerCheckpoint.filter().using_db(self.db).order_by("-size").first()
        if row is None:
            raise LogUnreachable(where="ledger_checkpoint", problem="还没有签过检查点")
        return row.note

    async def tile(self, level: int, index: int, width: int) -> bytes:
        """The first hashes of a tile."""
        return await tree.tile(self.db, level, index, width)


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise LogUnreachable(where=where, problem="不是文字") from None

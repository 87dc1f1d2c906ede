"""The Merkle tree of one book, read from its tiles and leaves: head, roots and proofs at any past size."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from weakref import WeakKeyDictionary

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import merkle
from ledger.errors import BookDamaged
from ledger.frontier import Frontier
from ledger.merkle import HASH, WIDTH, Node, Tile
from ledger.models import LedgerTile, LedgerTransaction


async def head(db: BaseDBAsyncClient) -> int:
    """How many transactions the book holds: the size of its tree."""
    rows = await db.execute_query_dict("SELECT MAX(position) AS size FROM ledger_transaction")
    return rows[0]["size"] or 0


async def root_at(db: BaseDBAsyncClient, size: int) -> bytes:
    """The root of the tree of the first `size` transactions. At most two statements, as for the proofs.

    Raises BookDamaged when a tile or a leaf that must exist is not there.
    """
    return merkle.root(size, await _load(db, merkle.root_nodes(size), size))


async def inclusion(db: BaseDBAsyncClient, position: int, size: int) -> list[bytes]:
    """The proof that the transaction at `position` (from 1) is in the tree of the first `size`.

    The right edge of a head is made of up to 255 rows on each level; for the proofs that follow it is remembered. Only
    here, because whoever gets a proof checks it; roots and audits read every row they stand on.
    """
    index, known = position - 1, _edges.setdefault(db, {})
    if len(known) > REMEMBERED:
        known.clear()
    return merkle.inclusion(index, size, await _load(db, merkle.inclusion_nodes(index, size), size, known))


REMEMBERED = 64
"""Partial tiles remembered for each open book, 8 KB each at most: two or three a signed head."""
Edge = dict[tuple[int, int, int], bytes]
"""Partial tiles by level, index and width: as long as a book only grows, they never change."""
_edges: WeakKeyDictionary[BaseDBAsyncClient, Edge] = WeakKeyDictionary()


async def consistency(db: BaseDBAsyncClient, old: int, new: int) -> list[bytes]:
    """The proof that the tree of the first `new` transactions begins with that of the first `old`."""
    return merkle.consistency(old, new, await _load(db, merkle.consistency_nodes(old, new), new))


async def frontier(db: BaseDBAsyncClient, size: int) -> Frontier:
    """The right edge of the tree of the first `size` transactions, to append to. At most two statements."""
    nodes = merkle.root_nodes(size)
    hashes = await _load(db, nodes, size)
    return Frontier(size, [hashes[node] for node in nodes])


async def partial_tiles(db: BaseDBAsyncClient, size: int) -> list[Tile]:
    """The tiles in progress of a tree of `size`, level by level: what a bundle holds beside the full ones."""
    wanted = [(level, full) for level, full, partial in merkle.tile_widths(size) if partial]
    loaded = await _tiles(db, wanted, size, {})
    return [Tile(level, index, loaded[level, index]) for level, index in wanted]


async def tile(db: BaseDBAsyncClient, level: int, index: int, width: int) -> bytes:
    """The first `width` hashes of a tile, which the book must have reached: read when it is full, else computed.

    Raises BookDamaged when what it is made of is not there.
    """
    if width == merkle.WIDTH:
        return (await _stored(db, {(level, index)}))[level, index]
    size = (index * WIDTH + width) << merkle.TILE_HEIGHT * level
    return (await _tiles(db, [(level, index)], size, {}))[level, index]


async def _load(
    db: BaseDBAsyncClient, nodes: list[Node], size: int, known: Edge | None = None
) -> Mapping[Node, bytes]:
    tiles = await _tiles(db, {merkle.tile_of(node) for node in nodes}, size, {} if known is None else known)
    return {node: merkle.node_in_tile(node, tiles[merkle.tile_of(node)]) for node in nodes}


async def _tiles(
    db: BaseDBAsyncClient, wanted: Collection[tuple[int, int]], size: int, known: Edge
) -> dict[tuple[int, int], bytes]:
    """The tiles of a tree of `size`, full or partial.

    A full one is a row. The partial one of level 0 is the leaves after the last full tile; that of a level
    above holds the roots of the full tiles below it, at most 255 rows for each level. Those read are put into `known`.
    """
    partial = {(level, full): width for level, full, width in merkle.tile_widths(size)}
    full: set[tuple[int, int]] = set()
    for level, index in wanted:
        width = partial.get((level, index))
        if width is None:
            full.add((level, index))
        elif level and (level, index, width) not in known:
            full.update((level - 1, index * WIDTH + below) for below in range(width))
    tiles = await _stored(db, full)
    for level, index in wanted:
        width = partial.get((level, index))
        if width is None:
            continue
        if (level, index, width) not in known:
            known[level, index, width] = await _partial(db, level, index, size, tiles)
        tiles[level, index] = known[level, index, width]
    return tiles


async def _partial(
    db: BaseDBAsyncClient, level: int, index: int, size: int, tiles: Mapping[tuple[int, int], bytes]
) -> bytes:
    if not level:
        return await _leaves(db, index * WIDTH, size)
    width = (size >> merkle.TILE_HEIGHT * level) % WIDTH
    return b"".join(merkle.tile_root(tiles[level - 1, index * WIDTH + n]) for n in range(width))


async def _stored(db: BaseDBAsyncClient, keys: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    if not keys:
        return {}
    rows = (
        await LedgerTile.filter(id__in=sorted(tile_id(*key) for key in keys))
        .using_db(db)
        .values_list("level", "index", "hashes")
    )
    tiles = {(level, index): bytes(hashes) for level, index, hashes in rows}
    for level, index in sorted(keys):
        if len(tiles.get((level, index), b"")) != merkle.TILE_BYTES:
            raise BookDamaged(problem=f"第 {level} 层第 {index} 块缺失或不完整")
    return tiles


async def _leaves(db: BaseDBAsyncClient, start: int, end: int) -> bytes:
    """The leaf hashes start ≤ index < end, joined."""
    leaves = (
        await LedgerTransaction.filter(position__gt=start, position__lte=end)
        .using_db(db)
        .order_by("position")
        .values_list("leaf", flat=True)
    )
    joined = b"".join(bytes(leaf) for leaf in leaves)
    if len(joined) != (end - start) * HASH:
        raise BookDamaged(problem=f"第 {start + 1} 笔到第 {end} 笔之间有缺失")
    return joined


def tile_id(level: int, index: int) -> int:
    """The key of a tile's row: level × 2⁴⁰ + index."""
    return (level << 40) + index

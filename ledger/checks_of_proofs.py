"""Does the tree stand on the leaves? Tiles against leaves, signed checkpoints against tiles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from ledger import checkpoints, merkle, recoveries, tree
from ledger.errors import LedgerError
from ledger.findings import N_, PAGE, Audit, Finding, Row, Values, pages
from ledger.stretches import Stretch

_TILES = 'SELECT id, level, "index", hashes FROM ledger_tile WHERE id >= ? AND id < ?'


class Tiles:
    """Every full tile is there and is made of the leaves, level upon level."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.index = audit.since // merkle.WIDTH
        self.pending: list[bytearray] = []

    async def begin(self) -> None:
        """What the tiles in progress held where the audit begins, which its record vouches for."""
        tiles = await tree.partial_tiles(self.audit.db, self.audit.since)
        self.pending = [bytearray() for _ in merkle.tile_widths(max(1, self.audit.since))]
        for tile in tiles:
            self.pending[tile.level] += tile.hashes

    async def take(self, stretch: Stretch) -> list[Finding]:
        """The tiles that these leaves complete, against those that are stored."""
        leaves = self.pending[0]
        leaves += b"".join([row[10] for row in stretch.transactions])
        count = len(leaves) // merkle.TILE_BYTES
        found: list[Finding] = []
        if count:
            first = tree.tile_id(0, self.index)
            rows = await self.audit.values(_TILES, first, first + count)
            stored = {row[0]: row for row in rows}
        for number in range(count):
            hashes = bytes(leaves[number * merkle.TILE_BYTES : (number + 1) * merkle.TILE_BYTES])
            found += _differences(0, self.index, hashes, stored.get(tree.tile_id(0, self.index)))
            found += await self._raise(1, merkle.tile_root(hashes), self.index)
            self.index += 1
        del leaves[: count * merkle.TILE_BYTES]
        return found

    async def _raise(self, level: int, root: bytes, below: int) -> list[Finding]:
        """The root of a full tile is a hash of the tile above, which may become full by it."""
        if len(self.pending) <= level:
            self.pending.append(bytearray())
        self.pending[level] += root
        if len(self.pending[level]) < merkle.TILE_BYTES:
            return []
        index, hashes = below // merkle.WIDTH, bytes(self.pending[level])
        self.pending[level].clear()
        number = tree.tile_id(level, index)
        rows = await self.audit.values(_TILES, number, number + 1)
        found = [*_differences(level, index, hashes, rows[0] if rows else None)]
        return found + await self._raise(level + 1, merkle.tile_root(hashes), index)

    async def end(self) -> list[Finding]:
        """No tile stands there that no leaf fills."""
        ((count,),) = await self.audit.values("SELECT count(*) FROM ledger_tile")
        facts = {"count": count, "right": _full_tiles(self.audit.size)}
        if count > facts["right"] and self.audit.size == await tree.head(self.audit.db):
            return [Finding("tiles", None, "ledger_tile", N_("有 {count} 块，应有 {right} 块"), facts)]
        return []


def _full_tiles(size: int) -> int:
    count = 0
    while size := size // merkle.WIDTH:
        count += size
    return count


def _differences(level: int, index: int, hashes: bytes, row: Values | None) -> Iterator[Finding]:
    span, where = merkle.WIDTH ** (level + 1), f"ledger_tile {level}/{index}"
    if row is None or (row[1], row[2]) != (level, index):
        yield Finding("tiles", index * span + 1, where, N_("缺少这一块"))
    elif row[3] != hashes:
        stored = bytes(row[3])
        first = next(
            (i for i in range(merkle.WIDTH) if stored[i * 32 : i * 32 + 32] != hashes[i * 32 : i * 32 + 32]),
            0,
        )
        position = index * span + first * (span // merkle.WIDTH) + 1
        what = N_("第 {position} 笔起的指纹与叶子不符")
        yield Finding("tiles", position, where, what, {"position": position})


async def checkpoints_match_tree(audit: Audit) -> AsyncIterator[Finding]:
    """Every signed head is the root of the tree of its size, and is signed by the book's key when one is given.

    A head that a recovery says was lost need only be signed: two people stand behind that entry, whose own head stands.
    """
    known = await recoveries.every(audit.db)
    query = (
        "SELECT size AS position, root, note, signed_at FROM ledger_checkpoint"
        " WHERE size > ? ORDER BY size LIMIT ?"
    )
    async for page in pages(audit, query):
        for row in page:
            size, where = row["position"], f"ledger_checkpoint {row['position']}"
            lost = any(one.explains(size, row["signed_at"]) for one in known)
            if not lost and size > audit.size and size > await tree.head(audit.db):
                what = N_("签过 {size} 笔，账本只剩 {here} 笔：末尾被截断")
                yield Finding("checkpoints", size, where, what, {"size": size, "here": audit.size})
                continue
            try:
                root = bytes(row["root"]) if lost else await tree.root_at(audit.db, size)
                signed = _signed(row["note"], audit.vkey)
                if not root == bytes(row["root"]) == signed.root or signed.size != size:
                    what = N_("前 {size} 笔的根与签过的检查点不符")
                    yield Finding("checkpoints", size, where, what, {"size": size})
            except LedgerError as error:
                yield Finding("checkpoints", size, where, error.template, error.facts)


def _signed(note: str, vkey: str | None) -> checkpoints.Checkpoint:
    return checkpoints.verify(note, vkey) if vkey else checkpoints.parse(checkpoints.parse_note(note).text)


_COSIGNED = """
SELECT w.id, w.size, w.witness, w.line, c.size AS signed FROM ledger_cosignature AS w
LEFT JOIN ledger_checkpoint AS c ON c.size = w.size WHERE w.id > ? ORDER BY w.id LIMIT ?"""


async def cosignatures_have_heads(audit: Audit) -> AsyncIterator[Finding]:
    """Every witness's line stands under a signed head and bears that witness's name. Its own key is the witness's."""
    after = ""
    while rows := await audit.db.execute_query_dict(_COSIGNED, [after, PAGE]):
        for row in rows:
            after = row["id"]
            if row["signed"] is None or row["id"] != f"{row['size']}/{row['witness']}" or not _names(row):
                what = N_("见证签名和它的检查点、见证人对不上")
                yield Finding("cosignatures", row["size"], f"ledger_cosignature {row['id']}", what)


def _names(row: Row) -> bool:
    try:
        (line,) = checkpoints.parse_note(f"\n\n{row['line']}\n").signatures
        return bool(line.name == row["witness"])
    except (LedgerError, ValueError):
        return False

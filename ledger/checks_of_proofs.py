"""Does the tree stand on the leaves? Tiles against leaves, signed checkpoints against tiles."""

from __future__ import annotations

from collections.abc import AsyncIterator

from ledger import checkpoints, merkle, recoveries, tree
from ledger.errors import LedgerError
from ledger.findings import PAGE, Audit, Finding, pages

_LEAVES = "SELECT position, leaf FROM ledger_transaction WHERE position > ? ORDER BY position LIMIT ?"


async def tiles_match_leaves(audit: Audit) -> AsyncIterator[Finding]:
    """Every full tile is there and is made of the leaves, level upon level."""
    above: list[list[bytes]] = [[]]
    leaves: list[bytes] = []
    index = after = 0
    while page := await audit.values(_LEAVES, after, PAGE):
        after = page[-1][0]
        audit.step(len(page))
        leaves += [leaf for _, leaf in page]
        while len(leaves) >= merkle.WIDTH:
            async for finding in _compare(audit, 0, index, b"".join(leaves[: merkle.WIDTH]), above):
                yield finding
            del leaves[: merkle.WIDTH]
            index += 1
    rows = await audit.db.execute_query_dict("SELECT count(*) AS n FROM ledger_tile")
    expected = _full_tiles(audit.size)
    if rows[0]["n"] > expected and audit.size == await tree.head(audit.db):
        yield Finding("tiles", None, "ledger_tile", f"有 {rows[0]['n']} 块，应有 {expected} 块")


def _full_tiles(size: int) -> int:
    count = 0
    while size := size // merkle.WIDTH:
        count += size
    return count


async def _compare(
    audit: Audit, level: int, index: int, hashes: bytes, above: list[list[bytes]]
) -> AsyncIterator[Finding]:
    rows = await audit.db.execute_query_dict(
        'SELECT id, hashes FROM ledger_tile WHERE level = ? AND "index" = ?', [level, index]
    )
    span = merkle.WIDTH ** (level + 1)
    where = f"ledger_tile {level}/{index}"
    if not rows or rows[0]["id"] != tree.tile_id(level, index):
        yield Finding("tiles", index * span + 1, where, "缺少这一块")
    elif bytes(rows[0]["hashes"]) != hashes:
        stored = bytes(rows[0]["hashes"])
        first = next(
            (i for i in range(merkle.WIDTH) if stored[i * 32 : i * 32 + 32] != hashes[i * 32 : i * 32 + 32]),
            0,
        )
        position = index * span + first * (span // merkle.WIDTH) + 1
        yield Finding("tiles", position, where, f"第 {position} 笔起的指纹与叶子不符")
    if len(above) <= level:
        above.append([])
    above[level].append(merkle.tile_root(hashes))
    if len(above[level]) == merkle.WIDTH:
        joined, above[level] = b"".join(above[level]), []
        async for finding in _compare(audit, level + 1, index // merkle.WIDTH, joined, above):
            yield finding


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
                yield Finding(
                    "checkpoints", size, where, f"签过 {size} 笔，账本只剩 {audit.size} 笔：末尾被截断"
                )
                continue
            try:
                root = bytes(row["root"]) if lost else await tree.root_at(audit.db, size)
                signed = _signed(row["note"], audit.vkey)
                if not root == bytes(row["root"]) == signed.root or signed.size != size:
                    yield Finding("checkpoints", size, where, f"前 {size} 笔的根与签过的检查点不符")
            except LedgerError as error:
                yield Finding("checkpoints", size, where, str(error))


def _signed(note: str, vkey: str | None) -> checkpoints.Checkpoint:
    return checkpoints.verify(note, vkey) if vkey else checkpoints.parse(checkpoints.parse_note(note).text)

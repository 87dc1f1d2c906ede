"""The Merkle tree of RFC 6962 over the transactions' leaves: hashes, tiles and proofs; storage is passed in.

A *node* (height, index) is the root of a full subtree: of the 2^height leaves that begin at leaf index ×
2^height. Leaves count from 0: the transaction at position p is leaf p − 1. Every root and proof is made of
nodes, so each question has two halves: which nodes does it take (`…_nodes`), and what is the answer once they
are in a mapping.

A *tile* (level, index), as in C2SP tlog-tiles with height 8, is 256 nodes of height 8 × level side by side,
8,192 bytes, beginning at node index × 256. A full tile never changes. Only full tiles are stored; what is
partial is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ledger import digests

HASH = 32
WIDTH = 256
TILE_HEIGHT = 8
TILE_BYTES = WIDTH * HASH
_hash = digests.BOOK.new
EMPTY_ROOT = _hash(b"").digest()


@dataclass(frozen=True, slots=True)
class Node:
    """The full subtree of 2^height leaves that begins at leaf index × 2^height."""

    height: int
    index: int


@dataclass(frozen=True, slots=True)
class Tile:
    """`hashes` is 32 bytes for each node of height 8 × level, from node index × 256 on; 256 when full."""

    level: int
    index: int
    hashes: bytes


def leaf_hash(body: bytes) -> bytes:
    """RFC 6962 §2.1: the book's hash of 0x00 ‖ body."""
    return _hash(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 §2.1: the book's hash of 0x01 ‖ left ‖ right."""
    return _hash(b"\x01" + left + right).digest()


# Tiles


def completed_tiles(
    size: int,
    leaves: Sequence[bytes],
    *,
    partial: bytes,
    stored: Callable[[int, int, int], Iterable[bytes]],
) -> list[Tile]:
    """The tiles that become full when `leaves` (32-byte leaf hashes) are appended to a tree of `size` leaves.

    partial  the leaf hashes of the level-0 tile in progress, joined: exactly 32 × (size mod 256) bytes
    stored   stored(level, first, end) gives the `hashes` of the stored full tiles first ≤ index < end of that
             level, in order. It is called only when a tile above level 0 fills up: once in 65,536 leaves, for
             at most 255 tiles.

    The answer is in the order level 0, 1, 2 … and by index within a level; it is empty for most appends.
    """
    assert len(partial) == size % WIDTH * HASH, "partial must hold the leaves after the last full tile"
    return _completed(0, size, partial + b"".join(leaves), stored)


def _completed(
    level: int, size: int, pending: bytes, stored: Callable[[int, int, int], Iterable[bytes]]
) -> list[Tile]:
    """`size` nodes of this level were there before; `pending` are those after its last full tile, new ones too."""
    first, count = size // WIDTH, len(pending) // TILE_BYTES
    if not count:
        return []
    tiles = [Tile(level, first + n, pending[n * TILE_BYTES : (n + 1) * TILE_BYTES]) for n in range(count)]
    roots = b"".join(tile_root(tile.hashes) for tile in tiles)
    begun = first - first % WIDTH
    if first % WIDTH + count >= WIDTH:
        roots = b"".join(tile_root(hashes) for hashes in stored(level, begun, first)) + roots
        assert len(roots) == (first - begun + count) * HASH, (
            f"tiles {begun} to {first} of level {level} are missing"
        )
        return tiles + _completed(level + 1, first, roots, stored)
    return tiles


@lru_cache(maxsize=1024)
def tile_root(hashes: bytes) -> bytes:
    """The root over a full tile: one node of the level above. Remembered: a full tile never changes (8 MB)."""
    return _full_root(hashes)


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Where C2SP tlog-tiles keeps a tile: `tile/0/x001/x234/067`; with 44 hashes yet: `…/067.p/44`."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < WIDTH else "")


def tile_widths(size: int) -> list[tuple[int, int, int]]:
    """Each level of a tree of `size` leaves: (level, full tiles, hashes in the partial tile after them or 0)."""
    levels: list[tuple[int, int, int]] = []
    while size:
        levels.append((len(levels), size // WIDTH, size % WIDTH))
        size //= WIDTH
    return levels


def tile_of(node: Node) -> tuple[int, int]:
    """The (level, index) of the tile that holds a node or the hashes right under it."""
    level, inner = divmod(node.height, TILE_HEIGHT)
    return level, (node.index << inner) // WIDTH


def node_in_tile(node: Node, hashes: bytes) -> bytes:
    """A node's hash from the tile named by `tile_of`, which may be partial if it reaches that far."""
    inner = node.height % TILE_HEIGHT
    first = (node.index << inner) % WIDTH * HASH
    part = hashes[first : first + (HASH << inner)]
    assert len(part) == HASH << inner, f"the tile does not reach {node}"
    return _full_root(part) if node.height < TILE_HEIGHT else _shared_root(part)


@lru_cache(maxsize=2048)
def _shared_root(hashes: bytes) -> bytes:
    """The root over part of a tile above the lowest, which thousands of proofs share. Remembered (8 MB at most)."""
    return _full_root(hashes)


def _full_root(hashes: bytes) -> bytes:
    """The root over 2^n hashes, level by level."""
    while len(hashes) > HASH:
        hashes = b"".join(
            _hash(b"\x01" + hashes[at : at + 2 * HASH]).digest() for at in range(0, len(hashes), 2 * HASH)
        )
    return hashes


# Roots and proofs


def root_nodes(size: int) -> list[Node]:
    """The nodes that `root` takes: one for each one-bit of `size`."""
    return _subtrees(0, size)


def root(size: int, hashes: Mapping[Node, bytes]) -> bytes:
    """The head of the tree of the first `size` leaves (RFC 6962 §2.1)."""
    return _range_root(0, size, hashes) if size else EMPTY_ROOT


def inclusion_nodes(index: int, size: int) -> list[Node]:
    """The nodes that `inclusion` takes."""
    return [node for span in _inclusion_spans(index, size) for node in _subtrees(*span)]


def inclusion(index: int, size: int, hashes: Mapping[Node, bytes]) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves, leaf upwards (RFC 6962 §2.1.1)."""
    return [_range_root(*span, hashes) for span in _inclusion_spans(index, size)]


def consistency_nodes(old: int, new: int) -> list[Node]:
    """The nodes that `consistency` takes."""
    return [node for span in _consistency_spans(old, new) for node in _subtrees(*span)]


def consistency(old: int, new: int, hashes: Mapping[Node, bytes]) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with the tree of `old` leaves (RFC 6962 §2.1.2)."""
    return [_range_root(*span, hashes) for span in _consistency_spans(old, new)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Does `proof` lead from the leaf hash at `index` to the root of `size` leaves? RFC 9162 §2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            computed = node_hash(sibling, computed)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Does `proof` show that the tree with `old_root` is the beginning of the one with `new_root`? RFC 9162
    §2.1.4.2.

    The empty tree is the beginning of every tree, and each tree of itself; their proof is empty.
    """
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not proof and old_root == (new_root if old else EMPTY_ROOT)
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _inclusion_spans(index: int, size: int) -> list[tuple[int, int]]:
    """PATH(m, D[n]) as spans of leaves: at each split, the half without the leaf; nearest first."""
    assert 0 <= index < size, f"leaf {index} is not in a tree of {size}"
    spans, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def _consistency_spans(old: int, new: int) -> list[tuple[int, int]]:
    """SUBPROOF(m, D[n], true) as spans of leaves; nearest first; none for the empty and for the same tree."""
    assert 0 <= old <= new, f"a tree of {new} does not begin with one of {old}"
    if old in {0, new}:
        return []
    spans, start, end = [], 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    # What remains is the end of the old tree; the verifier knows it already when it is the whole old tree.
    return ([(start, end)] if start else []) + spans[::-1]


def _split(count: int) -> int:
    """The greatest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _subtrees(start: int, end: int) -> list[Node]:
    """The full subtrees side by side that make up the leaves start ≤ leaf < end, greatest first."""
    nodes = []
    while start < end:
        height = (end - start).bit_length() - 1
        nodes.append(Node(height, start >> height))
        start += 1 << height
    return nodes


def _range_root(start: int, end: int, hashes: Mapping[Node, bytes]) -> bytes:
    *rest, last = (hashes[node] for node in _subtrees(start, end))
    for left in reversed(rest):
        last = node_hash(left, last)
    return last

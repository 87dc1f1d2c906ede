"""The Merkle tree is RFC 6962's: against its published examples, against its recursive definition, and
against tampering.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger import merkle
from ledger.merkle import Node, Tile

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/ledger/rfc6962.json").read_text())


def definition(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 §2.1 writes it, recursively: the independent model."""
    if len(leaves) < 2:
        return leaves[0] if leaves else merkle.EMPTY_ROOT
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(definition(leaves[:split]), definition(leaves[split:]))


class Hashes(dict[Node, bytes]):
    """Every node of a small tree, from the definition; remembers which nodes were read."""

    def __init__(self, leaves: list[bytes]) -> None:
        super().__init__()
        self.leaves = leaves

    def __missing__(self, node: Node) -> bytes:
        begin = node.index << node.height
        self[node] = definition(self.leaves[begin : begin + (1 << node.height)])
        return self[node]


def numbered(count: int) -> list[bytes]:
    """`count` leaf hashes, all different."""
    return [merkle.leaf_hash(b"%d" % n) for n in range(count)]


KNOWN = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference_log(size: int) -> None:
    """The eight-leaf example of Certificate Transparency gives the published roots."""
    assert merkle.root(size, Hashes(KNOWN)).hex() == VECTORS["roots"][size]


@pytest.mark.parametrize("known", VECTORS["inclusion"], ids=str)
def test_inclusion_proofs_are_those_of_the_reference_log(known: dict[str, Any]) -> None:
    """The published audit paths are made, and accepted."""
    proof = merkle.inclusion(known["index"], known["size"], Hashes(KNOWN))
    assert [step.hex() for step in proof] == known["proof"]
    root = bytes.fromhex(VECTORS["roots"][known["size"]])
    assert merkle.verify_inclusion(KNOWN[known["index"]], known["index"], known["size"], proof, root)


@pytest.mark.parametrize("known", VECTORS["consistency"], ids=str)
def test_consistency_proofs_are_those_of_the_reference_log(known: dict[str, Any]) -> None:
    """The published consistency proofs are made, and accepted."""
    proof = merkle.consistency(known["old"], known["new"], Hashes(KNOWN))
    assert [step.hex() for step in proof] == known["proof"]
    roots = [bytes.fromhex(VECTORS["roots"][known[size]]) for size in ("old", "new")]
    assert merkle.verify_consistency(known["old"], known["new"], proof, *roots)


def test_every_leaf_of_every_small_tree_can_be_proved_and_with_exactly_the_nodes_named() -> None:
    """For all sizes to 40: root, inclusion of each leaf, consistency with each beginning; no node beyond
    those announced.
    """
    leaves = numbered(40)
    for size in range(41):
        hashes = Hashes(leaves)
        root = merkle.root(size, hashes)
        assert root == definition(leaves[:size])
        assert list(hashes) == merkle.root_nodes(size)
        for index in range(size):
            hashes = Hashes(leaves)
            proof = merkle.inclusion(index, size, hashes)
            assert merkle.verify_inclusion(leaves[index], index, size, proof, root)
            assert set(hashes) == set(merkle.inclusion_nodes(index, size))
        for old in range(size + 1):
            hashes = Hashes(leaves)
            proof = merkle.consistency(old, size, hashes)
            assert merkle.verify_consistency(old, size, proof, definition(leaves[:old]), root)
            assert set(hashes) == set(merkle.consistency_nodes(old, size))


def test_an_inclusion_proof_of_anything_else_is_refused() -> None:
    """Another leaf, index, size, root, a step changed, dropped or added: none is accepted."""
    leaves = numbered(13)
    hashes, root = Hashes(leaves), definition(leaves)
    for index in range(13):
        proof = merkle.inclusion(index, 13, hashes)
        verify = merkle.verify_inclusion
        assert not verify(leaves[(index + 1) % 13], index, 13, proof, root)
        assert not any(
            verify(leaves[index], other, 13, proof, root) for other in range(-1, 14) if other != index
        )
        assert not verify(leaves[index], index, 13, proof, definition(leaves[:12]))
        assert not verify(leaves[index], index, 13, proof[:-1], root)
        assert not verify(leaves[index], index, 13, [*proof, root], root)
        for step in range(len(proof)):
            changed = [*proof[:step], merkle.leaf_hash(proof[step]), *proof[step + 1 :]]
            assert not verify(leaves[index], index, 13, changed, root)


def test_a_consistency_proof_of_a_rewritten_tree_is_refused() -> None:
    """When one old leaf is changed, no proof from the new tree leads to the old root; nor does a damaged
    proof.
    """
    leaves = numbered(13)
    for old in range(1, 13):
        old_root = definition(leaves[:old])
        rewritten = [merkle.leaf_hash(b"another"), *leaves[1:]]
        proof = merkle.consistency(old, 13, Hashes(rewritten))
        assert not merkle.verify_consistency(old, 13, proof, old_root, definition(rewritten))
        proof = merkle.consistency(old, 13, Hashes(leaves))
        root = definition(leaves)
        assert not merkle.verify_consistency(old, 13, proof[:-1], old_root, root)
        assert not merkle.verify_consistency(old, 13, [*proof, root], old_root, root)
        assert not merkle.verify_consistency(13, old, proof, root, old_root)
    assert not merkle.verify_consistency(13, 13, [], definition(leaves), old_root)
    assert not merkle.verify_consistency(0, 13, [], old_root, definition(leaves))


@pytest.mark.parametrize("batches", [[66_000], [255, 1, 255, 2, 65_000, 22, 1], [512] * 129])
def test_tiles_fill_up_alike_whatever_the_batches(batches: list[int]) -> None:
    """However the leaves arrive, the same tiles become full, each once, and their hashes are the nodes of the
    tree.
    """
    leaves = numbered(sum(batches))
    tiles: dict[tuple[int, int], bytes] = {}
    asked: list[tuple[int, int, int]] = []

    def stored(level: int, first: int, end: int) -> list[bytes]:
        asked.append((level, first, end))
        return [tiles[level, index] for index in range(first, end)]

    size = 0
    for count in batches:
        partial = b"".join(leaves[size - size % 256 : size])
        for tile in merkle.completed_tiles(size, leaves[size : size + count], partial=partial, stored=stored):
            assert (tile.level, tile.index) not in tiles
            tiles[tile.level, tile.index] = tile.hashes
        size += count
    assert {key for key in tiles if key[0]} == ({(1, 0)} if size >= 65_536 else set())
    assert sorted(index for level, index in tiles if level == 0) == list(range(size // 256))
    assert all(
        hashes == b"".join(leaves[i * 256 : i * 256 + 256]) for (at, i), hashes in tiles.items() if at == 0
    )
    assert len(asked) == 1
    assert merkle.tile_root(tiles[1, 0]) == definition(leaves[:65_536])


def test_a_wrong_partial_tile_is_not_taken() -> None:
    """The caller must hand in exactly the leaves after the last full tile."""
    with pytest.raises(AssertionError, match="partial"):
        merkle.completed_tiles(300, numbered(1), partial=b"", stored=lambda *_: [])


def test_a_node_is_found_in_its_tile() -> None:
    """A node of height 10 is the root over four hashes of a level-1 tile."""
    hashes = b"".join(numbered(256))
    node = Node(10, 64 + 5)
    assert merkle.tile_of(node) == (1, 1)
    expected = definition(numbered(24)[20:])
    assert merkle.node_in_tile(node, hashes) == expected
    with pytest.raises(AssertionError, match="does not reach"):
        merkle.node_in_tile(node, hashes[: 23 * 32])


def test_tile_paths_are_those_of_tlog_tiles() -> None:
    """The path examples of the C2SP specification."""
    assert merkle.tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert merkle.tile_path(1, 0) == "tile/1/000"
    assert merkle.tile_path(0, 273, 112) == "tile/0/273.p/112"
    assert merkle.tile_path(3, 1000) == "tile/3/x001/000"


def test_the_tiles_of_a_tree_are_counted_level_by_level() -> None:
    """70,000 leaves: 273 full tiles and 112 leaves; one full tile and 17 hashes; and one hash at level 2."""
    assert merkle.tile_widths(70_000) == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert merkle.tile_widths(256) == [(0, 1, 0), (1, 0, 1)]
    assert merkle.tile_widths(0) == []


def test_a_tile_is_a_value() -> None:
    """Tiles compare by what they hold."""
    assert Tile(0, 1, b"x") == Tile(0, 1, b"x") != Tile(1, 1, b"x")

"""A small story told as the ledger's texts, its bundle and its receipts, for the tests of everything that proves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ledger import checkpoints, encoding, merkle, receipts, signatures, verify
from ledger.transactions import Account, Evidence, Line, Posting

VECTORS = Path(__file__).parents[1] / "vectors/ledger"
GOLDEN = VECTORS / "bundle"
KEY = signatures.parse_secret((VECTORS / "test-only.secret").read_text())
VKEY = str(KEY.verifier)
NO_FLOOR = ("system/issued", "system/honour", "system/goods", "member/1/owed")


@dataclass
class Texts:
    """Writes transactions' texts as the ledger does, a second independent way: no decisions, only sums."""

    bodies: list[bytes] = field(default_factory=list)
    accounts: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, kind: str, *postings: tuple[str, str, int, str], reverses: int | None = None) -> bytes:
        """The next text; each posting is (source, target, amount, unit)."""
        position = len(self.bodies) + 1
        opened: list[Account] = []
        lines = [self._line(Posting(*posting), opened) for posting in postings]
        body = encoding.encode(
            position=position,
            reference=f"{kind}/2018-07-04/{position}",
            request=encoding.digest(f"request {position}"),
            kind=kind,
            evidence=Evidence(kind, f"0190-{position}", encoding.digest(f"evidence {position}")),
            effective_on=date(2018, 7, 4) + timedelta(days=-position % 5),
            recorded_at=datetime(2026, 11, 21, 10, tzinfo=UTC) + timedelta(minutes=position),
            reverses=reverses,
            opened=tuple(opened),
            chart=encoding.digest("chart"),
            lines=tuple(lines),
        )
        self.bodies.append(body)
        return body

    def _line(self, posting: Posting, opened: list[Account]) -> Line:
        for address in (posting.source, posting.target):
            if (address, posting.unit) not in self.accounts:
                floor = None if address in NO_FLOOR else -60 if "/cap/" in address else 0
                opened.append(Account(address, posting.unit, floor))
        source, target = (posting.source, posting.unit), (posting.target, posting.unit)
        for key, change in ((source, -posting.amount), (target, posting.amount)):
            version, balance = self.accounts.get(key, (0, 0))
            self.accounts[key] = (version + 1, balance + change)
        return Line(posting.unit, *_figures(source, self), *_figures(target, self), posting.amount)


def _figures(key: tuple[str, str], texts: Texts) -> tuple[str, int, int]:
    return (key[0], *texts.accounts[key])


def story(count: int = 12) -> Texts:
    """Points are allocated, awarded, vested, spent, corrected; a role is granted; then more awards up to
    `count`.
    """
    fund, stock, taken = "fund/440310001002/2018-07", "shop/s.1/stock", "shop/s.1/taken"
    noticed, until, cap = "member/1/noticed", "member/1/until/2019-12-31", "member/1/cap/report:60/2018-07"
    texts = Texts()
    texts.add("allocate", ("system/issued", fund, 2000, "points"))
    texts.add("stock", ("system/goods", stock, 5, "item:17"))
    texts.add("act")
    award = [(fund, noticed, 5, "points"), ("system/honour", "member/1/honour", 5, "honour")]
    texts.add("award", *award, (cap, "system/caps", 5, "cap"))
    texts.add("award", *award)
    texts.add("vest", (noticed, until, 5, "points"))
    texts.add("vest", (noticed, until, 5, "points"))
    texts.add(
        "redeem",
        (until, taken, 3, "points"),
        (until, taken, 4, "points"),
        (stock, "system/out", 1, "item:17"),
    )
    texts.add("undo", (taken, until, 7, "points"), ("system/out", stock, 1, "item:17"), reverses=8)
    back = [(until, fund, 5, "points"), ("member/1/honour", "system/honour", 5, "honour")]
    texts.add("correct", *back, reverses=5)
    texts.add("redeem", (until, taken, 5, "points"), (stock, "system/out", 1, "item:17"))
    texts.add("correct", ("member/1/owed", noticed, 5, "points"), reverses=6)
    for _ in range(count - 12):
        texts.add("award", (fund, noticed, 1, "points"), ("system/honour", "member/1/honour", 1, "honour"))
    return texts


def note_of(bodies: Iterable[bytes]) -> str:
    """The signed checkpoint of texts."""
    tree = verify.Tree(Path(), verify.Findings())
    leaves = [merkle.leaf_hash(body) for body in bodies]
    root = verify.subtree(leaves) if leaves else tree.root()
    return signatures.sign(KEY, checkpoints.Checkpoint(KEY.name, len(leaves), root))


def pack(folder: Path, bodies: list[bytes]) -> Path:
    """A bundle's checked part, tiles cut from the leaves by their definition."""
    folder.mkdir(parents=True)
    (folder / "transactions.jsonl").write_bytes(b"".join(body + b"\n" for body in bodies))
    (folder / "checkpoint").write_text(note_of(bodies))
    (folder / "key").write_text(VKEY + "\n")
    nodes, level = [merkle.leaf_hash(body) for body in bodies], 0
    while nodes:
        tiles = [nodes[at : at + 256] for at in range(0, len(nodes), 256)]
        for index, tile in enumerate(tiles):
            path = folder / merkle.tile_path(level, index, len(tile))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(tile))
        nodes, level = [verify.subtree(tile) for tile in tiles if len(tile) == 256], level + 1
    return folder


def receipt_of(position: int, bodies: list[bytes]) -> str:
    """A receipt for a text among others."""
    nodes = {
        node: verify.subtree(
            [merkle.leaf_hash(body) for body in bodies][node.index << node.height :][: 1 << node.height]
        )
        for node in merkle.inclusion_nodes(position - 1, len(bodies))
    }
    proof = tuple(merkle.inclusion(position - 1, len(bodies), nodes))
    return receipts.format_receipt(
        receipts.KeptReceipt(bodies[position - 1], position, proof, note_of(bodies))
    )

"""Check a bundle or a receipt of the ledger: one file, Python's standard library, no network, no trust in us.

    python verify.py BUNDLE|RECEIPT --key VKEY       a folder with transactions.jsonl, tile/…; what somebody keeps
    python verify.py BUNDLE  --since OLD_CHECKPOINT  also: nothing in an earlier checkpoint was changed

VKEY (the text, or a file that holds it) and OLD_CHECKPOINT must come from outside: the notice board, your files.
Exit status: 0 all is well; 1 something is wrong, and where; 2 wrong usage, or no SM3 in this Python; 3 whole in
itself, signer not checked. Of a bundle, README.txt and the two books are not read.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
from array import array
from collections import Counter
from datetime import date, datetime
from hashlib import algorithms_available, new, sha256, sha512
from pathlib import Path
from typing import Any, BinaryIO
from unicodedata import is_normalized

LINE_AT_MOST, GREATEST = 1 << 20, 2**53 - 1
HASH, TITLE = ["sha256"], "积善簿凭证 · Jishan receipt v1"  # the hash is the one that the first text names
NOTE = re.compile(r"(\S+)\n(0|[1-9][0-9]{0,15})\n(\S{44})\n(?:.+\n)*\n((?:— \S+ \S+\n)+)")
ACCOUNT, EVIDENCE = dict.fromkeys(("address", "unit"), str), dict.fromkeys(("digest", "id", "kind"), str)
POSTING: dict[str, type] = {"amount": int, "source": str, "target": str, "unit": str}
POSTING |= dict.fromkeys(("source_balance", "source_version", "target_balance", "target_version"), int)
TEXT: dict[str, type] = {"accounts": list, "evidence": dict, "position": int, "postings": list, "v": int}
TEXT |= dict.fromkeys(("chart", "effective_on", "kind", "recorded_at", "reference", "request"), str)
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = (0x216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A, 4 * pow(5, -1, P) % P)
UNREADABLE = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


class Findings:
    """Says what is wrong when it is found, fifty times at most, and counts; `position` is what is being read."""

    count = position = 0

    def expect(self, holds: object, sentence: str, position: int = 0) -> None:
        """Unless it holds, the sentence (Chinese / English) is a finding about the transaction at a position."""
        self.count += not holds
        if not holds and self.count <= 50:
            at = position or self.position
            print(f"✗ 第 {at} 笔: {sentence} (transaction {at})" if at else f"✗ {sentence}")


def check_bundle(folder: Path, key: str, since: str | None, findings: Findings) -> str:
    """Replay every text, rebuild the tree, compare tiles, size, root and signature; say what it was."""
    own_key = plain(folder / "key").read_bytes().decode()
    key = key or own_key.removesuffix("\n")
    findings.expect(own_key == key + "\n", "里面的公钥不是给出的那把 / another key inside than given")
    old_size, old_root = open_note(plain(Path(since)).read_bytes(), key)[1:] if since else (0, b"")
    origin, size, root = open_note(plain(folder / "checkpoint").read_bytes(), key)
    texts, signed = plain(folder / "transactions.jsonl", 1 << 60), max(size, old_size)
    with texts.open("rb") as lines, texts.open("rb") as again:
        HASH[0] = "sm3" if b'"chart":"sm3:' in again.readline(LINE_AT_MOST) else "sha256"
        replay, tree = Replay(findings, again), Tree(folder, findings)
        while tree.size <= signed and findings.count < 1_000 and (line := lines.readline(LINE_AT_MOST)):
            tree.append(hashed(b"\0" + line.removesuffix(b"\n")))
            replay.take(line)
            same = tree.size != old_size or tree.root() == old_root
            findings.expect(same, f"前 {old_size} 笔改过 / not those of the old checkpoint")
    findings.position = 0
    for level in range(len(tree.levels)):
        tree.compare(level)
    findings.expect(tree.size == signed, f"签过 {signed} 笔，实有 {tree.size} 笔 / signed for, and found")
    findings.expect(tree.root() == root, "重算的树根和检查点不同 / the root is not the checkpoint's")
    return f"{origin}，共 {tree.size} 笔 / {tree.size} transactions"


def check_receipt(path: Path, key: str, since: str | None, findings: Findings) -> str:
    """Title, text, an empty line, a C2SP tlog-proof: they belong together. The help after them proves nothing."""
    top, proof, note = plain(path, 2 * LINE_AT_MOST).read_bytes().partition(b"\n\n# ")[0].split(b"\n\n", 2)
    (title, body), (version, index, *steps) = top.split(b"\n"), proof.decode().split("\n")
    origin, size, root = open_note(note.rstrip(b"\n") + b"\n", key)
    outside = open_note(plain(Path(since)).read_bytes(), key) if since else (origin, size, root)
    findings.expect(
        outside == (origin, size, root), "凭证的检查点不是给出的那个 / not the checkpoint you gave"
    )
    HASH[0] = "sm3" if b'"chart":"sm3:' in body else "sha256"
    position = findings.position = read_body(body)["position"]
    known = (title.decode(), version, index) == (TITLE, "c2sp.org/tlog-proof@v1", f"index {position - 1}")
    findings.expect(known, "序号或版本不对 / not the text's index, or an unknown version")
    computed = root_from(hashed(b"\0" + body), position - 1, size, [*map(unbase64, steps)])
    findings.expect(computed == root, "证明和检查点对不上 / the proof does not lead to the checkpoint")
    return f"{origin}，第 {position} 笔在 {size} 笔之内 / transaction {position} is among the {size}"


def plain(path: Path, at_most: int = 1 << 16) -> Path:
    """A path that leads to a file, for a pipe or a device never ends, and to one no longer than what belongs there."""
    if not path.is_file() or path.stat().st_size > at_most:
        raise ValueError(f"{path.name} 不是文件，或者太长 / is no file, or too long")
    return path


class Replay:
    """Takes the texts in order; keeps each account's floor, version and balance, and where each text begins."""

    def __init__(self, findings: Findings, again: BinaryIO) -> None:
        self.expect, self.findings, self.recorded_at = findings.expect, findings, ""
        self.again, self.begins = again, array("Q", [0])  # a correction reads its original once more
        self.accounts: dict[tuple[str, str], tuple[int | None, int, int]] = {}
        self.references, self.reversed = set[bytes](), set[int]()  # of a reference, 16 bytes of its SHA-256

    def take(self, line: bytes) -> None:
        """The next text, with its newline."""
        self.findings.position = len(self.begins)
        self.begins.append(self.begins[-1] + len(line))
        try:
            text = read_body(line[:-1] if line.endswith(b"\n") else b"")
            self._begin(text)
            for posting in text["postings"]:
                self._post(posting)
            if "reverses" in text:
                self._reverse(text, text["reverses"])
        except UNREADABLE:
            self.expect(False, "内容不是规定的写法 / the text is not in canonical form")

    def _begin(self, text: dict[str, Any]) -> None:
        reference = sha256(text["reference"].encode()).digest()[:16]
        self.expect(text["position"] == self.findings.position, "写着别的位置 / says another position")
        self.expect(text["recorded_at"] >= self.recorded_at, "时间早于上一笔 / earlier than the one before")
        self.expect(reference not in self.references, f"编号用过了 / used before: {text['reference']!r}")
        self.recorded_at = text["recorded_at"]
        self.references.add(reference)
        used = {(line[side], line["unit"]) for line in text["postings"] for side in ("source", "target")}
        for account in text["accounts"]:
            key = (account["address"], account["unit"])
            new_one = key in used and key not in self.accounts and abs(account.get("floor", 0)) <= GREATEST
            self.expect(new_one, f"{key} 不该开户 / opened again or unused")
            self.accounts.setdefault(key, (account.get("floor"), 0, 0))
        self.expect(used <= self.accounts.keys(), "用了没有开户的账户 / uses an account never opened")

    def _post(self, posting: dict[str, Any]) -> None:
        amount, moves = posting["amount"], posting["source"] != posting["target"]
        self.expect(0 < amount <= GREATEST and moves, "数量或两头不对 / an impossible amount or target")
        for side, change in (("source", -amount), ("target", amount)):
            key = (posting[side], posting["unit"])
            floor, version, balance = self.accounts.get(key, (None, 0, 0))
            version, balance = version + 1, balance + change
            written = (posting[side + "_version"], posting[side + "_balance"])
            self.expect(written[0] == version, f"{key} 版本应为 / the version should be {version}")
            self.expect(written[1] == balance, f"{key} 余额应为 / the balance should be {balance}")
            low = change < 0 and floor is not None and balance < floor
            self.expect(not low and abs(balance) <= GREATEST, f"{key} 低于下限 {floor} / is below its floor")
            self.accounts[key] = (floor, *written)  # so that one fault is one finding

    def _reverse(self, text: dict[str, Any], original: int) -> None:
        once = 0 < original < self.findings.position and original not in self.reversed
        self.expect(once, f"第 {original} 笔不能更正 / was reversed before, or is not there")
        if once:
            self.reversed.add(original)
            self.again.seek(self.begins[original - 1])
            took, sums = read_body(self.again.readline(LINE_AT_MOST)[:-1]), Counter[tuple[str, str]]()
            for of, side, sign in ((took, "source", 1), (text, "target", -1)):
                for one in of["postings"]:
                    sums[one[side], one["unit"]] += sign * one["amount"]
            self.expect(not any(sums.values()), f"没有原样还回第 {original} 笔 / not what it took")


def read_body(body: bytes) -> dict[str, Any]:
    """A transaction's text, format version 1; one of UNREADABLE unless canonical and every field of its kind."""
    text: dict[str, Any] = json.loads(body)
    parts: list[Any] = [(text, TEXT, {"reverses": int}), (text["evidence"], EVIDENCE, {})]
    parts += [(posting, POSTING, {}) for posting in text["postings"]]
    parts += [(account, ACCOUNT, {"floor": int}) for account in text["accounts"]]
    whole = text["v"] == 1 and len(text["postings"]) <= 256 and is_normalized("NFC", body.decode())
    for part, fields, more in parts:
        whole &= {name: type(part[name]) for name in part} in (fields, fields | more)
    named = (text["chart"], text["request"], text["evidence"]["digest"])
    digests = all(re.fullmatch(HASH[0] + ":[0-9a-f]{64}", one) for one in named)
    day = date.fromisoformat(text["effective_on"]).isoformat()
    moment = datetime.fromisoformat(text["recorded_at"][:26]).isoformat(timespec="microseconds") + "Z"
    text |= {"effective_on": day, "recorded_at": moment}
    again = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if not (whole and digests and again == body):
        raise ValueError("内容不是规定的写法 / the text is not in canonical form")
    return text


class Tree:
    """RFC 6962 over the texts, in tiles of 256 hashes; each is compared with the bundle's as soon as it is full."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder, self.findings, self.size = folder, findings, 0
        self.levels: list[list[bytes]] = []  # the tile in progress on each level

    def append(self, node: bytes, level: int = 0) -> None:
        """The next leaf; or, on a level above, the root of the tile that was filled below."""
        self.size += level == 0
        self.levels += [[]] * (level == len(self.levels))
        self.levels[level].append(node)
        if len(self.levels[level]) == 256:
            self.compare(level)
            full, self.levels[level] = self.levels[level], []
            self.append(subtree(full), level + 1)

    def root(self) -> bytes:
        """The root so far: the hashes of each level, with what the levels below leave over on their right."""
        rest: list[bytes] = []
        for hashes in self.levels:
            rest = [subtree(hashes + rest)] if hashes or rest else []
        return rest[0] if rest else hashed(b"")

    def compare(self, level: int) -> None:
        """The tile in progress on a level with the bundle's: tile/LEVEL/x001/x234/067, and .p/44 while it has 44."""
        hashes, index = self.levels[level], (self.size - 1) // 256 ** (level + 1)
        groups = [f"x{index // 1000**n % 1000:03d}" for n in range(7, 0, -1) if index // 1000**n]
        name = f"{index % 1000:03d}" + f".p/{len(hashes)}" * (len(hashes) < 256)
        path = self.folder.joinpath("tile", str(level), *groups, name)
        stored = plain(path).read_bytes() if hashes and path.is_file() else b""
        differ = (n for n, node in enumerate(hashes) if stored[n * 32 : n * 32 + 32] != node)
        position = (index * 256 + next(differ, 0)) * 256**level + 1
        self.findings.expect(stored == b"".join(hashes), f"和 {path} 对不上 / is not so there", position)


def subtree(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1 over hashes."""
    split = 1 << (len(hashes) - 1).bit_length() - 1 if len(hashes) > 1 else 0
    return hashed(b"\1" + subtree(hashes[:split]) + subtree(hashes[split:])) if split else hashes[0]


def root_from(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to: PATH of RFC 6962 §2.1.1, read backwards."""
    if size <= 1:
        return leaf if (index, size, proof) == (0, 1, []) else b""
    split = 1 << (size - 1).bit_length() - 1
    if index < split:
        return hashed(b"\1" + root_from(leaf, index, split, proof[:-1]) + proof[-1])
    return hashed(b"\1" + proof[-1] + root_from(leaf, index - split, size - split, proof[:-1]))


def hashed(data: bytes) -> bytes:
    """By the book's hash."""
    return new(HASH[0], data).digest()


def open_note(data: bytes, key: str) -> tuple[str, int, bytes]:
    """Origin, size and root of a checkpoint; if a key is given, its signer must be the origin, and no line false."""
    note = NOTE.fullmatch(data.decode())
    if not note or not (data.decode() + key).replace("\n", "").isprintable():
        raise ValueError("检查点不是规定的写法 / not a signed note")
    origin, size, root, lines = note.groups()
    if key:
        name, key_id, encoded = key.split("+", 2)
        public, text = unbase64(encoded, 33), data[: -len(lines.encode()) - 1]
        own_id = sha256(name.encode() + b"\n" + public).digest()[:4]
        named = [unbase64(line.split(" ")[2], 0) for line in lines.splitlines() if line.split(" ")[1] == name]
        signed = [ed25519(public[1:], text, one[4:]) for one in named if one[:4] == own_id]
        if not all(signed) or (not signed, public[:1], key_id, origin) != (False, b"\1", own_id.hex(), name):
            raise ValueError(f"检查点不是 {name} 签的，或签后改过 / not signed by it, or changed since")
    return origin, int(size), unbase64(root)


def unbase64(text: str, length: int = 32) -> bytes:
    """So many bytes (0: any number), from base64 in its one canonical form."""
    data = base64.b64decode(text)
    if len(data) != (length or len(data)) or base64.b64encode(data).decode() != text:
        raise ValueError(f"{text[:20]!r} 不是 {length} 字节 / is not so many bytes")
    return data


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """RFC 8032 §5.1.7, without hurry, on −x² + y² = 1 + dx²y²: does [s]B − [h]A encode to R?"""
    y, s = int.from_bytes(public, "little") % 2**255, int.from_bytes(signature[32:], "little")
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or y >= P or s >= L or len(signature) != 64:
        return False
    minus_a = (P - x if x & 1 == public[31] >> 7 else x, y)
    h = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    sums, point = ((0, 1), BASE, minus_a, _plus(BASE, minus_a)), (0, 1)
    for bit in range(252, -1, -1):
        point = _plus(_plus(point, point), sums[(s >> bit & 1) + 2 * (h >> bit & 1)])
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little") == signature[:32]


def _plus(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    k = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + k, -1, P) % P
    return x, (a[1] * b[1] + a[0] * b[0]) * pow(1 - k, -1, P) % P


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(usage=__doc__)
    for name in ("path", "--key", "--since"):
        parser.add_argument(name)
    (given, key, since), findings, said = vars(parser.parse_args(arguments)).values(), Findings(), ""
    getattr(sys.stdout, "reconfigure", dict)(errors="backslashreplace")  # a terminal of another alphabet
    try:
        if not (path := Path(given)).exists():
            parser.error(f"没有这个文件 / no such file: {path}")
        key = (plain(Path(key)).read_bytes().decode() if key and Path(key).is_file() else key or "").strip()
        said = (check_bundle if path.is_dir() else check_receipt)(path, key, since, findings)
    except UNREADABLE as wrong:
        findings.expect(False, f"读不出 / cannot be read: {wrong}")
    status = 2 if HASH[0] not in algorithms_available else 1 if findings.count else 0 if key or since else 3
    lacks = f"没有核对：这里的 Python 没有 {HASH[0]} / not checked: no {HASH[0]} in this Python"
    unsigned = f"本身完整，但没有核对是谁签的：{said} / whole in itself, signer not checked (--key, --since)"
    print((f"通过：{said} / OK", f"不通过：{findings.count} 处 / FAILED", lacks, unsigned)[status])
    return status


if __name__ == "__main__":
    sys.exit(main())

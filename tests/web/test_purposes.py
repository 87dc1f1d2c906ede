"""What is signed for one purpose is worth nothing for another: no two seals share a key, a salt or a token."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

ROOT = Path(__file__).resolve().parents[2]
SECRET = b"s" * 32


def sealers() -> dict[str, Callable[[bytes], URLSafeSerializer]]:
    """Every `_sealer` of the product, by its module: whoever signs with itsdangerous makes one."""
    found = {}
    for file in sources():
        if "itsdangerous" in file.read_text(encoding="utf-8"):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            found[name] = importlib.import_module(name)._sealer
    return found


def sources() -> Iterator[Path]:
    """The product's own files."""
    for floor in ("ledger", "points", "web"):
        yield from sorted((ROOT / floor).rglob("*.py"))


def constants(what: str) -> list[str]:
    """What stands in calls as `salt="…"`, or as the message of the HMAC that makes a key out of the secret."""
    found: list[str] = []
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and what == "salt":
                found += [ast.unparse(k.value) for k in node.keywords if k.arg == "salt" and _said(k.value)]
            elif (
                isinstance(node, ast.Call) and ast.unparse(node.func) == "hmac.digest" and _said(node.args[1])
            ):
                found.append(ast.unparse(node.args[1]))
    return found


def _said(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)


def test_no_purpose_verifies_the_token_of_another() -> None:
    """Each seals the same value; none of the others reads it, nor does the same purpose under another secret."""
    found = sealers()
    assert {"web.orders", "web.handovers"} <= set(found)
    value: dict[str, Any] = {"shop": 1, "items": [], "together": [], "on": "2026-11-22"}
    for one, other in permutations(found, 2):
        assert not reads(found[other](SECRET), found[one](SECRET).dumps(value)), (one, other)
    for sealer in found.values():
        assert reads(sealer(SECRET), sealer(SECRET).dumps(value))
        assert not reads(sealer(b"t" * 32), sealer(SECRET).dumps(value))


def reads(sealer: URLSafeSerializer, token: str | bytes) -> bool:
    """Whether a token is good for it."""
    try:
        sealer.loads(token)
    except BadData:
        return False
    return True


def test_keys_and_salts_are_each_used_once() -> None:
    """Read from the source: a copied line with the same purpose is found here."""
    for what in ("salt", "key"):
        found = constants(what)
        assert len(found) >= 2
        assert sorted(found) == sorted(set(found)), what


def test_every_signature_is_sha256() -> None:
    """SHA-1 is what itsdangerous takes when nothing is said."""
    for name, sealer in sealers().items():
        made = sealer(SECRET).make_signer()
        assert made.digest_method().name == "sha256", name
        assert made.key_derivation == "hmac", name

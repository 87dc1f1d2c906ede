"""The auditor's tool finds every change, names its position, and never calls a bundle good for the wrong
reason.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger import encoding, signatures, verify
from tests.ledger.stories import GOLDEN, KEY, VECTORS, VKEY, Texts, note_of, pack, receipt_of, story


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A fresh copy of a bundle of 300 transactions: two leaf tiles and one above."""
    return pack(tmp_path / "bundle", story(300).bodies)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The tool's exit status and what it said."""
    status = verify.main([str(argument) for argument in arguments])
    return status, capsys.readouterr().out


def test_a_good_bundle_passes_with_the_key_from_outside(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 0, and it says whose it is and how many."""
    status, said = run(capsys, bundle, "--key", VKEY)
    assert (status, said) == (0, f"通过：{KEY.name}，共 300 笔 / 300 transactions / OK\n")


def test_with_its_own_key_alone_nobody_is_vouched_for(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3: whole in itself, signer not checked."""
    status, said = run(capsys, bundle)
    assert status == 3
    assert "没有核对是谁签的" in said
    assert "whole in itself, signer not checked" in said


def test_a_key_may_stand_in_a_file(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--key takes the text or a file."""
    (tmp_path / "outside.key").write_text(VKEY + "\n")
    assert run(capsys, bundle, "--key", tmp_path / "outside.key")[0] == 0


def test_another_signer_is_found_out(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bundle signed anew by somebody else, with their own key inside, fails against the key from
    outside.
    """
    other = str(signatures.generate(KEY.name).verifier)
    status, said = run(capsys, bundle, "--key", other)
    assert status == 1
    assert f"检查点不是 {KEY.name} 签的" in said


def test_an_earlier_checkpoint_vouches_for_what_it_covers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an old checkpoint from outside, signed by the same key, the bundle passes when it extends it."""
    bodies = story(300).bodies
    (tmp_path / "old").write_text(note_of(bodies[:257]))
    assert run(capsys, pack(tmp_path / "bundle", bodies), "--since", tmp_path / "old")[0] == 0


def test_a_ledger_rewritten_and_signed_anew_is_found_by_the_earlier_checkpoint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever holds the key can make a bundle whole in itself, but not one that extends what was signed
    before.
    """
    (tmp_path / "old").write_text(note_of(story(257).bodies))
    rewritten = Texts()
    rewritten.add("allocate", ("system/issued", "fund/mine/2018-07", 9_999, "points"))
    for _ in range(299):
        rewritten.add("award", ("fund/mine/2018-07", "member/9/noticed", 9, "points"))
    forged = pack(tmp_path / "forged", rewritten.bodies)
    assert run(capsys, forged, "--key", VKEY)[0] == 0
    status, said = run(capsys, forged, "--key", VKEY, "--since", tmp_path / "old")
    assert (status, "前 257 笔" in said) == (1, True)
    shortened = pack(tmp_path / "short", story(200).bodies)
    status, said = run(capsys, shortened, "--key", VKEY, "--since", tmp_path / "old")
    assert (status, "签过 257 笔，实有 200 笔" in said) == (1, True)


def flip(path: Path, at: int, bit: int) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(data)


@pytest.mark.parametrize("position", [1, 4, 8, 12, 256, 257, 300])
def test_a_bit_changed_anywhere_in_a_text_is_found_and_named(
    bundle: Path, position: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Eight places spread over the text, another bit each time: the first finding names this position."""
    file = bundle / "transactions.jsonl"
    whole, lines = file.read_bytes(), file.read_bytes().splitlines(keepends=True)
    begin, length = sum(map(len, lines[: position - 1])), len(lines[position - 1])
    for step in range(8):
        flip(file, begin + step * (length - 1) // 7, step)
        status, said = run(capsys, bundle, "--key", VKEY)
        assert status == 1
        assert said.startswith("✗ ")
        assert f"第 {position} 笔" in said
        file.write_bytes(whole)


def test_every_digit_of_a_posting_counts(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed amount, version or balance is found by the tree and by the replay, which says what it should
    be.
    """
    file = bundle / "transactions.jsonl"
    whole = file.read_text()
    for name, found in {
        "amount": "余额应为",
        "source_balance": "余额应为",
        "target_balance": "余额应为",
        "source_version": "版本应为",
        "target_version": "版本应为",
    }.items():
        lines = whole.split("\n")
        text = json.loads(lines[49])
        text["postings"][0][name] += 1
        lines[49] = encoding.canonical(text).decode()
        file.write_text("\n".join(lines))
        status, said = run(capsys, bundle, "--key", VKEY)
        assert status == 1
        assert "第 50 笔: 和" in said
        assert any(line.startswith("✗ 第 50 笔") and found in line for line in said.split("\n"))


@pytest.mark.parametrize(
    ("tile", "at", "position"),
    [("tile/0/000", 99 * 32, 100), ("tile/0/001.p/44", 43 * 32 + 31, 300), ("tile/1/000.p/1", 5, 1)],
)
def test_a_bit_changed_in_a_tile_is_found_and_named(
    bundle: Path, tile: str, at: int, position: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Full and partial tiles, leaves and above: the finding names the first transaction under the changed
    hash.
    """
    flip(bundle / tile, at, 3)
    status, said = run(capsys, bundle, "--key", VKEY)
    assert (status, f"第 {position} 笔" in said) == (1, True)
    assert tile in said


@pytest.mark.parametrize("damage", ["missing", "short", "long"])
def test_a_tile_must_be_there_exactly(bundle: Path, damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A tile that is missing, shorter or longer."""
    tile = bundle / "tile/0/000"
    data = tile.read_bytes()
    tile.unlink()
    if damage != "missing":
        tile.write_bytes(data[:-1] if damage == "short" else data + b"\0")
    assert run(capsys, bundle, "--key", VKEY)[0] == 1


@pytest.mark.parametrize("name", ["checkpoint", "key"])
def test_a_bit_changed_in_checkpoint_or_key_is_found(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every second byte, another bit each time, with the key from outside."""
    bundle = pack(tmp_path / "bundle", story().bodies)
    whole = (bundle / name).read_bytes()
    for at in range(0, len(whole), 2):
        flip(bundle / name, at, at // 2 % 8)
        assert run(capsys, bundle, "--key", VKEY)[0] == 1
        (bundle / name).write_bytes(whole)


def rewritten(*changes: tuple[int, dict[str, Any]]) -> list[bytes]:
    """The story with fields of some texts replaced, signed anew: the operator's own forgery."""
    bodies = story(20).bodies
    for position, change in changes:
        text = json.loads(bodies[position - 1]) | change
        bodies[position - 1] = encoding.canonical(
            {key: value for key, value in text.items() if value != "drop"}
        )
    return bodies


def posting_of(position: int, **change: Any) -> dict[str, Any]:
    """The postings of a text of the story with the first one changed."""
    postings = json.loads(story(20).bodies[position - 1])["postings"]
    return {"postings": [postings[0] | change, *postings[1:]]}


LAWS: dict[str, tuple[list[bytes], str]] = {
    "a position twice": (rewritten((5, {"position": 4})), "第 5 笔: 写着别的位置"),
    "a reference twice": (rewritten((5, {"reference": "award/2018-07-04/4"})), "第 5 笔: 编号用过了"),
    "time running back": (
        rewritten((5, {"recorded_at": "2026-11-21T10:00:00.000000Z"})),
        "第 5 笔: 时间早于上一笔",
    ),
    "an account opened twice": (
        rewritten((5, {"accounts": json.loads(story().bodies[3])["accounts"]})),
        "不该开户",
    ),
    "an account never opened": (rewritten((4, {"accounts": []})), "第 4 笔: 用了没有开户的账户"),
    "nothing moved": (rewritten((13, posting_of(13, amount=0))), "第 13 笔: 数量或两头不对"),
    "a negative amount": (rewritten((13, posting_of(13, amount=-1))), "第 13 笔: 数量或两头不对"),
    "to itself": (
        rewritten((13, posting_of(13, target="fund/440310001002/2018-07"))),
        "第 13 笔: 数量或两头不对",
    ),
    "more than there is": (rewritten((4, posting_of(4, amount=2001))), "低于下限 0"),
    "a correction of the future": (rewritten((9, {"reverses": 10})), "第 9 笔: 第 10 笔不能更正"),
    "a correction of nothing": (rewritten((9, {"reverses": 0})), "第 9 笔: 第 0 笔不能更正"),
    "corrected twice": (rewritten((10, {"reverses": 8})), "第 10 笔: 第 8 笔不能更正"),
    "not all given back": (rewritten((9, {"reverses": 4})), "第 9 笔: 没有原样还回第 4 笔"),
    "another version": (rewritten((5, {"v": 2})), "第 5 笔: 内容不是规定的写法"),
    "another field": (rewritten((5, {"note": "hello"})), "第 5 笔: 内容不是规定的写法"),
    "a field missing": (rewritten((5, {"request": "drop"})), "第 5 笔: 内容不是规定的写法"),
    "an amount in words": (rewritten((13, posting_of(13, amount="1"))), "第 13 笔: 内容不是规定的写法"),
    "true for one": (rewritten((13, posting_of(13, amount=True))), "第 13 笔: 内容不是规定的写法"),
    "no such day": (rewritten((5, {"effective_on": "2018-02-30"})), "第 5 笔: 内容不是规定的写法"),
    "another spelling of time": (
        rewritten((5, {"recorded_at": "2026-11-21T10:05Z"})),
        "第 5 笔: 内容不是规定的写法",
    ),
    "not a digest": (rewritten((5, {"request": "sha256:00"})), "第 5 笔: 内容不是规定的写法"),
    "a list for a text": ([*story().bodies[:4], b"[]"], "第 5 笔: 内容不是规定的写法"),
    "spaces": (
        [*story().bodies[:4], story().bodies[4].replace(b":", b": ", 1)],
        "第 5 笔: 内容不是规定的写法",
    ),
}


@pytest.mark.parametrize("law", LAWS)
def test_what_the_ledger_would_have_refused_is_found_though_well_signed(
    tmp_path: Path, law: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The operator signs anew after breaking one law of the ledger: tree and signature hold, the replay does
    not.
    """
    bodies, expected = LAWS[law]
    status, said = run(capsys, pack(tmp_path / "bundle", bodies), "--key", VKEY)
    assert status == 1
    assert expected in said
    assert "对不上" not in said
    assert "检查点" not in said


def test_a_partial_return_is_not_a_correction(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Give back less, more, or beside the sources: each is found."""
    until, taken = "member/1/until/2019-12-31", "shop/s.1/taken"
    for back in [
        [(taken, until, 2, "points")],
        [(taken, until, 7, "points"), ("system/issued", taken, 1, "points")],
    ]:
        texts = story(8)
        texts.bodies[8:] = []
        texts.accounts = story_until(8).accounts
        texts.add("undo", *back, ("system/out", "shop/s.1/stock", 1, "item:17"), reverses=8)
        folder = pack(tmp_path / f"bundle-{len(back)}", texts.bodies)
        status, said = run(capsys, folder, "--key", VKEY)
        assert (status, "第 9 笔: 没有原样还回第 8 笔" in said) == (1, True)


def story_until(position: int) -> Texts:
    """The story's accounts as they stood after a position, from the texts."""
    texts = Texts()
    for body in story(20).bodies[:position]:
        for line in json.loads(body)["postings"]:
            for side in ("source", "target"):
                key = (line[side], line["unit"])
                texts.accounts[key] = (line[side + "_version"], line[side + "_balance"])
    return texts


def test_texts_cut_off_or_added_are_found(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One text fewer, one more, none at all, the last newline gone."""
    file = bundle / "transactions.jsonl"
    whole = file.read_bytes()
    for changed in [
        whole[: whole[:-1].rindex(b"\n") + 1],
        whole + whole.splitlines(keepends=True)[-1],
        b"",
        whole[:-1],
    ]:
        file.write_bytes(changed)
        assert run(capsys, bundle, "--key", VKEY)[0] == 1


def test_texts_and_tiles_exchanged_together_do_not_fit_the_checkpoint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has no key can make texts and tiles agree, and lawful too, but not the signed root."""
    other = story(11)
    other.add("act")
    folder = pack(tmp_path / "bundle", [*story().bodies[:11], other.bodies[-1].replace(b":13,", b":12,")])
    (folder / "checkpoint").write_text(note_of(story().bodies))
    status, said = run(capsys, folder, "--key", VKEY)
    assert (status, said.count("✗")) == (1, 1)
    assert "重算的树根和检查点不同" in said


def test_an_empty_ledger_is_a_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No texts, no tiles, the root of the empty tree."""
    assert run(capsys, pack(tmp_path / "bundle", []), "--key", VKEY)[0] == 0


def test_the_golden_bundle_still_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """What was written with format version 1 is read for ever: the stored bundle is the story of today, byte
    for byte.
    """
    assert run(capsys, GOLDEN, "--key", VKEY)[0] == 0
    texts = (GOLDEN / "transactions.jsonl").read_bytes().splitlines()
    assert texts == story().bodies
    assert (GOLDEN / "checkpoint").read_text() == note_of(texts)


def test_receipts_pass_and_any_change_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the key 0, without it 3; one bit changed in text, index, proof or checkpoint: 1. The help proves
    nothing.
    """
    path = tmp_path / "receipt.txt"
    for position in (1, 7, 12):
        path.write_text(receipt_of(position, story().bodies))
        status, said = run(capsys, path, "--key", VKEY)
        assert (status, f"第 {position} 笔在 12 笔之内" in said) == (0, True)
        assert run(capsys, path)[0] == 3
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for at in range(first, whole.index(b"\n\n# "), 13):
        flip(path, at, at % 8)
        assert run(capsys, path, "--key", VKEY)[0] == 1
        path.write_bytes(whole)


def test_a_receipt_may_be_held_against_a_checkpoint_from_outside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same checkpoint kept elsewhere vouches for it; another one does not."""
    (tmp_path / "receipt.txt").write_text(receipt_of(7, story().bodies))
    for bodies, expected in ((story().bodies, 0), (story(13).bodies, 1)):
        (tmp_path / "kept").write_text(note_of(bodies))
        assert run(capsys, tmp_path / "receipt.txt", "--since", tmp_path / "kept")[0] == expected


def test_an_empty_key_file_vouches_for_nothing(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that is empty, as text or in a file, is no key."""
    (tmp_path / "empty.key").touch()
    assert run(capsys, bundle, "--key", tmp_path / "empty.key")[0] == 3
    assert run(capsys, bundle, "--key", "")[0] == 3


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["--key"], ["bundle", "--what"]])
def test_wrong_usage_is_told_apart(
    tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2: no path, a path that is not there, an option without its value, an unknown option."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "receipt.txt").touch()
    (tmp_path / "bundle").mkdir()
    with pytest.raises(SystemExit) as left:
        verify.main(arguments)
    assert left.value.code == 2
    assert "--since" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"hello", b"a\n\nb\n\nc"])
def test_anything_else_is_a_finding_not_a_crash(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty file, another encoding, other words; and an empty folder."""
    (tmp_path / "file").write_bytes(content)
    (tmp_path / "folder").mkdir()
    for path in ("file", "folder"):
        status, said = run(capsys, tmp_path / path, "--key", VKEY)
        assert (status, "读不出" in said) == (1, True)


def test_the_file_runs_alone(tmp_path: Path) -> None:
    """Copied out of the project and run by Python without site-packages, it gives the same answer."""
    copy = shutil.copyfile(verify.__file__, tmp_path / "verify.py")
    command = [sys.executable, "-I", "-S", str(copy), str(GOLDEN), "--key", VKEY]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "known", json.loads((VECTORS / "rfc8032.json").read_text())["vectors"], ids=lambda v: v["name"]
)
def test_ed25519_is_that_of_rfc_8032(known: dict[str, str]) -> None:
    """The test vectors of RFC 8032 §7.1 verify; with a bit changed in message, key or signature they do
    not.
    """
    public, message, signature = (bytes.fromhex(known[part]) for part in ("public", "message", "signature"))
    assert verify.ed25519(public, message, signature)
    assert not verify.ed25519(public, message + b"\0", signature)
    assert not verify.ed25519(public, message, signature[:40] + bytes([signature[40] ^ 1]) + signature[41:])
    assert not verify.ed25519(public, message, bytes([signature[0] ^ 1]) + signature[1:])
    assert not verify.ed25519(bytes([public[0] ^ 1]) + public[1:], message, signature)
    order = 2**252 + 27742317777372353535851937790883648493
    malleated = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not verify.ed25519(public, message, signature[:32] + malleated)


def test_ed25519_agrees_with_the_library() -> None:
    """Ten keys and messages, each signature good, and with every 37th bit changed: both give the same
    answer.
    """
    for number in range(10):
        private = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        public, message = private.public_key().public_bytes_raw(), bytes(range(number * 7))
        signature = private.sign(message)
        assert verify.ed25519(public, message, signature)
        for bit in range(number, 512, 37):
            changed = bytearray(signature)
            changed[bit // 8] ^= 1 << bit % 8
            assert verify.ed25519(public, message, bytes(changed)) is _library(
                public, message, bytes(changed)
            )


def _library(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True

"""Bundles and receipts made to deceive the auditor's tool, or to wear it down: answered plainly, in little memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger import checkpoints, cosignatures, encoding, signatures, verify
from ledger.checkpoints import Checkpoint, Note
from tests.ledger.stories import KEY, VKEY, note_of, pack, receipt_of, story

MEMORY = 400 << 20
"""What the tool may take of a machine for any bundle of this size: Python itself, and no file held whole."""


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The tool's exit status and what it said."""
    status = verify.main([str(argument) for argument in arguments])
    return status, capsys.readouterr().out


def alone(*arguments: object, environment: dict[str, str] | None = None) -> tuple[int, bytes]:
    """The file run by a Python without site-packages, with so much memory and no more, and a minute at most."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", verify.__file__, *map(str, arguments)],
        capture_output=True,
        timeout=60,
        env={**os.environ, **(environment or {})},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A good bundle, to be spoilt."""
    return pack(tmp_path / "bundle", story().bodies)


def huge(path: Path) -> None:
    """Ten gigabytes that take no room on the disk."""
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.truncate(10 << 30)


@pytest.mark.parametrize("name", ["transactions.jsonl", "checkpoint", "key", "tile/0/000.p/12"])
def test_ten_gigabytes_are_not_taken_into_memory(bundle: Path, name: str) -> None:
    """Whichever file claims them: a finding, no crash, no waiting."""
    huge(bundle / name)
    status, said = alone(bundle, "--key", VKEY)
    assert (status, "✗" in said.decode()) == (1, True)


def test_a_receipt_or_an_old_checkpoint_of_ten_gigabytes_is_refused(bundle: Path, tmp_path: Path) -> None:
    """As anything else that cannot be one."""
    huge(tmp_path / "huge")
    assert alone(tmp_path / "huge", "--key", VKEY)[0] == 1
    assert alone(bundle, "--since", tmp_path / "huge")[0] == 1
    assert alone(bundle, "--key", tmp_path / "huge")[0] == 1


@pytest.mark.parametrize("name", ["transactions.jsonl", "checkpoint", "key", "tile/0/000.p/12"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "nowhere", "round"])
def test_what_is_no_file_is_not_read(bundle: Path, name: str, kind: str) -> None:
    """A pipe nobody writes to, a device without end, a folder, links that lead nowhere or in a circle."""
    path = bundle / name
    path.unlink()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "nowhere":
            path.symlink_to("/nowhere")
        case _:
            path.symlink_to(path)
    assert alone(bundle, "--key", VKEY)[0] == 1


def test_a_log_of_empty_lines_is_left_off_in_time(bundle: Path) -> None:
    """Nothing is read much beyond what was signed for, nor after a thousand findings."""
    (bundle / "transactions.jsonl").write_bytes(b"\n" * 20_000_000)
    status, said = alone(bundle, "--key", VKEY)
    assert (status, said.count("✗".encode()) <= 50) == (1, True)
    text = f"{KEY.name}\n20000000\n{b64encode(b'1' * 32).decode()}\n"
    note = Note(text, (signatures.sign_text(KEY, text),))
    (bundle / "checkpoint").write_text(checkpoints.format_note(note))
    assert alone(bundle, "--key", VKEY)[0] == 1


@pytest.mark.parametrize(
    "line",
    [b"[" * 900_000, b'{"":' * 200_000, b"9" * 900_000, b'"\\ud800"', b"\xff\xfe[\0]\0", b"-0", b"1e999"],
)
def test_json_that_harms_readers_harms_nobody(bundle: Path, line: bytes) -> None:
    """Deep nesting, a number of a million digits, half a character, another alphabet."""
    texts = (bundle / "transactions.jsonl").read_bytes().split(b"\n")
    (bundle / "transactions.jsonl").write_bytes(b"\n".join([*texts[:4], line, *texts[5:]]))
    status, said = alone(bundle, "--key", VKEY)
    assert (status, "第 5 笔: 内容不是规定的写法" in said.decode()) == (1, True)


Change = Callable[[bytes], bytes]
WRITTEN_OTHERWISE: dict[str, Change] = {
    "a key twice": lambda body: body.replace(b'"v":1}', b'"v":1,"v":1}'),
    "a key with no name": lambda body: body.replace(b'"amount":5', b'"":7,"amount":5', 1),
    "a key with no name in the evidence": lambda body: body.replace(b'"evidence":{', b'"evidence":{"":7,'),
    "something after it": lambda body: body + b" ",
    "escaped letters": lambda body: body.replace(b"award", b"\\u0061ward", 1),
    "letters that are put together": lambda body: body.replace(b"award/", "e\u0301/".encode(), 1),
    "a byte order mark": lambda body: b"\xef\xbb\xbf" + body,
    "a time of another zone": lambda body: body.replace(b'00.000000Z"', b'00.000000+08:00Z"'),
    "a day by its week": lambda body: body.replace(b'"effective_on":"2018-07', b'"effective_on":"2018-W27'),
    "a number as a float": lambda body: body.replace(b'"amount":5', b'"amount":5.0', 1),
    "zero below zero": lambda body: body.replace(b'"position":4', b'"position":-4'),
}


@pytest.mark.parametrize("name", WRITTEN_OTHERWISE)
def test_a_text_is_written_in_one_way_only(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The operator signs texts that say it in another way, or more than they may: found, in bundle and receipt."""
    bodies = story().bodies
    changed = WRITTEN_OTHERWISE[name](bodies[3])
    assert changed != bodies[3]
    bodies[3] = changed
    assert run(capsys, pack(tmp_path / "bundle", bodies), "--key", VKEY)[0] == 1
    (tmp_path / "receipt.txt").write_text(receipt_of(4, bodies))
    assert run(capsys, tmp_path / "receipt.txt", "--key", VKEY)[0] == 1


def test_a_floor_beyond_all_numbers_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers are those that every reader can hold."""
    text = json.loads(story().bodies[0])
    text["accounts"][1]["floor"] = -(2**60)
    bodies = [encoding.canonical(text), *story().bodies[1:]]
    assert run(capsys, pack(tmp_path / "bundle", bodies), "--key", VKEY)[0] == 1


def signed(text: str) -> str:
    """A note of our key over any text."""
    return checkpoints.format_note(Note(text, (signatures.sign_text(KEY, text),)))


def heads() -> dict[str, str]:
    """Notes that the log's own key signed and that are no checkpoint of this log, or not in the one way to write it."""
    good = note_of(story().bodies)
    origin, size, root, *_ = good.split("\n")
    line, other = good.split("\n")[4], signatures.generate(KEY.name)
    return {
        "another origin": signed(f"jishan.example/other\n{size}\n{root}\n"),
        "the size with a sign": signed(f"{origin}\n+{size}\n{root}\n"),
        "the size with a nought": signed(f"{origin}\n0{size}\n{root}\n"),
        "the size in other digits": signed(f"{origin}\n١٢\n{root}\n"),
        "a size with a gap": signed(f"{origin}\n1_2\n{root}\n"),
        "a negative size": signed(f"{origin}\n-{size}\n{root}\n"),
        "one more": signed(f"{origin}\n13\n{root}\n"),
        "one less": signed(f"{origin}\n11\n{root}\n"),
        "a root that is longer": signed(f"{origin}\n{size}\n{b64encode(b'1' * 33).decode()}\n"),
        "another root": signed(f"{origin}\n{size}\n{b64encode(b'1' * 32).decode()}\n"),
        "an escape": signed(f"{origin}\n{size}\n{root}\n\x1b[2J\n"),
        "no newline at the end": good[:-1],
        "a signature with an addition": good.replace(line, f"{line} more"),
        "words under the signature": good + "signed by the county\n",
        "no signature": good.replace(line, ""),
        "a signature of another key": checkpoints.format_note(
            Note(good[: good.index("\n\n") + 1], (signatures.sign_text(other, good),))
        ),
        "a second that is false": f"{good}{line[:-8]}AAAAAAA=\n",
        "a second that is short": f"{good}— {KEY.name} {b64encode(KEY.verifier.id + b'1').decode()}\n",
        "signed over less": good.replace(f"{root}\n", f"{root}\nand more\n"),
    }


VOUCHED_FOR = {"no newline at the end", "one more", "one less"}
"""A receipt may lose its last newline; and a root stands for no size by itself, the signer's word is taken for it."""


@pytest.mark.parametrize("name", heads())
def test_a_checkpoint_is_written_in_one_way_only(
    bundle: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a bundle, on a receipt, and as the old one from outside: none passes, and nothing reaches the terminal."""
    note = heads()[name]
    good = (bundle / "checkpoint").read_text()
    (bundle / "checkpoint").write_text(note)
    (tmp_path / "receipt.txt").write_text(
        receipt_of(7, story().bodies).replace(good, note.rstrip("\n") + "\n")
    )
    for path in (bundle, tmp_path / "receipt.txt"):
        if path != bundle and name in VOUCHED_FOR:
            continue
        status, said = run(capsys, path, "--key", VKEY)
        assert (status, "\x1b" in said) == (1, False)
    (bundle / "checkpoint").write_text(good)
    (tmp_path / "old").write_text(note)
    assert run(capsys, bundle, "--since", tmp_path / "old")[0] == 1


def test_lines_of_witnesses_under_a_checkpoint_are_passed_over(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also of a witness that bears the log's own name: its key has another id and its line another length."""
    note = (bundle / "checkpoint").read_text()
    for witness in (signatures.generate("witness.example"), signatures.generate(KEY.name)):
        note = cosignatures.added(note, cosignatures.cosign(witness, note_of(story().bodies), at=1))
    (bundle / "checkpoint").write_text(note)
    assert run(capsys, bundle, "--key", VKEY)[0] == 0


def test_a_key_cannot_speak_to_the_terminal(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The key in the bundle is the bundle's own word: what steers a terminal is refused and not repeated."""
    (bundle / "key").write_text("\x1b[1A\x1b[2K通过+00000000+AAAA\n")
    status, said = run(capsys, bundle)
    assert (status, "\x1b" in said) == (1, False)


def test_a_receipt_under_another_title_is_no_receipt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first line is not hashed, so it must be the one that is known."""
    text = receipt_of(7, story().bodies)
    (tmp_path / "receipt.txt").write_text(text.replace(verify.TITLE, "奖励 500 分 · worth 500 points"))
    assert run(capsys, tmp_path / "receipt.txt", "--key", VKEY)[0] == 1


@pytest.mark.parametrize("position", [0, -1, 13, 2**70])
def test_a_receipt_of_an_impossible_place_proves_nothing(
    tmp_path: Path, position: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the first, after the last, beyond every number: with the proof of a true one."""
    text = receipt_of(7, story().bodies)
    changed = text.replace('"position":7', f'"position":{position}').replace(
        "index 6", f"index {position - 1}"
    )
    (tmp_path / "receipt.txt").write_text(changed)
    assert run(capsys, tmp_path / "receipt.txt", "--key", VKEY)[0] == 1


def test_a_terminal_of_another_alphabet_gets_the_same_answer(bundle: Path) -> None:
    """Where 通过 cannot be written it is spelt out, and the status is the same: good and bad."""
    other = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "LC_ALL": "C"}
    command = [sys.executable, "-S", verify.__file__, str(bundle), "--key", VKEY]
    for expected in (0, 1):
        done = subprocess.run(command, env=os.environ | other, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (expected, b"")
        assert (b"OK" if expected == 0 else b"FAILED") in done.stdout
        (bundle / "tile/0/000.p/12").unlink(missing_ok=True)


def test_checkpoints_of_this_program_and_the_tool_agree_on_every_hostile_one() -> None:
    """What one calls a checkpoint of this log under this key the other does too."""
    for name, note in heads().items():
        said = []
        for read in (checkpoints.verify_head, lambda text, key: verify.open_note(text.encode(), key)):
            try:
                read(note, VKEY)
                said.append(True)
            except (checkpoints.BadNote, checkpoints.WrongSignature, ValueError):
                said.append(False)
        assert said[0] == said[1], name


def test_a_checkpoint_is_a_value() -> None:
    """The good one is read alike by both."""
    note = note_of(story().bodies)
    head = checkpoints.verify(note, VKEY)
    assert verify.open_note(note.encode(), VKEY) == (head.origin, head.size, head.root)
    assert head == Checkpoint(KEY.name, 12, head.root)

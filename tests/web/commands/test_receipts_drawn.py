"""The QR code of a receipt, read back as a phone reads it, is the receipt."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import zxingcpp
from PIL import Image

from ledger import signatures, verify
from tests.typed import call
from web.commands.witnessing import drawn

DOT = 4
"""Pixels for each module of the code."""
STROKE = re.compile(r"([Mm])(-?[0-9.]+) (-?[0-9.]+)|h([0-9]+)")


def scanned(svg: bytes) -> bytes:
    """What a reader finds in the drawing: horizontal strokes of one module's height, on white."""
    root = ET.fromstring(svg)
    image = Image.new("L", (int(root.attrib["width"]) * DOT, int(root.attrib["height"]) * DOT), 255)
    (path,) = [one.attrib["d"] for one in root if one.attrib.get("stroke")]
    x = y = 0.0
    for move, dx, dy, length in STROKE.findall(path):
        if length:
            box = (int(x * DOT), int((y - 0.5) * DOT), int((x + int(length)) * DOT), int((y + 0.5) * DOT))
            image.paste(0, box)
            x += int(length)
        else:
            x, y = (float(dx), float(dy)) if move == "M" else (x + float(dx), y + float(dy))
    (found,) = zxingcpp.read_barcodes(image)
    return bytes(found.bytes)


def test_what_a_phone_reads_is_a_whole_receipt(quiet_book: Path, tmp_path: Path) -> None:
    """Text, proof and checkpoint, without the help: saved from the phone it passes the auditor's tool."""
    svg, kept = tmp_path / "receipt.svg", tmp_path / "scanned.txt"
    assert (
        call("receipt", "5", "--out", str(tmp_path / "r.txt"), "--qr", str(svg), book=quiet_book).status == 0
    )
    kept.write_bytes(scanned(svg.read_bytes()))
    key = str(signatures.load(quiet_book.with_suffix(".key")).verifier)
    assert verify.main([str(kept), "--key", key]) == 0
    assert (tmp_path / "r.txt").read_bytes().startswith(kept.read_bytes())


def test_one_that_is_too_long_says_where_its_text_is() -> None:
    """The address of the bundle of texts that holds it, its position and its leaf."""
    svg, whole = drawn("x" * 3000, 300, b"\1" * 32, "https://jishan.example")
    assert not whole
    assert scanned(svg).decode() == f"https://jishan.example/log/tile/entries/001\n300 leaf {'01' * 32}"

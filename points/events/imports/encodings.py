"""Which encoding a text has: UTF-8 or GB18030, found by reading all of it, a piece at a time. Never mojibake."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from points.events.imports.errors import BrokenUtf8, NotUtf16, UnknownEncoding

A_PIECE = 1 << 20


def of(name: str, data: bytes) -> str:
    """`utf-8` or `gb18030`; raises UnreadableFile. Damaged UTF-8 is refused, not read as other words in GB18030."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise NotUtf16(file=name)
    damage = _damage(data, "utf-8")
    if damage is None:
        return "utf-8"
    if data.startswith(codecs.BOM_UTF8) or _is_mostly_utf8(data):
        raise BrokenUtf8(file=name, line=_line(data, damage))
    damage = _damage(data, "gb18030")
    if damage is not None:
        raise UnknownEncoding(file=name, line=_line(data, damage))
    return "gb18030"


def _damage(data: bytes, encoding: str) -> int | None:
    """Where a text cannot be read any further; None when it can be read to its end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in _starts(data):
        held = len(decoder.getstate()[0])
        piece = data[start : start + A_PIECE]
        try:
            decoder.decode(piece, final=start + len(piece) == len(data))
        except UnicodeDecodeError as error:
            return start - held + error.start
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are whole UTF-8 than broken; Chinese in GB18030 is nearly all broken."""
    whole = broken = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for start in _starts(data):
        piece = data[start : start + A_PIECE]
        if piece.isascii():
            continue
        read = decoder.decode(piece)
        lost = read.count("\ufffd")
        broken += lost
        whole += len(read) - len(read.encode("ascii", "ignore")) - lost
    return whole > broken


def _starts(data: bytes) -> Iterator[int]:
    yield from range(0, len(data), A_PIECE)


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1

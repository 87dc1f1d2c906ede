"""Encodings, found a piece at a time."""

from __future__ import annotations

import pytest

from points.events.imports import encodings
from points.events.imports.errors import BrokenUtf8, NotUtf16, UnknownEncoding

LINE = "六和社区，消防通道堵塞\n"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_pieces_may_end_anywhere(monkeypatch: pytest.MonkeyPatch, size: int, encoding: str) -> None:
    """In the middle of a character too."""
    monkeypatch.setattr(encodings, "A_PIECE", size)
    assert encodings.of("f", (LINE * 20).encode(encoding)) == encoding


@pytest.mark.parametrize("size", [5, 1 << 20])
def test_damage_is_named_by_its_line(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Broken UTF-8 is never read as GB18030; what is neither, and UTF-16, are said."""
    monkeypatch.setattr(encodings, "A_PIECE", size)
    broken = (LINE * 3).encode()[:-3] + b"\xff\n"
    with pytest.raises(BrokenUtf8) as refusal:
        encodings.of("f", broken)
    assert refusal.value.facts["line"] == 3
    with pytest.raises(UnknownEncoding) as unknown:
        encodings.of("f", b"a\n\xff\xff\xff\n")
    assert unknown.value.facts["line"] == 2
    with pytest.raises(NotUtf16):
        encodings.of("f", LINE.encode("utf-16"))

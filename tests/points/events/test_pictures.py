"""Pictures written anew."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from points.events import pictures
from points.events.errors import BadAttachment
from tests.points.events.photographs import SECRET, photo


@pytest.mark.parametrize(("kind", "kept"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "jpeg")])
def test_a_picture_is_turned_upright_and_says_nothing_else(kind: str, kept: str) -> None:
    """Its pixels come along, turned as the camera was held; where and by whom it was taken does not."""
    before = photo(kind, (640, 480))
    assert SECRET in before
    washed = pictures.clean(before)
    assert washed.kind == kept
    with Image.open(io.BytesIO(washed.data)) as image:
        assert (image.size, dict(image.getexif()), "exif" in image.info) == ((480, 640), {}, False)
    assert SECRET not in washed.data + washed.thumbnail


def test_a_large_one_is_made_smaller_and_has_a_thumbnail() -> None:
    """No side is longer than we keep it, and the shape stays."""
    washed = pictures.clean(photo(size=(5120, 1280)))
    with Image.open(io.BytesIO(washed.data)) as image, Image.open(io.BytesIO(washed.thumbnail)) as small:
        assert image.size == (640, 2560)
        assert small.size == (80, 320)


def test_transparency_becomes_white() -> None:
    """What is seen through is white paper, and never black."""
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(pictures.clean(out.getvalue()).data)) as image:
        assert image.getpixel((3, 3)) == (255, 255, 255)


def _said_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says how large it is."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (_said_size(10_000, 5_001), "5000 万像素"),
        (_said_size(60_000, 60_000), "5000 万像素"),
        (photo()[:400], "内容是坏的"),
        (b"GIF89a" + bytes(60), "不是 JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是 JPEG"),
        (b"MZ" + bytes(400), "不是 JPEG"),
    ],
)
def test_what_is_no_picture_is_refused_before_it_is_decoded(data: bytes, problem: str) -> None:
    """A bomb by what it says, a torn one, and other kinds by their content."""
    with pytest.raises(BadAttachment, match=problem):
        pictures.clean(data)


def test_looks_stay_when_a_picture_is_written_again() -> None:
    """Smaller, in another quality or another format it is nearly the same; another picture is not."""
    with Image.open(io.BytesIO(photo(size=(640, 480), seed=90))) as image:
        mark = int(pictures.looks(image), 16)
        again = int(pictures.looks(image.resize((200, 150))), 16)
    other = int(pictures.clean(photo(size=(480, 640), seed=400)).looks, 16)
    assert (mark ^ again).bit_count() <= 3
    assert (mark ^ other).bit_count() > 12

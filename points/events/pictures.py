"""Pictures: decoded and written anew, upright and without metadata, with a thumbnail and a mark of their looks."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from points.events.errors import BadAttachment

FORMATS = ("JPEG", "PNG", "WEBP")
PIXELS_AT_MOST = 50_000_000
SIDE_AT_MOST = 2560
"""A longer side is made this long: a sign-in sheet stays readable."""
THUMBNAIL = 320
QUALITY = 85


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we keep it: `kind` jpeg or png, its bytes, a small one in JPEG, and its 64 bits of looks in hex."""

    kind: str
    data: bytes
    thumbnail: bytes
    looks: str


def clean(data: bytes) -> Picture:
    """Decode a JPEG, PNG or WebP and write it anew: nothing but pixels comes along, turned as the camera meant them.

    How large it says it is, is looked at before anything is decoded. Of a moving picture the first frame stays. Raises
    BadAttachment.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _clean(data)
    except UnidentifiedImageError:
        raise BadAttachment(problem="不是 JPEG、PNG、WebP 图片，也不是 PDF") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadAttachment(problem="图片太大，最多 5000 万像素") from None
    except MemoryError:
        raise BadAttachment(problem="打开它要用太多内存，或内容是坏的") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError):
        raise BadAttachment(problem="图片不完整，或内容是坏的") from None


def _clean(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > PIXELS_AT_MOST:
            raise BadAttachment(problem="图片太大，最多 5000 万像素")
        kind = "png" if opened.format == "PNG" else "jpeg"
        opened.draft("RGB", (SIDE_AT_MOST, SIDE_AT_MOST))  # a JPEG is decoded no finer than it is kept
        image = _plain(ImageOps.exif_transpose(opened))
    image.thumbnail((SIDE_AT_MOST, SIDE_AT_MOST))
    small = image.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    return Picture(kind, _written(image, kind), _written(small, "jpeg"), looks(image))


def _plain(image: Image.Image) -> Image.Image:
    """Its colours alone, on white where it was transparent."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        white = Image.new("RGB", seen.size, "white")
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    fresh = Image.new("RGB", image.size)
    fresh.paste(image.convert("RGB"))
    return fresh


def _written(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "png":
        image.save(out, "PNG", optimize=False)
    else:
        image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def looks(image: Image.Image) -> str:
    """The difference hash: whether each of 8 × 8 cells is brighter than the one to its right, as 64 bits in hex.

    After Krawetz, “Kind of Like That” (2013). The same scene written again in another size or quality differs in few
    bits; of two pictures that have nothing in common about half do.
    """
    grey = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(8):
        for place in range(8):
            bits = bits << 1 | (grey[9 * row + place] > grey[9 * row + place + 1])
    return f"{bits:016x}"

"""PDFs: their pages are carried over into a new file; scripts, forms, attachments, links and metadata stay behind."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from points.events.errors import BadAttachment

PAGES_AT_MOST = 50
_NOT_OURS = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AA",
    "/A",
    "/AF",
    "/Annots",
    "/B",
    "/Thumb",
    "/JS",
    "/OC",
)
_APPLICATION = range(0xE0, 0xF0)
_ADOBE, _COMMENT, _SCAN = 0xEE, 0xFE, 0xDA


def clean(data: bytes) -> bytes:
    """The pages alone, what was filled in or written on them drawn in. Raises BadAttachment; needs no password.

    The same file gives the same bytes, so that it is kept once.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as old, pikepdf.new() as new:
            if not 1 <= len(old.pages) <= PAGES_AT_MOST:
                raise BadAttachment(problem="PDF 要有 1 到 50 页")
            old.flatten_annotations("screen")
            for page in old.pages:
                _strip(page.obj)
            new.pages.extend(old.pages)
            for each in new.objects:
                _strip(each)
            out = io.BytesIO()
            new.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
            return out.getvalue()
    except pikepdf.PasswordError:
        raise BadAttachment(problem="PDF 有密码，请去掉密码再传") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, MemoryError, RecursionError):
        raise BadAttachment(problem="PDF 不完整，或内容是坏的") from None


def _strip(each: pikepdf.Object) -> None:
    """Take out of an object what is no part of the page; and of a photograph in it what the camera wrote."""
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return
    for name in _NOT_OURS:
        if name in each:
            del each[name]
    if isinstance(each, pikepdf.Stream) and each.get("/Filter") == pikepdf.Name.DCTDecode:
        each.write(b"".join(_segments(each.read_raw_bytes())), filter=pikepdf.Name.DCTDecode)


def _segments(jpeg: bytes) -> Iterator[bytes]:
    """A JPEG without its comments and application segments (ISO/IEC 10918-1 B.1.1.3), but Adobe's, which says what the
    colours are. What is not a JPEG goes through as it is: no page can show it."""
    if jpeg[:2] != b"\xff\xd8":
        yield jpeg
        return
    yield jpeg[:2]
    place = 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF and jpeg[place + 1] != _SCAN:
        marker, end = jpeg[place + 1], place + 2 + int.from_bytes(jpeg[place + 2 : place + 4])
        if marker == _ADOBE or (marker not in _APPLICATION and marker != _COMMENT):
            yield jpeg[place:end]
        place = end
    yield jpeg[place:]

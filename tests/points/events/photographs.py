"""Files for the tests of attachments: photographs as a phone writes them, PDFs as a stranger does."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
from PIL import Image

SECRET = b"22.69N 114.35E Zhang San"


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48), seed: int = 0, **saved: Any) -> bytes:
    """A picture brighter on the left, and a spot that depends on the seed; with what a camera writes into it."""
    image = Image.linear_gradient("L").rotate(-90).resize(size).convert("RGB")
    image.paste((255, 0, 0), (seed % size[0], 0, seed % size[0] + size[0] // 3, size[1] // 2))
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # the camera was held upright
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **saved)
    return out.getvalue()


def paper(*, script: bool = True, pages: int = 1, **saved: Any) -> bytes:
    """A PDF with a photograph, and everything in it that is to stay behind."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(200, 200))
        picture = pdf.make_stream(photo())
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=64,
                Height=48,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        page.Contents = pdf.make_stream(b"q 200 0 0 200 0 0 cm /Im0 Do Q")
        if script:
            alert = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')")
            pdf.Root.OpenAction = alert
            page.AA = pikepdf.Dictionary(O=alert)
            pdf.attachments["evil.exe"] = b"MZ-evil"
            pdf.docinfo["/Author"] = SECRET.decode()
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, **saved)
        return out.getvalue()


def bursting() -> bytes:
    """A PDF of two megabytes whose table of objects unpacks to two gigabytes."""
    zeros = zlib.compressobj()
    head = zeros.compress(bytes(1 << 20)) + zeros.flush(zlib.Z_FULL_FLUSH)
    block = zeros.compress(bytes(1 << 20)) + zeros.flush(zlib.Z_FULL_FLUSH)
    packed = head + 2000 * block + zeros.flush()
    stream = b"<</Type/XRef/Size 400000000/W[1 2 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>" % len(packed)
    return b"%PDF-1.7\n9 0 obj " + stream + b"stream\n" + packed + b"\nendstream endobj\nstartxref\n9\n%%EOF"

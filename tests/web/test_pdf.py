"""PDFs are written from our own page and sheet, and from nothing else."""

from __future__ import annotations

import importlib
import io
import urllib.request

import pikepdf
import pytest

from web import pdf

pytestmark = [pytest.mark.anyio, pytest.mark.needs("pango", "fonts")]


async def test_a_page_is_one_sheet_with_its_fonts_inside() -> None:
    """A4, and every font is embedded: it looks the same where no Chinese font is."""
    content = await pdf.write(
        '<html lang="zh-CN"><body><div class="paper">志愿服务证明</div>', "certificate.css"
    )
    with pikepdf.open(io.BytesIO(content)) as document:
        (page,) = document.pages
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        fonts = list(page.resources["/Font"].values())
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


@pytest.mark.parametrize(
    "inside",
    [
        '<img src="file:///etc/hostname">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        "<style>@import url(http://127.0.0.1:9/x.css);</style>",
        '<object data="file:///etc/hostname"></object>',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
    ],
)
async def test_nothing_is_fetched(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a file of this machine nor an address is opened: the sheet comes without it."""
    opened: list[object] = []

    def heard(_self: object, asked: object, *_given: object, **_named: object) -> None:
        opened.append(asked)
        raise OSError("closed")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", heard)
    content = await pdf.write(f"<html><head></head><body>x{inside}</body></html>", "certificate.css")
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.attachments) == 0
        assert len(document.pages) == 1
    assert opened == []


async def test_without_pango_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is there and the system's is not: it is not available, and nothing is raised."""

    def missing(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    assert pdf.available()
    pdf.available.cache_clear()
    monkeypatch.setattr(importlib, "import_module", missing)
    try:
        assert not pdf.available()
    finally:
        pdf.available.cache_clear()

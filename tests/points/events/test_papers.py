"""PDFs carried over without what hides in them."""

from __future__ import annotations

import io

import pikepdf
import pytest

from points.events import papers
from points.events.errors import BadAttachment
from tests.points.events.photographs import SECRET, paper


def test_only_the_pages_come_along() -> None:
    """No script, no file inside, nobody's name, and no place in the photograph; the page still shows it."""
    before = paper()
    assert all(part in before for part in (b"app.alert", b"MZ-evil", SECRET))
    after = papers.clean(before)
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert len(pdf.pages) == 1
        assert {"/OpenAction", "/Names", "/AcroForm", "/Metadata"} & set(pdf.Root.keys()) == set()
        assert "/AA" not in pdf.pages[0].obj
        picture = pdf.pages[0].Resources.XObject.Im0
        assert isinstance(picture, pikepdf.Stream)
        assert picture.read_raw_bytes()[:2] == b"\xff\xd8"
        texts = [
            each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream) and each != picture
        ]
        assert SECRET not in b"".join([*texts, picture.read_raw_bytes(), after])
        assert pikepdf.PdfImage(picture).as_pil_image().size == (64, 48)
    assert b"JavaScript" not in after
    assert b"EmbeddedFile" not in after


def test_the_same_file_gives_the_same_bytes() -> None:
    """So it is kept once."""
    before = paper()
    assert papers.clean(before) == papers.clean(before)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (paper(encryption=pikepdf.Encryption(owner="x", user="y")), "有密码"),
        (paper(pages=51), "1 到 50 页"),
        (b"%PDF-1.7\nnothing", "内容是坏的"),
    ],
)
def test_what_cannot_be_washed_is_refused(data: bytes, problem: str) -> None:
    """A password, a whole book, and what only says that it is one."""
    with pytest.raises(BadAttachment, match=problem):
        papers.clean(data)

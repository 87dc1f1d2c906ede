"""Washing in a process of its own."""

from __future__ import annotations

import io

import pikepdf
import pytest

from points.events import washing
from points.events.errors import BadAttachment
from tests.points.events.photographs import SECRET, bursting, paper, photo


@pytest.mark.parametrize(("data", "kind"), [(photo(), "jpeg"), (photo("PNG"), "png"), (paper(), "pdf")])
def test_a_file_comes_out_as_what_it_is(data: bytes, kind: str) -> None:
    """By its content; only pictures have a thumbnail and looks; what is washed comes out the same again."""
    washed = washing.wash(data)
    assert (washed.kind, SECRET in washed.data) == (kind, False)
    assert (washed.thumbnail is None) == (washed.looks is None) == (kind == "pdf")
    assert washed == washing.wash(data)


def test_what_bursts_harms_only_its_own_process() -> None:
    """A PDF of some kilobytes whose structure unpacks to two gigabytes is refused in a sentence."""
    with pytest.raises(BadAttachment):
        washing.wash(bursting())


def test_nothing_and_too_much_are_refused() -> None:
    """Before a process is begun for them."""
    for data, problem in ((b"", "是空的"), (bytes(washing.BYTES_AT_MOST + 1), "超过 10 MB")):
        with pytest.raises(BadAttachment, match=problem):
            washing.wash(data)


def test_a_pdf_is_known_by_its_beginning() -> None:
    """Whitespace before it is tolerated, as readers of PDFs do; a PDF can be opened afterwards."""
    washed = washing.told(b"\n" + paper(script=False))
    with pikepdf.open(io.BytesIO(washed.data)) as pdf:
        assert len(pdf.pages) == 1

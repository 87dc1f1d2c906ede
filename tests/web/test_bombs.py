"""Spreadsheets that unfold into more than they are, given to the page of an import: a sentence, and nothing stays."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from points.sample.town import STAFF
from tests import town
from tests.points.events.imports.test_limits import corners, unfolding
from tests.web import visits, wizard
from web import uploads


def blanks(path: Path) -> None:
    """A table of OpenDocument with five hundred megabytes of blanks in its content."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with archive.open("content.xml", "w", force_zip64=True) as content:
            for _ in range(500):
                content.write(b" " * 2**20)


BOMBS: dict[str, Callable[[Path], None]] = {
    "corners.xlsx": corners,
    "unfolding.xlsx": unfolding,
    "blanks.ods": blanks,
}


def test_a_bomb_given_to_the_page_is_a_sentence(tmp_path: Path) -> None:
    """The form comes back and says what to do; no file of it is kept."""
    settings = town.copied(tmp_path)
    with visits.opened(settings) as site:
        admin = visits.visit(site, STAFF[0])
        for name, make in BOMBS.items():
            make(tmp_path / name)
            wizard.choose(admin, (tmp_path / name).read_bytes(), kind="areas", name=name)
            assert admin.answer.status_code == 422
            assert f"读不了 {name}：解开以后太大" in admin.words
        assert not list(uploads.folder(settings).glob("*/file*"))

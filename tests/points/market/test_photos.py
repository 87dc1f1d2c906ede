"""Photos of items: washed, in two sizes, under their digests, shown until another is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from ledger.errors import ReferenceConflict
from points.events import attachments
from points.events.errors import BadAttachment
from points.evidence import files
from points.market import item_changes, items, photos
from points.market.item_changes import Photo
from points.people.errors import NotAllowed
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio


def picture(colour: str = "green", size: tuple[int, int] = (1200, 800), kind: str = "JPEG") -> bytes:
    """A photo with a remark hidden in it."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home by 王秀兰"
    Image.new("RGB", size, colour).save(out, kind, exif=exif)
    return out.getvalue()


async def shown(town: Town) -> Photo | None:
    """The photo of the soap."""
    _, standing = await items.numbered(town.book, 1)
    return (await item_changes.photos(town.book, {1: standing})).get(1)


async def test_a_photo_is_washed_and_kept_in_two_sizes_until_another_is_shown(
    town: Town, tmp_path: Path
) -> None:
    """Nothing hidden comes along; the page knows how large it is before it is there; the old one's files go."""
    soap, folder = await town.item("香皂"), tmp_path / "files"
    said = {"by": town.keeper, "on": ON}
    data = picture()
    key = await photos.add(town.book, folder, soap, data, key="a", **said)  # type: ignore[arg-type]
    again = await photos.add(town.book, folder, soap, data, key="a", **said)  # type: ignore[arg-type]
    assert key == again
    photo = await shown(town)
    assert photo is not None
    assert (photo.width, photo.height, photo.small_width, photo.small_height) == (960, 640, 240, 160)
    for digest, size in ((photo.digest, (960, 640)), (photo.small, (240, 160))):
        kept = files.get(folder, digest)
        assert kept is not None
        with Image.open(io.BytesIO(kept)) as image:
            assert (image.format, image.size, dict(image.getexif())) == ("JPEG", size, {})
        assert await photos.shown(town.book, digest)
    assert await photos.cited(town.book) == {photo.digest, photo.small} == set(files.listed(folder))
    await photos.add(town.book, folder, soap, picture("red"), key="b", **said)  # type: ignore[arg-type]
    assert not await photos.shown(town.book, photo.digest)
    with pytest.raises(ReferenceConflict):
        await photos.add(town.book, folder, soap, picture("blue"), key="b", **said)  # type: ignore[arg-type]
    await photos.remove(town.book, soap, key="c", **said)  # type: ignore[arg-type]
    assert await shown(town) is None
    assert await photos.cited(town.book) == set()


async def test_the_sweep_leaves_what_is_shown(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of events and of items stand in one folder; a sweep asks both rooms."""
    monkeypatch.setattr(files, "LEFT_SECONDS", -1)
    soap = await town.item("香皂")
    await photos.add(town.book, tmp_path / "f", soap, picture(), by=town.keeper, on=ON, key="a")
    assert await attachments.sweep(town.book, tmp_path / "f", also=await photos.cited(town.book)) == 0
    assert await attachments.sweep(town.book, tmp_path / "f") == 2


async def test_what_is_no_picture_is_refused_and_only_the_keeper_adds(town: Town, tmp_path: Path) -> None:
    """A PDF may prove an event; it is no photo."""
    soap = await town.item("香皂")
    with pytest.raises(BadAttachment):
        await photos.add(town.book, tmp_path / "f", soap, b"hello", by=town.keeper, on=ON, key="a")
    with pytest.raises(NotAllowed):
        await photos.add(town.book, tmp_path / "f", soap, picture(), by=town.counter, on=ON, key="a")
    assert await shown(town) is None

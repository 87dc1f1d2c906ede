"""Photos of items: washed like every file a stranger brings, kept by their digest in two sizes, shown to everybody."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import anyio
from PIL import Image

from ledger.book import Book
from points.events import attachments
from points.events.errors import BadAttachment
from points.events.washing import Washed
from points.evidence import acts, files
from points.keys import new_key
from points.market import earlier, item_changes
from points.market.catalogue_records import ItemChange, ItemPhoto
from points.market.models import Item
from points.people import roles

SIDE, SMALL_SIDE = 960, 240
"""Pixels of the longer side: on an item's own page, and in a list."""
QUALITY = 78
_SHOWN = """
SELECT p.digest, p.small FROM market_item_photo AS p
JOIN market_item_change AS c ON c.value = p.id AND c.item = p.item AND c.what = 'photo'
WHERE NOT EXISTS (SELECT 1 FROM market_item_change AS l WHERE l.item = c.item AND l.what = 'photo' AND l.id > c.id)"""


async def add(book: Book, folder: Path, item: Item, data: bytes, *, by: str, on: date, key: str) -> str:
    """Wash a photo and show it with an item from now on; its key is the answer, and the same for the same `key`.

    The files are on the disk before their row is written. Raises NotAllowed unless `by` is stock keeper of the whole
    book, BadAttachment (no picture, too large, broken), BadKey, ReferenceConflict, NoSpace and PlaceUnusable.
    """
    await roles.require(book, by, "stock_keeper", None, on)
    reference = f"item-photo/{item.number}/{earlier.checked_key(key)}"
    asked = {"by": by, "digest": files.digest_of(data), "item": item.number, "verb": "photo"}
    if done := await acts.before(book, reference, asked):
        return done.subject
    washed = await attachments.wash(data)
    if washed.thumbnail is None:
        raise BadAttachment(problem="不是 JPEG、PNG 或 WebP 图片")
    row = await anyio.to_thread.run_sync(_kept, folder, item.number, washed)
    row.added_at, row.added_by = book.now(), by
    facts = {**asked, "photo": row.id, "small": row.small, "washed": row.digest}
    shown = _change(item, row.id, by, on, reference)
    await acts.post(book, reference, ("item-photo", row.id), facts, [row, shown], on=on, request=asked)
    return await acts.subject(book, reference)


async def remove(book: Book, item: Item, *, by: str, on: date, key: str) -> None:
    """Show no photo with an item; its files go with the next sweep. The same key again changes nothing.

    Raises NotAllowed unless `by` is stock keeper of the whole book, BadKey.
    """
    await roles.require(book, by, "stock_keeper", None, on)
    reference = f"item-photo/{item.number}/{earlier.checked_key(key)}"
    asked = {"by": by, "item": item.number, "verb": "no photo"}
    now = (await item_changes.read(book, [item]))[item.number]
    if await acts.before(book, reference, asked) or not now.photo:
        return
    row = _change(item, "", by, on, reference)
    await acts.post(book, reference, ("item-change", row.id), asked, [row], on=on)


async def cited(book: Book) -> set[str]:
    """The digests of the photos that are shown, large and small: these files must be there."""
    rows = await book.reader.execute_query_dict(_SHOWN, [])
    return {str(digest) for row in rows for digest in (row["digest"], row["small"])}


async def shown(book: Book, digest: str) -> bool:
    """Whether a file is that of a photo that is shown with an item now. One statement."""
    sql = f"{_SHOWN} AND (p.digest = ? OR p.small = ?)"
    return bool(await book.reader.execute_query_dict(sql, [digest, digest]))


def _kept(folder: Path, item: int, washed: Washed) -> ItemPhoto:
    large, small = _sized(washed.data, SIDE), _sized(washed.data, SMALL_SIDE)
    return ItemPhoto(
        id=new_key(),
        item=item,
        digest=files.put(folder, large[0]),
        small=files.put(folder, small[0]),
        width=large[1],
        height=large[2],
        small_width=small[1],
        small_height=small[2],
        size=len(large[0]),
    )


def _sized(data: bytes, side: int) -> tuple[bytes, int, int]:
    """A picture that we wrote ourselves, with no side longer than this, as JPEG; its width and height."""
    with Image.open(io.BytesIO(data)) as opened:
        image = opened.convert("RGB")
    image.thumbnail((side, side))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), image.width, image.height


def _change(item: Item, photo: str, by: str, on: date, reference: str) -> ItemChange:
    return ItemChange(
        id=new_key(),
        item=item.number,
        what="photo",
        value=photo,
        changed_on=on.isoformat(),
        changed_by=by,
        reference=reference,
    )

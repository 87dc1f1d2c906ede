"""The photo of an item: shown, replaced, and taken away."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import item_changes, photos
from web import access, forms, pages
from web.access import form
from web.forms import Code, Filled, FormModel
from web.i18n import N_, Say
from web.refusals import said
from web.uploads import FileForm
from web.views import items as its
from web.views.attachments import read_file


class Photo(FormModel):
    """A photo to be shown."""

    key: Code = Field(title=N_("编号"))
    file: str = Field("", title=N_("照片"))


class Nothing(FormModel):
    """No more than the key."""

    key: Code = Field(title=N_("编号"))


async def photo(request: Request) -> Response:
    """GET /items/{item}/photo: the photo that is shown, and a form for another."""
    return await _photo(request, forms.empty(Photo))


async def set_photo(request: Request) -> Response:
    """POST /items/{item}/photo: washes it and shows it; twice is once."""
    its.require_keeper(request)
    item, _ = await its.find(request)
    sent: FileForm = access.body(request)
    filled = forms.read(Photo, sent)
    data = await read_file(sent)
    if data is None:
        filled = filled.failed("file", Say(N_("请选一个文件。")))
    if filled.value is None or filled.errors or data is None:
        return await _photo(request, filled, status_code=422)
    book, folder = access.book(request), request.app.state.settings.attachments
    try:
        await photos.add(
            book,
            folder,
            item,
            data,
            by=access.who(request).member,
            on=book.today(),
            key=filled.value.key,
        )
    except (PointsError, ReferenceConflict) as refusal:
        return await _photo(request, filled.failed("file", said(refusal)), status_code=422)
    return its.seen(request, item)


async def drop_photo(request: Request) -> Response:
    """POST /items/{item}/photo/removal: shows none any more."""
    its.require_keeper(request)
    item, _ = await its.find(request)
    filled = forms.read(Nothing, form(request))
    if filled.value is None:
        raise HTTPException(400)
    book = access.book(request)
    await photos.remove(book, item, by=access.who(request).member, on=book.today(), key=filled.value.key)
    return its.seen(request, item)


async def _photo(request: Request, filled: Filled[Any], *, status_code: int = 200) -> Response:
    its.require_keeper(request)
    item, standing = await its.find(request)
    found = await item_changes.photos(access.book(request), {item.number: standing})
    return pages.render(
        request,
        "item_photo.html",
        status_code=status_code,
        filled=filled,
        item=item,
        photo=found.get(item.number),
    )

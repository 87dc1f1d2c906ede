"""What proves an event, on its page and beside the claim: seen, added, and erased for a reason."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events import attachments, duties
from points.events.errors import UnknownAttachment
from points.events.records import Attachment
from points.evidence import files
from web import access, forms, pages
from web.access import form
from web.forms import Code, Filled, FormModel
from web.i18n import N_, Say
from web.proofs import NAMES, REASONS
from web.refusals import said
from web.uploads import FileForm
from web.views import events

TYPES = {"jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
SUFFIXES = {"jpeg": "jpg", "png": "png", "pdf": "pdf"}


class Added(FormModel):
    """A file and what it shows."""

    key: Code = Field(title=N_("编号"))
    name: Literal["site", "sign_in", "other"] = Field(title=N_("里面是什么"))
    file: str = Field("", title=N_("照片或 PDF"))


class Erased(FormModel):
    """Why a file is erased."""

    key: Code = Field(title=N_("编号"))
    reason: Literal["person", "wrong", "asked"] = Field(title=N_("为什么删除"))


async def new(request: Request) -> Response:
    """GET /events/{event}/attachments/new: choose a photo or a PDF, or take one."""
    return await _page(request, forms.empty(Added, name="site"))


async def create(request: Request) -> Response:
    """POST /events/{event}/attachments/new: washes it, keeps it, and goes back to the event; twice is once."""
    whole = await events.find(request, duties.PROVERS)
    sent: FileForm = access.body(request)
    filled = forms.read(Added, sent)
    data = await read_file(sent)
    if data is None:
        filled = filled.failed("file", Say(N_("请选一个文件。")))
    if filled.value is None or filled.errors or data is None:
        return await _page(request, filled, status_code=422)
    book, folder = access.book(request), request.app.state.settings.attachments
    try:
        await attachments.add(
            book,
            folder,
            whole.event.id,
            data,
            name=filled.value.name,
            by=access.who(request).member,
            key=filled.value.key,
        )
    except PointsError as refusal:
        return await _page(request, filled.failed("file", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("events.show", event=whole.event.id)) + "#proofs")


async def show(request: Request) -> Response:
    """GET /events/{event}/attachments/{attachment}: the picture, or the PDF to save."""
    return await sent_as_it_is(request, await _found(request))


async def sent_as_it_is(request: Request, row: Attachment) -> Response:
    """The file of an attachment that was found for somebody who may see it."""
    return await _file(request, row.digest, row.kind, f"{row.id[-8:]}.{SUFFIXES[row.kind]}")


async def thumbnail(request: Request) -> Response:
    """GET /events/{event}/attachments/{attachment}/thumbnail"""
    return await small(request, await _found(request))


async def about(request: Request) -> Response:
    """GET /events/{event}/attachments/{attachment}/erasure: look at it once more, and say why it goes."""
    return await _about(request, forms.empty(Erased))


async def erase(request: Request) -> Response:
    """POST /events/{event}/attachments/{attachment}/erasure: erases the file; that it was there stays."""
    whole = await events.find(request, duties.AMENDERS)
    filled = forms.read(Erased, form(request))
    if filled.value is None:
        return await _about(request, filled, status_code=422)
    try:
        await attachments.erase(
            access.book(request),
            request.app.state.settings.attachments,
            whole.event.id,
            request.path_params["attachment"],
            reason=filled.value.reason,
            by=access.who(request).member,
            key=filled.value.key,
        )
    except UnknownAttachment:
        raise HTTPException(404) from None
    return pages.see(str(request.app.url_path_for("events.show", event=whole.event.id)) + "#proofs")


async def read_file(sent: FileForm) -> bytes | None:
    """The bytes of the file that came with a form; None when nobody chose one."""
    if sent.file is None:
        return None
    data = await sent.file.read()
    await sent.file.close()
    return data


async def _found(request: Request) -> Attachment:
    whole = await events.find(request, events.READERS)
    try:
        return await attachments.find(access.book(request), whole.event.id, request.path_params["attachment"])
    except UnknownAttachment:
        raise HTTPException(404) from None


async def small(request: Request, row: Attachment) -> Response:
    """The small picture of an attachment that was found for somebody who may see it; 404 for one that has none."""
    if row.thumbnail is None:
        raise HTTPException(404)
    return await _file(request, row.thumbnail, "jpeg", f"{row.id[-8:]}-small.jpg")


async def _file(request: Request, digest: str, kind: str, name: str) -> Response:
    """The bytes, if they are those that were registered; a changed file is shown to nobody as evidence."""
    data = files.get(request.app.state.settings.attachments, digest)
    if data is None:
        raise HTTPException(404)
    disposition = "attachment" if kind == "pdf" else "inline"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"'}
    return Response(data, media_type=TYPES[kind], headers=headers)


async def _page(request: Request, filled: Filled[Added], *, status_code: int = 200) -> Response:
    whole = await events.find(request, duties.PROVERS)
    return pages.render(
        request,
        "attachment_new.html",
        status_code=status_code,
        filled=filled,
        whole=whole,
        what=events.title(whole),
        options=[(name, Say(label)) for name, label in NAMES.items()],
    )


async def _about(request: Request, filled: Filled[Erased], *, status_code: int = 200) -> Response:
    whole = await events.find(request, duties.AMENDERS)
    about = str(request.app.url_path_for("events.show", event=whole.event.id))
    return looked_at_once_more(
        request,
        await _found(request),
        filled,
        about=(about, events.title(whole)),
        at=about + "/attachments",
        status_code=status_code,
    )


def looked_at_once_more(
    request: Request,
    row: Attachment,
    filled: Filled[Erased],
    *,
    about: tuple[str, Any],
    at: str,
    status_code: int = 200,
) -> Response:
    """The page on which an attachment is erased: `about` is the address and the title of what it proves, `at` the
    address below which it stands."""
    return pages.render(
        request,
        "attachment_erasure.html",
        status_code=status_code,
        filled=filled,
        row=row,
        about=about[0],
        what=about[1],
        at=at,
        options=[(reason, Say(label)) for reason, label in REASONS.items()],
    )

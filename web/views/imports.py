"""Importing, step by step: choose a file, say which column is which, look at what would happen, and let it happen."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from points.awards import withdrawals
from points.events.errors import UnreadableFile
from points.events.imports import choices, columns, errorfile, kinds
from points.events.imports.choices import Choices
from points.events.imports.errors import FileAway
from points.events.imports.gathering import How, read_sheet
from points.events.imports.reading import Sheet
from points.keys import new_key
from web import access, bodies, forms, importing, jobs, pages, uploads, words
from web.access import form
from web.commands.imports import KINDS
from web.commands.plans import WORDS
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.models import Job
from web.uploads import FileForm, Upload

LABELS = KINDS
NOTES = {
    "events": N_("别的平台的事件：表格、eGova 记录、Open311"),
    "contributions": N_("谁在哪件事里做了什么，多长时间"),
    "members": N_("姓名、手机、类别、社区，户和志愿队"),
    "areas": N_("区划代码、名称、级别、上级"),
}
KEY = r"^[0-9a-f]{24,32}$"
"""What our pages make for the effect of a form; anything else would stand in an address."""
LATEST = 5
SAMPLES = 3


class Chosen(FormModel):
    """What kind of file, and where it comes from."""

    kind: Literal["events", "contributions", "members", "areas"] = Field(title=N_("里面是什么"))
    source: Line = Field("", title=N_("来自哪个平台"), max_length=40, pattern=r"^\S*$")


class Carried(FormModel):
    """That what was seen is to be carried out."""

    digest: Line = Field(title=N_("看过的内容"), pattern=r"^[0-9a-f]{64}$")
    key: Code = Field(title=N_("编号"), pattern=KEY)


async def index(request: Request) -> Response:
    """GET /imports: choose a file; below, what came in last."""
    return await _choose(request, forms.empty(Chosen, kind="events"))


async def create(request: Request) -> Response:
    """POST /imports: keep the file; what cannot be read is said here and kept by nobody."""
    sent: FileForm = access.body(request)
    filled = forms.read(Chosen, sent)
    wanted = kinds.KINDS.get(filled.values["kind"])
    if wanted and wanted.needs_source and not filled.values["source"].strip():
        filled = filled.failed(
            "source", Say(N_("请写明来自哪个平台，例如 pingshan；同一个平台每次写得一样。"))
        )
    if wanted and wanted.whole_book and not _is_whole(request):
        filled = filled.failed("kind", Say(N_("区划要管全部的管理员来导入。")))
    if sent.file is None:
        filled = filled.failed("file", Say(N_("请选一个文件。")))
    if filled.value is None or filled.errors or sent.file is None:
        return await _choose(request, filled, status_code=422)
    settings, me = request.app.state.settings, access.who(request).member
    source = filled.value.source or None
    upload = uploads.keep(settings, sent.file, by=me, kind=filled.value.kind, source=source)
    try:
        await read_sheet(upload.path(settings), How(name=upload.name), rows_at_most=_most(upload))
    except UnreadableFile as error:
        uploads.drop(settings, upload)
        return await _choose(request, filled.failed("file", _said(error)), status_code=422)
    return pages.see(str(request.app.url_path_for("imports.columns", upload=upload.key)))


async def show(request: Request) -> Response:
    """GET /imports/{upload}: which column is which, as we guess it or as it was said the last time."""
    upload = _mine(request)
    chosen = await choices.remembered(access.book(request), upload.kind, upload.source, by=upload.by)
    how = How(chosen, None, upload.name)
    sheet = await _sheet(request, upload, how)
    known = kinds.KINDS[upload.kind].columns(sheet, how)
    layout = columns.guess(sheet, known, chosen.columns)
    titles = [title for title in dict.fromkeys(layout.titles) if title]
    first = [record for record, _ in zip(columns.records(sheet, layout), range(SAMPLES), strict=False)]
    rows = [
        {
            "key": column.key,
            "name": column.name,
            "aka": column.spellings[0] if column.spellings else "",
            "needed": column.needed,
            "title": layout.titles[layout.places[column.key]] if column.key in layout.places else "",
            "seen": [cell[:30] for record in first if (cell := record.get(column.key))],
        }
        for column in known
    ]
    missing = bodies.query(request).one("missing") == "1"
    return pages.render(
        request,
        "import_columns.html",
        upload=upload,
        label=LABELS[upload.kind],
        titles=titles,
        rows=rows,
        remembered=bool(chosen.columns),
        missing=missing,
    )


async def choose(request: Request) -> Response:
    """POST /imports/{upload}: keep which column is which in their files of this source, and look the file through."""
    upload, book = _mine(request), access.book(request)
    sent, me = form(request), access.who(request).member
    before = await choices.remembered(book, upload.kind, upload.source, by=upload.by)
    sheet = await _sheet(request, upload, How(name=upload.name))
    known = kinds.KINDS[upload.kind].columns(sheet, How(before))
    chosen = {column.key: sent.one(f"column-{column.key}")[:200] for column in known}
    if any(column.needed and not chosen[column.key] for column in known):
        return pages.see(str(request.app.url_path_for("imports.columns", upload=upload.key)) + "?missing=1")
    await choices.remember(book, upload.kind, upload.source, Choices(chosen, before.places), by=me)
    return await _look(request, upload, sent.one("key"))


async def places(request: Request) -> Response:
    """POST /imports/{upload}/places: keep which community each name means, and look the file through again."""
    upload, book, sent = _mine(request), access.book(request), form(request)
    before = await choices.remembered(book, upload.kind, upload.source, by=upload.by)
    answers = {}
    for name, value in sent.pairs:
        number = name.removeprefix("place-")
        if name.startswith("place-") and value.isdecimal() and sent.one(f"name-{number}"):
            answers[sent.one(f"name-{number}")] = value
    chosen = Choices(before.columns, {**before.places, **answers})
    await choices.remember(book, upload.kind, upload.source, chosen, by=access.who(request).member)
    return await _look(request, upload, sent.one("key"))


async def look(request: Request) -> Response:
    """GET /imports/{upload}/look/{job}: how far it is; then what would happen, row by row where something is wrong."""
    upload, job = _mine(request), await _job(request, importing.LOOK)
    settings = request.app.state.settings
    found = uploads.read(upload.beside(settings, "found.json")) if job.state == "done" else None
    if job.state == "done" and found is None:
        raise HTTPException(404)
    return pages.render(
        request,
        "import_look.html",
        upload=upload,
        label=LABELS[upload.kind],
        job=job,
        found=found,
        why=_why(job),
        words=WORDS,
        category=words.category,
        key=new_key(),
        said=lambda problem: Say(problem["say"].removesuffix("。"), **problem["facts"]),
    )


async def carry(request: Request) -> Response:
    """POST /imports/{upload}/carry: carry out what was seen; pressed twice, it is done once."""
    upload, me = _mine(request), access.who(request).member
    filled = forms.read(Carried, form(request))
    if filled.value is None:
        raise bodies.Malformed("digest and key")
    key = filled.value.key
    arguments = {"upload": upload.key, "digest": filled.value.digest, "batch": new_key(), "by": me}
    job = await jobs.ask(access.book(request), importing.CARRY, by=me, arguments=arguments, key=key)
    return pages.see(str(request.app.url_path_for("imports.job", upload=upload.key, job=job.id)))


async def job(request: Request) -> Response:
    """GET /imports/{upload}/jobs/{job}: how far it is, and what came of it."""
    upload, found = _mine(request), await _job(request, importing.CARRY)
    return pages.render(
        request,
        "import_job.html",
        upload=upload,
        label=LABELS[upload.kind],
        job=found,
        done=jobs.result(found) if found.state == "done" else {},
        why=_why(found),
    )


async def errors(request: Request) -> Response:
    """GET /imports/{upload}/errors.{suffix}: the rows that stay out, with one more column, as a file."""
    upload, suffix = _mine(request), "." + request.path_params["suffix"]
    path = upload.beside(request.app.state.settings, f"errors{suffix}")
    if suffix not in errorfile.SUFFIXES or not path.exists():
        raise HTTPException(404)
    stem = upload.name.rsplit(".", 1)[0]
    return FileResponse(path, filename=f"{stem}-errors{suffix}", headers={"Cache-Control": "no-store"})


async def _choose(request: Request, filled: Filled[Chosen], *, status_code: int = 200) -> Response:
    me = access.who(request).member
    latest = await withdrawals.page(access.book(request), limit=LATEST)
    offered = [kind for kind in kinds.KINDS.values() if _is_whole(request) or not kind.whole_book]
    return pages.render(
        request,
        "imports.html",
        status_code=status_code,
        filled=filled,
        options=[(kind.name, Say(LABELS[kind.name]), Say(NOTES[kind.name])) for kind in offered],
        labels=LABELS,
        latest=[line for line in latest.lines if _is_whole(request) or latest.by.get(line[0].id) == me],
        more=latest.before is not None,
    )


async def _look(request: Request, upload: Upload, key: str) -> Response:
    if key and not re.fullmatch(KEY, key):
        raise bodies.Malformed("key")
    me = access.who(request).member
    arguments = {"upload": upload.key, "by": me}
    asked = await jobs.ask(access.book(request), importing.LOOK, by=me, arguments=arguments, key=key or None)
    return pages.see(str(request.app.url_path_for("imports.look", upload=upload.key, job=asked.id)))


def _mine(request: Request) -> Upload:
    """The file that a path names, for the one who brought it; for anyone else it is not there."""
    me = access.who(request).member
    upload = uploads.find(request.app.state.settings, request.path_params["upload"], me)
    if upload is None:
        raise HTTPException(404)
    return upload


async def _sheet(request: Request, upload: Upload, how: How) -> Sheet:
    """The file that was kept; raises FileAway once it was carried out: whoever goes back then reads what to do."""
    path = upload.path(request.app.state.settings)
    if not path.exists():
        raise FileAway
    return await read_sheet(path, how, rows_at_most=_most(upload))


async def _job(request: Request, kind: str) -> Job:
    found = await jobs.find(access.book(request), request.path_params["job"])
    if found is None or found.kind != kind or found.asked_by != access.who(request).member:
        raise HTTPException(404)
    if jobs.arguments(found).get("upload") != request.path_params["upload"]:
        raise HTTPException(404)
    return found


def _why(job: Job) -> Say | None:
    """Why a job failed, in the language of whoever reads."""
    told: dict[str, Any] = jobs.result(job)
    return Say(told["say"], **told["facts"]) if job.state == "failed" and told else None


def _said(error: UnreadableFile) -> Say:
    return Say(error.template, **error.facts)


def _is_whole(request: Request) -> bool:
    return None in access.who(request).areas(importing.ROLE)


def _most(upload: Upload) -> int:
    return kinds.KINDS[upload.kind].rows_at_most

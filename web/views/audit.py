"""The audit (⑫): check the whole ledger as a job, and keep what every run found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import audits, heads, signatures, tree
from ledger.audit import Report
from ledger.book import Book
from ledger.encoding import read_moment
from points import auditing
from points import paging as parts
from points.market import earlier
from points.people import members
from web import access, bodies, jobs, pages, paging
from web.i18n import Say
from web.jobs import Progress
from web.models import AuditFinding, AuditRun, AuditTold, Job
from web.settings import Settings

KIND = "audit"
RUNS, FINDINGS, KEPT = 20, 100, 1_000


async def show(request: Request) -> Response:
    """GET /audit: how large the ledger is, its last signed head, and the runs so far, newest first."""
    book = access.book(request)
    every = AuditRun.all().using_db(book.reader)
    runs = await parts.part(every, paging.turn(request), by=("finished_at", "id"), limit=RUNS)
    shown: dict[str, Any] = {
        "size": await tree.head(book.reader),
        "head": await heads.last(book),
        "runs": runs,
        "names": await _names(book, {one.run_by for one in runs}),
        "turns": paging.links(request, runs),
        "busy": await jobs.under_way(book, KIND),
        **await _read_to(book, request.app.state.settings),
    }
    return pages.render(request, "audit.html", **shown)


async def create(request: Request) -> Response:
    """POST /audit/runs: begins a run, from the last good one on or in full; or leads to the one that is under way."""
    form = access.form(request)
    book, key = access.book(request), earlier.checked_key(form.one("key"))
    job = await jobs.under_way(book, KIND)
    if job is None:
        asking = access.who(request).member
        wanted = {"run": key, "by": asking, "full": form.one("how") == "full"}
        job = await jobs.ask(book, KIND, by=asking, arguments=wanted, key=key)
    return pages.see(f"/audit/runs/{job.id}")


async def run(request: Request) -> Response:
    """GET /audit/runs/{run}: how far it is, and then what it found, page by page."""
    book, key = access.book(request), request.path_params["run"]
    job, result = await jobs.find(book, key), await AuditRun.get_or_none(id=key, using_db=book.reader)
    if result is None and (job is None or job.kind != KIND):
        raise HTTPException(404)
    after = bodies.query(request).one("after")
    findings = await _findings(
        book, key, int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    )
    told = await _told(book, [key, *(found.id for found in findings)])
    shown: dict[str, Any] = {
        "key": key,
        "job": job,
        "result": result,
        "names": await _names(book, {result.run_by} if result else set()),
        "findings": findings[:FINDINGS],
        "told": told,
        "remarks": [said for where, said in sorted(told.items()) if where.startswith(f"{key}/k")],
        "more": findings[FINDINGS - 1].number if len(findings) > FINDINGS else None,
        "why": _why(job),
    }
    return pages.render(request, "audit_run.html", **shown)


async def sign(request: Request) -> Response:
    """POST /audit/checkpoints: signs the head as it stands, once it is proved to extend the last one."""
    key = signatures.load(request.app.state.settings.key_file)
    await heads.checkpoint(access.book(request), key)
    return pages.see("/audit")


async def check_all(
    book: Book, settings: Settings, arguments: dict[str, Any], progress: Progress
) -> dict[str, Any]:
    """The job: every check of the ledger and of the house. Done again, it keeps the first result."""
    key, checks = (
        signatures.load(settings.key_file),
        auditing.checks(book, witness=settings.witness_file, files=settings.attachments),
    )
    report = await audits.check(book, checks, key=key, full=bool(arguments.get("full")), progress=progress)
    await _keep(book, arguments["run"], arguments["by"], report)
    return {"findings": len(report.findings), "size": report.size}


jobs.KINDS[KIND] = check_all


async def _keep(book: Book, key: str, by: str, report: Report) -> None:
    """Write down the run and the first thousand findings, in one transaction."""
    result = AuditRun(
        id=key,
        run_by=by,
        finished_at=book.now(),
        milliseconds=round(report.seconds * 1000),
        size=report.size,
        root=report.root,
        checks=len(report.checks),
        findings=len(report.findings),
    )
    rows = [
        AuditFinding(
            id=f"{key}/{number:04d}", run=key, number=number, check_name=found.check,
            position=found.position, row=found.row[:200], what=found.what[:400],
        )
        for number, found in enumerate(report.findings[:KEPT], 1)
    ]  # fmt: skip
    told = [_sentences(key, report.why, report.facts, ""), *_of_findings(key, report)]
    async with book.write() as db:
        if not await AuditRun.filter(id=key).using_db(db).exists():
            await result.save(using_db=db, force_create=True)
            await AuditFinding.bulk_create(rows, using_db=db)
            await AuditTold.bulk_create(told, using_db=db)


def _of_findings(key: str, report: Report) -> list[AuditTold]:
    """The sentences of the findings kept, and of the remarks, which stand under the run."""
    remarks = [(f"{key}/k{number}", one) for number, one in enumerate(report.known[:FINDINGS], 1)]
    faults = [(f"{key}/{number:04d}", one) for number, one in enumerate(report.findings[:KEPT], 1)]
    return [_sentences(where, one.template, one.facts, one.todo) for where, one in (*faults, *remarks)]


def _sentences(where: str, say: str, facts: Mapping[str, Any], advice: str) -> AuditTold:
    plain = {name: str(value) for name, value in facts.items()}
    return AuditTold(id=where, say=say, advice=advice, facts=json.dumps(plain, ensure_ascii=False))


async def _told(book: Book, keys: Sequence[str]) -> dict[str, dict[str, Say]]:
    """By the id of a run or a finding: what is said, and what to do. A run's remarks come under `remarks`."""
    rows = await AuditTold.filter(id__in=[*keys, *(f"{keys[0]}/k{n}" for n in range(1, 21))]).using_db(
        book.reader
    )
    return {row.id: {"say": Say(row.say, **json.loads(row.facts)), "todo": Say(row.advice)} for row in rows}


async def _read_to(book: Book, settings: Settings) -> dict[str, Any]:
    """How far the ledger was found whole, when it was last read in full, and whether that is long ago."""
    vkey = str(signatures.load(settings.key_file).verifier)
    names = [
        check.__name__
        for check in auditing.checks(book, witness=settings.witness_file, files=settings.attachments)
    ]
    begins, last = await audits.beginning(book.reader, names, vkey), await audits.last_full(book.reader, vkey)
    at = read_moment(last.checked_at) if last else None
    overdue = at is None or book.now() - at > audits.FULL_EVERY
    return {
        "since": begins.since,
        "why": Say(begins.why, **begins.facts),
        "last_full": at,
        "overdue": overdue,
    }


async def _names(book: Book, numbers: set[str]) -> dict[str, str]:
    """By number: the name with the number, or the number alone once the name was erased."""
    known = await members.many(book, numbers)
    return {one: f"{known[one].name} {one}" if one in known and known[one].name else one for one in numbers}


async def _findings(book: Book, key: str, after: int) -> list[AuditFinding]:
    found = AuditFinding.filter(run=key, number__gt=after).using_db(book.reader)
    return await found.order_by("number").limit(FINDINGS + 1)


def _why(job: Job | None) -> Say | None:
    """Why a run failed, in the reader's language."""
    if job is None or job.state != "failed" or not job.result:
        return None
    why = json.loads(job.result)
    return Say(why["say"], **why["facts"])

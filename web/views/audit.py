"""The audit (⑫): check the whole ledger as a job, and keep what every run found."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import audit as auditing
from ledger import heads, opening, signatures, tree
from ledger.audit import Report
from ledger.book import Book
from points.evidence.checks import evidence_matches
from points.market import earlier
from points.people import members
from web import access, bodies, jobs, pages
from web.i18n import Say
from web.jobs import Progress
from web.models import AuditFinding, AuditRun, Job
from web.settings import Settings

KIND = "audit"
RUNS, FINDINGS, KEPT = 20, 100, 1_000


async def show(request: Request) -> Response:
    """GET /audit: how large the ledger is, its last signed head, and the runs so far, newest first."""
    book, before = access.book(request), bodies.query(request).one("before")
    runs = await _runs(book, before)
    shown: dict[str, Any] = {
        "size": await tree.head(book.reader),
        "head": await heads.last(book),
        "runs": runs[:RUNS],
        "names": await _names(book, {one.run_by for one in runs}),
        "older": runs[RUNS - 1].id if len(runs) > RUNS else None,
        "busy": await jobs.under_way(book, KIND),
    }
    return pages.render(request, "audit.html", **shown)


async def create(request: Request) -> Response:
    """POST /audit/runs: begins a run, or leads to the one that is under way."""
    book, key = access.book(request), earlier.checked_key(access.form(request).one("key"))
    job = await jobs.under_way(book, KIND)
    if job is None:
        asking = access.who(request).member
        job = await jobs.ask(book, KIND, by=asking, arguments={"run": key, "by": asking}, key=key)
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
    shown: dict[str, Any] = {
        "key": key,
        "job": job,
        "result": result,
        "names": await _names(book, {result.run_by} if result else set()),
        "findings": findings[:FINDINGS],
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
    """The job: every check of the ledger and of its evidence. Done again, it keeps the first result."""
    vkey = str(signatures.load(settings.key_file).verifier)
    checks = [opening.history_is_whole(settings.witness_file), *auditing.CHECKS, evidence_matches]
    report = await auditing.run(book.reader, checks, guards=book.guards, vkey=vkey, progress=progress)
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
    async with book.write() as db:
        if not await AuditRun.filter(id=key).using_db(db).exists():
            await result.save(using_db=db, force_create=True)
            await AuditFinding.bulk_create(rows, using_db=db)


async def _runs(book: Book, before: str) -> list[AuditRun]:
    runs = AuditRun.all().using_db(book.reader)
    last = await AuditRun.get_or_none(id=before, using_db=book.reader) if before else None
    if last is not None:
        runs = runs.filter(finished_at__lt=last.finished_at)
    return await runs.order_by("-finished_at").limit(RUNS + 1)


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

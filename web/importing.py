"""The long work of an import: looking a file through, and carrying out what was seen. Each is a job with a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from ledger.book import Book
from points.awards import withdrawals
from points.events import assignments
from points.events.imports import choices, errorfile, kinds
from points.events.imports.columns import records
from points.events.imports.errors import FileGone, LookedOtherwise
from points.events.imports.gathering import How
from points.events.imports.plan import Plan, Problem, carry_out, parts_done
from points.people import roles
from web import jobs, uploads
from web.settings import Settings
from web.uploads import Upload

LOOK, CARRY = "import.look", "import.carry"
ROLE = "admin"
SHOWN = 40
"""Problems on a page; the file of errors has them all."""
FIRST_ROWS = 3


async def look(
    book: Book, settings: Settings, arguments: dict[str, Any], progress: jobs.Progress
) -> dict[str, Any]:
    """Plan a file; what was found stands beside it, so that nothing about people stands in the job's row."""
    upload = _upload(settings, arguments)
    plan = await _plan(book, settings, upload, progress)
    for suffix in errorfile.SUFFIXES:
        written = errorfile.write(plan, upload.path(settings).parent, suffix=suffix)
        if written:
            written.replace(upload.beside(settings, f"errors{suffix}"))
        else:
            upload.beside(settings, f"errors{suffix}").unlink(missing_ok=True)
    uploads.write(upload.beside(settings, "found.json"), found(plan))
    return {"rows": plan.rows, "digest": plan.digest}


async def carry(
    book: Book, settings: Settings, arguments: dict[str, Any], progress: jobs.Progress
) -> dict[str, Any]:
    """Carry out what was seen, if it is still that; begun again after a crash, it goes on where it was."""
    upload = _upload(settings, arguments)
    batch, by = arguments["batch"], arguments["by"]
    done = await parts_done(book, batch)
    plan = replace(await _plan(book, settings, upload, progress), batch=batch)
    if not done and plan.digest != arguments["digest"]:
        raise LookedOtherwise
    outcome = await carry_out(book, plan, by=by, on=book.today(), after=done, progress=progress)
    if plan.kind == "contributions":
        await assignments.assign_waiting(book, book.today())
    upload.path(settings).unlink(missing_ok=True)
    upload.beside(settings, "found.json").unlink(missing_ok=True)
    counted = await withdrawals.size(book, batch, plan.kind) if done else outcome.inserted
    return {
        "kind": plan.kind,
        "inserted": counted or outcome.inserted,
        "unchanged": outcome.unchanged,
        "errors": len(plan.refused),
        "batch": outcome.batch or (batch if done else None),
    }


async def within(book: Book, by: str) -> tuple[str, ...] | None:
    """The areas whose rows somebody may bring in; None for the whole book."""
    areas = [grant.area for grant in await roles.grants_of(book, by, book.today()) if grant.role == ROLE]
    return None if None in areas else tuple(area for area in areas if area)


def found(plan: Plan) -> dict[str, Any]:
    """What a page shows of a plan, as JSON."""
    reasons = Counter((p.column, type(p.why).__name__) for p in plan.errors)
    first = [
        {"row": record.number, "cells": [cell or "" for cell in record.cells.values()]}
        for record, _ in zip(records(plan.sheet, plan.layout), range(FIRST_ROWS), strict=False)
    ]
    return {
        "digest": plan.digest,
        "rows": plan.rows,
        "new": len(plan.entries),
        "unchanged": plan.unchanged,
        "errors": len(plan.refused),
        "warnings": len(plan.warnings),
        "kinds_of_error": len(reasons),
        "tally": dict(plan.tally),
        "titles": [plan.layout.titles[place] or "" for place in plan.layout.places.values()],
        "first": first,
        "problems": [_problem(p) for p in plan.errors[:SHOWN]],
        "notes": [_problem(p) for p in plan.warnings[:SHOWN]],
        "questions": [
            {
                "name": asked.name,
                "rows": asked.rows,
                "candidates": [
                    {"code": p.code, "name": p.name, "street": p.street, "district": p.district}
                    for p in asked.candidates
                ],
            }
            for asked in plan.questions[:SHOWN]
        ],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value and problem.value[:80],
        "say": problem.why.template,
        "facts": {
            name: value if isinstance(value, int) else str(value) for name, value in problem.why.facts.items()
        },
    }


def _upload(settings: Settings, arguments: dict[str, Any]) -> Upload:
    upload = uploads.find(settings, arguments["upload"], arguments["by"])
    if upload is None or not _is_there(upload.path(settings)):
        raise FileGone
    return upload


def _is_there(path: Path) -> bool:
    return path.exists()


async def _plan(book: Book, settings: Settings, upload: Upload, progress: jobs.Progress) -> Plan:
    chosen = await choices.remembered(book, upload.kind, upload.source, by=upload.by)
    mine = await within(book, upload.by)
    if mine is not None and (not mine or kinds.KINDS[upload.kind].whole_book):
        raise await roles.why_not(book, upload.by, ROLE, book.today())
    how = How(chosen, mine, upload.name)
    return await kinds.plan(
        book, upload.kind, upload.path(settings), source=upload.source, how=how, progress=progress
    )


jobs.KINDS |= {LOOK: look, CARRY: carry}

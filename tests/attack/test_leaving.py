"""Requests that are broken off at every door leave nothing behind, and whoever comes next is answered."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import town
from tests.attack import faults
from tests.attack.faults import Change, Fault
from tests.figures import figure
from web.access import Door
from web.routes import ROUTES

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

MADE_WITH = ("ruling_for_communities", "ruling")
LEAVERS = figure(short=100, full=2_000)
TREE = (*faults.COPIED, "points", "web", *(f"tests/web/{name}.py" for name in ("site", "things", *MADE_WITH)))
ACCESS, STATUS, LOG = "web/access.py", "web/views/status.py", "web/views/log.py"

FAULTS = (
    Fault(
        "the turn to write is taken before the form is read, and kept when it never comes",
        ("leaving",),
        (
            Change(
                ACCESS,
                '            state["body"] = await self.reads(request)\n',
                "            turn = book(request).engine.turnstile._turn\n            await turn.acquire()\n"
                '            state["body"] = await self.reads(request)\n            turn.release()\n',
            ),
        ),
    ),
    Fault(
        "a form that stops in the middle is our fault",
        ("leaving",),
        (Change(STATUS, "    ClientDisconnect: on_gone,\n", ""),),
    ),
    Fault(
        "a download opens a transaction of Tortoise's own",
        ("leaving",),
        (
            Change(
                LOG,
                "    return Response(data, headers={",
                "    async def pieces():\n"
                "        for at in range(len(data)):\n"
                "            async with book.reader._in_transaction():\n"
                "                yield data[at : at + 1]\n\n"
                "    from starlette.responses import StreamingResponse\n\n"
                "    return StreamingResponse(pieces(), headers={",
            ),
        ),
    ),
)


async def test_visitors_who_leave_leave_nothing_behind(tmp_path: Path) -> None:
    """Every door is tried; after a few the next is answered in time; at last nothing is held, the book is whole."""
    await asyncio.to_thread(town.copied, tmp_path)
    ended = await asyncio.to_thread(
        faults.run, faults.ROOT, "leaving", str(tmp_path), str(LEAVERS), minutes=2
    )
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert said["doors"] == sum(isinstance(route, Door) for route in ROUTES) + 1
    assert said["broken off"] >= LEAVERS


@pytest.fixture(scope="module")
async def runs(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Future[subprocess.CompletedProcess[str]]]:
    """Every fault's attack, under way, two at a time."""
    settled = tmp_path_factory.mktemp("town")
    await asyncio.to_thread(town.copied, settled)
    with ThreadPoolExecutor(2) as pool:
        return {
            fault.name: pool.submit(_run, fault, settled, tmp_path_factory.mktemp("fault"))
            for fault in FAULTS
        }


def _run(fault: Fault, settled: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    tree = faults.plant(fault, folder / "tree", copied=TREE)
    shutil.copytree(settled, folder / "town")
    return faults.run(tree, "leaving", str(folder / "town"), "300", minutes=2)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(
    fault: Fault, runs: dict[str, Future[subprocess.CompletedProcess[str]]]
) -> None:
    """The same attack fails on a tree with the fault, because of what it promises."""
    ended = runs[fault.name].result()
    last = (ended.stderr.strip().splitlines() or ["it passed"])[-1]
    assert ended.returncode != 0, "nobody noticed"
    assert last.startswith("AssertionError"), ended.stderr

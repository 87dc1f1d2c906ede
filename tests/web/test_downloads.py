"""Spreadsheets sent while somebody waits: whole, in order, and never whole in memory."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import AsyncIterator

import anyio
import pytest
import python_calamine
from starlette.responses import Response, StreamingResponse

from web import downloads
from web.sheets import Sheet

PART = 500


async def _parts(rows: int) -> AsyncIterator[list[list[str | int]]]:
    for first in range(0, rows, PART):
        yield [
            [n, f"第{n}行，写得长一些，这样放在内存里看得出来"] for n in range(first, min(rows, first + PART))
        ]


async def _body(response: Response) -> bytes:
    assert isinstance(response, StreamingResponse)
    return b"".join([bytes(part) async for part in response.body_iterator])  # type: ignore[arg-type]


@pytest.mark.parametrize("rows", [0, 1, 1201])
def test_every_part_is_in_the_file_in_order(rows: int) -> None:
    """Below the rows that the sheet has itself; as long as it says it is."""

    async def made() -> tuple[Response, bytes]:
        sheet = Sheet("甲", ["标题"], ["号", "字"], [[-1, "先"]])
        response = await downloads.in_parts(sheet, _parts(rows), "a.xlsx")
        return response, await _body(response)

    response, body = anyio.run(made)
    assert response.headers["content-length"] == str(len(body))
    read = python_calamine.load_workbook(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in read[2:]] == [-1, *range(rows)]


def test_memory_does_not_grow_with_the_rows() -> None:
    """Ten times as many take hardly more at their peak, from the first row to the last byte sent."""

    async def send(rows: int) -> None:
        response = await downloads.in_parts(Sheet("甲", [], ["号", "字"], []), _parts(rows), "a.xlsx")
        assert isinstance(response, StreamingResponse)
        async for _ in response.body_iterator:
            pass

    anyio.run(send, PART)  # what is loaded once is loaded
    peaks = []
    for rows in (2 * PART, 20 * PART):
        tracemalloc.start()
        anyio.run(send, rows)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_a_part_that_fails_leaves_no_file_open() -> None:
    """The error goes on to whoever asked."""

    async def failing() -> AsyncIterator[list[list[str | int]]]:
        yield [[1]]
        raise OSError("no more")

    async def ask() -> None:
        with pytest.raises(OSError, match="no more"):
            await downloads.in_parts(Sheet("甲", [], ["n"], []), failing(), "a.xlsx")

    anyio.run(ask)

"""Spreadsheets made while somebody waits: written to a temporary file part by part, and sent from there.

Neither the rows nor the file are ever whole in memory, so a register of a hundred thousand lines takes what one of five
hundred takes.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import ExitStack
from typing import BinaryIO

from anyio import CancelScope, to_thread
from starlette.responses import Response, StreamingResponse

from web import sheets
from web.sheets import Cells, Sheet

AT_ONCE = 65_536
"""Bytes read from the file and sent."""


async def whole(made: Sequence[Sheet], name: str) -> Response:
    """Sheets whose rows are at hand, as a file of this name."""
    with ExitStack() as unless_sent:
        file = unless_sent.enter_context(tempfile.TemporaryFile())
        await to_thread.run_sync(sheets.write, file, made)
        unless_sent.pop_all()
        return _sent(file, name)


async def in_parts(sheet: Sheet, parts: AsyncIterator[Iterable[Cells]], name: str) -> Response:
    """One sheet, as a file of this name: below its own rows those of the parts, each written before the next is made.

    What goes wrong while parts are made goes on to the asker, and leaves no file.
    """
    with ExitStack() as unless_sent:
        file = unless_sent.enter_context(tempfile.TemporaryFile())
        writing = sheets.Writing(file)
        try:
            writing.begin(sheet)
            async for part in parts:
                await to_thread.run_sync(writing.add, part)
        finally:
            with CancelScope(shield=True):  # the writer keeps its rows in a file of its own until it ends
                await to_thread.run_sync(writing.end)
        unless_sent.pop_all()
        return _sent(file, name)


def _sent(file: BinaryIO, name: str) -> Response:
    size = file.seek(0, 2)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(size),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_read(file), media_type=sheets.MIME, headers=headers)


async def _read(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while part := await to_thread.run_sync(file.read, AT_ONCE):
            yield part

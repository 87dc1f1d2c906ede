"""Wait for what will come: as long as a machine busy with other tests may need, and never longer than it takes."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable

PATIENCE_SECONDS = 60


async def until(
    true: Callable[[], object], otherwise: str = "it did not come", *, seconds: float = PATIENCE_SECONDS
) -> None:
    """Ask every 20 ms, a plain or an asynchronous question; when it took too long, `otherwise` is what went wrong."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                answer = true()
                if await answer if inspect.isawaitable(answer) else answer:
                    return
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(otherwise) from None

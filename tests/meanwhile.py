"""Something that happens between what a verb reads and what it writes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest


def after(
    monkeypatch: pytest.MonkeyPatch, where: Any, reading: str, happens: Callable[[], Awaitable[object]]
) -> None:
    """Once: `where.reading` has read, and something happens before whoever asked hears what was found."""
    read, over = getattr(where, reading), False

    async def then(*arguments: Any, **more: Any) -> Any:
        nonlocal over
        found = await read(*arguments, **more)
        if not over:
            over = True
            await happens()
        return found

    monkeypatch.setattr(where, reading, then)

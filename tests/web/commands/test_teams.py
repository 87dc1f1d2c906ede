"""`jishan team`: its points are shown, and spent by two of its roster."""

from __future__ import annotations

import asyncio
from pathlib import Path

from points.district import open_district
from tests.typed import asked, call
from tests.web import teamed


def test_a_team_spends_by_a_command(book: Path) -> None:
    """Once for each key; somebody who is not on the roster is no second."""

    async def lay() -> None:
        async with open_district(f"sqlite://{book}") as opened:
            await teamed.lay(opened)

    asyncio.run(lay())
    said = asked("team", "show", "T-0001", "--by", "S-0004", book=book)
    assert (said["leader"], said["spendable"]) == (teamed.WANG, 20)
    one = ("team", "spend", "T-0001", "--shop", "1", "--item", "香皂x2", "--by", "S-0004", "--key", "k")
    assert call(*one, "--second", "V-000003", book=book).status == 1
    first = asked(*one, "--second", teamed.ZHAO, book=book)
    assert (first["points"], first["left"]) == (6, 14)
    again = asked(*one, "--second", teamed.ZHAO, book=book)
    assert (again["position"], again["repeated"]) == (first["position"], True)

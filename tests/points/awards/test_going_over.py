"""What takes two people: a second allocation, and not what an assessment brought in before the first."""

from __future__ import annotations

from typing import Any

import pytest

from points.awards import funds
from points.awards.errors import AllocatedBefore
from tests.points.awards.test_assessments import agree, fund, lay, score
from tests.points.awards.town import KEEPER, LIUHE, Town

pytestmark = pytest.mark.anyio


async def test_an_assessment_before_the_allocation_takes_no_second_person(town: Town) -> None:
    """The order does not matter: one keeper allocates after it as before it; a second allocation still takes two."""
    await lay(town)
    asked = await agree(town, await score(town))
    given: dict[str, Any] = {"under": LIUHE, "month": asked.into, "by": KEEPER, "on": town.book.today()}
    await funds.allocate(town.book, **given, points=100, key="1")
    assert await fund(town, asked) == 600
    with pytest.raises(AllocatedBefore):
        await funds.allocate(town.book, **given, points=100, key="2")
    assert await fund(town, asked) == 600

"""Units that events are sent to."""

from __future__ import annotations

import pytest

from points.events import units
from points.events.errors import BadUnit, UnitTaken, UnknownUnit
from points.people import areas
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, FAR, LIUHE, OTHER_STREET, STREET, Town
from tests.points.events.hands import HEAD, WORKER, staffed

pytestmark = pytest.mark.anyio


async def test_a_unit_serves_its_area_and_what_is_below(town: Town) -> None:
    """Added by a grid head of the area or an administrator; the same again changes nothing."""
    await staffed(town)
    for _ in range(2):
        await units.add(town.book, "zj", "住建局", area=STREET, kind="department", by=HEAD)
    await units.add(town.book, "gs", "供水公司", area=OTHER_STREET, kind="sponsor", by=ADMIN)
    here = await units.serving(town.book, await areas.path(town.book, LIUHE))
    assert [unit.code for unit in here] == ["zj"]
    assert [unit.code for unit in await units.under(town.book, [None])] == ["zj", "gs"]
    assert [unit.code for unit in await units.under(town.book, [OTHER_STREET])] == ["gs"]
    assert list(await units.named(town.book, ["zj", None, "x"])) == ["zj"]
    assert (await units.find(town.book, "gs")).name == "供水公司"
    with pytest.raises(UnknownUnit):
        await units.find(town.book, "x")


async def test_what_cannot_be_added_is_refused(town: Town) -> None:
    """A code with spaces, one that is taken, an area that is not one's own, a role that adds nothing."""
    await staffed(town)
    await units.add(town.book, "zj", "住建局", area=STREET, kind="department", by=HEAD)
    with pytest.raises(BadUnit):
        await units.add(town.book, "z j", "住建局", area=STREET, kind="department", by=HEAD)
    with pytest.raises(UnitTaken, match="住建局"):
        await units.add(town.book, "zj", "别的", area=STREET, kind="department", by=HEAD)
    for by, area in ((HEAD, FAR), (WORKER, LIUHE)):
        with pytest.raises(NotAllowed):
            await units.add(town.book, "new", "别的", area=area, kind="department", by=by)

"""Plans: the reversal is the exact negative of the redemption, and what stays is planned with it."""

from __future__ import annotations

import pytest

from ledger import register
from points.keys import new_key
from points.market import redemptions
from points.market.undoing import plans
from points.market.undoing.errors import NothingComesBack
from tests.points.market.conftest import Town
from tests.points.market.test_counter import redeem
from tests.points.market.undoing.test_undone import NEXT_YEAR

pytestmark = pytest.mark.anyio


async def asked(town: Town, *entries: str, stays: int = 0) -> plans.Asked:
    """王秀兰 had things, of which the first comes back but for `stays`."""
    await town.give(town.wang, 50, NEXT_YEAR)
    await town.stock(洗衣液=3, 香皂=3)
    done = await redeem(town, *entries)
    entry = await redemptions.numbered(town.book, done.receipt.position)
    assert entry is not None
    kept = [(entry.lines[0].item, stays)]
    more = {"by": town.counter, "key": new_key(), "note": ""}
    return await plans.asking(town.book, entry, "坏了", stays=kept, **more)


async def test_the_reversal_is_the_exact_negative(town: Town) -> None:
    """Line by line, from the last to the first, with source and target exchanged."""
    wanted = await asked(town, "洗衣液x2", "香皂")
    (reversal,) = await plans.plan(town.book, wanted)
    whole = await register.whole(town.book.reader, wanted.entry.position)
    assert whole is not None
    assert len(whole.postings) == 3
    assert [(x.target, x.source, x.amount, x.unit) for x in reversal.postings] == [
        (x.source, x.target, x.amount, x.unit) for x in reversed(whole.postings)
    ]
    assert (reversal.reverses, reversal.effective_on) == (wanted.entry.reference, town.book.today())


async def test_what_stays_is_handed_over_in_the_same_breath(town: Town) -> None:
    """A second draft, of kind redemption, which names what it is the rest of."""
    wanted = await asked(town, "洗衣液x2", stays=1)
    reversal, rest = await plans.plan(town.book, wanted)
    assert (reversal.kind, rest.kind) == ("undo", "redemption")
    assert rest.reference == f"redeem/{town.shop.number}/{wanted.key}"
    assert sum(x.amount for x in rest.postings if x.unit == "points") == 15


async def test_what_stays_is_less_than_what_was_had(town: Town) -> None:
    """All of it, more of it, or something else is no partial return; none of a thing is a whole one of that."""
    entry = (await asked(town, "洗衣液x2", "香皂")).entry
    soap, liquid = (line.item for line in entry.lines)
    assert plans.checked(entry, [(liquid, 1), (soap, 0)]) == ((liquid, 1),)
    for wrong in ([(liquid, 2), (soap, 1)], [(liquid, 3)], [(999, 1)], [(liquid, -1)]):
        with pytest.raises(NothingComesBack):
            plans.checked(entry, wrong)

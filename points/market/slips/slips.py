"""One slip: its steps, what stands on it, and the next step, of which there can be only one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from points.evidence import acts
from points.market.baskets import Basket
from points.market.models import Shop
from points.market.slips import batches, numbers
from points.market.slips.batches import OPEN
from points.market.slips.errors import SlipMoved, SlipNotEntered, SlipUsed, SlipVoided
from points.market.slips.numbers import Number
from points.market.slips.records import SlipBatch, SlipStep

_OPEN = """
SELECT s.slip FROM market_slip_step AS s
WHERE s.shop = ? AND s.what IN ('entered', 'loss_asked', 'kept')
    AND NOT EXISTS (SELECT 1 FROM market_slip_step AS n WHERE n.slip = s.slip AND n.id > s.id)
ORDER BY s.slip LIMIT 200"""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on a slip. `member` is "" where nobody could say whose it is; `digest` names all of it."""

    member: str
    handed_on: date
    served_by: str
    basket: Basket
    digest: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip with its steps, the first first."""

    number: Number
    batch: SlipBatch
    steps: tuple[SlipStep, ...]

    @property
    def state(self) -> str:
        """What its last step was; "" before the first, and after it was sent back to be entered anew."""
        what = self.steps[-1].what if self.steps else ""
        return "" if what == "returned" else what

    @property
    def is_open(self) -> bool:
        """Whether it was entered and something is left to do."""
        return self.state in OPEN

    @property
    def content(self) -> Content | None:
        """What was entered last; None where nothing stands."""
        row = next((one for one in reversed(self.steps) if one.what in ("entered", "returned")), None)
        if row is None or row.what == "returned":
            return None
        wanted = tuple((item, quantity) for item, quantity in json.loads(row.basket))
        on = date.fromisoformat(row.handed_on)
        return Content(row.member, on, row.served_by, Basket(wanted), row.digest, row.by)

    def require_open(self) -> Content:
        """What stands on it, while something is left to do. Raises SlipUsed, SlipVoided, SlipNotEntered."""
        self.require_not_done()
        content = self.content
        if content is None:
            raise SlipNotEntered(number=self.number.shown)
        return content

    def require_not_done(self) -> None:
        """Raise SlipUsed or SlipVoided where nothing can be done any more."""
        if self.state in ("redeemed", "lost"):
            raise SlipUsed(number=self.number.shown)
        if self.state == "void":
            raise SlipVoided(number=self.number.shown)


async def find(book: Book, shop: Shop, text: str) -> Slip:
    """The slip of a shop with this number, printed with its check digit. Raises BadSlipNumber, SlipNotPrinted."""
    return await of_number(book, numbers.read(text, shop.number))


async def of_number(book: Book, number: Number) -> Slip:
    """A slip that was printed; two statements. Raises SlipNotPrinted."""
    steps = await SlipStep.filter(slip=number.slip).using_db(book.reader).order_by("id")
    return Slip(number, await batches.of_number(book, number), tuple(steps))


async def open_ones(book: Book, shop: Shop) -> list[Slip]:
    """The slips of a shop that were entered and are not done, by number, 200 at most. Three statements."""
    rows = await book.reader.execute_query_dict(_OPEN, [shop.number])
    found: dict[str, list[SlipStep]] = {row["slip"]: [] for row in rows}
    for step in await SlipStep.filter(slip__in=list(found)).using_db(book.reader).order_by("id"):
        found[step.slip].append(step)
    kept = SlipBatch.filter(id__in={step.batch for steps in found.values() for step in steps})
    by_id = {batch.id: batch for batch in await kept.using_db(book.reader)}
    return [Slip(numbers.of_slip(slip), by_id[steps[0].batch], tuple(steps)) for slip, steps in found.items()]


def digest_of(number: Number, member: str, on: date, served_by: str, basket: Basket) -> str:
    """What names all that stands on a slip."""
    return encoding.digest_of(
        {
            "items": [list(line) for line in basket.wanted],
            "member": member,
            "on": on.isoformat(),
            "served_by": served_by,
            "slip": number.slip,
        }
    )


def next_step(book: Book, slip: Slip, what: str, *, by: str, reason: str = "", **stands: Any) -> SlipStep:
    """The unsaved next step of a slip; somebody else's next step has the same key, and then neither passes unseen."""
    turn = len(slip.steps) + 1
    usual: dict[str, Any] = {"member": "", "handed_on": "", "served_by": "", "basket": "[]", "digest": ""}
    return SlipStep(
        id=f"{slip.number.slip}/{turn:02d}",
        slip=slip.number.slip,
        batch=slip.batch.id,
        shop=slip.number.shop,
        what=what,
        reason=reason,
        by=by,
        at=book.now(),
        reference=f"slip/{slip.number.slip}/{turn:02d}",
        **usual | stands,
    )


async def post(book: Book, slip: Slip, step: SlipStep, rows: Sequence[Any] = ()) -> None:
    """Post a step that moves nothing, as an act. Raises SlipMoved when somebody else was faster."""
    facts: Mapping[str, Any] = {
        "by": step.by,
        "digest": step.digest,
        "reason": step.reason,
        "slip": step.slip,
        "what": step.what,
    }
    try:
        about = (KINDS[step.what], step.id.replace("/", "-"))
        await acts.post(book, step.reference, about, facts, [step, *rows])
    except (ReferenceConflict, RowConflict):
        raise SlipMoved(number=slip.number.shown) from None


KINDS = {
    "entered": "slip-entered",
    "returned": "slip-returned",
    "loss_asked": "slip-loss-asked",
    "kept": "slip-kept",
    "lost": "slip-lost",
    "void": "slip-void",
}
"""The kind of evidence of each step that is an act."""

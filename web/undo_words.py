"""Redemptions undone in words: why, and how far a request is."""

from __future__ import annotations

from starlette.requests import Request

from ledger.register import Whole
from points.market import redemptions
from points.market.undoing import undone
from web import access, entries
from web.correction_words import STATES
from web.i18n import N_, Say

__all__ = ["KINDS", "REASONS", "SHIFTS", "STATES", "reason", "why"]
KINDS = ("undo", "back")
"""What entries an undoing writes, besides the redemption of what stays."""

REASONS = {
    "wrong_item": N_("拿错"),
    "broken": N_("坏了"),
    "wrong_person": N_("输错人"),
    "unwanted": N_("不想要了"),
    "other": N_("其他"),
}
"""By the code in the ledger's evidence."""

SHIFTS = {
    "open": (N_("在当班"), "checking"),
    "counted": (N_("盘点了，还没交班"), "checking"),
    "closed": (N_("交班了，等人接"), "noticed"),
    "taken": (N_("有人接班了"), "entered"),
}
"""How far a shift is, with the look of its tag."""


def reason(code: str) -> Say:
    """Why, in words."""
    return Say(REASONS.get(code, code))


async def why(request: Request, entry: Whole) -> list[tuple[str, object, str | None]]:
    """What an entry of an undoing goes back to: which redemption, why, by whom, and what stayed. Eleven statements."""
    book = access.book(request)
    name = entry.reference.partition("/")[2]
    found, done = await redemptions.find(book, name), (await undone.of(book, [name])).get(name)
    if found is None or done is None:
        return []
    staff = await entries.staff_names(book, [done.undone_by, done.approved_by])
    things = "、".join(f"{line.name} ×{line.quantity}" for line in found.lines)
    rows: list[tuple[str, object, str | None]] = [
        (
            N_("更正的是"),
            Say(N_("凭证 {n}：{things}"), n=found.position, things=things),
            f"/ledger/{found.position}",
        ),
        (N_("原因"), reason(done.reason), None),
        (N_("经办"), staff[done.undone_by], None),
    ]
    if done.approved_by:
        rows.append((N_("批准的人"), staff[done.approved_by], None))
    if done.rest_position:
        kept = Say(N_("凭证 {n}"), n=done.rest_position)
        rows.append((N_("没退的另开"), kept, f"/ledger/{done.rest_position}"))
    return rows

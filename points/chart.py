"""The chart of accounts of a district: where points, honour, minutes, caps and goods may stand."""

from __future__ import annotations

from datetime import date

from ledger.accounts import Chart, Rule

POINTS, HONOUR, MINUTES, CAP = "points", "honour", "minutes", "cap"

CHART = Chart(
    (
        Rule("system/issued", POINTS, floor=None),
        Rule("system/expired", POINTS),
        Rule("system/honour", HONOUR, floor=None),
        Rule("system/hours", MINUTES, floor=None),
        Rule("system/caps", CAP, floor=None),
        Rule("system/goods", "item:*", floor=None),
        Rule("system/lost", "item:*"),
        Rule("system/handed-out", "item:*"),
        Rule("fund/{community}/{month}", POINTS),
        Rule("member/{member}/noticed", POINTS),
        Rule("member/{member}/disputed", POINTS),
        Rule("member/{member}/until/{date}", POINTS),
        Rule("member/{member}/held/{date}", POINTS),
        Rule("member/{member}/owed", POINTS, floor=None),
        Rule("member/{member}/honour", HONOUR, floor=None),
        Rule("member/{member}/hours", MINUTES, floor=None),
        Rule("member/{member}/cap/{rule}:{limit}/{period}", CAP, floor="limit"),
        Rule("team/{team}/points", POINTS),
        Rule("studio/{studio}/points", POINTS),
        Rule("shop/{shop}/stock", "item:*"),
        Rule("shop/{shop}/held", "item:*"),
        Rule("shop/{shop}/taken", POINTS),
    )
)

ISSUED, EXPIRED = "system/issued", "system/expired"
SYSTEM_HONOUR, SYSTEM_HOURS, CAPS = "system/honour", "system/hours", "system/caps"
GOODS, LOST, HANDED_OUT = "system/goods", "system/lost", "system/handed-out"


def fund(community: str, month: str) -> str:
    """The points a community may award in a month (YYYY-MM)."""
    return f"fund/{community}/{month}"


def noticed(member: str) -> str:
    """Awarded, on public notice, not yet spendable."""
    return f"member/{member}/noticed"


def disputed(member: str) -> str:
    """Frozen by an objection."""
    return f"member/{member}/disputed"


def until(member: str, day: date) -> str:
    """Spendable up to and including a day."""
    return f"member/{member}/until/{day.isoformat()}"


def held(member: str, day: date) -> str:
    """Set aside for a reservation; they keep their day."""
    return f"member/{member}/held/{day.isoformat()}"


def owed(member: str) -> str:
    """Below zero: spent, then taken back by a correction; later awards settle it first."""
    return f"member/{member}/owed"


def honour(member: str) -> str:
    """The lifetime score, in honour."""
    return f"member/{member}/honour"


def hours(member: str) -> str:
    """Volunteered time, in minutes."""
    return f"member/{member}/hours"


def cap(member: str, rule: str, limit: int, period: str) -> str:
    """What a member may still earn by a rule in a period; it starts at 0 and never falls below −limit."""
    return f"member/{member}/cap/{rule}:{limit}/{period}"


def group(number: str) -> str:
    """The points of a volunteer team (T-0001) or a mediation studio (D-0001)."""
    return f"{'studio' if number.startswith('D-') else 'team'}/{number}/points"


def stock(shop: int) -> str:
    """What stands on a shop's shelf."""
    return f"shop/{shop}/stock"


def taken(shop: int) -> str:
    """The points a shop has taken."""
    return f"shop/{shop}/taken"


def item(number: int) -> str:
    """The unit of an item."""
    return f"item:{number}"


def read_until(address: str) -> date | None:
    """The day in an until account's address; None for any other address."""
    head, mark, day = address.partition("/until/")
    return date.fromisoformat(day) if mark and head.startswith("member/") else None

"""The chart of accounts of a district: where points, honour, minutes, caps and goods may stand."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from ledger.accounts import Chart, Rule

POINTS, HONOUR, MINUTES, CAP = "points", "honour", "minutes", "cap"
_WORD = re.compile(r"[0-9A-Za-z._-]{1,40}")
OWNERS = ("member/", "household/", "team/", "studio/")
"""How the addresses of those begin who may earn points and spend them."""
CARE = "care/"
"""How the addresses of a community's care fund begin; what was given to it keeps its day."""


def _shared(kind: str) -> tuple[Rule, ...]:
    """The accounts of those who earn together. Theirs are noticed, vest and expire like a member's."""
    one = f"{kind}/{{{kind}}}"
    return (
        Rule(f"{one}/noticed", POINTS),
        Rule(f"{one}/disputed", POINTS),
        Rule(f"{one}/until/{{date}}", POINTS),
        Rule(f"{one}/owed", POINTS, floor=None),
        Rule(f"{one}/honour", HONOUR, floor=None),
        Rule(f"{one}/cap/{{rule}}:{{limit}}/{{period}}", CAP, floor="limit"),
    )


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
        *(rule for kind in ("household", "team", "studio") for rule in _shared(kind)),
        Rule("household/{household}/held/{date}", POINTS),
        Rule("care/{community}/until/{date}", POINTS),
        Rule("shop/{shop}/stock", "item:*"),
        Rule("shop/{shop}/held", "item:*"),
        Rule("shop/{shop}/coming", "item:*"),
        Rule("shop/{shop}/taken", POINTS),
        Rule("shop/{shop}/settled", POINTS),
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


def household_cap(household: str, rule: str, limit: int, period: str) -> str:
    """What all who live in a household may still earn together by a rule in a period."""
    return f"{_household(household)}/cap/{rule}:{limit}/{period}"


def _household(number: str) -> str:
    """Files bring numbers of households as people write them; one that is no word of an address has its digest."""
    word = number if _WORD.fullmatch(number) else "x-" + hashlib.sha256(number.encode()).hexdigest()[:32]
    return f"household/{word}"


def household(number: str) -> str:
    """Whose accounts those of a household are: `household/H-000001`."""
    return _household(number)


def group(number: str) -> str:
    """Whose accounts those of a volunteer team (`team/T-0001`) or a mediation studio (`studio/D-0001`) are."""
    return f"{'studio' if number.startswith('D-') else 'team'}/{number}"


def group_of(owner: str) -> str:
    """The number of the team or studio in `team/T-0001`; empty for any other owner."""
    kind, _, number = owner.partition("/")
    return number if kind in ("team", "studio") else ""


def care(community: str, day: date | None = None) -> str:
    """The care fund of a community: whose accounts they are, or those of a day."""
    return f"{CARE}{community}" + (f"/until/{day.isoformat()}" if day else "")


def account(owner: str, name: str) -> str:
    """An account of one of OWNERS: `team/T-0001` and `noticed`, `owed`, `honour` or `until/2019-12-31`."""
    return f"{owner}/{name}"


def stock(shop: int) -> str:
    """What stands on a shop's shelf."""
    return f"shop/{shop}/stock"


def coming(shop: int) -> str:
    """What was sent to a shop and has not arrived."""
    return f"shop/{shop}/coming"


def taken(shop: int) -> str:
    """The points a shop has taken."""
    return f"shop/{shop}/taken"


def settled(shop: int) -> str:
    """Of what a merchant's shop has taken, what was settled with it."""
    return f"shop/{shop}/settled"


def item(number: int) -> str:
    """The unit of an item."""
    return f"item:{number}"


def read_until(address: str) -> date | None:
    """The day in an until account's address, whosever it is; None for any other address."""
    head, mark, day = address.partition("/until/")
    return date.fromisoformat(day) if mark and head.startswith((*OWNERS, CARE)) else None

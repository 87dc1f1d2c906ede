"""The chart of accounts, told a second time: what there may be, and how low it may fall. No code of the product."""

from __future__ import annotations

import re
from datetime import date

_ID, _DAY = r"[0-9A-Za-z._-]+", r"\d{4}-\d{2}-\d{2}"
ACCOUNTS: list[tuple[str, str, int | None]] = [
    (r"system/issued", r"points", None),
    (r"system/expired", r"points", 0),
    (r"system/honour", r"honour", None),
    (r"system/hours", r"minutes", None),
    (r"system/caps", r"cap", None),
    (r"system/goods", r"item:.+", None),
    (r"system/(lost|handed-out)", r"item:.+", 0),
    (rf"fund/{_ID}/\d{{4}}-\d{{2}}", r"points", 0),
    (rf"member/{_ID}/(noticed|disputed|until/{_DAY}|held/{_DAY})", r"points", 0),
    (rf"member/{_ID}/owed", r"points", None),
    (rf"member/{_ID}/honour", r"honour", None),
    (rf"member/{_ID}/hours", r"minutes", None),
    (rf"shop/{_ID}/(stock|held|coming)", r"item:.+", 0),
    (rf"shop/{_ID}/(taken|settled)", r"points", 0),
    (rf"(household|team|studio)/{_ID}/(noticed|disputed|until/{_DAY})", r"points", 0),
    (rf"household/{_ID}/held/{_DAY}", r"points", 0),
    (rf"(household|team|studio)/{_ID}/owed", r"points", None),
    (rf"(household|team|studio)/{_ID}/honour", r"honour", None),
    (rf"care/{_ID}/until/{_DAY}", r"points", 0),
]
CAP = re.compile(rf"(member|household|team|studio)/{_ID}/cap/{_ID}:(?P<limit>[1-9]\d*)/{_ID}")


def floor(address: str, unit: str) -> int | None:
    """How low an account may fall; None: as low as it likes."""
    cap = CAP.fullmatch(address)
    if cap and unit == "cap":
        return -int(cap["limit"])
    return next(low for where, what, low in ACCOUNTS if _is(where, address) and _is(what, unit))


def exists(address: str, unit: str) -> bool:
    """Whether there may be such an account."""
    return bool(CAP.fullmatch(address) and unit == "cap") or any(
        _is(where, address) and _is(what, unit) for where, what, _ in ACCOUNTS
    )


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def day_of(address: str) -> date | None:
    """The last day of what an account holds, None where it has none."""
    *_, kind, last = ["", *address.split("/")]
    return date.fromisoformat(last) if kind in {"until", "held"} else None

"""清洁队 of the sample town: led by 王秀兰, 赵敏 of another home on its roster, with points to spend."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger import encoding
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.keys import new_key
from points.people import teams
from points.sample.town import COMMUNITY, RESIDENTS

WANG, ZHAO = (one.number for one in RESIDENTS)


async def lay(book: Any, points: int = 20) -> str:
    """Form the team and let it have points until the end of next year; its number."""
    made = await teams.register(
        book, "清洁队", kind="team", area=COMMUNITY, leader=WANG, by="S-0001", key="teamed"
    )
    for member in (WANG, ZHAO):
        await teams.enter(book, made.number, member, by="S-0001", key=f"teamed-{member}")
    evidence, rows = snapshots.take("gift", new_key(), {"points": points}, at=book.now())
    until = date(book.today().year + 1, 12, 31)
    posting = Posting(
        chart.ISSUED, chart.account(chart.group(made.number), f"until/{until}"), points, chart.POINTS
    )
    draft = Draft(
        reference=f"award/{new_key()}",
        kind="award",
        evidence=evidence,
        effective_on=book.today(),
        request=encoding.digest_of({"points": points}),
        postings=(posting,),
        rows=rows,
    )
    await book.journal.post(draft)
    return made.number

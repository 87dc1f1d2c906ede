"""Objecting on pages: a line of 王秀兰's that hangs, and somebody who objects to it."""

from __future__ import annotations

from points.openness.models import Notice, NoticeLine
from tests.web.guests import Guests


def hanging(guests: Guests, member: str = "V-000001") -> tuple[str, str]:
    """A notice that hangs today, and the code of a line of a member's on it."""

    async def find() -> tuple[str, str]:
        book = guests.book
        open_ = Notice.filter(closes_on__gt=book.today().isoformat()).using_db(book.reader)
        numbers = {row.id: row.number for row in await open_}
        mine = NoticeLine.filter(notice__in=list(numbers), member=member).using_db(book.reader)
        line = await mine.order_by("award").first()
        assert line is not None
        return numbers[line.notice], line.code

    found: tuple[str, str] = guests.run(find)
    return found


def objected(guests: Guests, by: str = "赵敏", **fields: str) -> str:
    """The number of an objection to a line of 王秀兰's."""
    notice, code = hanging(guests)
    who = guests.by(by) if by else guests.stranger()
    where = f"/notices/{notice}/lines/{code}"
    said = {"key": "k1", "reason": "nothing", "text": "那天没有看到人"} | fields
    answer = who.press(who.get(where), where, **said)
    return answer.removeprefix("/objections/").removesuffix("?new=1")

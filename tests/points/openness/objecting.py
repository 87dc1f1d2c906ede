"""Objecting and ruling in the town of the tests: a list of five lines, who objects to one, and who answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from points.keys import new_key
from points.openness import notices, objections, rulings
from points.openness.notices import Notice
from points.openness.objections import Made, Said
from points.openness.records import Ruling
from points.people import roles
from tests.points.awards.town import ADMIN, DISTRICT, LAID_OUT, LIUHE, ON, PUBLISHER, Town

V1, NEIGHBOUR = "V-000001", "V-000077"
OTHER = "S-0016"
"""A second publisher."""
LAST, CLOSES = date(2018, 12, 7), date(2018, 12, 8)


@dataclass
class Listed:
    """A town with one published list; 王秀兰 (V-000001) has one line of two points and a second of eight."""

    town: Town
    notice: Notice
    codes: dict[str, list[str]]

    @classmethod
    async def begin(cls, town: Town) -> Listed:
        """Five members, one award each; V-000001 has two."""
        await town.fund(1000)
        for n in range(1, 6):
            await town.event((f"V-{n:06}", "reporter"), after=timedelta(minutes=n))
        await town.event((V1, "participant", 240), kind="activity")
        await town.verify()
        await town.member(NEIGHBOUR)
        await town.member(OTHER)
        await roles.grant(town.book, member=OTHER, role="notice_publisher", area=LIUHE, by=ADMIN, on=LAID_OUT)
        (notice,) = await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
        rows = await town.rows("SELECT member, code FROM openness_notice_line ORDER BY points")
        codes: dict[str, list[str]] = {}
        for row in rows:
            codes.setdefault(row["member"], []).append(row["code"])
        return cls(town, notice, codes)

    async def object(
        self, code: str = "", *, by: str | None = NEIGHBOUR, on: date = ON, key: str = "", text: str = ""
    ) -> Made:
        """Somebody objects to the line of two points, unless another is named."""
        said = Said("nothing", text)
        code = code or self.codes[V1][0]
        return await objections.make(
            self.town.book, self.notice.number, code, said, objector=by, on=on, key=key or new_key()
        )

    async def dismiss(self, made: Made, *, by: str = PUBLISHER, on: date = ON) -> Ruling:
        """It is not so."""
        return await rulings.dismiss(self.town.book, made.number, text="查过签到表，属实", by=by, on=on)

    async def uphold(self, made: Made, *, by: str = PUBLISHER, on: date = ON) -> None:
        """It is so."""
        await rulings.uphold(self.town.book, made.number, text="确实没有这回事", by=by, on=on)

    async def stands(self, member: str = V1) -> tuple[int, int]:
        """What a member has on notice, and frozen."""
        return (
            await self.town.points(f"member/{member}/noticed"),
            await self.town.points(f"member/{member}/disputed"),
        )

"""Campaigns as a file names them: which was meant, of those announced for that place and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.events.campaign_records import Campaign
from points.events.imports.errors import NoSuchCampaign, RowError
from points.people import areas


@dataclass(frozen=True, slots=True)
class Running:
    """Every campaign by its key and by its name, with the code of its area; and the path of each community."""

    named: dict[str, list[Campaign]]
    paths: dict[str, str]

    @classmethod
    async def read(cls, book: Book) -> Running:
        """All that were announced. One statement where there are none, two otherwise."""
        named: dict[str, list[Campaign]] = {}
        for row in await Campaign.all().using_db(book.reader).order_by("-starts_on", "-id"):
            for called in (row.id, row.name):
                named.setdefault(called, []).append(row)
        places = await areas.inside(book, None, ["community"], limit=MOST) if named else []
        return cls(named, {place.code: place.path for place in places})

    def of(self, name: str | None, area: str | None, day: date) -> str | RowError | None:
        """The key of the campaign of this name or key that runs there on that day, the latest announced; None where
        none is named, an error where there is none."""
        called = (name or "").strip()
        if not called:
            return None
        path, on = self.paths.get(area or "", ""), day.isoformat()
        for row in self.named.get(called, []):
            if row.starts_on <= on <= row.ends_on and areas.covers(path, row.area):
                return str(row.id)
        return NoSuchCampaign(name=called)


MOST = 100_000
"""Communities read at once, at most."""

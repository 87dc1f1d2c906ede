"""The language of the tables: one step of a district's life in a few words, and what stands where after it.

fund 100            the month's fund            deliver 2        soap, three points each
serve 240           so many minutes, verified; `serve 240 1` a day later
publish             a notice of seven days      sweep 2018-12-08
redeem 2            so many soaps, at the counter
correct 1           the first award, today; `correct 1 2020-01-01`
object 1            a visitor objects to the first award's line; dismiss, uphold: the last objection nobody answered
dispute, ruling, hold, release, lose, back      what no verb does yet, as the postings of the chart say it
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ledger import encoding
from ledger.errors import LedgerError
from ledger.models import LedgerTransaction
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards import corrections, vesting
from points.awards.models import Verification
from points.errors import PointsError
from points.market import baskets, catalogue_files, counter, deliveries, items, shops
from points.market.models import Shop
from points.openness import notices, objections, rulings
from points.openness.errors import UnknownLine, UnknownObjection
from points.openness.objections import Said
from points.people import roles
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LAID_OUT, LIUHE, ON, PUBLISHER, Town

V1, COUNTER, SOAP = "V-000001", "S-0007", 1
CAP_DAY = "2018-07-04"
LAST = {"until": chart.until, "held": chart.held, "care": lambda _member, day: chart.care(LIUHE, day)}
PLACES: dict[str, tuple[str, str]] = {
    "issued": (chart.ISSUED, "points"),
    "fund": (chart.fund(LIUHE, "2018-07"), "points"),
    "noticed": (chart.noticed(V1), "points"),
    "disputed": (chart.disputed(V1), "points"),
    "owed": (chart.owed(V1), "points"),
    "expired": (chart.EXPIRED, "points"),
    "taken": (chart.taken(1), "points"),
    "honour": (chart.honour(V1), "honour"),
    "honour-given": (chart.SYSTEM_HONOUR, "honour"),
    "hours": (chart.hours(V1), "minutes"),
    "hours-given": (chart.SYSTEM_HOURS, "minutes"),
    "cap": (chart.cap(V1, "service-day", 240, CAP_DAY), "cap"),
    "caps": (chart.CAPS, "cap"),
    "shelf": (chart.stock(1), chart.item(SOAP)),
    "set-aside": ("shop/1/held", chart.item(SOAP)),
    "handed-out": (chart.HANDED_OUT, chart.item(SOAP)),
    "goods": (chart.GOODS, chart.item(SOAP)),
    "lost": (chart.LOST, chart.item(SOAP)),
    "coming": (chart.coming(1), chart.item(SOAP)),
    "settled": (chart.settled(1), "points"),
    "team": (chart.group("T-0001") + "/noticed", "points"),
    "studio": (chart.group("D-0001") + "/noticed", "points"),
}
GROUPS = ("household/H-000001", "team/T-0001", "studio/D-0001")
OF_GROUPS = {"noticed": "points", "disputed": "points", "until/2019-12-31": "points", "owed": "points"}
OF_GROUPS |= {"honour": "honour", "cap/one:9/2018-07": "cap"}
OF_EACH = dict.fromkeys(GROUPS, OF_GROUPS)
OF_EACH["household/H-000001"] = OF_GROUPS | {"held/2019-12-31": "points"}
PLACES |= {
    f"{who}/{what}": (f"{who}/{what}", unit) for who, has in OF_EACH.items() for what, unit in has.items()
}
"""What a word of the tables means; `until-2019`, `held-2019` and `care-2019` are those that end with that year."""


def place(word: str) -> tuple[str, str]:
    """The account of a word."""
    kind, _, year = word.partition("-")
    if kind in LAST and year:
        return LAST[kind](V1, date(int(year), 12, 31)), "points"
    return PLACES[word]


@dataclass
class Life:
    """A town with a shop, and one member to whom it all happens."""

    town: Town
    shop: Shop
    number: int = 0
    swept: date = ON
    redeemed: list[str] = field(default_factory=list)
    objected: list[str] = field(default_factory=list)

    @classmethod
    async def begin(cls, town: Town) -> Life:
        """Somebody at the counter and somebody who keeps the shelf."""
        book = town.book
        await town._enrol({COUNTER, V1})
        for member, role in ((COUNTER, "counter"), (KEEPER, "stock_keeper")):
            await roles.grant(book, member=member, role=role, area=None, by=ADMIN, on=LAID_OUT)
        await items.install(book, catalogue_files.default(), by="system", on=LAID_OUT)
        return cls(town, await shops.open_shop(book, "积善超市", area=LIUHE, hours="", by=ADMIN, on=LAID_OUT))

    async def step(self, words: str) -> str:
        """Take one step; the answer is nothing, or the name of the refusal."""
        verb, *given = words.split()
        self.number += 1
        steps: dict[str, Callable[..., Awaitable[Any]]] = {
            name: getattr(self, name)
            for name in (
                *("fund", "serve", "publish", "sweep", "deliver", "redeem", "correct", "back"),
                *("object", "dismiss", "uphold", "give"),
            )
        }
        try:
            await (steps[verb](*given) if verb in steps else self.move(verb, *given))
        except (PointsError, LedgerError) as error:
            return type(error).__name__
        return ""

    async def stands(self, wanted: str) -> str:
        """The same accounts as in `8 noticed · 0 owed`, as they are."""
        found = []
        for one in wanted.split(" · "):
            word = one.split()[1]
            found.append(f"{await self.town.points(*place(word))} {word}")
        return " · ".join(found)

    async def fund(self, points: str) -> None:
        """Allocate."""
        await self.town.fund(int(points), key=f"k{self.number}")

    async def serve(self, minutes: str, days: str = "0") -> None:
        """Service on some day, verified in December."""
        after = timedelta(days=int(days))
        await self.town.event((V1, "participant", int(minutes)), kind="activity", after=after)
        outcome = await self.town.verify(max(ON, self.swept))
        for refused in (*outcome.refused, *outcome.in_line):
            raise refused.reason

    async def publish(self) -> None:
        """What is on no notice."""
        await notices.publish(self.town.book, DISTRICT, by=PUBLISHER, on=max(ON, self.swept))

    async def sweep(self, day: str) -> None:
        """Vesting and expiry; from now on it is that day."""
        self.swept = date.fromisoformat(day)
        await vesting.sweep(self.town.book, self.swept)

    async def deliver(self, quantity: str) -> None:
        """Soap comes in."""
        await deliveries.receive(
            self.town.book,
            self.shop,
            {SOAP: int(quantity)},
            document="单",
            by=KEEPER,
            on=ON,
            key=f"d{self.number}",
        )

    async def redeem(self, quantity: str) -> None:
        """Soap goes out."""
        key = f"r{self.number}"
        basket = baskets.of({SOAP: int(quantity)})
        await counter.redeem(
            self.town.book, self.shop, V1, basket, by=COUNTER, key=key, on=self.swept, found_by="card"
        )
        self.redeemed.append(f"redeem/1/{key}")

    async def correct(self, which: str, day: str = "") -> None:
        """The which-th award, in the order of its day."""
        rows = await Verification.all().using_db(self.town.book.reader).order_by("reference")
        reference = [row.reference for row in rows if row.reference][int(which) - 1]
        on = date.fromisoformat(day) if day else self.swept
        await corrections.correct(self.town.book, reference, "wrong_hours", by=PUBLISHER, on=on)

    async def object(self, which: str = "1") -> None:
        """A visitor objects to the line of the which-th award."""
        rows = await self.town.rows(
            "SELECT n.number, l.code FROM openness_notice_line AS l JOIN openness_notice AS n ON n.id = l.notice"
            " ORDER BY l.award"
        )
        if len(rows) < int(which):
            raise UnknownLine(code=which)
        line = rows[int(which) - 1]
        made = await objections.make(
            self.town.book,
            line["number"],
            line["code"],
            Said("hours"),
            key=f"o{self.number}",
            on=max(ON, self.swept),
        )
        self.objected.append(made.number)

    async def dismiss(self) -> None:
        """The last objection that nobody answered is not so."""
        await self._rule(rulings.dismiss)

    async def uphold(self) -> None:
        """It is so."""
        await self._rule(rulings.uphold)

    async def _rule(self, verb: Callable[..., Awaitable[Any]]) -> None:
        if not self.objected:
            raise UnknownObjection(number="")
        number = self.objected.pop()
        await verb(self.town.book, number, text="查过了", by=PUBLISHER, on=max(ON, self.swept))

    async def back(self, kept: str = "0") -> None:
        """The last redemption is returned; of a partial return, what is kept is redeemed in the same breath."""
        old = await LedgerTransaction.get(reference=self.redeemed[-1], using_db=self.town.book.reader)
        lines = encoding.parse(bytes(old.body))["postings"]
        undone = [Posting(one["target"], one["source"], one["amount"], one["unit"]) for one in lines]
        drafts = [self._draft("back", undone, reverses=old.reference)]
        if int(kept):
            spent = next(one for one in lines if one["unit"] == "points")
            again = [
                Posting(chart.stock(1), chart.HANDED_OUT, int(kept), chart.item(SOAP)),
                Posting(spent["source"], spent["target"], 3 * int(kept), "points"),
            ]
            drafts.append(self._draft("keep", again))
        await self.town.book.journal.post_together(drafts)

    async def give(self, address: str, amount: str) -> None:
        """Into an account of a household, team or studio, from where such units come; a cap is drawn on."""
        unit = PLACES[address][1]
        source, target = (
            {"points": chart.fund(LIUHE, "2018-07"), "honour": chart.SYSTEM_HONOUR}.get(unit, address),
            address,
        )
        if unit == "cap":
            target = chart.CAPS
        await self.town.book.journal.post(self._draft("give", [Posting(source, target, int(amount), unit)]))

    async def move(self, verb: str, amount: str, year: str = "2019") -> None:
        """What has no verb yet."""
        ends = {
            "dispute": ("noticed", "disputed"),
            "ruling": ("disputed", "noticed"),
            "hold": (f"until-{year}", f"held-{year}"),
            "release": (f"held-{year}", f"until-{year}"),
            "set-aside": ("shelf", "set-aside"),
            "put-back": ("set-aside", "shelf"),
            "lose": ("shelf", "lost"),
            "send": ("shelf", "coming"),
            "arrive": ("coming", "shelf"),
            "settle": ("taken", "settled"),
            "to-care": (f"until-{year}", f"care-{year}"),
            "from-care": (f"care-{year}", f"until-{year}"),
            "fetch": (f"held-{year}", "taken"),
            "for-the-team": ("fund", "team"),
            "for-the-studio": ("fund", "studio"),
        }[verb]
        (source, unit), (target, _) = map(place, ends)
        await self.town.book.journal.post(self._draft(verb, [Posting(source, target, int(amount), unit)]))

    def _draft(self, verb: str, postings: list[Posting], reverses: str | None = None) -> Draft:
        evidence = Evidence("test", str(self.number), encoding.digest(verb))
        reference = f"test/{self.number}/{verb}"
        request = encoding.digest(reference)
        return Draft(reference, "move", evidence, self.swept, request, tuple(postings), reverses)

"""The book in which a counter is measured: one shop, sixty people with cards, PINs and points for a lifetime."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from ledger import encoding, signatures
from ledger.book import Book
from ledger.transactions import Draft, Posting
from points import chart, founding
from points.district import migrate, open_district
from points.evidence import snapshots
from points.keys import new_key
from points.market import deliveries, items, shops
from points.people import cards, members, roles, signin
from points.people.models import Area, Credential, Member, Person
from web import orders
from web.keeping import make_pepper, make_seal
from web.settings import Settings, load

AREA, PIN, PASSWORD = "440310001002", "704153", "chuangkou-4501"
PEOPLE, POINTS, PRICE = 60, 1_000_000, 3


@dataclass
class Town:
    """A book to redeem in: who stands at the counter, who comes, and the card each of them has."""

    settings: Settings
    staff: str
    soap: int
    cards: dict[str, str]
    day: date
    cookies: str = ""
    csrf: str = ""
    port: int = 0
    pid: int = 0
    passed: int = 0
    statuses: set[int] = field(default_factory=set)

    def orders(self, count: int) -> list[str]:
        """So many orders as they stand in an address once the PIN was given, each of another person and key."""
        pepper, who, made = self.settings.pepper(), sorted(self.cards), []
        for _ in range(count):
            member = who[self.passed % len(who)]
            self.passed += 1
            order = orders.Order(
                1, self.staff, member, "card", self.day, secrets.token_hex(12), ((self.soap, 1),), PRICE
            )
            made.append(orders.seal(order.agreed(datetime.now(UTC)), pepper))
        return made


async def make(url: str, folder: Path) -> Town:
    """Found the book; sixty people, each with a card, a PIN as it is kept, and points for a lifetime."""
    await migrate(Path(url.removeprefix("sqlite://")) if url.startswith("sqlite://") else url)
    signatures.save(signatures.generate("jishan/bench"), folder / "bench.key")
    make_pepper(folder / "bench.pepper")
    make_seal(folder / "bench.seal")
    files = {f"{name}_file": folder / f"bench.{name}" for name in ("key", "pepper", "seal")}
    settings = load(book=url, insecure_cookie=True, **files)
    async with open_district(url) as book:
        vkey = str(signatures.load(settings.key_file).verifier)
        await founding.open_ledger(book, vkey=vkey, on=book.today())
        await founding.settle(book, on=book.today())
        async with book.write() as db:
            await Area.create(
                using_db=db, code=AREA, name="六和社区", level="community", parent=None, path=f"/{AREA}/"
            )
        staff = await _staff(book, settings.pepper())
        soap = (await items.find(book, "香皂")).number
        shop = await shops.find(book, 1)
        await deliveries.receive(
            book, shop, {soap: 1_000_000}, document="1", by=staff[1], on=book.today(), key="bench"
        )
        return Town(settings, staff[0], soap, await _people(book, settings.pepper()), book.today())


async def _staff(book: Book, pepper: bytes) -> tuple[str, str]:
    found = []
    for role, area in (("counter", AREA), ("stock_keeper", None), ("admin", None)):
        someone = await members.enrol(
            book, name=role, kind="staff", area=AREA, by="system", on=book.today(), key=new_key()
        )
        await roles.grant(book, member=someone.number, role=role, area=area, by="system", on=book.today())
        found.append(someone.number)
    await signin.set_password(book, found[0], PASSWORD, by=found[0], pepper=pepper)
    await shops.open_shop(book, "超市", area=AREA, hours="周六", by=found[2], on=book.today())
    return found[0], found[1]


async def _people(book: Book, pepper: bytes) -> dict[str, str]:
    numbers, day = [f"V-{n:06d}" for n in range(1, PEOPLE + 1)], book.today().isoformat()
    async with book.write() as db:
        for n in numbers:
            await Member.create(using_db=db, number=n, kind="resident", area=AREA, enrolled_on=day)
            await Person.create(using_db=db, member=n, name=f"居{n[-4:]}")
            kept = signin.HASHER.hash(signin.peppered(n, "pin", PIN, pepper))
            await Credential.create(using_db=db, id=f"{n}/pin", hash=kept, set_at=book.now(), set_by="system")
    await cards.issue_missing(book, numbers, on=book.today())
    await book.journal.post_all([_gift(book, n) for n in numbers])
    return {n: card.number for n, card in (await cards.of_many(book, numbers)).items()}


def _gift(book: Book, member: str) -> Draft:
    evidence, rows = snapshots.take("gift", member, {"points": POINTS}, at=book.now())
    purse = chart.until(member, date(book.today().year + 1, 12, 31))
    return Draft(
        reference=f"gift/{member}",
        kind="award",
        evidence=evidence,
        effective_on=book.today(),
        request=encoding.digest_of({"member": member}),
        postings=(Posting(chart.ISSUED, purse, POINTS, chart.POINTS),),
        rows=rows,
    )

"""The town of the Saturday: one shop, its counters, a queue of people with points and PINs. On either engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from argon2 import PasswordHasher

from ledger import encoding, signatures
from ledger.book import Book
from ledger.transactions import Draft, Posting
from points import chart, founding
from points.district import open_district
from points.evidence import snapshots
from points.keys import new_key
from points.market import baskets, deliveries, items, pick_up_codes, reservations, shops
from points.people import cards, identity_codes, members, roles, signin
from points.people.models import Area, Credential, Member, Person
from tests import books
from web.keeping import make_pepper, make_seal
from web.settings import Settings, load

COMMUNITY = "440310001002"
AREAS = (
    ("440310000000", "坪山区", "district", None, "/440310000000/"),
    ("440310001000", "坪山街道", "street", "440310000000", "/440310000000/440310001000/"),
    (COMMUNITY, "六和社区", "community", "440310001000", f"/440310000000/440310001000/{COMMUNITY}/"),
)
PIN, PASSWORD = "704153", "chuangkou-4501"
EARLY, LATE = 40, 60
"""What everybody has: so much until the end of this year, and so much until the end of the next."""
PRICES = {"香皂": 3, "毛巾": 5, "雨伞": 20, "洗衣液": 15}
"""As the default catalogue says them."""
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""For a short run: what a PIN costs is not what a Saturday is about, and two thousand of them take minutes."""


@dataclass
class Shopper:
    """Somebody in the queue: by what they can be found, and what they set aside at home."""

    member: str
    card: str = ""
    token: str = ""
    code: identity_codes.Code | None = None
    pick_up: str = ""


@dataclass
class Cast:
    """The town as the Saturday begins."""

    settings: Settings
    day: date
    items: dict[str, int]
    stock: dict[str, int]
    staff: Sequence[str]
    admin: str = ""
    hands: dict[str, str] = field(default_factory=dict)
    """Who else works here, by role; each signs in with the password of the counters."""
    queue: list[Shopper] = field(default_factory=list)
    reserved: int = 0
    """Points that are set aside, and a towel for each of those who did."""


async def settle(
    url: str, folder: Path, *, people: int, counters: int, real_pins: bool, hands: Sequence[str] = ()
) -> Cast:
    """Found an empty book and let everybody come: stock so that umbrellas run out, and nothing else when half of them
    come eight times. `hands` are further roles."""
    settings = _secrets(url, folder)
    async with open_district(url) as book:
        vkey = str(signatures.load(settings.key_file).verifier)
        await founding.open_ledger(book, vkey=vkey, on=book.today())
        await founding.settle(book, on=book.today())
        cast = Cast(settings, book.today(), {}, {}, [])
        await _open_shop(book, cast, people, hands)
        await _staff(book, cast, counters)
        await _people(book, cast, people, real_pins=real_pins)
        await _set_aside(book, cast)
    return cast


def _secrets(url: str, folder: Path) -> Settings:
    key = signatures.generate("jishan/saturday")
    signatures.save(key, folder / "town.key")
    make_pepper(folder / "town.pepper")
    make_seal(folder / "town.seal")
    files = {f"{name}_file": folder / f"town.{name}" for name in ("key", "pepper", "seal")}
    return load(book=url, insecure_cookie=True, **files)


async def _open_shop(book: Book, cast: Cast, people: int, hands: Sequence[str]) -> None:
    async with book.write() as db:
        for code, name, level, parent, path in AREAS:
            await Area.create(using_db=db, code=code, name=name, level=level, parent=parent, path=path)
    keeper = await _enrol(book, "吴娟")
    for role in hands:
        cast.hands[role] = number = await _enrol(book, role)
        await roles.grant(book, member=number, role=role, area=AREAS[0][0], by="system", on=cast.day)
        await signin.set_password(book, number, PASSWORD, by=number, pepper=cast.settings.pepper())
    cast.admin = admin = await _enrol(book, "陈国强")
    await roles.grant(book, member=keeper, role="stock_keeper", area=None, by="system", on=cast.day)
    await roles.grant(book, member=admin, role="admin", area=None, by="system", on=cast.day)
    shop = await shops.open_shop(
        book, "六和社区道德积分超市", area=COMMUNITY, hours="周六 8:00–12:00", by=admin, on=cast.day
    )
    cast.items = {name: (await items.find(book, name)).number for name in PRICES}
    cast.stock = {"香皂": 8 * people, "毛巾": 4 * people, "洗衣液": 2 * people, "雨伞": max(2, people // 200)}
    goods = {cast.items[name]: quantity for name, quantity in cast.stock.items()}
    await deliveries.receive(book, shop, goods, document="1", by=keeper, on=cast.day, key="saturday")


async def _staff(book: Book, cast: Cast, counters: int) -> None:
    pepper = cast.settings.pepper()
    for n in range(counters):
        number = await _enrol(book, f"窗口{n}")
        await roles.grant(book, member=number, role="counter", area=COMMUNITY, by=cast.admin, on=cast.day)
        await signin.set_password(book, number, PASSWORD, by=number, pepper=pepper)
        cast.staff = [*cast.staff, number]


async def _enrol(book: Book, name: str) -> str:
    someone = await members.enrol(
        book, name=name, kind="staff", area=COMMUNITY, by="system", on=book.today(), key=new_key()
    )
    return someone.number


async def _people(book: Book, cast: Cast, people: int, *, real_pins: bool) -> None:
    numbers = [f"V-{n:06d}" for n in range(1, people + 1)]
    day, hasher, pepper = cast.day.isoformat(), signin.HASHER if real_pins else CHEAP, cast.settings.pepper()
    for start in range(0, people, 200):
        some = numbers[start : start + 200]
        rows = [Member(number=n, kind="resident", area=COMMUNITY, enrolled_on=day) for n in some]
        names = [Person(member=n, name=f"居{n[-6:]}", phone_tail=n[-4:], birthday="03-12") for n in some]
        pins = [
            Credential(
                id=f"{n}/pin",
                hash=hasher.hash(signin.peppered(n, "pin", PIN, pepper)),
                set_at=book.now(),
                set_by="system",
            )
            for n in some
        ]
        async with book.write() as db:
            await Member.bulk_create(rows, using_db=db)
            await Person.bulk_create(names, using_db=db)
            await Credential.bulk_create(pins, using_db=db)
        await cards.issue_missing(book, some, on=cast.day)
        answers = await book.journal.post_all([_gift(book, n, cast.day) for n in some])
        assert all(hasattr(answer, "position") for answer in answers), answers
        held = await cards.of_many(book, some)
        cast.queue += [Shopper(n, held[n].number, held[n].token) for n in some]


def _gift(book: Book, member: str, day: date) -> Draft:
    evidence, rows = snapshots.take("gift", f"saturday-{member}", {"points": EARLY + LATE}, at=book.now())
    until = {points: date(day.year + years, 12, 31) for years, points in enumerate((EARLY, LATE))}
    return Draft(
        reference=f"gift/{member}",
        kind="award",
        evidence=evidence,
        effective_on=day,
        request=encoding.digest_of({"member": member}),
        postings=tuple(
            Posting(chart.ISSUED, chart.until(member, last), points, chart.POINTS)
            for points, last in until.items()
        ),
        rows=rows,
    )


async def _set_aside(book: Book, cast: Cast) -> None:
    """One in fourteen set a towel aside at home; one in seven shows a code from the telephone."""
    pepper, shop = cast.settings.pepper(), await shops.find(book, 1)
    for n, person in enumerate(cast.queue):
        if n % 14 == 11:
            towel = baskets.of({cast.items["毛巾"]: 1})
            row, _again = await reservations.reserve(
                book, shop, person.member, towel, points=PRICES["毛巾"], key=f"r{n}", secret=pepper
            )
            person.pick_up = await pick_up_codes.of(book, row.id, pepper)
            cast.reserved += PRICES["毛巾"]
        elif n % 7 == 1:
            person.code = await identity_codes.show(book, person.member, pepper=pepper)


async def empty_book(engine: str, folder: Path) -> str:
    """A migrated book without anything in it, on SQLite or on PostgreSQL."""
    books.engine = engine
    try:
        return await books.make(folder)
    finally:
        books.engine = "sqlite"

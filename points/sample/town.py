"""Settle the sample town: the people of the journeys, a shop, six weeks of events, by the verbs all others use."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from ledger.book import Book
from points.awards import funds, verifications, vesting
from points.events import assignments, mediations, settlements
from points.events.imports import areas, contributions, events, members
from points.events.imports.plan import carry_out
from points.events.mediations import Quarrel
from points.events.models import Assignment, Event
from points.events.sealing import Parties
from points.events.settlements import Result
from points.market import baskets, counter, deliveries, items, shops
from points.market.models import Shop
from points.openness import notices
from points.people import cards, households, roles, signin, teams
from points.people import members as people
from points.progress import Progress
from points.sample import dates

DISTRICT, STREET, COMMUNITY = "440310000000", "440310001000", "440310001002"
"""坪山区, in it 坪山街道, and in that 六和社区."""

SINCE = date(2000, 1, 1)
"""The town's staff and shop are there as long as the default rules, so that events of any year can be tried."""

Meter = Callable[[str], Progress]


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the journeys, and how they sign in. The secrets are for trying the sample and nothing else."""

    number: str
    name: str
    title: str
    secret: str
    household: str | None = None
    roles: tuple[str, ...] = ()
    area: str | None = DISTRICT

    @property
    def is_staff(self) -> bool:
        """Staff sign in with a password, residents with a PIN."""
        return bool(self.roles)


STAFF = (
    SignIn("S-0001", "陈国强", "管理员", "zhushan-1988", roles=("admin",), area=None),
    SignIn("S-0002", "孙丽", "资金与公示", "qingshui-2047", roles=("fund_keeper", "notice_publisher")),
    SignIn("S-0003", "李梅", "核实人", "meihua-3316", household="HS02", roles=("verifier",)),
    SignIn("S-0004", "张强", "兑换台", "chuangkou-4501", roles=("counter",)),
    SignIn("S-0005", "周静", "审计", "zhaoye-5729", roles=("auditor",), area=None),
    SignIn("S-0006", "何伟", "核实人", "heshui-6182", roles=("verifier",), area=COMMUNITY),
    SignIn("S-0007", "吴娟", "物品管理", "cangku-7340", roles=("stock_keeper",), area=None),
    SignIn("S-0008", "刘洋", "网格员", "wangge-2915", roles=("grid_worker",), area=COMMUNITY),
    SignIn("S-0009", "马丽", "网格长", "jiedao-6407", roles=("grid_head",), area=STREET),
    SignIn("S-0010", "高峰", "网格对接员", "danwei-8153", roles=("liaison",)),
    SignIn("S-0011", "郑义", "审批人", "shenpi-3958", roles=("approver",), area=None),
    SignIn("S-0012", "赵德海", "调解员", "tiaojie-7426", roles=("mediator",), area=COMMUNITY),
)
RESIDENTS = (
    SignIn("V-000001", "王秀兰", "志愿者", "258036"),
    SignIn("V-000002", "赵敏", "志愿者（组长）", "470915"),
)
SIGN_INS = (*RESIDENTS[:1], *STAFF[2:5], STAFF[0])
"""One sign-in for each kind of person."""

PARTIES = Parties("三栋的两户人家（示例，没有这两户）", "阳台漏水，谁来修")
"""What is sealed in the sample: nobody."""

GOODS = {
    "香皂": 60,
    "毛巾": 40,
    "洗洁精": 40,
    "纸巾 6 包": 50,
    "洗衣液": 30,
    "雨伞": 12,
    "大米 5kg": 10,
    "保温杯": 1,
}


async def settle(book: Book, *, pepper: bytes, seal: bytes, progress: Meter) -> tuple[SignIn, ...]:
    """Make the town as of today: its last event was yesterday. Once it stands it is left as it is."""
    if await is_settled(book):
        return (*RESIDENTS, *STAFF)
    today = book.today()
    with tempfile.TemporaryDirectory() as folder:
        files = dates.lay_out(Path(folder), ends_on=today - timedelta(days=1))
        await _import(book, files[:2], SINCE, progress)
        await _enrol(book, SINCE, pepper)
        await _import(book, files[2:], today, progress)
    await _fund(book, today)
    await _verify(book, today, progress)
    shop = await _stock(book, SINCE)
    await _redeem(book, shop, today)
    await _mediate(book, today, seal)
    return (*RESIDENTS, *STAFF)


async def is_settled(book: Book) -> bool:
    """Whether the people of the sample are in this book."""
    found = await people.many(book, [STAFF[0].number])
    return bool(found) and found[STAFF[0].number].name == STAFF[0].name


async def _import(book: Book, files: list[Path], on: date, progress: Meter) -> None:
    plans = {
        "areas": areas.plan,
        "members": members.plan,
        "events": events.plan,
        "contributions": contributions.plan,
    }
    for file in files:
        source = dates.SOURCE if file.stem in ("events", "contributions") else None
        plan = await plans[file.stem](book, file, source=source)
        await carry_out(book, plan, by=roles.SYSTEM, on=on, progress=progress(file.name))


async def _enrol(book: Book, on: date, pepper: bytes) -> None:
    admin = STAFF[0].number
    for person in STAFF:
        by = roles.SYSTEM if person.number == admin else admin
        if await signin.has(book, person.number, "password"):
            continue
        await people.enrol(
            book, name=person.name, kind="staff", area=COMMUNITY, by=by, on=on, key=f"sample-{person.number}"
        )
        if person.household:
            await households.join(book, person.household, person.number, on=on)
        await signin.set_password(book, person.number, person.secret, by=person.number, pepper=pepper)
    await _grant(book, on)
    for resident in RESIDENTS:
        if not await signin.has(book, resident.number, "pin"):
            await cards.issue(book, resident.number, by=admin, on=on)
            await signin.set_pin(book, resident.number, resident.secret, by=admin, pepper=pepper)


async def _grant(book: Book, on: date) -> None:
    """The roles: first, while there is no admin, those that take two people, the admin's last; then all others."""
    admin = STAFF[0].number
    wanted = [(person, role) for person in STAFF for role in person.roles]
    for person, role in sorted(
        wanted, key=lambda each: (each[1] not in roles.TWO_PEOPLE, each[0].number == admin)
    ):
        by = roles.SYSTEM if role in roles.TWO_PEOPLE else admin
        if not await roles.holds(book, person.number, role, person.area, on):
            await roles.grant(book, member=person.number, role=role, area=person.area, by=by, on=on)


async def _fund(book: Book, today: date) -> None:
    months = sorted({(today - timedelta(days=days)).strftime("%Y-%m") for days in range(62)})
    for month in months:
        await funds.allocate(book, under=DISTRICT, month=month, points=24_000, by=STAFF[1].number, on=today)


async def _verify(book: Book, today: date, progress: Meter) -> None:
    """What is older than ten days was accepted, noticed and has vested; what is older than four is on notice; the rest
    waits for 李梅 and 何伟."""
    await assignments.assign_waiting(book, today - timedelta(days=10))
    for days in (10, 4):
        decided_on = today - timedelta(days=days)
        for verifier in (STAFF[2], STAFF[5]):
            await _accept_until(book, verifier.number, decided_on, progress("核实"))
        await notices.publish(book, DISTRICT, by=STAFF[1].number, on=decided_on)
    await vesting.sweep(book, on=today, progress=progress("入账"))


async def _accept_until(book: Book, verifier: str, day: date, step: Progress) -> None:
    mine = await Assignment.filter(verifier=verifier).using_db(book.reader).values_list("event", flat=True)
    until = datetime.combine(day, time.max, book.zone)
    older = await Event.filter(id__in=list(mine), occurred_at__lte=until).using_db(book.reader)
    for done, event in enumerate(older, 1):
        await verifications.accept(book, event.id, by=verifier, on=day)
        step(done, len(older))


async def _stock(book: Book, on: date) -> Shop:
    shop = await shops.open_shop(
        book, "六和社区道德积分超市", area=COMMUNITY, hours="周一至周六 9:00–17:00", by=STAFF[0].number, on=on
    )
    catalogue = await items.all_items(book)
    named = {baskets.recognise(name, catalogue): quantity for name, quantity in GOODS.items()}
    await deliveries.receive(
        book, shop, named, document="入库单 2026-001", by=STAFF[6].number, on=on, key="sample-1"
    )
    return shop


async def _redeem(book: Book, shop: Shop, today: date) -> None:
    basket = baskets.parse(["香皂"], await items.all_items(book))
    await counter.redeem(
        book, shop, RESIDENTS[0].number, basket, by=STAFF[3].number, key="sample-1", on=today, found_by="card"
    )


async def _mediate(book: Book, today: date, seal: bytes) -> None:
    """A quarrel over a leak, settled yesterday by 赵德海 and 欧阳丽华 of the studio; it waits to be verified."""
    admin, mediator, helper = STAFF[0].number, STAFF[11].number, "V-000004"
    studio = await teams.register(
        book, "六和调解室", kind="studio", area=COMMUNITY, leader=helper, by=admin, key="sample-studio"
    )
    at = datetime.combine(today - timedelta(days=1), time(10), book.zone)
    said = Quarrel("property", COMMUNITY, at, PARTIES)
    filed = await mediations.file(book, said, secret=seal, by=mediator, key="sample-1")
    result = Result(
        "ordinary", "written", ((mediator, 40), (helper, 60)), studio.number, today + timedelta(days=14)
    )
    await settlements.record(book, filed.event, result, by=mediator, key="sample-1")

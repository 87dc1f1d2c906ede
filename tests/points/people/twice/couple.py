"""One person under two numbers, in a town with a fund and a shop: what merging must bring together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ledger import statements
from ledger.book import Book
from points.awards import vesting
from points.market import baskets, counter
from points.openness import notices
from points.people.models import Person
from points.people.twice import merging
from points.people.twice.merges import Merged
from tests.points.awards.steps import COUNTER, SOAP, V1, Life
from tests.points.awards.town import ADMIN, DISTRICT, PUBLISHER, Town
from tests.points.awards.town import lay as lay_town

KEPT, GONE, THIRD = V1, "V-000002", "V-000003"
NAMES = {KEPT: "王秀兰", GONE: "王秀蓝", THIRD: "李大明"}
Standing = dict[tuple[str, str], int]


async def lay(book: Book) -> Life:
    """The town in an empty book, and its three people."""
    return await settle(await lay_town(book))


async def settle(town: Town) -> Life:
    """Three people of whom two are one, a fund of a thousand and a hundred soaps."""
    life = await Life.begin(town)
    for number, name in NAMES.items():
        await town.member(number)
        day = "07-01" if number == THIRD else "03-12"
        await town.insert(Person(member=number, name=name, birthday=day))
    await town.fund(1000)
    await life.step("deliver 100")
    return life


async def serve(town: Town, member: str, minutes: int = 60, *, days: int = 0, count: int = 1) -> None:
    """Hours that 李梅 accepted: two points each, of at most four hours a day."""
    for _ in range(count):
        await town.event((member, "participant", minutes), kind="activity", after=timedelta(days=days))
    await town.verify()


async def vest(town: Town) -> None:
    """Everything was published eight days ago, and its notice closes."""
    on = town.book.today()
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=on - timedelta(days=8))
    await vesting.sweep(town.book, on)


async def redeem(life: Life, member: str, quantity: int, key: str) -> None:
    """Soap, at the counter, three points each."""
    await counter.redeem(
        life.town.book,
        life.shop,
        member,
        baskets.of({SOAP: quantity}),
        by=COUNTER,
        key=key,
        on=life.town.book.today(),
        found_by="number",
    )


async def merge(
    book: Book, keep: str = KEPT, closed: str = GONE, *, by: str = ADMIN, key: str = "k1"
) -> Merged:
    """As a clerk does it."""
    return await merging.merge(book, keep, closed, by=by, reason="twice", key=key)


async def standing(book: Book, *numbers: str) -> Standing:
    """What stands on every account of some members; what stands at nothing is left out."""
    found: Standing = {}
    for number in numbers:
        rows = await statements.balances(book.reader, f"member/{number}/")
        found |= {(row.address, row.unit): row.balance for row in rows if row.balance}
    return found


def together(found: Standing, numbers: Sequence[str]) -> Standing:
    """The same added up under the first of the numbers."""
    total: Standing = {}
    for (address, unit), balance in found.items():
        _, number, *rest = address.split("/")
        name = "/".join(["member", numbers[0] if number in numbers else number, *rest])
        total[name, unit] = total.get((name, unit), 0) + balance
    return {key: amount for key, amount in total.items() if amount}


async def ask_and_merge(book: Book, keep: str, closed: str) -> Merged:
    """Two who do not look alike: one asks, another carries it out."""
    await merging.ask(book, keep, closed, by=ADMIN, key=f"ask-{closed}")
    return await merge(book, keep, closed, by=COUNTER, key=f"merge-{closed}")

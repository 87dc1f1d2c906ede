"""A Saturday at the supermarket: many counters, a long queue, two servers, one book, and all that goes wrong.

    python -m tests.attack.saturday sqlite|postgres [--people 2000] [--counters 20] [--real-pins]

Each person in the queue is served over HTTP by the next free counter, and every one of them brings the trouble of
their place in it: a double click at both servers, an answer that never arrives, a scanner that reads half or twice, a
wrong PIN, a locked one, the last umbrella, an undo, a pick-up. What was answered is counted here; `saturday_count`
compares it with the bare tables, and `jishan audit` has the last word.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from tests.attack import saturday_town
from tests.attack.saturday_count import Tally, check
from tests.attack.saturday_site import JISHAN, ROOT, Counter, serving, surroundings
from tests.attack.saturday_town import PIN, Cast, Shopper
from web.settings import Settings

SERVERS = 2
RECEIPT = re.compile(r"/counter/1/redemptions/(\d+)(\?again=1)?")
TROUBLES = (
    "none", "code", "double", "lost answer", "thrice", "half", "noise", "wrong PIN",
    "locked", "last", "undo", "pick-up", "walks away", "too much",
)  # fmt: skip


async def serve(counter: Counter, cast: Cast, place: int, person: Shopper, doors: asyncio.Barrier) -> None:
    """Serve the person at this place of the queue, with the trouble they bring.

    The first in every line want an umbrella, and confirm in the same moment.
    """
    at_once = place < len(cast.staff)
    trouble = "last" if at_once else TROUBLES[place % len(TROUBLES)]
    if trouble == "pick-up":
        await _pick_up(counter, cast, person)
        return
    wanted = _wanted(trouble, place)
    choosing = await _found(counter, person, trouble)
    asked = {f"item-{cast.items[name]}": str(quantity) for name, quantity in wanted.items()}
    page = await counter.read(choosing, place % SERVERS)
    answer = await counter.send(choosing, place % SERVERS, key=page["key"], on=page["on"], **asked)
    if answer.status_code == 422:
        assert trouble in ("too much", "last", "none"), (trouble, answer.text)
        counter.tally.refused["before the PIN"] += 1
        return
    order = answer.headers["location"]
    agreed = await _agreed(counter, order, trouble)
    if agreed is None:
        return
    if at_once:
        await doors.wait()
    positions = await _confirmed(counter, agreed + "/redemption", trouble, place)
    for position in positions:
        counter.tally.receipt(position, person.member, wanted)
    if trouble == "undo" and positions:
        await _undo(counter, positions[0], wanted, cast)


def _wanted(trouble: str, place: int) -> dict[str, int]:
    if trouble == "too much":
        return {"洗衣液": 7}
    if trouble in ("last", "none"):
        return {"雨伞": 1, "香皂": 1}
    return {"香皂": 1 + place % 2, "毛巾": 1}


async def _found(counter: Counter, person: Shopper, trouble: str) -> str:
    """Where this person is served: by card, QR, code or number, after whatever the scanner did first."""
    digits = f"{person.card[:4]} {person.card[4:]}"
    if trouble == "half":
        half = await counter.send("/counter/1", who=person.card[:5])
        assert half.status_code == 422, half.headers
    if trouble == "noise":
        who = f"\x02JF1:{person.token.upper()}JF1:{person.token.upper()}\r\n"
    elif trouble == "code" and person.code is not None:
        who = f"JF1:{person.code.token}"
    else:
        who = {"double": person.card * 2, "thrice": person.member, "half": digits}.get(trouble, person.card)
    answer = await counter.send("/counter/1", who=who)
    assert answer.status_code == 303, (trouble, who, answer.text)
    return str(answer.headers["location"])


async def _agreed(counter: Counter, order: str, trouble: str) -> str | None:
    """Where the order goes on once the PIN was given; five wrong ones lock it, and the right one opens nothing then."""
    wrong = {"wrong PIN": 1, "locked": 5}.get(trouble, 0)
    for _ in range(wrong):
        assert (await counter.send(order, secret="135797")).status_code == 422
    answer = await counter.send(order, secret=PIN)
    if trouble == "locked":
        assert answer.status_code == 429, answer.status_code
        counter.tally.refused["locked"] += 1
        return None
    assert answer.status_code == 303, answer.text
    return None if trouble == "walks away" else str(answer.headers["location"])


async def _confirmed(counter: Counter, path: str, trouble: str, place: int) -> list[int]:
    """The receipt of a confirmation, which is one however often it is asked for; none when it was refused."""
    first = place % SERVERS
    if trouble == "double":
        answers = await asyncio.gather(*(counter.send(path, server) for server in range(SERVERS)))
    elif trouble == "lost answer":
        await counter.send_and_leave(path, first)
        answers = [await counter.send(path, 1 - first)]
    elif trouble == "thrice":
        answers = [await counter.send(path, n % SERVERS) for n in range(3)]
    else:
        answers = [await counter.send(path, first)]
    refused = [answer for answer in answers if answer.status_code != 303]
    if refused:
        assert {answer.status_code for answer in answers} == {422}, [a.status_code for a in answers]
        assert "没有换成，积分没有扣" in answers[0].text
        counter.tally.refused["sold out"] += 1
        return []
    found = [RECEIPT.fullmatch(answer.headers["location"]) for answer in answers]
    positions = {int(each[1]) for each in found if each}
    assert len(positions) == 1, [answer.headers["location"] for answer in answers]
    fresh = sum(1 for each in found if each and not each[2])
    assert fresh <= 1, "two answers say that they were the first"
    return sorted(positions)


async def _undo(counter: Counter, position: int, wanted: dict[str, int], cast: Cast) -> None:
    """Taken back alone within the quarter of an hour, pressed twice: goods and points come back once."""
    path = f"/counter/1/redemptions/{position}/undo"
    page = await counter.read(path)
    back = {f"back-{cast.items[name]}": str(quantity) for name, quantity in wanted.items()}
    form = {"key": page["key"], "reason": "wrong_item", **back}
    answers = await asyncio.gather(*(counter.send(path, server, **form) for server in range(SERVERS)))
    assert {answer.status_code for answer in answers} == {303}, [a.text for a in answers]
    counter.tally.undone.add(position)


async def _pick_up(counter: Counter, cast: Cast, person: Shopper) -> None:
    """The code of what was set aside at home, in the one field of the counter; pressed at both servers."""
    del cast
    answer = await counter.send("/counter/1", who=person.pick_up)
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    await counter.read(path)
    answers = await asyncio.gather(*(counter.send(path, server) for server in range(SERVERS)))
    assert {each.status_code for each in answers} == {303}, [each.text for each in answers]
    (position,) = {int(match[1]) for each in answers if (match := RECEIPT.match(each.headers["location"]))}
    counter.tally.receipt(position, person.member, {"毛巾": 1})


async def morning(cast: Cast, urls: Sequence[str]) -> tuple[Tally, float]:
    """The whole queue, each person by the next free counter; what was answered, and the seconds it took."""
    tally = Tally()
    counters = [Counter(staff, urls, tally) for staff in cast.staff]
    async with AsyncExitStack() as closing:
        for counter in counters:
            await closing.enter_async_context(counter.client)
            await counter.sign_in()
        begun = time.monotonic()
        await _serve_all(cast, counters)
        return tally, time.monotonic() - begun


async def _serve_all(cast: Cast, counters: Sequence[Counter]) -> None:
    queue: Iterator[tuple[int, Shopper]] = iter(enumerate(cast.queue))
    doors = asyncio.Barrier(len(counters))

    async def at_work(counter: Counter) -> None:
        for place, person in queue:
            await serve(counter, cast, place, person, doors)

    async with asyncio.TaskGroup() as group:
        for counter in counters:
            group.create_task(at_work(counter))


async def audited(settings: Settings) -> None:
    """`jishan audit` finds nothing."""
    process = await asyncio.create_subprocess_exec(
        *JISHAN, "--book", settings.book, "audit", "--full",
        cwd=ROOT, env=surroundings(settings), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


async def run(
    engine: str, folder: Path, *, people: int, counters: int, real_pins: bool
) -> tuple[Tally, float]:
    """A Saturday from the empty book to the audit."""
    url = await saturday_town.empty_book(engine, folder)
    cast = await saturday_town.settle(url, folder, people=people, counters=counters, real_pins=real_pins)
    async with AsyncExitStack() as stack:
        urls = [await stack.enter_async_context(serving(cast.settings)) for _ in range(SERVERS)]
        tally, seconds = await morning(cast, urls)
    assert tally.refused["sold out"] >= len(cast.staff) - cast.stock["雨伞"]
    await check(cast, tally)
    await audited(cast.settings)
    return tally, seconds


def main() -> None:
    """A Saturday by command, with what it came to."""
    asked = argparse.ArgumentParser()
    asked.add_argument("engine", choices=["sqlite", "postgres"])
    asked.add_argument("--people", type=int, default=2000)
    asked.add_argument("--counters", type=int, default=20)
    asked.add_argument("--real-pins", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally, seconds = asyncio.run(
            run(
                given.engine, Path(folder),
                people=given.people, counters=given.counters, real_pins=given.real_pins,
            )
        )  # fmt: skip
    facts = {"receipts": len(tally.receipts), "undone": len(tally.undone), "refused": dict(tally.refused)}
    counted = dict(sorted(tally.statuses.items()))
    sys.stdout.write(f"{facts} in {seconds:.1f} s, answers {counted}\n")


if __name__ == "__main__":
    main()

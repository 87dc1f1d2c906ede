"""A resident says how content they are, on the page of their own contribution."""

from __future__ import annotations

from points.events import dispatches, filing, taking
from points.events.filing import Written
from points.events.models import Contribution
from points.events.satisfaction import of
from tests.web.guests import Guests, words


def test_the_one_who_reported_is_asked_when_it_was_handled(guests: Guests) -> None:
    """Not before, and nobody else; the latest word counts."""

    async def file() -> tuple[str, str]:
        book = guests.book
        said = Written("report", "440310001002", "F", "楼道堆放杂物", book.now())
        filed = await filing.report(book, said, by="S-0008", key="k", reporter="V-000001")
        doing = await Contribution.get(event=filed.event, using_db=book.reader)
        return filed.event, doing.id

    async def handle(event: str) -> None:
        await dispatches.send(guests.book, event, "own", by="S-0009", key="d")
        await taking.take(guests.book, event, "handled", by="S-0009", key="h")

    event, doing = guests.run(file)
    path, guest = f"/awards/{doing}", guests.by("王秀兰")
    assert "您满意吗" not in words(guest.get(path))
    guests.run(handle, event)
    page = guest.get(path)
    assert "您满意吗" in words(page)
    for stars, key in (("2", "a1"), ("2", "a1"), ("4", "a2")):
        assert guest.press(page, path + "/satisfaction", stars=stars, key=key, unit="") == path
    assert "满意（4 星）" in words(guest.get(path))

    async def given() -> list[int]:
        return [rating.stars for rating in await of(guests.book, event)]

    assert guests.run(given) == [4]
    other = guests.by("李梅")
    assert "您满意吗" not in words(other.get(path))
    answer = other.client.post(path + "/satisfaction", data={"stars": "5", "key": "b1"})
    assert answer.status_code in (403, 404)
    assert guests.run(given) == [4]

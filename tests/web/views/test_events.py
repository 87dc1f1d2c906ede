"""An event for those in charge of its area: from it to every award."""

from __future__ import annotations

from tests.web.guests import Guests, links, words


async def _events(guests: Guests, where: str) -> list[str]:
    # `where` is one of the conditions written in this file
    rows = await guests.book.reader.execute_query_dict(f"SELECT id FROM events_event AS e WHERE {where}")
    return [row["id"] for row in rows]


def test_an_event_leads_to_its_awards_and_back(shared: Guests) -> None:
    """Every contribution opens at why it was given what it was given, and that page opens the event."""
    decided = shared.run(_events, shared, "EXISTS (SELECT 1 FROM awards_verification WHERE event = e.id)")
    guest = shared.by("李梅")
    page = guest.get(f"/events/{decided[0]}")
    awards = links(page, "/awards/")
    assert awards
    for path in awards:
        assert f"/events/{decided[0]}" in links(guest.get(path), "/events/")


def test_its_life_is_shown_without_guessing(shared: Guests) -> None:
    """A step before one that was taken is “not told by the source”; verification is ours and waits."""
    waiting = shared.run(
        _events,
        shared,
        "EXISTS (SELECT 1 FROM events_step WHERE event = e.id AND name = 'archived')"
        " AND NOT EXISTS (SELECT 1 FROM events_step WHERE event = e.id AND name = 'verified')",
    )
    said = words(shared.by("陈国强").get(f"/events/{waiting[0]}"))
    assert "处置反馈 来源没有写 任务核查 还没到 事件归档" in said


def test_names_are_masked_also_for_staff(shared: Guests) -> None:
    """The number tells who it is; the name is for those who verify it."""
    mine = shared.run(
        _events,
        shared,
        "EXISTS (SELECT 1 FROM events_contribution WHERE event = e.id AND member = 'V-000001')",
    )
    said = words(shared.by("周静").get(f"/events/{mine[0]}"))
    assert "王*兰 V-000001" in said
    assert "王秀兰" not in said


def test_it_is_not_there_for_others(shared: Guests) -> None:
    """Residents, the counter, a verifier of another area; and what has no place is for the whole book's staff."""
    here = shared.run(_events, shared, "area = '440310001002'")[0]
    there = shared.run(_events, shared, "area IS NOT NULL AND area <> '440310001002'")[0]
    nowhere = shared.run(_events, shared, "area IS NULL")[0]
    for name, event, status in [
        ("王秀兰", here, 404),
        ("张强", here, 404),
        ("何伟", here, 200),
        ("何伟", there, 404),
        ("李梅", nowhere, 404),
        ("陈国强", nowhere, 200),
        ("陈国强", "x", 404),
    ]:
        shared.by(name).get(f"/events/{event}", status)


def test_a_key_longer_than_any_is_not_there(shared: Guests) -> None:
    """Tortoise refuses to look such a key up; for whoever asks it is 404 in a path, and 400 elsewhere."""
    guest = shared.by("陈国强")
    for path in ("/events/{}", "/imports/batches/{}", "/campaigns/{}", "/events/{}/sign-in"):
        guest.get(path.format("a" * 400), 404)
    guest.get(f"/imports/batches?before={'z' * 400}", 400)

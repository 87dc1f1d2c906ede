"""What is sealed, on pages: an entry first, ten minutes for one person; no byte of it anywhere else."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from ledger import backups
from points.progress import quiet
from tests.web.guests import Guest, Guests, words
from tests.web.site import token_in
from tests.web.views.test_mediations import CANARIES, SAID, settled


def opened(guest: Guest, path: str, *, reason: str = "follow_up", key: str = "o1") -> str:
    """Open a case; where it is shown."""
    return guest.press(guest.get(path), f"{path}/openings", key=key, reason=reason)


async def entries(guests: Guests) -> int:
    """How many openings the ledger knows."""
    sql = "SELECT count(*) AS n FROM ledger_transaction WHERE evidence_kind = 'seal-opening'"
    return int((await guests.book.reader.execute_query_dict(sql))[0]["n"])


def test_opened_for_a_reason_and_the_two_see_who_did(guests: Guests) -> None:
    """The mediator and the auditor read it, each by an entry of their own, and both read the list of them."""
    zhao, zhou = guests.by("赵德海"), guests.by("周静")
    path = settled(guests, zhao)
    for n, (guest, reason) in enumerate(((zhao, "follow_up"), (zhou, "audit")), 1):
        where = opened(guest, path, reason=reason, key=f"o{n}")
        assert guests.run(entries, guests) == n
        page = guest.get(where)
        assert all(word in page for word in CANARIES)
        assert "已经记在账上" in words(page)
        assert guest.client.get(where).headers["cache-control"] == "no-store"
    for guest in (zhao, zhou):
        read = words(guest.get(path))
        assert "赵德海" in read
        assert "审计抽查" in read
        assert not any(word in guest.get(path) for word in CANARIES)
    assert "谁打开过" not in words(guests.by("马丽").get(path))
    assert opened(zhao, path) == opened(zhao, path)
    assert guests.run(entries, guests) == 2


def test_anothers_opening_opens_nothing(guests: Guests) -> None:
    """Its address is worth nothing to anybody else, and no reason no opening."""
    zhao, zhou = guests.by("赵德海"), guests.by("周静")
    path = settled(guests, zhao)
    where = opened(zhou, path, reason="audit")
    zhao.get(where, 404)
    zhao.get(f"{path}/openings/none", 404)
    for name in ("马丽", "陈国强", "李梅", "王秀兰"):
        guests.by(name).get(where, 404)
    token = token_in(zhao.get(path))
    for reason in ("", "whim"):
        sent = {"csrf": token, "key": "x", "reason": reason}
        answer = zhao.client.post(f"{path}/openings", data=sent)
        assert (answer.status_code, any(word in answer.text for word in CANARIES)) == (422, False)
    head = guests.by("马丽")
    sent = {"csrf": token_in(head.get(path)), "key": "x", "reason": "audit"}
    assert head.client.post(f"{path}/openings", data=sent).status_code == 404
    assert guests.run(entries, guests) == 1


def test_it_closes_by_itself(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten minutes the same address leads back to the case."""
    zhao = guests.by("赵德海")
    path = settled(guests, zhao)
    where = opened(zhao, path)
    monkeypatch.setattr("points.events.openings.STAYS_OPEN", timedelta(seconds=-1))
    answer = zhao.client.get(where)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert not any(word in answer.text for word in CANARIES)


def test_without_its_key_nobody_reads_it_and_nothing_breaks(guests: Guests) -> None:
    """The page says which file; a new mediation is refused with the words that were typed kept."""
    zhao = guests.by("赵德海")
    path = settled(guests, zhao)
    seal = guests.app.state.settings.seal_file
    seal.rename(seal.with_suffix(".away"))
    page = zhao.get(opened(zhao, path))
    assert "town.seal" in words(page)
    assert not any(word in page for word in CANARIES)
    form = zhao.get("/mediations/new")
    answer = zhao.client.post("/mediations/new", data={"csrf": token_in(form), "key": "n", **SAID})
    assert (answer.status_code, "town.seal" in words(answer.text)) == (422, True)
    seal.write_text("00" * 32)
    assert "另一把封存钥匙" in words(zhao.get(opened(zhao, path, key="o2")))


def test_destroyed_by_the_head_it_is_gone(guests: Guests) -> None:
    """For a reason, unread; the case stays."""
    zhao, head = guests.by("赵德海"), guests.by("马丽")
    path = settled(guests, zhao)
    assert f"{path}/destruction" not in zhao.get(path)
    sent = {"csrf": token_in(zhao.get(path)), "key": "x", "ending": "asked"}
    assert zhao.client.post(f"{path}/destruction", data=sent).status_code == 404
    sent = {"csrf": token_in(head.get(path)), "key": "x", "ending": ""}
    assert head.client.post(f"{path}/destruction", data=sent).status_code == 422
    where = opened(zhao, path)
    head.press(head.get(path), f"{path}/destruction", key="d", ending="asked")
    assert "已经销毁" in words(zhao.get(path))
    page = zhao.get(where)
    assert "已经销毁" in words(page)
    assert not any(word in page for word in CANARIES)


def seen(folder: Path, words: tuple[str, ...] = CANARIES) -> set[str]:
    """The files below a folder that hold one of these words in any of its bytes."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    }


@pytest.mark.attack
def test_no_byte_of_it_is_anywhere(guests: Guests, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Typed, refused, opened: not in book, log beside it, backup, log lines, nor the page of anybody who may not."""
    caplog.set_level(logging.DEBUG)
    zhao = guests.by("赵德海")
    form = zhao.get("/mediations/new")
    wrong = {"csrf": token_in(form), "key": "w", **SAID, "area": "火星"}
    assert zhao.client.post("/mediations/new", data=wrong).status_code == 422
    path = settled(guests, zhao)
    zhao.get(opened(zhao, path))
    assert seen(tmp_path) == set()
    (tmp_path / "planted").write_text(CANARIES[0])
    assert seen(tmp_path) == {"planted"}, "the search finds nothing that is there"
    (tmp_path / "planted").unlink()
    settings = guests.app.state.settings
    backups.take(settings.book, tmp_path / "copies", at=guests.book.now(), progress=quiet, verifying=quiet)
    assert seen(tmp_path) == set()
    assert not any(word in line for word in CANARIES for line in caplog.messages)
    event = path.split("/")[2]
    pages = [path, f"/events/{event}", f"/events/{event}/verification"]
    pages += ["/mediations", "/events", "/events?kind=mediation", "/week", "/ledger", "/registers/concerns"]
    pages += ["/verifications", "/points"]
    for name in ("赵德海", "周静", "马丽", "陈国强", "李梅", "何伟", "刘洋", "王秀兰"):
        guest = guests.by(name)
        for address in pages:
            text = guest.client.get(address).text
            assert not any(word in text for word in CANARIES), (name, address)

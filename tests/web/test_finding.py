"""Guessing eight digits at a counter is stopped, for one person and for the site; scanning goes on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from points.people import cards, damm, identity_codes, scans, short_codes
from tests.web.guests import Guest, Guests, visiting, words
from tests.web.site import token_in
from web import finding

WANG = "V-000001"
LOCKED = "没有找到人的号码输得太多，先停 15 分钟"


@pytest.fixture
def guests(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A town of the test's own."""
    with visiting(tmp_path) as opened:
        yield opened


def guesses(wrong: int) -> list[str]:
    """So many numbers that are read right and are nobody's: cards' and identity codes'.

    Pick-up codes have a lock of their own.
    """
    found = []
    for n in range(wrong):
        digits = f"{'0124'[n % 4]}{n:06d}"
        found.append(digits + damm.check_digit(digits))
    return found


def look(counter: Guest, token: str, who: str) -> tuple[int, str]:
    """What the counter answers."""
    answer = counter.client.post("/counter/1", data={"csrf": token, "who": who})
    return answer.status_code, words(answer.text) if answer.status_code != 303 else ""


def test_who_guesses_is_stopped_and_the_code_is_not_found(guests: Guests) -> None:
    """Twenty wrong numbers; the next is not looked at, though it would be right. A QR is, and a member number."""
    zhang, pepper = guests.by("张强"), guests.app.state.settings.pepper()
    token = token_in(zhang.get("/counter/1"))
    code = guests.run(_show, guests, pepper)
    for guess in guesses(finding.MOST):
        assert look(zhang, token, guess)[0] == 422
    for who in (code.digits, guesses(1)[0], f"{code.digits}{code.digits}"):
        status, said = look(zhang, token, who)
        assert (status, LOCKED in said) == (429, True)
    assert look(zhang, token, WANG)[0] == 303
    assert look(zhang, token, scans.written(code.token))[0] == 303


def test_numbers_that_are_somebodys_are_not_counted(guests: Guests) -> None:
    """A card, a stopped card and a used code, thirty times each: a busy counter is never stopped."""
    zhang, pepper, book = guests.by("张强"), guests.app.state.settings.pepper(), guests.book
    token = token_in(zhang.get("/counter/1"))
    card = guests.run(cards.of, book, WANG)
    code = guests.run(_show, guests, pepper)
    guests.run(_use, guests, code.digits, pepper)
    for _ in range(finding.MOST // 2 + 1):
        assert look(zhang, token, card.number)[0] == 303
        assert "已经用过一次了" in look(zhang, token, code.digits)[1]
    assert look(zhang, token, guesses(1)[0])[0] == 422


def test_all_together_are_stopped_too(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many people share the guessing."""
    monkeypatch.setattr(finding, "MOST_OF_ALL", 3)
    zhang = guests.by("张强")
    token = token_in(zhang.get("/counter/1"))
    answers = [look(zhang, token, guess)[0] for guess in guesses(5)]
    assert answers == [422, 422, 422, 429, 429]


def test_what_a_guess_is_worth(guests: Guests) -> None:
    """The odds that the documents state: of a given person, and of anybody at all while two hundred codes live."""
    assert 10**6 * len(short_codes.IDENTITY) == 2_000_000
    assert 10**6 * len(short_codes.CARD) == 3_000_000
    assert finding.MOST / 2_000_000 == 1e-5
    assert pytest.approx(0.002) == finding.MOST * 200 / 2_000_000
    assert re.search("one in 3,000,000", finding.__doc__ or "")


async def _show(guests: Guests, pepper: bytes) -> identity_codes.Code:
    return await identity_codes.show(guests.book, WANG, pepper=pepper)


async def _use(guests: Guests, digits: str, pepper: bytes) -> None:
    await identity_codes.find(guests.book, digits, by="S-0099", pepper=pepper)

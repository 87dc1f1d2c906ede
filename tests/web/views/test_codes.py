"""A member's code: shown after a press, prolonged, closed, used once at the counter; looking at it writes nothing."""

from __future__ import annotations

import re

from tests.web.guests import Guests, links, words

SHOWN = re.compile(r'class="code-digits">(\d{4}) (\d{4})<')


def digits(page: str) -> str:
    """The eight digits on the page of a code."""
    found = SHOWN.search(page)
    assert found
    return found[1] + found[2]


def test_one_press_shows_it_and_looking_again_is_the_same(guests: Guests) -> None:
    """From the first page; QR, digits in two groups, until when; ten minutes more keep the digits."""
    wang = guests.by("王秀兰")
    home = wang.get("/points")
    assert 'action="/code"' in home
    before = wang.get("/code")
    assert "现在没有可以用的出示码" in words(before)
    assert not SHOWN.search(before)
    assert wang.press(home, "/code") == "/code"
    page = wang.get("/code")
    assert re.search(r"请给工作人员看 \d{4} \d{4} 可用到 \d\d:\d\d", words(page))
    assert '<svg role="img" aria-label="' + words(page).split("看 ")[1][:9] in page
    assert wang.press(home, "/code") == "/code"
    assert digits(wang.get("/code")) == digits(page)
    assert wang.press(page, "/code/renewal") == "/code"
    assert digits(wang.get("/code")) == digits(page)
    assert guests.statements(wang, "/code") == guests.statements(wang, "/code")
    assert wang.press(page, "/code/end") == "/points"
    assert "上一个码" in words(wang.get("/code"))
    wang.press(page, "/code")
    assert digits(wang.get("/code")) != digits(page)


def test_the_counter_finds_her_by_it_once(guests: Guests) -> None:
    """With a scanner's noise around it; it does not pay, for the PIN is asked; her page says that she was found."""
    wang, zhang = guests.by("王秀兰"), guests.by("张强")
    wang.press(wang.get("/points"), "/code")
    code = digits(wang.get("/code"))
    counter = zhang.get("/counter/1")
    where = zhang.press(counter, "/counter/1", who=f"\x02{code}{code}\r")
    choosing = zhang.get(where)
    assert "王*兰" in words(choosing)
    assert "已经用这个码找到您了" in words(wang.get("/code"))
    assert "王秀兰" not in choosing
    assert links(wang.get("/code"), "/points")


def test_a_used_code_and_one_that_is_over_say_what_to_do(guests: Guests) -> None:
    """Nothing was done, and how it goes on."""
    wang, zhang, other = guests.by("王秀兰"), guests.by("张强"), guests.by("陈国强")
    wang.press(wang.get("/points"), "/code")
    code = digits(wang.get("/code"))
    counter = zhang.get("/counter/1")
    wang.press(wang.get("/code"), "/code/end")
    refused = zhang.client.post("/counter/1", data={"csrf": _token(counter), "who": code})
    assert refused.status_code == 422
    assert "已经到时间了，没有办理" in words(refused.text)
    assert other.get("/counter/1", 404)


def test_a_code_in_english(guests: Guests) -> None:
    """The whole page, whatever state it is in."""
    wang = guests.by("王秀兰")
    wang.press(wang.get("/points"), "/language", language="en", next="/points")
    assert "There is no code to show now" in words(wang.get("/code"))
    wang.press(wang.get("/points"), "/code")
    said = words(wang.get("/code"))
    assert "Show this to the staff" in said
    assert "10 minutes more" in said
    assert not re.search(r"[\u4e00-\u9fff]", said)


def _token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]

"""Staff by pages: enrolled, and given a new password."""

from __future__ import annotations

import re

from tests.web.guests import Guests, words
from tests.web.site import sign_in, token_in


def test_a_new_password_is_shown_once_and_ends_every_session(guests: Guests) -> None:
    """李梅 is signed out at once, the old password opens nothing, the new one does."""
    admin, li = guests.by("陈国强"), guests.by("李梅")
    li.get("/verifications")
    token = token_in(admin.get("/staff"))
    answer = admin.client.post("/staff/password", data={"csrf": token, "number": "S-0003"})
    found = re.search(r'class="receipt">([a-z0-9-]{14})<', answer.text)
    assert found
    assert li.client.get("/verifications").status_code == 303
    assert sign_in(guests.stranger().client, "S-0003", "meihua-3316", staff=True).status_code == 422
    assert sign_in(guests.stranger().client, "S-0003", found[1], staff=True).status_code == 303


def test_somebody_new_is_enrolled_once_for_a_key_and_one_cannot_reset_oneself(guests: Guests) -> None:
    """With a number and a first password; a wrong place and one's own number are said."""
    admin = guests.by("陈国强")
    token = token_in(admin.get("/staff"))
    new = {"csrf": token, "key": "k", "name": "新来的", "home": "六和社区居委会"}
    numbers = {
        re.search(r"S-\d{4}", words(admin.client.post("/staff", data=new).text))[0]  # type: ignore[index]
        for _ in range(2)
    }
    assert len(numbers) == 1
    for path, data, said in (
        ("/staff", new | {"home": "没有这里"}, "没有找到这个地方"),
        ("/staff/password", {"csrf": token, "number": "S-0001"}, "另一位管理员"),
        ("/staff/password", {"csrf": token, "number": "V-000001"}, "不是工作人员"),
    ):
        answer = admin.client.post(path, data=data)
        assert answer.status_code == 422
        assert said in words(answer.text)

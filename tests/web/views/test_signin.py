"""Signing in, as residents and staff do it, and as somebody who guesses does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import Busy
from tests.web.site import Site, open_site, sign_in, token_in


def test_a_resident_signs_in_with_number_or_phone(site: Site) -> None:
    """Typed with spaces or in full width, as it may be."""
    for number in ("10000001155", "138 0000 0001", "１００００００１１５５"):
        assert sign_in(site.browser(), number, "314159").status_code == 303


def test_they_come_back_to_where_they_wanted(site: Site) -> None:
    """`next` goes through the form, and only if it is ours."""
    for wanted, taken in [("/signed-out", "/signed-out"), ("//evil.example", "/")]:
        browser = site.browser()
        page = browser.get(f"/signin?next={wanted}").text
        assert f'name="next" value="{taken}"' in page
        form = {"csrf": token_in(page), "next": wanted, "number": "10000001155", "secret": "314159"}
        assert browser.post("/signin", data=form).headers["location"] == taken


def test_a_wrong_pin_is_told_in_words_and_the_number_is_kept(site: Site) -> None:
    """How many tries are left and where to go; the PIN is not written back."""
    answer = sign_in(site.client, "10000001155", "271828")
    assert answer.status_code == 422
    assert "号码或密码不对，还可以试 4 次。忘了？到窗口重设。" in answer.text
    assert 'value="10000001155"' in answer.text
    assert "271828" not in answer.text


def test_staff_are_told_of_a_password_and_of_who_sets_a_new_one(site: Site) -> None:
    """A counter sets PINs, an administrator sets passwords."""
    answer = sign_in(site.client, "S-0001", "not-mine", staff=True)
    assert answer.status_code == 422
    assert "工号或口令不对，还可以试 4 次。忘了？请管理员重设。" in answer.text
    assert "到窗口重设" not in answer.text


def test_a_number_nobody_has_is_told_the_same(site: Site) -> None:
    """Nobody can find out here who is a member."""
    known, unknown = site.browser(), site.browser()
    pages = [
        sign_in(known, "10000001155", "271828").text.replace("10000001155", ""),
        sign_in(unknown, "10000009999", "271828").text.replace("10000009999", ""),
    ]
    for page, browser in zip(pages, (known, unknown), strict=True):
        assert token_in(page) == token_in(browser.get("/signin").text)
    assert pages[0].replace(token_in(pages[0]), "") == pages[1].replace(token_in(pages[1]), "")


def test_five_wrong_ones_lock_and_the_right_one_waits_too(site: Site) -> None:
    """429 with how long, in the header and in words; afterwards the right PIN opens."""
    for _ in range(5):
        sign_in(site.client, "10000001155", "271828")
    answer = sign_in(site.client, "10000001155", "314159")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "还要等 15 分钟" in answer.text
    site.clock.later(minutes=15)
    assert sign_in(site.client, "10000001155", "314159").status_code == 303


def test_all_spellings_of_a_number_share_their_tries(site: Site) -> None:
    """Otherwise each leading zero would be five more guesses."""
    for number in ("V12", "v-012", "V000012", "ｖ12", "V-12"):
        assert sign_in(site.client, number, "271828").status_code == 422
    for number in ("V0012", "v-00012"):
        assert sign_in(site.client, number, "271828").status_code == 429


def test_after_fifteen_the_counter_must_help(site: Site) -> None:
    """And the page says so."""
    for _ in range(3):
        for _ in range(5):
            sign_in(site.client, "10000001155", "271828")
        site.clock.later(minutes=15)
    assert "请带证件到窗口重设密码" in sign_in(site.client, "10000001155", "314159").text


def test_an_address_that_fails_for_many_names_has_to_wait(tmp_path: Path) -> None:
    """Spraying one PIN over all members ends after the address's share, right or wrong."""
    with open_site(tmp_path, failed_signins_per_address=5) as site:
        for number in range(5):
            assert sign_in(site.browser(), f"1000000000{number}", "314151").status_code == 422
        answer = sign_in(site.browser(), "10000001155", "314159")
        assert answer.status_code == 429
        assert "请等 15 分钟再试" in answer.text


@pytest.mark.parametrize(
    ("number", "secret", "said"),
    [
        ("", "314159", "请填写成员号或手机号。"),
        ("10000001155", "", "请填写6 位密码。"),
        ("10000001155", "31415", "密码是 6 位数字，请再看一下。"),
        ("10000001155", "abcdef", "密码是 6 位数字，请再看一下。"),
        ("<b>", "314159", "成员号或手机号的格式不对"),
    ],
)
def test_what_is_missing_is_said_and_costs_no_try(site: Site, number: str, secret: str, said: str) -> None:
    """A slip of the finger is not a guess."""
    for _ in range(6):
        answer = sign_in(site.client, number, secret)
        assert answer.status_code == 422
        assert said in answer.text
    assert sign_in(site.client, "10000001155", "314159").status_code == 303


def test_staff_need_their_password(site: Site) -> None:
    """A password is taken as typed; a PIN does not open the staff's door, nor a password the residents'."""
    assert sign_in(site.browser(), "S-0001", "zhang-qiang", staff=True).status_code == 303
    assert sign_in(site.browser(), "S-0001", " zhang-qiang", staff=True).status_code == 422
    assert sign_in(site.browser(), "10000001155", "314159", staff=True).status_code == 422
    assert sign_in(site.browser(), "S-0001", "zhang-qiang").status_code == 422


def test_a_book_that_is_busy_asks_for_patience(site: Site) -> None:
    """503, when to come back, and nothing recorded."""
    site.book.refuses = Busy()
    answer = sign_in(site.client, "10000001155", "314159")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "没有记上任何东西" in answer.text


def test_whoever_is_in_need_not_sign_in(site: Site) -> None:
    """The page sends them on."""
    sign_in(site.client, "10000001155", "314159")
    assert site.client.get("/signin?next=/signed-out").headers["location"] == "/signed-out"

"""Certificates on pages: asked for, printed, checked by strangers, and not to be fished for."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image

from points.awards import corrections
from points.honours import numbers
from points.honours.models import Certificate
from points.people import erasing
from tests.web.guests import Guest, Guests, words
from tests.web.views import servings
from web.views import certificates

ASKED = {"since": "", "until": "", "key": "k1"}


def issued(guests: Guests) -> tuple[Guest, str]:
    """王秀兰 served for four hours and asked for a certificate; she, and its address."""
    guests.run(servings.serve, guests.book, "V-000001", [150, 90])
    wang = guests.by("王秀兰")
    where = wang.press(wang.get("/hours"), "/certificates", **ASKED)
    return wang, where.removesuffix("/paper")


def test_a_member_gets_a_certificate_and_a_stranger_checks_it(guests: Guests) -> None:
    """The sheet has the whole name; the check has it masked, the hours, the period, and that it stands."""
    wang, where = issued(guests)
    said = words(wang.get(where + "/paper"))
    assert "兹证明 王秀兰 （成员号 V-000001）" in said
    assert "参加志愿服务 2 次 ，服务时长共 4 小时" in said
    assert "本系统不收集身份证号码" in said
    page = guests.stranger().get(where)
    assert 'content="noindex"' in page
    said = words(page)
    assert "✓ 真实" in said
    assert "王*兰" in said
    assert "4 小时" in said
    assert "王秀兰" not in page
    assert "V-000001" not in page


def test_pressing_twice_and_asking_again_give_one(guests: Guests) -> None:
    """While nothing changed, one member and one period are one number."""
    wang, where = issued(guests)
    page = wang.get("/hours")
    assert wang.press(page, "/certificates", **ASKED) == where + "/paper"
    assert wang.press(page, "/certificates", **(ASKED | {"key": "k2"})) == where + "/paper"
    assert where in page


def test_what_cannot_be_certified_is_said_on_the_page(guests: Guests) -> None:
    """Days to come and days without service; what was typed is kept."""
    wang, _ = issued(guests)
    for since, until, why in (
        ("2020-01-01", "2020-01-02", "没有核实过的志愿时长"),
        ("", "2999-01-01", "起止日期不对"),
        ("tomorrow", "", "要填日期"),
    ):
        answer = wang.client.post(
            "/certificates", data={"csrf": token(wang), "since": since, "until": until, "key": "k9"}
        )
        assert answer.status_code == 422
        assert why in words(answer.text)
        assert f'value="{since}"' in answer.text


def token(guest: Guest) -> str:
    """The token of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', guest.get("/hours"))
    assert found
    return found[1]


def test_a_correction_and_an_erasure_are_told(guests: Guests) -> None:
    """First a part is corrected; after the member is forgotten only the number is left."""
    (first, *_) = guests.run(servings.serve, guests.book, "V-000001", [150, 90])
    wang = guests.by("王秀兰")
    where = wang.press(wang.get("/hours"), "/certificates", **ASKED).removesuffix("/paper")

    async def correct() -> None:
        await corrections.correct(
            guests.book, first, "情况不实", by=servings.VERIFIER, on=guests.book.today()
        )

    guests.run(correct)
    stranger = guests.stranger()
    assert "其中 2 小时 30 分钟后来更正，现在是 1 小时 30 分钟。" in words(stranger.get(where))

    async def forget() -> None:
        await erasing.ask(guests.book, "V-000001", "asked", by="S-0004", key="e1")
        await erasing.approve(guests.book, "V-000001", by="S-0001", key="e2")

    guests.run(forget)
    page = stranger.get(where)
    assert "已注销" in words(page)
    assert "1 小时 30 分钟" not in words(page)
    guests.by("陈国强").get(where + "/paper", 404)


def test_only_its_member_and_the_desk_print_it(guests: Guests) -> None:
    """A verifier is told that there is nothing, a stranger to sign in."""
    _wang, where = issued(guests)
    verifier = guests.by("李梅")
    verifier.get(where + "/paper", 404)
    verifier.get(where + "/certificate.pdf", 404)
    assert "王秀兰" in words(guests.by("陈国强").get(where + "/paper"))
    assert guests.stranger().client.get(where + "/paper").status_code == 303


def test_the_desk_issues_one(guests: Guests) -> None:
    """For a member who has no phone; the act names the clerk."""
    guests.run(servings.serve, guests.book, "V-000001", [150])
    desk = guests.by("张强")
    where = desk.press(desk.get("/members/V-000001/hours"), "/members/V-000001/certificates", **ASKED)
    assert "王秀兰" in words(desk.get(where))

    async def row() -> Certificate:
        return await Certificate.all().using_db(guests.book.reader).get()

    assert guests.run(row).issued_by == "S-0004"


def test_numbers_cannot_be_fished_for(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that names too many numbers we never gave waits, and then not even a true one is told."""
    monkeypatch.setattr(certificates, "WRONG_AT_MOST", 3)
    _wang, where = issued(guests)
    stranger = guests.stranger()
    stranger.get(where)
    for _ in range(3):
        assert "就不是我们开的" in words(stranger.get(f"/certificates/{numbers.new()}", 404))
    stranger.get(where, 429)


def test_a_number_is_typed_as_it_is_printed(guests: Guests) -> None:
    """In groups; a slip is told before anything is looked up."""
    _wang, where = issued(guests)
    stranger, number = guests.stranger(), where.rpartition("/")[2]
    answer = stranger.client.get("/certificates", params={"number": numbers.shown(number)})
    assert (answer.status_code, answer.headers["location"]) == (303, where)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert "编号是 16 位数字" in words(stranger.get(f"/certificates?number={wrong}", 422))
    assert "查验" in words(stranger.get("/certificates"))


@pytest.mark.needs("pango", "fonts", "poppler")
def test_the_pdf_is_one_sheet_whose_code_opens_the_check(guests: Guests, tmp_path: object) -> None:
    """Its text can be read, and its QR leads to the page that tells whether it stands."""
    import subprocess
    from pathlib import Path

    wang, where = issued(guests)
    answer = wang.client.get(where + "/certificate.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    file = Path(str(tmp_path)) / "certificate.pdf"
    file.write_bytes(answer.content)
    text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
    assert "志愿服务证明" in text
    assert "王秀兰" in text
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", file, file.with_suffix("")], check=True)
    with Image.open(file.with_suffix(".png")) as picture:
        (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == f"http://localhost{where}"
    said = words(guests.stranger().get(code.text.removeprefix("http://localhost")))
    assert "✓ 真实" in said

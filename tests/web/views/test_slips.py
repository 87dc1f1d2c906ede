"""Paper slips on the pages of the counter: printed, typed in a row, compared by another, and what cannot be paid."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.book import Book
from points.market import pools
from points.market.slips.numbers import Number
from points.people import members, pooling, roles, signin
from tests.web.guests import Guest, Guests, links, visiting, words
from tests.web.site import token_in
from web import pdf

PASSWORD = "liudan-7712"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Guests]:
    """A town with a second person at the counter."""
    with visiting(tmp_path) as guests:
        guests.run(_second, guests.book, guests.app.state.settings.pepper())
        yield guests


async def _second(book: Book, pepper: bytes) -> None:
    one = await members.enrol(
        book, name="刘丹", kind="staff", area="440310001002", by="S-0001", on=book.today(), key="liudan"
    )
    await roles.grant(
        book, member=one.number, role="counter", area="440310001002", by="S-0001", on=book.today()
    )
    await signin.set_password(book, one.number, PASSWORD, by=one.number, pepper=pepper)


def second(guests: Guests) -> Guest:
    """刘丹, signed in."""
    guest = guests.stranger()
    number = guests.run(_number, guests.book)
    path = "/signin/staff"
    guest.press(guest.get(path), path, next="/", number=number, secret=PASSWORD)
    return guest


async def _number(book: Book) -> str:
    holders = await roles.holders(book, "counter", book.today())
    return next(one.member for one in holders if one.member != "S-0004")


def printed(guests: Guests, guest: Guest) -> str:
    """Four slips of series A."""
    return guest.press(guest.get("/counter/1/slips"), "/counter/1/slips", count=4, key="k1")


def typed(guests: Guests, guest: Guest, n: int, **fields: str) -> str:
    """What stands on A-000n."""
    page = guest.get("/counter/1/slips/entry")
    today = guests.book.today().isoformat()
    stands = {"number": number(n), "on": today, "who": "V-000001", "things": "香皂x2", "served_by": "S-0004"}
    return guest.press(page, "/counter/1/slips/entry", **stands | fields)


def number(n: int) -> str:
    """A-000n with its check digit."""
    return Number(1, 1, n).shown


def test_a_stack_is_typed_by_one_and_compared_by_another(till: Guests) -> None:
    """The first cannot confirm; the second sees what stands on it, and then the points move once."""
    zhang = till.by("张强")
    where = printed(till, zhang)
    assert "印了 4" in words(zhang.get(where))
    after = typed(till, zhang, 1)
    assert "录好了" in words(zhang.get(after))
    assert "香皂 ×2" in words(zhang.get(after))
    typed(till, zhang, 2, who="", nobody="yes", things="香皂x1，食盐x1")
    at = f"/counter/1/slips/{number(1)}"
    assert "要另一个人" in words(zhang.get(at))
    liu = second(till)
    page = liu.get(at)
    assert "请对着纸单" in words(page)
    assert "扣 6 分" in words(page)
    (digest,) = set(re.findall(r'name="digest" value="([^"]+)"', page))
    for _ in range(2):
        assert liu.press(page, at, what="confirm", digest=digest) == at
    said = words(liu.get(at))
    assert "已入账" in said
    assert "没办完 1" in words(liu.get(where))
    assert "扣了积分 1" in words(liu.get(where))
    assert "香皂 ×2" in words(till.by("王秀兰").get("/points"))


def test_what_cannot_be_deducted_is_said_and_becomes_the_shops_by_two(till: Guests) -> None:
    """Too dear: nothing is taken; 刘丹 asks, 张强 agrees, and the goods leave the shelf."""
    zhang, liu = till.by("张强"), second(till)
    where, at = printed(till, zhang), f"/counter/1/slips/{number(3)}"
    typed(till, zhang, 3, things="香皂x90")
    page = liu.get(at)
    (digest,) = set(re.findall(r'name="digest" value="([^"]+)"', page))
    sent = {"csrf": token_in(page), "what": "confirm", "digest": digest}
    answer = liu.client.post(at, data=sent)
    assert answer.status_code == 422
    assert "积分没有扣" in words(answer.text)
    liu.press(page, at, what="loss", digest=digest, reason="short")
    assert "要另一个人" in words(liu.get(at))
    page = zhang.get(at)
    assert "提出由超市承担：积分不够" in words(page)
    zhang.press(page, at, what="lost", digest=digest)
    assert "超市承担 1" in words(zhang.get(where))


async def _share(guests: Guests) -> int:
    """王秀兰 and her son 王军 agree to spend together; what she has of her own."""
    for member in ("V-000001", "V-000003"):
        await pooling.agree(guests.book, member, by=member, key="share")
    return (await pools.alone(guests.book, "V-000001", guests.book.today())).total


def test_what_a_home_agreed_to_before_pays_for_a_slip(till: Guests) -> None:
    """Whose points are used is said beside the paper, and just that is confirmed."""
    own = till.run(_share, till)
    zhang, liu, many = till.by("张强"), second(till), own // 3 + 1
    printed(till, zhang)
    at = f"/counter/1/slips/{number(1)}"
    typed(till, zhang, 1, things=f"香皂x{many}")
    page = liu.get(at)
    parts = re.findall(r'name="part" value="([^"]+)"', page)
    assert parts == [f"member/V-000001={own}", f"member/V-000003={3 * many - own}"]
    assert f"王* {3 * many - own} 分" in words(page)
    (digest,) = set(re.findall(r'name="digest" value="([^"]+)"', page))
    sent = {"csrf": token_in(page), "what": "confirm", "digest": digest}
    assert "刚刚变了" in words(
        liu.client.post(at, data={**sent, "part": [parts[0], "member/V-000003=9"]}).text
    )
    assert liu.press(page, at, what="confirm", digest=digest, part=parts) == at
    assert "已入账" in words(liu.get(at))


def test_a_slip_is_sent_back_typed_anew_and_another_cancelled(till: Guests) -> None:
    """The numbers add up on the page of the batch."""
    zhang = till.by("张强")
    where, at = printed(till, zhang), f"/counter/1/slips/{number(1)}"
    typed(till, zhang, 1)
    zhang.press(zhang.get(at), at, what="return", reason="misread")
    assert "还没有录入" in words(zhang.get(at))
    typed(till, zhang, 1, things="食盐x1")
    void = f"/counter/1/slips/{number(2)}"
    zhang.press(zhang.get(void), void, what="void", reason="spoilt")
    said = words(zhang.get(where))
    assert "印了 4 没用 2 没办完 1 扣了积分 0 超市承担 0 作废 1" in said


def test_the_paper_has_every_unused_number_once(till: Guests) -> None:
    """On the page and in the PDF; a slip that was used is not printed again."""
    zhang = till.by("张强")
    where = printed(till, zhang)
    typed(till, zhang, 2)
    page = zhang.get(f"{where}/paper")
    assert re.findall(r"A-000\d-\d", words(page)) == [number(n) for n in (1, 3, 4)]
    if pdf.available():
        for paper in ("", "?paper=roll"):
            answer = zhang.client.get(f"{where}/slips.pdf{paper}")
            assert answer.headers["content-type"] == "application/pdf"
            assert answer.content.startswith(b"%PDF")


@pytest.mark.needs("poppler")
@pytest.mark.skipif(not pdf.available(), reason="no PDF without Pango")
def test_in_english_too_a_slip_stays_in_its_quarter_of_the_sheet(till: Guests, tmp_path: Path) -> None:
    """English is longer: the last words of a slip once stood in the heading of the one below, where it is cut."""
    zhang = till.by("张强")
    where = printed(till, zhang)
    zhang.client.cookies.set("language", "en")
    file = tmp_path / "slips.pdf"
    file.write_bytes(zhang.client.get(f"{where}/slips.pdf").content)
    done = subprocess.run(["pdftotext", "-bbox", file, "-"], check=True, capture_output=True, text=True)
    found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', done.stdout)
    heads = sorted({float(top) for top, _, word in found if word == "Paper"})
    ends = sorted({float(bottom) for _, bottom, word in found if word == "day."})
    assert len(heads) == len(ends) == 2
    assert ends[0] < heads[1]


def test_a_shop_of_others_and_a_number_that_is_none_are_not_there(till: Guests) -> None:
    """The same 404 for a shop elsewhere, a misread number, a series that was not printed."""
    zhang = till.by("张强")
    printed(till, zhang)
    for path in ("/counter/99/slips", "/counter/1/slips/A-0001-0", "/counter/1/slips/batches/B",
                 "/counter/1/slips/batches/B/paper", f"/counter/1/slips/{number(5)}"):  # fmt: skip
        assert zhang.client.get(path).status_code == 404, path
    assert till.by("李梅").client.get("/counter/1/slips").status_code == 404
    assert links(zhang.get("/counter/1/slips"), "/counter/1/slips/batches/A")


def test_the_list_costs_the_same_however_many_there_are(till: Guests) -> None:
    """The number of statements does not grow with slips and batches."""
    zhang = till.by("张强")
    printed(till, zhang)
    typed(till, zhang, 1)
    few = till.statements(zhang, "/counter/1/slips")
    for key in ("a", "b", "c"):
        zhang.press(zhang.get("/counter/1/slips"), "/counter/1/slips", count=9, key=key)
    for n in (2, 3, 4):
        typed(till, zhang, n)
    assert till.statements(zhang, "/counter/1/slips") == few

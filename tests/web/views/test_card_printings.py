"""Cards on paper: whoever hands them out prints them, it is written down, and each QR of the PDF finds its card."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from points.people import cards
from points.people.models import Card
from tests.web.guests import Guests, words
from tests.web.site import token_in

WANG, LIUHE = "/members/V-000001", "440310001002"


def test_one_card_is_printed_from_the_members_page(guests: Guests) -> None:
    """Masked, with the number in two groups; the page of the member says when, by whom and how often."""
    clerk = guests.by("张强")
    page = clerk.get(WANG)
    assert "积分卡印过" not in words(page)
    where = clerk.press(page, "/card-printings", member="V-000001", key="k1")
    assert where == "/card-printings/k1"
    assert clerk.press(page, "/card-printings", member="V-000001", key="k1") == where
    said = words(clerk.get(where))
    assert "1 张卡，1 页 A4。张强 印" in said
    assert "王*兰" in said
    assert "王秀兰" not in said
    card = guests.run(cards.of, guests.book, "V-000001")
    assert f"{card.number[:4]} {card.number[4:]}" in said
    assert "积分卡印过 1 次" in words(clerk.get(WANG))


def test_a_place_is_printed_and_then_everybody_has_been(guests: Guests) -> None:
    """How many wait is said first; then nobody does; the next hundred is a link."""
    clerk = guests.by("张强")
    page = clerk.get(f"/members/cards?area={LIUHE}")
    waiting = re.search(r"这里有 (\d+) 人的卡还没有印过", words(page))
    assert waiting
    where = clerk.press(page, "/card-printings", area=LIUHE, which="waiting", key="k1")
    assert f"{waiting[1]} 张卡" in words(clerk.get(where))
    after = clerk.get(f"/members/cards?area={LIUHE}")
    assert "这里每个人的卡都印过了" in words(after)
    again = {"csrf": token_in(after), "area": LIUHE, "which": "waiting", "key": "k2"}
    assert "这里每个人的卡都印过了" in words(clerk.client.post("/card-printings", data=again).text)


def test_places_that_are_not_ones_own_are_not_there(guests: Guests) -> None:
    """Neither as a choice nor as a press; who hands out no cards sees no door; a sheet of elsewhere is none."""
    clerk = guests.by("张强")
    page = clerk.get("/members/cards")
    for area in ("月亮", "131022100201"):
        assert "没有找到这个地方" in words(clerk.get(f"/members/cards?area={area}", 422))
    for asked in (
        {"area": "131022100201", "which": "all"},
        {"area": LIUHE, "which": "some"},
        {},
        {"member": "V-9"},
    ):
        sent = {"csrf": token_in(page), "key": "k1", **asked}
        assert clerk.client.post("/card-printings", data=sent).status_code == 404
    clerk.press(clerk.get(WANG), "/card-printings", member="V-000001", key="k1")
    for name in ("刘洋", "李梅", "王秀兰"):
        other = guests.by(name)
        for path in ("/members/cards", "/card-printings/k1", "/card-printings/k1/cards.pdf"):
            other.get(path, 404)
    clerk.get("/card-printings/k2", 404)


@pytest.mark.needs("pango", "fonts", "poppler")
def test_the_pdf_is_ten_on_a_sheet_and_each_code_scans(guests: Guests, tmp_path: Path) -> None:
    """A4; every QR is read back from the page at 150 dots an inch and finds its card; 25 mm and more with its edge."""
    clerk = guests.by("张强")
    page = clerk.get(f"/members/cards?area={LIUHE}")
    where = clerk.press(page, "/card-printings", area=LIUHE, which="waiting", key="k1")
    answer = clerk.client.get(where + "/cards.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    (tmp_path / "cards.pdf").write_bytes(answer.content)
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", str(tmp_path / "cards.pdf"), str(tmp_path / "page")], check=True
    )
    tokens = {card.token for card in guests.run(_every, guests)}
    found: list[str] = []
    for sheet in sorted(tmp_path.glob("page*.png")):
        picture = Image.open(io.BytesIO(sheet.read_bytes()))
        assert (round(picture.width / 150 * 25.4), round(picture.height / 150 * 25.4)) == (210, 297)
        for code in zxingcpp.read_barcodes(picture):
            found.append(code.text)
            side = (code.position.top_right.x - code.position.top_left.x) / 150 * 25.4
            assert side * 33 / 25 >= 25
    assert {text.removeprefix("JF1:").lower() for text in found} == tokens
    assert all(text.startswith("JF1:") for text in found)
    assert len(found) == len(tokens) > 1


async def _every(guests: Guests) -> list[Card]:
    lost = await guests.book.reader.execute_query_dict("SELECT card FROM people_card_loss")
    every = await Card.all().using_db(guests.book.reader)
    return [card for card in every if card.number not in {row["card"] for row in lost}]

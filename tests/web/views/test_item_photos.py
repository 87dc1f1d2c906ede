"""A photo brought on a page, and shown to everybody."""

from __future__ import annotations

import io
import re

from PIL import Image

from tests.web.guests import Guest, Guests
from tests.web.site import token_in

SOAP = "/items/1"


def key_in(page: str) -> str:
    """The key of the last form on a page."""
    return re.findall(r'name="key" value="(\w+)"', page)[-1]


def send(guest: Guest, path: str, at: str, **fields: object) -> str:
    """Fill in a form of a page; where it led."""
    page = guest.get(at)
    return guest.press(page, path, key=key_in(page), **fields)


def test_a_photo_is_shown_to_everybody_under_an_address_of_its_own(guests: Guests) -> None:
    """Kept by browsers for good; with its size in the page; a text is no photo; taken away, it is gone."""
    keeper, stranger = guests.by("吴娟"), guests.stranger()
    page = keeper.get(SOAP + "/photo")
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "green").save(out, "JPEG")
    sent = {"csrf": token_in(page), "key": key_in(page)}
    wrong = keeper.client.post(SOAP + "/photo", data=sent, files={"file": ("a.jpg", b"hello", "image/jpeg")})
    assert wrong.status_code == 422
    done = keeper.client.post(
        SOAP + "/photo", data=sent, files={"file": ("a.jpg", out.getvalue(), "image/jpeg")}
    )
    assert done.headers["location"] == SOAP
    (small,) = re.findall(
        r'src="(/catalogue/photos/\w+\.jpg)" width="240" height="180" alt=""', stranger.get("/catalogue")
    )
    answer = stranger.client.get(small)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert len(answer.content) < 20_000
    counter = guests.by("张强")
    chosen = counter.press(counter.get("/counter/1"), "/counter/1", who="V-000001")
    beside = f'<img class="quantity-photo" src="{small}" width="56" height="56" alt="" loading="lazy"'
    assert beside in counter.get(chosen), "a fixed size: nothing moves when it comes"
    send(keeper, SOAP + "/photo/removal", SOAP + "/photo")
    for gone in (small, "/catalogue/photos/../x.jpg", f"/catalogue/photos/{'0' * 64}.jpg"):
        stranger.get(gone, 404)

"""Who may: declared for every door, asked before the view, and refused as if the door were not there."""

from __future__ import annotations

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tests.web.site import Site, sign_in, token_in
from web import access, uploads
from web.access import ANYONE, MEMBER, Door
from web.routes import ROUTES


async def show(request: Request) -> Response:
    """Who is asking, and where they may act."""
    asking = access.who(request)
    return PlainTextResponse(f"{asking.name} {asking.areas('counter')}")


async def named(request: Request) -> Response:
    """A part of the path."""
    return PlainTextResponse(request.path_params["name"])


HELD: list[uploads.FileForm] = []
"""What came to /files."""


async def held(request: Request) -> uploads.FileForm:
    """A form with a file, remembered."""
    HELD.append(await uploads.form(request))
    return HELD[-1]


async def gone(_request: Request) -> Response:
    """What the form is about is not there."""
    raise HTTPException(404)


@pytest.fixture
def routes() -> list[object]:
    """A door for each kind of person."""
    return [
        Door("/mine", show, name="mine", who=MEMBER, menu="我的积分"),
        Door("/counter", show, name="counter", who={"counter", "admin"}, menu="兑换台"),
        Door("/audit", show, name="audit", who={"auditor"}, menu="审计"),
        Door("/named/{name}", named, name="named", who=ANYONE),
        Door("/files", gone, name="files", who=ANYONE, methods=("POST",), reads=held),
        *ROUTES,
    ]


def test_a_door_that_names_nobody_cannot_be_written() -> None:
    """Nothing is open by default."""
    with pytest.raises(TypeError, match="who"):
        Door("/", show, name="x")  # type: ignore[call-arg]


def test_strangers_are_sent_to_sign_in_and_back(site: Site) -> None:
    """The place they wanted goes with them, however it is written."""
    answer = site.client.get("/mine?month=2018-07")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?next=/mine%3Fmonth%3D2018-07"


def test_each_opens_their_own_doors_and_no_others(site: Site) -> None:
    """王秀兰 has her points; 张强 the counter; 周静 the audit. The rest is not there: 404."""
    seen = {}
    for number, secret, staff in [
        ("10000001155", "314159", False),
        ("S-0001", "zhang-qiang", True),
        ("S-0002", "zhou-jing", True),
    ]:
        browser = site.browser()
        sign_in(browser, number, secret, staff=staff)
        seen[number] = [browser.get(path).status_code for path in ("/mine", "/counter", "/audit")]
    assert seen == {"10000001155": [200, 404, 404], "S-0001": [200, 200, 404], "S-0002": [200, 404, 200]}


def test_a_pin_alone_opens_no_staff_role(site: Site) -> None:
    """王秀兰 is made counter staff; signed in with her PIN she is still only a resident."""
    site.keeper.roles["10000001155"] = ("counter",)
    sign_in(site.client, "10000001155", "314159")
    assert site.client.get("/counter").status_code == 404


def test_roles_are_read_at_every_request(site: Site) -> None:
    """A role taken back is gone at the next press, a role given is there."""
    sign_in(site.client, "S-0001", "zhang-qiang", staff=True)
    assert site.client.get("/counter").text == "张强 ('440310003000',)"
    site.keeper.roles["S-0001"] = ("auditor",)
    assert [site.client.get(path).status_code for path in ("/counter", "/audit")] == [404, 200]


def test_the_menu_has_the_doors_that_open(site: Site) -> None:
    """Navigation comes from the site map, so it offers nothing that answers 404. Work comes first; / leads there."""
    sign_in(site.client, "S-0001", "zhang-qiang", staff=True)
    page = site.client.get("/nowhere").text
    assert ["我的积分" in page, "兑换台" in page, "审计" in page] == [True, True, False]
    assert site.client.get("/").headers["location"] == "/counter"


def test_residents_see_all_of_their_own_pages_and_staff_only_the_first(site: Site) -> None:
    """What staff do comes first in a short row; their own other pages are one step from “我的积分”."""
    sign_in(site.client, "10000001155", "314159")
    assert "可以换什么" in site.client.get("/nowhere").text
    other = site.browser()
    sign_in(other, "S-0001", "zhang-qiang", staff=True)
    assert "可以换什么" not in other.get("/nowhere").text


@pytest.mark.parametrize("name", ["%00", "%0a", "%EF%BF%BD", "%ff", "%E2%80%AE"])
def test_a_path_that_cannot_be_printed_is_not_there(site: Site, name: str) -> None:
    """Control, broken and direction characters in a path reach no view and no database."""
    assert site.client.get(f"/named/{name}").status_code == 404


def test_a_plain_path_reaches_its_view(site: Site) -> None:
    """Han in a path is fine."""
    assert site.client.get("/named/王秀兰").text == "王秀兰"


@pytest.mark.parametrize(("token", "status"), [("right", 404), ("wrong", 403)])
def test_a_file_is_let_go_of_whatever_the_answer(site: Site, token: str, status: int) -> None:
    """Also when what it was for is not there, or its form was not ours."""
    browser, sent = site.browser(), {"file": ("a.csv", b"a,b\n")}
    ours = token_in(browser.get("/signin").text)
    answer = browser.post("/files", data={"csrf": ours if token == "right" else "0" * 64}, files=sent)
    assert answer.status_code == status
    file = HELD.pop().file
    assert file is not None
    assert file.file.closed

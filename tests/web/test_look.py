"""The look, in a real browser: every component readable, pressable and whole, in every size, contrast and language."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from starlette.requests import Request
from starlette.responses import Response

from tests.browser import BROWSER, faults, opened, serving
from tests.figures import FULL
from tests.hands import pressed
from tests.web.gallery_doors import GALLERY, PAGES
from tests.web.site import FakeDoorkeeper, InBook, open_fake_book, settings_for
from web import access, pages
from web.access import ANYONE, Door
from web.app import create_app
from web.routes import ROUTES

pytestmark = BROWSER
ADDRESSES = [
    *(f"/gallery/{page}" for page in PAGES),
    "/",
    "/signin",
    "/signin/staff",
    "/signed-out",
    "/nowhere",
]
POSTED: list[str] = []


async def keep(request: Request) -> Response:
    """Takes a form of the gallery and notes its key."""
    POSTED.append(access.form(request).one("key"))
    return pages.see("/signed-out")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with the gallery, in plain HTTP on this machine."""
    settings = settings_for(
        tmp_path_factory.mktemp("look"), phone="010-1234 5678", hours="周一到周六 8:30–17:30"
    )
    routes = [*GALLERY, Door("/keep", keep, name="keep", who=ANYONE, methods=["POST"]), *ROUTES]
    app = create_app(settings, open_book=open_fake_book, doorkeeper=FakeDoorkeeper(), routes=routes)
    app.add_middleware(InBook, site=app)
    with serving(app) as url:
        yield url


def choose(page: Page, url: str, **chosen: object) -> None:
    """As if the buttons in the header had been pressed before."""
    page.context.add_cookies(
        [{"name": name, "value": str(value), "url": url} for name, value in chosen.items()]
    )


def settings_of_a_page() -> list[tuple[int, int, str, str]]:
    """Width, size, contrast and language: the edges in every run, all of them with JISHAN_FULL=1."""
    if FULL:
        return list(itertools.product((320, 360, 1280), (1, 2, 3, 4), ("normal", "high"), ("zh", "en")))
    return [
        (360, 1, "normal", "zh"),
        (1280, 1, "normal", "zh"),
        (320, 4, "normal", "en"),
        (320, 4, "high", "zh"),
    ]


@pytest.mark.parametrize(("width", "size", "contrast", "language"), settings_of_a_page())
def test_every_page_can_be_used(
    chromium: Browser, live: str, width: int, size: int, contrast: str, language: str
) -> None:
    """No AAA violation, nothing wider than the screen, no target under 44 px, no text under 16 px, no console error."""
    with opened(chromium, live, width=width, forgiven=("404",)) as page:
        choose(page, live, size=size, contrast=contrast, language=language)
        found = {}
        for address in ADDRESSES:
            page.goto(address)
            found[address] = faults(page)
        assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_the_gallery_shows_every_component() -> None:
    """A macro that no page of the gallery calls has not been looked at."""
    shown = "".join(file.read_text() for file in (Path(__file__).parent / "gallery").glob("*.html"))
    shown += "".join(file.read_text() for file in (pages.HERE / "templates").glob("*.html"))
    inner = "".join(file.read_text() for file in (pages.HERE / "templates" / "ui").glob("*.html"))
    macros = [
        (file.stem, macro)
        for file in sorted((pages.HERE / "templates" / "ui").glob("*.html"))
        for macro in re.findall(r"{% macro (\w+)\(", file.read_text())
    ]
    unseen = [
        f"{part}.{macro}"
        for part, macro in macros
        if f"{part}.{macro}(" not in shown and len(re.findall(rf"\b{macro}\(", inner)) < 2
    ]
    assert unseen == []


def test_the_first_screen_has_the_balance_and_both_buttons(chromium: Browser, live: str) -> None:
    """On a phone of 360 × 780 nobody has to scroll for them."""
    with opened(chromium, live) as page:
        page.goto("/gallery/home")
        for name in ("出示码", "看每一笔"):
            box = page.get_by_role("link", name=name).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 780
            assert box["height"] >= 60


def test_letters_may_be_spread_and_enlarged(chromium: Browser, live: str) -> None:
    """WCAG 1.4.12: with wide spacing nothing is cut off, at 320 px and 30 px text."""
    spread = (
        "* { line-height: 2 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    )
    with opened(chromium, live, width=320, bypass_csp=True) as page:
        choose(page, live, size=4)
        for name in PAGES:
            page.goto(f"/gallery/{name}")
            page.add_style_tag(content=spread + "p { margin-bottom: 2em !important }")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_text_has_the_four_sizes(chromium: Browser, live: str) -> None:
    """18, 21, 25 and 30 px, as the header's button is pressed, and back to 18; without a script."""
    with opened(chromium, live, java_script_enabled=True) as page:
        page.goto("/signin")
        seen = []
        for label in ("大字", "更大", "最大", "原来的字"):
            seen.append(round(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")))
            with page.expect_navigation():
                page.get_by_role("button", name=label).click()
        assert seen == [18, 21, 25, 30]
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"


def test_a_resident_signs_in_and_out_without_a_script(chromium: Browser, live: str) -> None:
    """王秀兰, on a phone where scripts are off."""
    with opened(chromium, live, java_script_enabled=False, forgiven=("422",)) as page:
        page.goto("/signin")
        page.get_by_label("成员号或手机号").fill("10000001155")
        page.get_by_label("6 位密码").fill("271828")
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("alert")).to_contain_text("还可以试 4 次")
        expect(page.locator("#errors")).to_be_focused()
        page.get_by_label("6 位密码").fill("314159")
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("link", name="样张")).to_have_attribute("aria-current", "page")
        page.get_by_role("button", name="退出").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("已经退出")


def test_the_error_leads_to_its_field(chromium: Browser, live: str) -> None:
    """The summary has the focus, and each sentence is a link to what must be changed."""
    with opened(chromium, live) as page:
        page.goto("/gallery/everything")
        expect(page.locator("#errors")).to_be_focused()
        page.get_by_role("link", name="几份不能大于 5").click()
        expect(page.locator("#count")).to_be_focused()
        described = page.locator("#count").get_attribute("aria-describedby")
        assert described == "count-hint count-error"


def test_a_button_works_once(chromium: Browser, live: str) -> None:
    """A double click sends the form once; coming back makes it usable again."""
    with opened(chromium, live) as page:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        page.goto("/gallery/everything")
        form = page.locator("form.sheet")
        form.get_by_label("找人").fill("王秀兰")
        form.evaluate("form => form.action = '/keep'")
        form.locator("button").first.dblclick()
        page.wait_for_url("**/signed-out")
        assert len(sent) == 1
        assert re.fullmatch(r"[0-9a-f]{24}", POSTED[-1])


def test_f9_confirms_and_enter_does_not_leave_the_scan_field(chromium: Browser, live: str) -> None:
    """The scanner's Enter submits its own form only; control characters are taken out; F9 presses its button."""
    with opened(chromium, live) as page:
        page.goto("/gallery/everything")
        page.evaluate("window.pressed = []")
        page.evaluate(
            "document.querySelector('form.sheet').addEventListener('submit',"
            " e => { e.preventDefault(); pressed.push(e.submitter.dataset.key ?? 'other') })"
        )
        page.evaluate("document.querySelector('[data-scan]').value = '\\u000212345678\\u0003'")
        pressed(page, "F9")
        assert page.evaluate("pressed") == ["F9"]
        assert page.locator("[data-scan]").input_value() == "12345678"
        page.locator("h1").click()
        expect(page.locator("[data-scan]")).to_be_focused()


def test_a_scan_after_an_error_is_heard(chromium: Browser, live: str) -> None:
    """The error has the focus, and nobody reaches for a mouse: the next code takes the place of the last."""
    with opened(chromium, live) as page:
        page.goto("/gallery/everything")
        page.locator("[data-scan]").evaluate("field => field.value = '87654321'")
        page.locator("#errors").focus()
        page.keyboard.type("A2345678")
        expect(page.locator("[data-scan]")).to_have_value("A2345678")


def test_a_running_job_is_followed_until_it_is_done(chromium: Browser, live: str) -> None:
    """Its section is replaced every second, the tenths are said, and nothing is asked once it is done."""
    section = (
        '<section class="job" id="job-1" data-job="/job" data-state="{state}"><p>{done} %</p>'
        '<progress value="{done}" max="100" aria-label="x"></progress></section>'
    )
    stage, asked = {"state": "running", "done": 55}, list[str]()

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=section.format(**stage), content_type="text/html")

    def first(route: Route) -> None:
        response = route.fetch()
        html = response.text().replace("</main>", section.format(state="running", done=10) + "</main>")
        route.fulfill(response=response, body=html)

    with opened(chromium, live) as page:
        page.route("**/job", answer)
        page.route("**/signed-out", first)
        page.goto("/signed-out")
        expect(page.locator("#job-1")).to_contain_text("55 %")
        expect(page.get_by_role("status")).to_contain_text("55")
        stage.update(state="done", done=100)
        expect(page.locator("#job-1")).to_have_attribute("data-state", "done")
        so_far = len(asked)
        page.wait_for_timeout(1200)
        assert len(asked) == so_far >= 2


def test_reading_aloud_is_offered_where_there_is_a_voice(chromium: Browser, live: str) -> None:
    """Heading, balance and the next step, slowly; without a Chinese voice there is no button."""
    voices: Any = """window.spoken = [];
        class Words { constructor(text) { this.text = text } }
        Object.assign(window, {SpeechSynthesisUtterance: Words});
        Object.defineProperty(window, 'speechSynthesis', {value: {
            getVoices: () => [{lang: 'zh-CN'}], addEventListener() {}, cancel() {}, speaking: false,
            speak: words => spoken.push([words.text, words.lang, words.rate]) }});"""
    with opened(chromium, live) as page:
        page.goto("/gallery/home")
        expect(page.get_by_role("button", name="朗读")).to_be_hidden()
        page.add_init_script(voices)
        page.reload()
        page.get_by_role("button", name="朗读").click()
        assert page.evaluate("spoken") == [["1,280 分。出示码", "zh-CN", 0.85]]
        expect(page.get_by_role("button", name="停下")).to_be_visible()


def test_focus_can_always_be_seen(chromium: Browser, live: str) -> None:
    """Each stop of the Tab key has the ring and its halo."""
    with opened(chromium, live) as page:
        page.goto("/gallery/home")
        for _ in range(9):
            pressed(page, "Tab")
            ring = page.evaluate(
                "(s => [s.outlineStyle, s.outlineWidth, s.boxShadow])(getComputedStyle(document.activeElement))"
            )
            assert ring[:2] == ["solid", "3px"]
            assert "rgb(244, 180, 26)" in ring[2]


def test_the_page_prints_without_its_tools(chromium: Browser, live: str) -> None:
    """On paper there are no buttons, and black on white."""
    with opened(chromium, live) as page:
        page.emulate_media(media="print")
        page.goto("/gallery/home")
        expect(page.get_by_role("button", name="大字")).to_be_hidden()
        expect(page.get_by_role("link", name="出示码")).to_be_hidden()
        expect(page.get_by_text("1,280").first).to_be_visible()


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_the_systems_wishes_are_kept(chromium: Browser, live: str, media: dict[str, Any]) -> None:
    """Forced colours keep borders on buttons; reduced motion has no transitions."""
    with opened(chromium, live, **media) as page:
        page.goto("/gallery/home")
        button = page.get_by_role("link", name="出示码")
        style = button.evaluate(
            "b => [getComputedStyle(b).borderStyle, getComputedStyle(b).transitionDuration]"
        )
        assert style == (["solid", "0s"] if "reduced_motion" in media else ["solid", style[1]])

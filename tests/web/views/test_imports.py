"""The pages of an import."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.points.events.paper import EVENTS, FIRE, MEMBERS, spreadsheet
from tests.web import visits, wizard
from tests.web.visits import Visit
from web import uploads
from web.settings import Settings

ADMIN, VERIFIER = STAFF[0], next(each for each in STAFF if each.name == "李梅")
ROW = "{},2018-07-04 17:24:41," + FIRE + ",1,0\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A town of the test's own."""
    return town.copied(tmp_path)


@pytest.fixture
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site, running."""
    with visits.opened(settings) as opened:
        yield opened


@pytest.fixture
def admin(site: TestClient) -> Visit:
    """陈国强's browser."""
    return visits.visit(site, ADMIN)


def events(*rows: str) -> bytes:
    """A file of events."""
    return (EVENTS + "".join(rows)).encode("gb18030")


def test_a_file_goes_in_by_four_steps_and_the_same_again_changes_nothing(
    admin: Visit, settings: Settings
) -> None:
    """The sums of the preview sum; what was seen is what happens; the file is gone afterwards."""
    data = events(ROW.format(1), ROW.format(2), ROW.format(2), ROW.format("3").replace("六和", "无名"))
    wizard.look(wizard.choose(admin, data, kind="events", source="city"))
    assert "共 4 行＝可导入 2＋已在 0＋错误 2" in admin.words
    assert "与第 3 行重复，请删去一行" in admin.words
    key = wizard.upload(admin)
    for suffix, beginning in ((".csv", b"\xef\xbb\xbf"), (".xlsx", b"PK")):
        file = admin.client.get(f"/imports/{key}/errors{suffix}")
        assert file.content.startswith(beginning)
        assert "attachment" in file.headers["content-disposition"]
    wizard.carry(admin)
    assert "导入了 2 行 已在，不变 0 行 有错，没导入 2 行" in admin.words
    job = admin.path
    assert "导入了 2 行" in admin.go(job).words
    assert not list(uploads.folder(settings).glob("*/file.csv"))
    assert not list(uploads.folder(settings).glob("*/found.json"))
    wizard.look(wizard.choose(admin, data, kind="events", source="city"))
    assert "共 4 行＝可导入 0＋已在 2＋错误 2" in admin.words


def test_columns_are_chosen_and_remembered_for_the_source(admin: Visit) -> None:
    """A file in another shape: what was said once is said no more; a needed column cannot be left out."""
    text = "流水,何时,类型,大类,小类,社区\nA1,2018-07-04,安全隐患,消防设施安全,消防通道堵塞,六和社区\n"
    wizard.choose(admin, text.encode(), kind="events", source="other")
    wizard.look(admin)
    assert "带 * 的每一项都要选一列" in admin.words
    wizard.look(admin, external_id="流水", occurred_at="何时")
    assert "可导入 1＋" in admin.words
    wizard.choose(admin, text.replace("A1", "A2").encode(), kind="events", source="other")
    assert "上次这个来源是这样对的" in admin.words
    wizard.carry(wizard.look(admin))
    assert "导入了 1 行" in admin.words


def test_a_community_is_asked_once_and_remembered(admin: Visit) -> None:
    """The row that stayed out comes in after the answer, and the next file needs none."""
    data = events(ROW.format(1).replace("六和", "六河"))
    wizard.look(wizard.choose(admin, data, kind="events", source="city"))
    assert "“六河社区”" in admin.words
    assert "可导入 0＋已在 0＋错误 1" in admin.words
    admin.send(f"/imports/{wizard.upload(admin)}/places", **{"place-1": "440310001002"})
    wizard.wait(admin)
    assert "可导入 1＋已在 0＋错误 0" in admin.words
    wizard.look(wizard.choose(admin, data.replace(b"1,2018", b"5,2018"), kind="events", source="city"))
    assert "可导入 1＋已在 0＋错误 0" in admin.words


def test_what_was_not_seen_does_not_happen(admin: Visit) -> None:
    """The same events came in by another file between looking and pressing: nothing is written, and it is said."""
    data = events(ROW.format(1), ROW.format(2))
    wizard.look(wizard.choose(admin, data, kind="events", source="city"))
    seen = Visit(admin.client, admin.answer)
    wizard.carry(wizard.look(wizard.choose(admin, events(ROW.format(1)), kind="events", source="city")))
    wizard.carry(seen)
    assert "看过以后，账本或文件变了，所以什么也没有导入" in seen.words


def test_pressing_twice_is_pressing_once(admin: Visit) -> None:
    """One batch, one job."""
    wizard.look(wizard.choose(admin, events(ROW.format(1)), kind="events", source="city"))
    seen = Visit(admin.client, admin.answer)
    first = wizard.carry(admin).path
    assert wizard.carry(seen).path == first


def test_members_come_in_as_a_spreadsheet(admin: Visit) -> None:
    """The same four steps."""
    rows = [MEMBERS.strip().split(","), ["王军", "13900000001", "居民", "六和社区", "", "", ""]]
    data = spreadsheet(rows)
    wizard.carry(wizard.look(wizard.choose(admin, data, kind="members", name="成员.xlsx")))
    assert "导入了 1 行" in admin.words


@pytest.mark.parametrize(
    ("data", "kind", "source", "said"),
    [
        (b"", "events", "", "请写明来自哪个平台"),
        (b"PK\x03\x04", "members", "", "不是完好的电子表格"),
        (b"a\x00b", "members", "", "空字符"),
        (b"x", "nothing", "", "请在里面是什么里选一项"),
    ],
)
def test_what_cannot_be_taken_is_said_and_not_kept(
    admin: Visit, settings: Settings, data: bytes, kind: str, source: str, said: str
) -> None:
    """On the page of the first step, in a sentence."""
    wizard.choose(admin, data, kind=kind, source=source)
    assert admin.answer.status_code == 422
    assert said in admin.words
    assert list(uploads.folder(settings).glob("*")) == []


def test_a_file_of_another_kind_says_which_columns_are_missing(admin: Visit) -> None:
    """When all needed columns were given something that is not there."""
    wizard.choose(admin, b"a,b\n1,2\n", kind="members")
    wizard.look(admin, name="a", phone="a", kind="b", community="没有")
    assert "缺少这些列：社区" in admin.words
    assert "回去对列" in admin.words


def test_bodies_are_refused_that_no_browser_sends(admin: Visit) -> None:
    """A charset of the client's choice, a form of another kind, one that is none."""
    admin.go("/imports")
    for kind, status in [
        ("multipart/form-data; boundary=x; charset=punycode", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data", 415),
        ("multipart/form-data; boundary=x", 400),
    ]:
        answer = admin.client.post("/imports", content=b"--y\r\n", headers={"content-type": kind})
        assert answer.status_code == status, kind


def test_it_is_not_there_for_others(site: TestClient, admin: Visit) -> None:
    """Verifiers and residents; and what one brought is not there for another admin."""
    wizard.look(wizard.choose(admin, events(ROW.format(1)), kind="events", source="city"))
    for person in (VERIFIER, RESIDENTS[0]):
        other = visits.visit(site, person)
        for path in ("/imports", "/imports/batches", admin.path, f"/imports/{wizard.upload(admin)}"):
            assert other.go(path).answer.status_code == 404
    assert admin.go("/imports/" + "0" * 24).answer.status_code == 404


def test_the_pages_speak_english(admin: Visit) -> None:
    """Reasons too: no Chinese but what stands in the file."""
    admin.client.cookies.set("language", "en")
    wizard.look(wizard.choose(admin, events(ROW.format(1), ROW.format(1)), kind="events", source="city"))
    assert "2 rows = 1 to import + 0 already here + 1 in error" in admin.words
    assert "repeats row 2; delete one of them" in admin.words


def test_a_batch_is_withdrawn_from_its_page(admin: Visit) -> None:
    """With a reason; then it says who, when and why, and cannot be withdrawn again."""
    wizard.carry(wizard.look(wizard.choose(admin, events(ROW.format(1)), kind="events", source="city")))
    admin.go("/imports/batches")
    batch = admin.page.split("/imports/batches/")[1].split('"')[0]
    admin.go(f"/imports/batches/{batch}")
    admin.send(f"/imports/batches/{batch}/withdrawal", reason="")
    assert admin.answer.status_code == 422
    admin.send(f"/imports/batches/{batch}/withdrawal", reason="选错了文件")
    assert "已撤回" in admin.words
    assert "选错了文件" in admin.words
    assert "整批撤回" not in admin.words


@pytest.mark.parametrize("key", ["a/b", "..", "#", "é", "Z" * 24])
def test_a_key_that_no_page_of_ours_made_is_refused(admin: Visit, key: str) -> None:
    """It would stand in an address: a stroke in it was a fault of ours."""
    wizard.choose(admin, events(ROW.format(1)), kind="events", source="city")
    where, hidden = admin.form(admin.path)
    assert admin.client.post(where + "/places", data=hidden | {"key": key}).status_code == 400


def test_a_batch_is_numbered_by_us_and_not_by_the_form(admin: Visit) -> None:
    """Otherwise rows could be put into somebody else's batch, unseen, or into one that no page can find."""
    data = events(ROW.format(1))
    wizard.look(wizard.choose(admin, data, kind="events", source="city"))
    wizard.carry(admin, key="f" * 32)
    assert admin.path.endswith("f" * 32)
    assert "/imports/batches/" in admin.page
    assert "/imports/batches/" + "f" * 32 not in admin.page


def test_whoever_goes_back_after_the_import_reads_what_to_do(admin: Visit) -> None:
    """The file is gone: no words of the operating system, and not that nothing was imported."""
    wizard.look(wizard.choose(admin, events(ROW.format(1)), kind="events", source="city"))
    key = wizard.upload(admin)
    wizard.carry(admin)
    admin.go(f"/imports/{key}")
    assert (admin.answer.status_code, "这个文件已经导入过了" in admin.words) == (422, True)


def test_a_long_chinese_name_does_not_stop_the_file_of_errors(admin: Visit) -> None:
    """A hundred characters are three hundred bytes, more than a file system takes."""
    data = events(ROW.format(1).replace("六和", "无名"))
    wizard.look(wizard.choose(admin, data, kind="events", source="city", name="汉" * 100 + ".csv"))
    assert "错误 1" in admin.words
    assert admin.client.get(f"/imports/{wizard.upload(admin)}/errors.csv").status_code == 200


def test_half_a_character_in_json_is_shown_as_lost(admin: Visit) -> None:
    """JSON can say a lone surrogate, and no page can: the columns are shown all the same."""
    record = {"service_request_id": "1", "requested_datetime": "2018-07-04T10:00:00Z", "\ud800": "x\ud800"}
    wizard.choose(admin, json.dumps([record]).encode(), kind="events", source="city", name="a.json")
    assert admin.answer.status_code == 200
    assert "\ufffd" in admin.page

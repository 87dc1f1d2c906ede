"""What proves an event, on pages."""

from __future__ import annotations

from typing import Any

from points.evidence import files
from tests.points.events.photographs import SECRET, paper, photo
from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in
from tests.web.views.test_steps import filed


def send(guest: Guest, path: str, data: bytes | None, name: str = "a.jpg", **fields: str) -> Any:
    """Send the form of a new attachment."""
    page = guest.get(path + "/attachments/new")
    said = {"csrf": token_in(page), "name": "site", "key": "k1"} | fields
    sent = {"file": (name, data)} if data is not None else {"file": ("", b"")}
    return guest.client.post(path + "/attachments/new", data=said, files=sent)


def test_a_photo_stands_on_the_page_of_its_event(guests: Guests) -> None:
    """Sent twice it is there once; without the place it was taken at; as a picture and nothing else."""
    path, worker = filed(guests), guests.by("刘洋")
    for _ in range(2):
        answer = send(worker, path, photo(), name="../../evil.html")
        assert (answer.status_code, answer.headers["location"]) == (303, path + "#proofs")
    page = guests.by("马丽").get(path)
    (where,) = [each for each in links(page, path + "/attachments/") if not each.endswith(("new", "erasure"))]
    for each in (where, where + "/thumbnail"):
        shown = worker.client.get(each)
        assert (shown.headers["content-type"], SECRET in shown.content) == ("image/jpeg", False)
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert shown.headers["content-disposition"].startswith('inline; filename="')
        assert "default-src 'none'" in shown.headers["content-security-policy"]


def test_a_pdf_is_saved_and_never_opened_by_the_site(guests: Guests) -> None:
    """It has no small picture; it is an attachment of the answer."""
    path, worker = filed(guests), guests.by("刘洋")
    send(worker, path, paper(), name="a.pdf")
    page = worker.get(path)
    assert "现场 · PDF" in words(page)
    (where,) = links(page, path + "/attachments/0")
    shown = worker.client.get(where)
    assert shown.headers["content-type"] == "application/pdf"
    assert shown.headers["content-disposition"].startswith("attachment;")
    worker.get(where + "/thumbnail", 404)


def test_what_cannot_be_attached_is_said(guests: Guests) -> None:
    """Nothing chosen, and what is no picture; what was chosen stays chosen."""
    path, worker = filed(guests), guests.by("刘洋")
    for data, sentence in ((None, "请选一个文件"), (b"MZ", "不是 JPEG、PNG、WebP 图片，也不是 PDF")):
        answer = send(worker, path, data, name="a.exe")
        assert (answer.status_code, sentence in words(answer.text)) == (422, True)


def test_proofs_stand_beside_the_claim_and_are_of_that_area(guests: Guests) -> None:
    """Who verifies there sees them; whoever has no office there finds nothing, and a verifier attaches nothing."""
    path, worker = filed(guests), guests.by("刘洋")
    send(worker, path, photo())
    (where,) = links(worker.get(path), path + "/attachments/0")
    verifier = guests.by("李梅")
    verifier.get(path + "/attachments/new", 404)
    assert links(verifier.get(path + "/verification"), path + "/attachments/0") == [where]
    for name in ("王秀兰", "张强"):
        guests.by(name).get(where, 404)
    other = "/events/" + "0" * 32 + where.removeprefix(path)
    worker.get(other, 404)


def test_a_changed_file_is_shown_to_nobody(guests: Guests) -> None:
    """The audit names it."""
    path, worker = filed(guests), guests.by("刘洋")
    send(worker, path, photo())
    (where,) = links(worker.get(path), path + "/attachments/0")
    folder = guests.app.state.settings.attachments
    for digest in files.listed(folder):
        files.place(folder, digest).write_bytes(b"forged")
    worker.get(where, 404)


def test_erasing_takes_a_reason_and_leaves_a_line(guests: Guests) -> None:
    """By who heads the grid; the photo is gone, that it was there stays."""
    path, worker, head = filed(guests), guests.by("刘洋"), guests.by("马丽")
    send(worker, path, photo())
    (where,) = links(worker.get(path), path + "/attachments/0")
    worker.get(where + "/erasure", 404)
    page = head.get(where + "/erasure")
    answer = head.client.post(where + "/erasure", data={"csrf": token_in(page), "key": "e1"})
    assert (answer.status_code, "请填写为什么删除" in words(answer.text)) == (422, True)
    for _ in range(2):
        sent = {"csrf": token_in(page), "key": "e1", "reason": "person"}
        assert head.client.post(where + "/erasure", data=sent).status_code in (303, 404)
    head.get(where, 404)
    assert "拍到了不该公开的人或证件" in words(head.get(path))

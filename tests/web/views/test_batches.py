"""The pages of batches."""

from __future__ import annotations

from tests.web.guests import Guests, links, words


def test_every_import_is_there_for_an_admin_of_all(shared: Guests) -> None:
    """The latest first; each opens, and says what it brought and who brought it."""
    guest = shared.by("陈国强")
    page = guest.get("/imports/batches")
    batches = links(page, "/imports/batches/")
    assert len(batches) == 4
    assert "参与 · contributions.csv" in words(page)
    said = words(guest.get(batches[0]))
    assert "新的参与" in said
    assert "谁导入的" in said


def test_what_cannot_be_withdrawn_says_why(shared: Guests) -> None:
    """Members and areas have no form."""
    guest = shared.by("陈国强")
    last = links(guest.get("/imports/batches"), "/imports/batches/")[-1]
    page = guest.get(last)
    assert "不能整批撤回" in words(page)
    assert "/withdrawal" not in page


def test_what_is_in_use_is_refused_on_its_page(guests: Guests) -> None:
    """The sample's contributions were verified."""
    guest = guests.by("陈国强")
    batch = links(guest.get("/imports/batches"), "/imports/batches/")[0]
    page = guest.get(batch)
    token = page.split('name="csrf" value="')[1].split('"')[0]
    answer = guest.client.post(f"{batch}/withdrawal", data={"csrf": token, "reason": "错"})
    assert answer.status_code == 422
    assert "有人在用了" in words(answer.text)


def test_a_batch_that_is_none_is_not_there(shared: Guests) -> None:
    """Nor any of them for others."""
    shared.by("陈国强").get("/imports/batches/ffffffffffff", 404)
    shared.by("李梅").get("/imports/batches", 404)


def test_a_page_of_batches_takes_a_constant_number_of_statements(shared: Guests) -> None:
    """However many there are."""
    guest = shared.by("陈国强")
    assert shared.statements(guest, "/imports/batches") <= 9
    assert shared.statements(guest, "/imports") <= 9

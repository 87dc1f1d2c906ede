"""Plain reports all at once: a job whose result stays, for the one who asked."""

from __future__ import annotations

import re
import time

from tests.web.guests import Guest, Guests, words

PLAIN = "/verifications/plain"


def wait(guest: Guest, path: str) -> str:
    """The page of a job once it is done."""
    latest = time.monotonic() + 60
    while time.monotonic() < latest:
        page = guest.get(path)
        if 'data-state="done"' in page:
            return page
        assert 'data-state="failed"' not in page, words(page)
        time.sleep(0.1)
    raise AssertionError("the job did not end within a minute")


def test_all_plain_reports_are_accepted_and_the_rest_waits(guests: Guests) -> None:
    """What has hours or mediation is still in the queue; asked again with the same key it is the same job."""
    guest = guests.by("李梅")
    page = guest.get(PLAIN)
    n = re.search(r"通过全部 (\d+) 件", page)
    assert n
    form = {"source": "sample", "key": "0123456789abcdef01234567"}
    job = guest.press(page, PLAIN, **form)
    assert guest.press(page, PLAIN, **form) == job
    said = words(wait(guest, job))
    given = re.search(r"奖励 (\d+) 件，共 \d+ 分 不计分 (\d+) 件", said)
    assert given
    assert int(given[1]) + int(given[2]) == int(n[1])
    left = guest.get("/verifications").split("您不能核实的")[0]
    assert "没有可以一次通过的" in words(guest.get(PLAIN))
    assert "1 项" not in words(left)


def test_a_job_is_for_the_one_who_asked(guests: Guests) -> None:
    """何伟 does not find what 李梅 asked for, and a number that is none is not there."""
    guest = guests.by("李梅")
    job = guest.press(guest.get(PLAIN), PLAIN, source="sample", key="a" * 24)
    guests.by("何伟").get(job, 404)
    guest.get("/verifications/jobs/nothing", 404)


def test_a_form_without_a_source_is_refused(shared: Guests) -> None:
    """Nobody's page sends it."""
    guest = shared.by("李梅")
    token = re.search(r'name="csrf" value="([^"]+)"', guest.get(PLAIN))
    assert token
    assert guest.client.post(PLAIN, data={"csrf": token[1], "key": "b" * 24}).status_code == 400

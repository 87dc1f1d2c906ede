"""Going through the pages of an import without a browser: what a form shows is what is sent."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

from tests.web.visits import Visit

SELECT = re.compile(r'<select id="[^"]*" name="([^"]+)"(.*?)</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')


def choose(visit: Visit, data: bytes, *, kind: str, source: str = "", name: str = "file.csv") -> Visit:
    """The first step: a file."""
    visit.go("/imports")
    _, hidden = visit.form("/imports")
    fields = hidden | {"kind": kind, "source": source}
    files = {"file": (name, data)}
    visit.answer = visit.client.post("/imports", data=fields, files=files, follow_redirects=True)
    return visit


def look(visit: Visit, **changed: str) -> Visit:
    """The second step: the columns as they are guessed, but for what is changed; then wait for the preview."""
    said = {name: _chosen(inside) for name, inside in SELECT.findall(visit.page)}
    visit.send(**(said | {f"column-{key}": title for key, title in changed.items()}))
    return wait(visit)


def carry(visit: Visit, **fields: Any) -> Visit:
    """The third step: let what was seen happen, and wait for its end."""
    visit.send("/imports/" + upload(visit) + "/carry", **fields)
    return wait(visit)


def upload(visit: Visit) -> str:
    """The file that the address names."""
    return visit.path.split("/")[2]


def wait(visit: Visit) -> Visit:
    """Look again until the job is over."""
    latest = time.monotonic() + 120
    while 'data-state="waiting"' in visit.page or 'data-state="running"' in visit.page:
        assert time.monotonic() < latest, visit.words
        time.sleep(0.1)
        visit.go(visit.path)
    return visit


def _chosen(inside: str) -> str:
    found = CHOSEN.search(inside)
    return unescape(found[1]) if found else ""

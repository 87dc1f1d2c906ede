"""Test-only doors: a gallery of every component, with a form that was filled in wrongly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from jinja2 import FileSystemLoader
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from web import bodies, forms, pages
from web.access import ANYONE, MEMBER, Door
from web.forms import Count, FormModel, Line, Prose

PAGES = ("home", "everything", "counter")


class Sample(FormModel):
    """One field of each sort."""

    who: Line = Field(title="找人")
    count: Count = Field(title="几份", le=5)
    why: Prose = Field(title="为什么")
    item: Literal["soap", "rice"] = Field(title="换什么")
    lines: list[str] = Field(title="通过谁", min_length=1)


async def show(request: Request) -> Response:
    """A page of the gallery."""
    typed = [("who", ""), ("count", "9"), ("why", "<b>早</b>"), ("item", "gold"), ("lines", "1")]
    context: dict[str, Any] = {
        "filled": forms.read(Sample, bodies.Form(typed)),
        "when": datetime(2026, 11, 18, 8, 5, tzinfo=UTC),
    }
    loader = pages.environment().loader
    assert isinstance(loader, FileSystemLoader)
    here = str(Path(__file__).parent)
    if here not in loader.searchpath:
        loader.searchpath.append(here)
    return pages.render(request, f"gallery/{request.path_params.get('page', 'home')}.html", **context)


GALLERY = [
    Door("/gallery/{page}", show, name="gallery", who=ANYONE),
    Door("/mine", show, name="mine", who=MEMBER, menu="样张"),
]

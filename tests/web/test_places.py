"""Places as people type them."""

from __future__ import annotations

import pytest

from points.people.models import Area
from web import places

HERE = [
    Area(code="440310001002", name="六和社区居委会", level="community", path="/"),
    Area(code="440310001004", name="和平社区居委会", level="community", path="/"),
    Area(code="131022100201", name="和平社区居民委员会", level="community", path="/"),
]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("六和社区居委会 440310001002", "440310001002"),
        ("４４０３１０００１００２", "440310001002"),
        ("六和", "440310001002"),
        (" 六和社区 ", "440310001002"),
        ("和平社区居委会", "440310001004"),
        ("和平社区", None),
        ("月亮", None),
        ("", None),
    ],
)
def test_a_place_is_read_by_code_or_by_a_name_that_only_it_has(typed: str, code: str | None) -> None:
    """Two of one name are never guessed between."""
    assert places.read(typed, HERE) == code

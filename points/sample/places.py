"""坪山区's real division codes, as the National Bureau of Statistics publishes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

DISTRICT = ("440310000000", "广东省深圳市坪山区")

STREETS = {
    ("440310001000", "坪山街道"): (
        ("440310001001", "六联社区居委会"),
        ("440310001002", "六和社区居委会"),
        ("440310001003", "坪山社区居委会"),
        ("440310001004", "和平社区居委会"),
        ("440310001005", "新和社区居委会"),
    ),
    ("440310002000", "马峦街道"): (
        ("440310002001", "坪环社区居委会"),
        ("440310002002", "江岭社区居委会"),
        ("440310002003", "马峦社区居委会"),
        ("440310002004", "沙坣社区居委会"),
    ),
    ("440310003000", "碧岭街道"): (
        ("440310003001", "碧岭社区居委会"),
        ("440310003002", "汤坑社区居委会"),
        ("440310003003", "沙湖社区居委会"),
    ),
    ("440310004000", "石井街道"): (
        ("440310004001", "金龟社区居委会"),
        ("440310004002", "石井社区居委会"),
        ("440310004003", "田头社区居委会"),
        ("440310004004", "田心社区居委会"),
    ),
    ("440310005000", "坑梓街道"): (
        ("440310005001", "坑梓社区居委会"),
        ("440310005002", "秀新社区居委会"),
        ("440310005003", "金沙社区居委会"),
        ("440310005004", "沙田社区居委会"),
    ),
    ("440310006000", "龙田街道"): (
        ("440310006001", "龙田社区居委会"),
        ("440310006002", "南布社区居委会"),
        ("440310006003", "竹坑社区居委会"),
        ("440310006004", "老坑社区居委会"),
    ),
    ("440310401000", "深圳坪山综合保税区"): (("440310401498", "深圳坪山综合保税区虚拟社区"),),
}
"""Each street with its communities."""


def areas() -> Iterator[Sequence[str]]:
    """The rows of areas.csv: code, name, level and parent; the district, then its streets, then their communities."""
    yield (*DISTRICT, "district", "")
    for code, name in STREETS:
        yield code, name, "street", DISTRICT[0]
    for (street, _), communities in STREETS.items():
        for code, name in communities:
            yield code, name, "community", street

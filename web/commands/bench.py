"""`jishan bench`: how fast the ledger is on this machine, as ratios to what it could be and to what is usual."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from web.commands.terminal import Answer, Command, Meter, perform, table
from web.commands.terminal import session as current
from web.i18n import gettext as _

if TYPE_CHECKING:
    from benchmarks.running import Wish


@click.command(cls=Command)
@click.argument("what", type=click.Choice(["post", "post-all", "read", "history", "audit", "proof"]))
@click.option(
    "--book",
    callback=lambda _context, _option, value: value and _place(value),
    metavar="FILE|URL",
    help="放测试账本的文件或 postgres:// 地址，可以再用；不写就用临时文件 · the benchmark's own book, used again",
)
@click.option(
    "--load", "kind", type=click.Choice(["transfer", "award"]), default="transfer", show_default=True
)
@click.option("--callers", type=click.IntRange(1, 4096), default=64, show_default=True)
@click.option("--accounts", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
@click.option("--hot", is_flag=True, help="十笔里有一笔落在一百人身上 · one in ten goes to a hundred members")
@click.option("--size", type=click.IntRange(1, 10_000_000), default=10_000, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 100), default=5, show_default=True)
@click.option(
    "--count", type=click.IntRange(0, 1_000_000), default=0, help="一轮做多少 · how many in a round"
)
def bench(**wishes: Any) -> None:
    """测速：在另外一本账上量，不动您的 · Measure the ledger in a book of its own, beside baselines in the
    same run; never in yours.
    """
    from benchmarks.running import Wish, run  # no other command needs it

    meter = Meter(shown=sys.stderr.isatty() and not current().as_json)

    async def work() -> Answer:
        wish = Wish(**wishes)
        found = await asyncio.to_thread(run, wish, progress=meter(_("准备账本")))
        meter.clear()
        return Answer(_lines(wish, found), found)

    perform(work)


def _place(named: str) -> Path | str:
    """A file, by its path or as books are named, or an address on PostgreSQL."""
    if named.startswith(("postgres://", "postgresql://")):
        return named
    return Path(named.removeprefix("sqlite://"))


def _lines(wish: Wish, found: dict[str, Any]) -> list[str]:
    rows = [["", _("每秒"), _("中位毫秒"), _("99% 毫秒"), _("每次处理器微秒"), _("我们是它的")]]
    for name, figure in found["contenders"].items():
        ratio = found["ratios"].get(name)
        rows.append(
            [
                name,
                f"{figure['rate']:,.0f}",
                _number(figure.get("p50_ms")),
                _number(figure.get("p99_ms")),
                _number(figure["cpu_us"]),
                "" if ratio is None else f"{ratio:.2f} ×",
            ]
        )
    around = found["surroundings"]
    facts = {"rounds": wish.rounds, "cores": around["cores"], "busy": around["load_average"][0]}
    lines = table(rows, right=range(1, 6))
    lines.append(_("{rounds} 轮的中位数，{cores} 个核心，系统负载 {busy}").format(**facts))
    for name, times in found.get("slower_than_small", {}).items():
        first = found["slower_first"][name]
        said = _("{name}：所用时间是 1 万条分录时的 {times} 倍；头一次问，{first} 倍")
        lines.append(said.format(name=name, times=times, first=first))
    if "opening_ms" in found:
        lines.append(_("打开账本用了 {ms} 毫秒").format(ms=found["opening_ms"]))
    if "megabytes" in found:
        lines.append(_("最多用内存 {megabytes} MB").format(megabytes=found["megabytes"]))
    return lines


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.3f}".rstrip("0").rstrip(".")

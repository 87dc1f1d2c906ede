"""A year of Meishan's scale, made up by a generator, in the shapes that `jishan import` reads.

    python -m benchmarks.meishan FOLDER [--part 1.0] [--years 1]

The figures are those of mission.md §1: 337 communities, 1,797 grids, and 7,747 hazards and 3,437 disputes in five
months, which is 18,593 and 8,249 in twelve; 8,000 members, as many as cadres took part; of 513 items elsewhere 391
were closed within two working days, and as large a part is here. Every event has its reporter, every dispute a
mediator. The six counties are real; streets (ten a county), names, people and days are not.

Four files, UTF-8 with a BOM, the same bytes for the same part every time: areas.csv, members.csv, events.csv (eGova's
columns) and contributions.csv. `part` makes less of everything; `years` makes as many years of events on end, of which
the last is 2025: four are 107,368 events, with a month as full as Meishan's.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

COUNTIES = {
    "511402": "东坡区",
    "511403": "彭山区",
    "511421": "仁寿县",
    "511423": "洪雅县",
    "511424": "丹棱县",
    "511425": "青神县",
}
STREETS_A_COUNTY = 10
FIRST = "安平长福和吉康宁庆荣瑞盛泰祥兴永裕远云正"
SECOND = "坝岸波池川堤渡岗谷湖江岭梅南桥泉山石塔亭溪岩阳园洲竹"
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗", "秀英华明芳丽强军杰涛燕红玉兰刚平辉鹏洁梅"
HAZARDS = (
    ("安全隐患", "消防设施安全", "消防设施"),
    ("安全隐患", "安全生产", "墙体安全隐患"),
    ("安全隐患", "线路消防安全", "消防设施"),
    ("安全隐患", "燃气安全", "危房安全隐患"),
)
DISPUTES = (("治安维稳", "民间纠纷", "邻里纠纷"), ("治安维稳", "经济纠纷", "劳动关系纠纷"))
UNITS = ("社区工作站", "街道综合执法队", "应急管理局", "住房和城乡建设局", "司法所")
LAST_YEAR = 2025


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything; hazards and disputes are those of all `years` together."""

    communities: int
    grids: int
    hazards: int
    disputes: int
    members: int
    years: int = 1

    @property
    def begin(self) -> datetime:
        """When the first event happened."""
        return datetime(LAST_YEAR + 1 - self.years, 1, 1, 8, tzinfo=UTC)


def scale(part: float = 1.0, years: int = 1) -> Scale:
    """Meishan's year, or a part of it, or several; at least one of each."""
    year = (337, 1797, years * round(7747 * 12 / 5), years * round(3437 * 12 / 5), 8000)
    communities, grids, hazards, disputes, members = (max(1, round(number * part)) for number in year)
    return Scale(communities, grids, hazards, disputes, members, years)


def main() -> None:
    """Write the four files."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--part", type=float, default=1.0)
    options.add_argument("--years", type=int, default=1)
    given = options.parse_args()
    for name, rows in write(given.folder, scale(given.part, given.years)).items():
        print(f"{name} {rows:,}")


def write(folder: Path, of: Scale) -> dict[str, int]:
    """Make the files in a folder; how many rows each has, its titles not counted."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"areas.csv": areas(of), "members.csv": members(of), "events.csv": events(of)}
    made["contributions.csv"] = contributions(of)
    counted = {}
    for name, rows in made.items():
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            counted[name] = sum(writer.writerow(row) > 0 for row in rows) - 1
    return counted


def places(of: Scale) -> list[tuple[str, str, str]]:
    """Each community's code, name and street, the counties in turn; no name stands twice."""
    found = []
    for n in range(of.communities):
        county = list(COUNTIES)[n % len(COUNTIES)]
        street, number = n // len(COUNTIES) % STREETS_A_COUNTY, n // (len(COUNTIES) * STREETS_A_COUNTY)
        name = FIRST[n % len(FIRST)] + SECOND[n // len(FIRST)] + "社区"
        found.append((f"{county}{street + 1:03}{number + 1:03}", name, f"{county}{street + 1:03}000"))
    return found


def areas(of: Scale) -> Iterator[Sequence[str]]:
    """Counties, streets, communities and their grids, from the root down."""
    yield "code", "name", "level", "parent"
    for county, name in COUNTIES.items():
        yield f"{county}000000", f"四川省眉山市{name}", "district", ""
    communities = places(of)
    for code in sorted({street for _, _, street in communities}):
        yield (
            code,
            f"{SECOND[int(code[6:9])]}{FIRST[int(code[4:6]) % len(FIRST)]}街道",
            "street",
            f"{code[:6]}000000",
        )
    for code, name, street in communities:
        yield code, name, "community", street
    for n in range(of.grids):
        above, _, _ = communities[n % of.communities]
        number = n // of.communities + 1
        yield f"{above}{number:03}", f"第{number}网格", "grid", above


def phone(number: int) -> str:
    """Of the range that nobody has."""
    return f"1{number + 1:010}"


def members(of: Scale) -> Iterator[Sequence[str]]:
    """Volunteers, the communities in turn."""
    yield "姓名", "手机", "成员类别", "社区"
    communities, dice = places(of), random.Random(1)
    for n in range(of.members):
        name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
        yield name, phone(n), "志愿服务人员", communities[n % of.communities][1]


def events(of: Scale) -> Iterator[Sequence[str]]:
    """Hazards and disputes through the year, in the order they happened, as eGova's record has them."""
    yield (
        "REC_ID", "CREATE_TIME", "EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME", "COMMUNITY_NAME",
        "DISPOSE_UNIT_NAME", "INTIME_ARCHIVE_NUM", "OVERTIME_ARCHIVE_NUM", "ARCHIVE_NUM",
    )  # fmt: skip
    communities, dice = places(of), random.Random(2)
    for n, dispute in enumerate(_kinds(of)):
        at = of.begin + timedelta(minutes=n * of.years * 365 * 24 * 60 // (of.hazards + of.disputes))
        in_time = dice.randrange(513) < 391
        words = dice.choice(DISPUTES if dispute else HAZARDS)
        name = dice.choice(communities)[1]
        yield (
            str(n + 1), f"{at:%Y-%m-%d %H:%M:%S}", *words, name, dice.choice(UNITS),
            str(int(in_time)), str(int(not in_time)), "1",
        )  # fmt: skip


def contributions(of: Scale) -> Iterator[Sequence[str]]:
    """Who reported each event, and who mediated each dispute: two different people."""
    yield "来源", "事件编号", "手机", "身份", "时长（小时）", "说明"
    dice = random.Random(3)
    for n, dispute in enumerate(_kinds(of)):
        who = dice.randrange(of.members)
        yield "meishan", str(n + 1), phone(who), "上报人", "", ""
        if dispute and of.members > 1:
            yield "meishan", str(n + 1), phone((who + 1) % of.members), "调解人", "", "一般调解"


def _kinds(of: Scale) -> list[bool]:
    """Which of the year's events are disputes, mixed."""
    kinds = [True] * of.disputes + [False] * of.hazards
    random.Random(4).shuffle(kinds)
    return kinds


if __name__ == "__main__":
    main()

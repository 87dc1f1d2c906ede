"""The default rules of mission.md §5 once more, from the files alone: plain Python that shares no code with ours.

Only the table of categories is read from the product, as data: which words are a hazard is decided there.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
A_DAY, A_MONTH, MINUTES_A_DAY = 10, 60, 240
POOLS = {"调解成功": 10, "未成，有记录": 3}
Row = dict[str, str]


@dataclass
class Earned:
    """What one phone earned: points, minutes, and the points from reports by day."""

    points: int = 0
    minutes: int = 0
    reports: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    repeats: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hours: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def month(self, day: str) -> int:
        """What reports gave in the month of a day."""
        return sum(points for other, points in self.reports.items() if other[:7] == day[:7])


def read(path: Path, encoding: str = "utf-8-sig") -> list[Row]:
    """The rows of a file, without spaces around the cells."""
    with path.open(encoding=encoding, newline="") as file:
        return [{k.strip(): v.strip() for k, v in row.items()} for row in csv.DictReader(file)]


def reckon(data: Path, numbers: dict[str, str]) -> dict[str, Earned]:
    """What each phone earned by everything that can be verified; `numbers` are the member numbers of the phones."""
    events = {row["REC_ID"]: row for row in read(data / "pingshan_events.csv", "gb18030")}
    phones = {row["手机"] for row in read(data / "members.csv")}
    rows = [
        row
        for row in read(data / "contributions.csv")
        if row["事件编号"] in events
        and row["手机"] in phones
        and row["时长（小时）"] in ("", "1", "1.5", "2", "3")
    ]
    ordinals, hazards = repeats(events), hazard_words()
    by_event: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_event[row["事件编号"]].append(row)
    earned: dict[str, Earned] = defaultdict(Earned)
    for key in sorted(by_event, key=lambda key: (events[key]["CREATE_TIME"], key)):
        event = events[key]
        if event["COMMUNITY_NAME"] == "-":
            continue
        mediators = sorted(
            (r["手机"] for r in by_event[key] if r["身份"] == "调解人"), key=numbers.__getitem__
        )
        for row in by_event[key]:
            mine, day = earned[row["手机"]], event["CREATE_TIME"][:10]
            if row["身份"] == "上报人":
                report(mine, day, ordinals[key], hazard=is_hazard(event, hazards))
            elif row["身份"] == "参与人" and row["时长（小时）"]:
                serve(mine, day, round(float(row["时长（小时）"]) * 60))
            elif row["身份"] == "调解人":
                mine.points += share(POOLS[row["说明"]], mediators, row["手机"])
    return earned


def report(mine: Earned, day: str, ordinal: int, *, hazard: bool) -> None:
    """A valid report 2, a hazard 5; a repeat 1 the first time, then 0, one a day; ten a day, sixty a month."""
    points = 5 if hazard else 2
    if ordinal:
        points = min(1 if ordinal == 1 else 0, 1 - mine.repeats[day])
    points = max(0, min(points, A_DAY - mine.reports[day], A_MONTH - mine.month(day)))
    if ordinal:
        mine.repeats[day] += points
    mine.reports[day] += points
    mine.points += points


def serve(mine: Earned, day: str, minutes: int) -> None:
    """Two points an hour, four hours a day."""
    minutes = min(minutes, MINUTES_A_DAY - mine.hours[day])
    mine.hours[day] += minutes
    mine.minutes += minutes
    mine.points += minutes // 30


def share(pool: int, people: list[str], phone: str) -> int:
    """A pool in equal parts; what cannot be divided goes to the first of them."""
    return pool // len(people) + (people.index(phone) < pool % len(people))


def repeats(events: dict[str, Row]) -> dict[str, int]:
    """How many events of the same community and subtype each had in the 24 hours before it."""
    times: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in events.values():
        times[row["COMMUNITY_NAME"], row["SUB_TYPE_NAME"]].append(datetime.fromisoformat(row["CREATE_TIME"]))
    found = {}
    for key, row in events.items():
        at = datetime.fromisoformat(row["CREATE_TIME"])
        alike = times[row["COMMUNITY_NAME"], row["SUB_TYPE_NAME"]]
        found[key] = sum(at - timedelta(hours=24) <= other < at for other in alike)
    return found


def hazard_words() -> list[tuple[tuple[str, ...], set[str], set[str]]]:
    """The table of categories, most exact depth first: which columns, the words of F and H, all its words."""
    table = tomllib.loads((ROOT / "points/events/categories.toml").read_text(encoding="utf-8"))
    depths = []
    for depth, columns in (
        ("subtypes", ("MAIN_TYPE_NAME", "SUB_TYPE_NAME")),
        ("subtypes", ("SUB_TYPE_NAME",)),
        ("maintypes", ("MAIN_TYPE_NAME",)),
        ("types", ("EVENT_TYPE_NAME",)),
    ):
        words = table[depth]
        hazards = {*words.get("F", []), *words.get("H", [])}
        depths.append((columns, hazards, {word for each in words.values() for word in each}))
    return depths


def is_hazard(event: Row, depths: list[tuple[tuple[str, ...], set[str], set[str]]]) -> bool:
    """Whether the first depth that knows the event's words calls it a fire or safety hazard."""
    for columns, hazards, words in depths:
        word = "/".join(event[column] for column in columns)
        if word in words:
            return word in hazards
    return False

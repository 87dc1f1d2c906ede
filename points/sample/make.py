"""Make the sample files again: python -m points.sample.make FOLDER. The same every time; nobody in them exists."""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from points.sample.dates import ENCODINGS, ENDS_ON, SOURCE
from points.sample.places import areas
from points.sample.subjects import DISPUTES, SUBJECTS, TITLES, UNITS, Subject

SEED = 20261120
DAYS = 42
EVENTS = 150

PEOPLE = (
    ("王秀兰", "志愿服务人员", "六和社区", "六和红心志愿队", "HS01", "03-12"),
    ("赵敏", "群众代表", "六和社区", "六和红心志愿队", "HS02", "08-05"),
    ("王军", "居民", "六和社区", "", "HS01", "11-02"),
    ("欧阳丽华", "乡贤代表", "六和社区", "六和调解室", "HS03", "06-18"),
    ("阿依·古丽", "志愿服务人员", "六和社区", "六和红心志愿队", "HS04", "01-25"),
)
"""Those the journeys are about; the others are made of the names below."""
SURNAMES = "李张刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁"
_GIVEN = "建国 桂英 志强 淑珍 海燕 文杰 春梅 国平 玉华 明亮 小红 家豪 雪梅 永福 丽娟 金凤 浩然 秋菊 德明 思远"
GIVEN = _GIVEN.split()
KINDS = ("在职党员", "乡贤代表", "志愿服务人员", "志愿服务人员", "群众代表", "特约网格员", "居民")
TEAMS = ("六和红心志愿队", "六和巡防队", "坪山邻里队", "", "")
COMMUNITIES = ("六和社区",) * 6 + ("六联社区", "坪山社区", "和平社区", "竹坑社区")
ELSEWHERE = {"竹坑社区": "龙田街道"}

Rows = list[Sequence[str]]


def make() -> dict[str, str]:
    """The four files by name, as texts."""
    chance = random.Random(SEED)
    people = list(_people(chance))
    happened = _events(chance)
    titles = ("来源", "事件编号", "手机", "身份", "时长（小时）", "说明")
    return {
        "areas.csv": _csv(("code", "name", "level", "parent"), areas()),
        "members.csv": _csv(("姓名", "手机", "成员类别", "社区", "志愿队", "家庭户号", "生日"), people),
        "events.csv": _csv(TITLES, (_event_row(*each) for each in happened)),
        "contributions.csv": _csv(titles, _contributions(chance, people, happened)),
    }


def _people(chance: random.Random) -> Iterator[Sequence[str]]:
    for number, (name, *rest) in enumerate(PEOPLE, 1):
        yield (name, _phone(number), *rest)
    for number in range(len(PEOPLE) + 1, 61):
        name = chance.choice(SURNAMES) + chance.choice(GIVEN)
        birthday = f"{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        household = f"HS{chance.randint(5, 45):02d}"
        community = chance.choice(COMMUNITIES)
        yield name, _phone(number), chance.choice(KINDS), community, chance.choice(TEAMS), household, birthday


def _phone(number: int) -> str:
    return f"100009{number:05d}"


Happened = tuple[str, datetime, str, Subject, str]


def _events(chance: random.Random) -> list[Happened]:
    """Number, time, community, subject and whether it was archived in time (1), late (0) or not yet (-)."""
    first = datetime.combine(ENDS_ON, time()) - timedelta(days=DAYS - 1)
    minutes = sorted(chance.randrange(DAYS * 24 * 60) for _ in range(EVENTS - 2))
    times = [first + timedelta(minutes=m) for m in minutes]
    drafts = [(at, chance.choice(COMMUNITIES), chance.choice(SUBJECTS)) for at in times]
    at, _, _ = drafts[70]
    fire = next(s for s in SUBJECTS if s.subtype == "消防通道堵塞")
    drafts[70] = (at, "六和社区", fire)
    drafts.append((at + timedelta(hours=5), "六和社区", fire))
    drafts.append((datetime.combine(ENDS_ON, time(18, 30)), "六和社区", SUBJECTS[0]))
    for place in (20, 90):
        drafts[place] = (drafts[place][0], "-", drafts[place][2])
    drafts.sort(key=lambda draft: draft[0])
    return [
        (f"S{number:06d}", at, community, subject, chance.choice("1111110-"))
        for number, (at, community, subject) in enumerate(drafts, 1)
    ]


def _event_row(number: str, at: datetime, community: str, subject: Subject, archived: str) -> Sequence[str]:
    street = "-" if community == "-" else ELSEWHERE.get(community, "坪山街道")
    facts = {
        "REPORT_NUM": "1",
        "EVENT_PROPERTY_NAME": "投诉",
        "EVENT_TYPE_NAME": subject.type,
        "EVENT_SRC_NAME": "网格上报",
        "DISTRICT_NAME": "-" if community == "-" else "坪山区",
        "INTIME_ARCHIVE_NUM": archived,
        "OVERTIME_ARCHIVE_NUM": {"1": "0", "0": "1"}.get(archived, "-"),
        "REC_ID": number,
        "OPERATE_NUM": "1",
        "STREET_NAME": street,
        "CREATE_TIME": f"{at:%Y-%m-%d %H:%M}:{at.minute:02d}",
        "INTIME_TO_ARCHIVE_NUM": "0",
        "SUB_TYPE_NAME": subject.subtype,
        "COMMUNITY_NAME": community,
        "DISPOSE_UNIT_NAME": UNITS.get(subject.type, "社区工作站"),
        "MAIN_TYPE_NAME": subject.main,
    }
    return [facts.get(title, "-") for title in TITLES]


def _contributions(chance: random.Random, people: Sequence[Sequence[str]], events: list[Happened]) -> Rows:
    """A reporter for most events, two mediators for disputes, helpers with hours for some, and one slip of the pen."""
    phones = [person[1] for person in people]
    rows: Rows = []
    for order, (number, _, _, subject, _) in enumerate(events):
        who = chance.sample(phones, 4)
        if order % 9 == 0:
            who = [phones[0], *(phone for phone in who if phone != phones[0])]
        rows.append((SOURCE, number, who[0], "上报人", "", ""))
        if subject in DISPUTES:
            note = chance.choice(("调解成功", "口头调解成功", "疑难，调解成功", "未成，有记录"))
            rows += [(SOURCE, number, phone, "调解人", "", note) for phone in who[1:3]]
        elif order % 6 == 0:
            rows.append((SOURCE, number, who[1], "参与人", chance.choice(("1", "1.5", "2", "3")), "清理整治"))
    number = events[60][0]
    rows = [row for row in rows if row[1] != number]
    rows.append((SOURCE, number, phones[0], "上报人", "", ""))
    rows.append((SOURCE, number, phones[2], "参与人", "2", "与上报人同住"))
    rows.append((SOURCE, number, phones[1], "参与人", "2小时半", "清理整治"))
    return rows


def _csv(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path) -> None:
    """Write the four files into a folder."""
    for name, text in make().items():
        (folder / name).write_bytes(text.encode(ENCODINGS[name]))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)

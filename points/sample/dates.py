"""The sample files laid out for a day: their dates moved so that they end when somebody looks at them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

ENDS_ON = date(2026, 11, 20)
"""The day of the last event in events.csv as shipped."""

SOURCE = "sample"
"""The platform the sample events say they come from."""

ENCODINGS = {
    "areas.csv": "utf-8",
    "members.csv": "utf-8-sig",
    "events.csv": "gb18030",
    "contributions.csv": "utf-8-sig",
}
"""The files in the order they are imported, with their encodings: those real files come in."""

DAY = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")


def shifted(text: str, days: int) -> str:
    """The text with every date written 2026-11-20 moved by so many days; birthdays (11-20) and all else stay."""

    def moved(found: re.Match[str]) -> str:
        return (date(int(found[1]), int(found[2]), int(found[3])) + timedelta(days=days)).isoformat()

    return DAY.sub(moved, text)


def lay_out(folder: Path, *, ends_on: date) -> list[Path]:
    """Write the four files into a folder, their last event on `ends_on`; answers their paths in order."""
    days = (ends_on - ENDS_ON).days
    written = []
    for name, encoding in ENCODINGS.items():
        text = files("points.sample").joinpath(name).read_bytes().decode(encoding)
        path = folder / name
        path.write_bytes(shifted(text, days).encode(encoding))
        written.append(path)
    return written

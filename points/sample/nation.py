"""Make a list of areas of a nation's size in the shape of a file of division codes: 620,000 communities and above.

    python -m points.sample.nation nation.csv [COMMUNITIES]

Columns code, name, level, parent. 2,844 districts with 14 streets each (39,816, near the 38,000 towns and streets that
a nation of 620,000 communities has), and in each street 15 or 16 communities. Names are numbers in words; the same
call writes the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

COMMUNITIES = 620_000
DISTRICTS, STREETS = 2_844, 14
Line = tuple[str, str, str, str]


def lines(communities: int = COMMUNITIES) -> Iterator[Line]:
    """Every area, each after the one it lies in; streets have as many communities as it takes, some one more."""
    streets = DISTRICTS * STREETS
    each, more = divmod(communities, streets)
    for district in range(DISTRICTS):
        code = f"{110101 + district:06}"
        yield f"{code}000000", f"第{district + 1}区", "district", ""
        for street in range(STREETS):
            upper = f"{code}{street + 1:03}"
            yield f"{upper}000", f"第{street + 1}街道", "street", f"{code}000000"
            for community in range(each + (district * STREETS + street < more)):
                lower = f"{upper}{community + 1:03}"
                name = f"{district + 1}区{street + 1}街{community + 1}社区居委会"
                yield lower, name, "community", f"{upper}000"


def write(path: Path, communities: int = COMMUNITIES) -> int:
    """Write the file; how many areas it has."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("code", "name", "level", "parent"))
        for line in lines(communities):
            out.writerow(line)
            count += 1
    return count


if __name__ == "__main__":
    write(Path(sys.argv[1]), *map(int, sys.argv[2:3]))

"""The year of birth and the guardian of a row of members."""

from __future__ import annotations

from datetime import date

import pytest

from points.errors import PointsError
from points.events.imports import births
from points.events.imports.errors import BadYear, ChildNeedsGuardian, NotYesOrNo, OtherYear
from points.people.errors import BadPhone
from points.people.members import Details

ON = date(2026, 11, 22)
FATHER = {"guardian_name": "孙父亲", "guardian_phone": "10000970009", "guardian_agrees": "是"}


@pytest.mark.parametrize(
    ("cells", "year"),
    [
        ({}, None),
        ({"birthday": "03-12"}, None),
        ({"birthday": "1990-03-12"}, 1990),
        ({"birthday": "1990年3月12日"}, 1990),
        ({"born_year": "1990"}, 1990),
        ({"born_year": "１９９０年", "birthday": "3月12日"}, 1990),
        ({"born_year": "1990", "birthday": "1990/3/12"}, 1990),
    ],
)
def test_the_year_is_taken_from_its_column_or_a_whole_date(cells: dict[str, str], year: int | None) -> None:
    """And never dropped, whichever of the two has it."""
    assert births.read(cells, None, ON).born_year == year


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"born_year": "90"}, "born_year", BadYear),
        ({"born_year": "1890"}, "born_year", BadYear),
        ({"born_year": "2027"}, "born_year", BadYear),
        ({"birthday": "2027-01-01"}, "birthday", BadYear),
        ({"born_year": "1990", "birthday": "1991-03-12"}, "born_year", OtherYear),
        ({"guardian_agrees": "大概"}, "guardian_agrees", NotYesOrNo),
        ({"guardian_phone": "12"}, "guardian_phone", BadPhone),
        ({"born_year": "2016"}, "guardian_name", ChildNeedsGuardian),
        ({"born_year": "2016", "guardian_name": "孙父亲"}, "guardian_phone", ChildNeedsGuardian),
        ({"born_year": "2016"} | FATHER | {"guardian_agrees": "否"}, "guardian_agrees", ChildNeedsGuardian),
        ({"born_year": "2016"} | FATHER | {"guardian_agrees": ""}, "guardian_agrees", ChildNeedsGuardian),
    ],
)
def test_what_cannot_be_is_said_with_its_column(
    cells: dict[str, str], column: str, why: type[PointsError]
) -> None:
    """A child without a guardian's consent is among it."""
    with pytest.raises(births.Wrong) as wrong:
        births.read(cells, None, ON)
    assert (wrong.value.column, type(wrong.value.why)) == (column, why)


def test_fourteen_is_counted_to_the_day() -> None:
    """On the birthday itself nobody has to agree any more; the day before somebody must."""
    assert births.read({"born_year": "2012"}, "11-22", ON).born_year == 2012
    with pytest.raises(births.Wrong):
        births.read({"born_year": "2012"}, "11-23", ON)
    child = births.read({"born_year": "2012"} | FATHER, "11-23", ON)
    assert child == Details(born_year=2012, guardian_name="孙父亲", guardian_phone="10000970009")

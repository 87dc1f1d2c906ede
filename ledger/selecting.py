"""Whole rows of a table, asked for by one column with a statement that is ready.

Tortoise writes the text of a query anew each time it is asked, which costs twice what asking costs. Where every page or
every redemption asks, the question always has the same few shapes: those are written once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

M = TypeVar("M", bound=Model)

SHAPES = 1000
"""How many statements are kept ready: a table, a column and an order for each number of values."""


async def among(
    db: BaseDBAsyncClient, model: type[M], column: str, values: Iterable[Any], *, order: str = ""
) -> list[M]:
    """The rows whose `column` is one of these values, as `model.filter(column__in=values).order_by(…)` gives them.

    `order` names columns, `changed_on, id`. One statement; none where there are no values.
    """
    wanted = sorted(set(values))
    if not wanted:
        return []
    return made(model, await db.execute_query_dict(_among(model, column, len(wanted), order), wanted))


async def every(db: BaseDBAsyncClient, model: type[M], *, order: str = "") -> list[M]:
    """All the rows of a table, as `model.all().order_by(…)` gives them. One statement."""
    return made(model, await db.execute_query_dict(_among(model, "", 0, order)))


def made(model: type[M], rows: Iterable[dict[str, Any]]) -> list[M]:
    """Rows that hold every column of a table, as Tortoise makes its models of them."""
    return [model._init_from_db(**row) for row in rows]


def columns(model: type[Model], alias: str = "") -> str:
    """The columns of a table as a statement names them: `"id", "name"`, or `s."id", s."name"`."""
    before = f"{alias}." if alias else ""
    return ", ".join(f'{before}"{column}"' for column in model._meta.fields_db_projection.values())


@lru_cache(maxsize=SHAPES)
def _among(model: type[Model], column: str, many: int, order: str) -> str:
    where = f' WHERE "{column}" IN ({", ".join("?" * many)})' if column else ""
    last = f" ORDER BY {_quoted(order)}" if order else ""
    return f'SELECT {columns(model)} FROM "{model._meta.db_table}"{where}{last}'  # noqa: S608 - our own names only


def _quoted(order: str) -> str:
    return ", ".join(f'"{name.strip()}"' for name in order.split(","))

"""Our SQL said as PostgreSQL says it: verbs and checks write one SQL for both engines."""

from __future__ import annotations

import re
from functools import lru_cache

_QUOTED_OR_MARK = re.compile(r"'[^']*'|\"[^\"]*\"|\?")
_LIST_OF_TEXTS = "SELECT value FROM json_each(?)"
_LIST = "json_each(?)"


@lru_cache(maxsize=1000)
def spoken(query: str) -> str:
    """Our SQL as PostgreSQL speaks it: `?` is `$1`, `$2` …, and `json_each(?)` is the elements of a JSON array.

    `SELECT value FROM json_each(?)` gives texts; elsewhere a `value` is JSON, to be taken apart with `->>` or cast.
    """
    if "?" not in query:
        return query
    query = query.replace(_LIST_OF_TEXTS, "SELECT jsonb_array_elements_text(CAST(? AS jsonb))")
    query = query.replace(_LIST, "jsonb_array_elements(CAST(? AS jsonb))")
    numbers = iter(range(1, query.count("?") + 1))
    return _QUOTED_OR_MARK.sub(lambda m: f"${next(numbers)}" if m[0] == "?" else m[0], query)

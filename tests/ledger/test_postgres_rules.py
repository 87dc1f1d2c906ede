"""The eight rules by which a book can be moved to many machines unchanged, asked of its schema and of our sources."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from tortoise.models import Model

from alembic_like_migrations.rooms import APPS
from ledger import schema
from tests.ledger.drafts import fresh
from tests.ledger.test_postgres_guards import owner

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).resolve().parent.parent.parent

RULES = {
    "1: nothing refers out of its schema": """
        SELECT conname FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.confrelid
        WHERE c.connamespace = 'book'::regnamespace AND t.relnamespace <> c.connamespace""",
    "2: every function names its schema": """
        SELECT proname FROM pg_proc WHERE pronamespace = 'book'::regnamespace
        AND proconfig IS DISTINCT FROM ARRAY['search_path=book']""",
    "2: none notifies, locks or reads a setting": """
        SELECT proname FROM pg_proc WHERE pronamespace = 'book'::regnamespace
        AND prosrc ~* 'notify|advisory|current_setting|set_config'""",
    "3: no deferrable constraint": """
        SELECT conname FROM pg_constraint WHERE connamespace = 'book'::regnamespace AND condeferrable""",
    "3: no constraint trigger": """
        SELECT conname FROM pg_constraint WHERE connamespace = 'book'::regnamespace AND contype = 't'""",
    "3: no rule": """
        SELECT rulename FROM pg_rules WHERE schemaname = 'book'""",
    "3: no inheritance": """
        SELECT inhrelid FROM pg_inherits JOIN pg_class AS c ON c.oid = inhrelid
        WHERE c.relnamespace = 'book'::regnamespace""",
    "8: the application role owns nothing": """
        SELECT c.relname FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner
        WHERE c.relnamespace = 'book'::regnamespace AND r.rolname <> 'book_owner'""",
    "8: and may empty nothing": """
        SELECT relname FROM pg_class WHERE relnamespace = 'book'::regnamespace AND relkind = 'r'
        AND has_table_privilege('book_app', oid, 'TRUNCATE, TRIGGER, REFERENCES')""",
    "8: the owner cannot log in": """
        SELECT rolname FROM pg_roles WHERE rolname IN ('book_owner', 'book_app') AND (rolcanlogin OR rolsuper)""",
}


@pytest.mark.parametrize("rule", RULES)
async def test_the_schema_keeps_the_rules_of_many_machines(tmp_path: Path, rule: str) -> None:
    """The rules by which a book can be moved to a cluster unchanged, asked of the schema itself."""
    async with fresh(tmp_path) as book:
        assert await book.reader.execute_query_dict(RULES[rule]) == []


async def test_the_rules_are_asked_of_every_room(tmp_path: Path) -> None:
    """The schema that is read has the tables of all models, the ledger's, the points' and the pages'."""
    async with fresh(tmp_path) as book:
        rows = await book.reader.execute_query_dict(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'book'"
        )
    wanted = {
        model._meta.db_table
        for room in APPS.values()
        for module in map(importlib.import_module, room["models"])
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, Model) and model.__module__ == module.__name__
    }
    assert {row["tablename"] for row in rows} == wanted | {"tortoise_migrations"}
    assert {name.partition("_")[0] for name in wanted} >= APPS.keys()


PLANTED = """
CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.t (id int PRIMARY KEY);
CREATE TABLE bad (id int REFERENCES elsewhere.t, x int UNIQUE DEFERRABLE); CREATE TABLE worse () INHERITS (bad);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_notify(''a'', ''b''); RETURN NEW; END';
CREATE CONSTRAINT TRIGGER c AFTER INSERT ON bad FOR EACH ROW EXECUTE FUNCTION f();
CREATE RULE r AS ON INSERT TO bad DO INSTEAD NOTHING; GRANT TRUNCATE ON bad TO book_app"""


async def test_every_rule_sees_its_breach(tmp_path: Path) -> None:
    """A schema that breaks all of them is seen by each question but the one about roles, which are not this book's."""
    async with fresh(tmp_path) as book:
        connection = await owner(book)
        await connection.execute(PLANTED)
        await connection.close()
        blind = [rule for rule, query in RULES.items() if not await book.reader.execute_query_dict(query)]
        assert blind == ["8: the owner cannot log in"]


SPOKEN = {
    "2: no trigger function notifies, locks or reads a setting": (
        r"(?i)notify|advisory|current_setting",
        "*.postgres.sql",
    ),
    "3: no volatile function in an update": (
        r"(?i)\bSET\s+\w+\s*=\s*(now|clock_timestamp|random|nextval|gen_)",
        "*.py",
    ),
    "3: nothing is inserted or else updated": (r"(?i)ON CONFLICT[^\"]*DO UPDATE", "*.py"),
    "4: bulk writes are values or COPY": (
        r"(?i)INSERT INTO [^\"]*\bSELECT\b(?!\s+\S+\s+WHERE NOT EXISTS)",
        "*.py",
    ),
    "5: nobody branches on the name of a constraint": (r"constraint_name|\.constraint\b", "*.py"),
    "6: who acts is no session setting": (r"(?i)set_config|SET (SESSION|LOCAL) (jishan|app)\.", "*.py"),
    "7: nothing is ordered by a key across districts": (
        r"(?i)ORDER BY schemaname|UNION ALL[^\"]*district_",
        "*.py",
    ),
    "8: nothing is emptied": (r"(?i)\bTRUNCATE TABLE|execute\(\W*TRUNCATE", "*.py"),
}
"""What stands in statements and not in the schema, as something that may not be found in a source of ours."""


def breaches(pattern: str, texts: dict[str, str]) -> list[str]:
    """Where something is found."""
    return [name for name, text in texts.items() if re.search(pattern, text)]


@pytest.mark.parametrize("rule", SPOKEN)
def test_our_statements_keep_the_rules(rule: str) -> None:
    """No source of the product says what a cluster would do wrong."""
    pattern, kind = SPOKEN[rule]
    folders = ("ledger", "points", "web", "alembic_like_migrations")
    texts = {str(path): path.read_text() for folder in folders for path in (ROOT / folder).rglob(kind)}
    assert len(texts) >= len(APPS)
    assert breaches(pattern, texts) == []


BREACH = {
    "2: no trigger function notifies, locks or reads a setting": "AS 'BEGIN PERFORM pg_notify(1); END'",
    "3: no volatile function in an update": "UPDATE web_job SET seen = now()",
    "3: nothing is inserted or else updated": "INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1",
    "4: bulk writes are values or COPY": "INSERT INTO ledger_posting SELECT * FROM unnest($1)",
    "5: nobody branches on the name of a constraint": "if error.constraint_name == 'x':",
    "6: who acts is no session setting": "SELECT set_config('jishan.actor', $1, true)",
    "7: nothing is ordered by a key across districts": "SELECT 1 FROM pg_tables ORDER BY schemaname",
    "8: nothing is emptied": "TRUNCATE TABLE web_limit",
}


@pytest.mark.parametrize("rule", SPOKEN)
def test_a_statement_that_breaks_a_rule_is_seen(rule: str) -> None:
    """Each of those questions can be answered with yes."""
    assert breaches(SPOKEN[rule][0], {"x": BREACH[rule]}) == ["x"]


def test_migrations_send_one_statement_at_a_time() -> None:
    """No statement of a SQL file holds another: each is sent by itself, as a pooler and a cluster want it."""
    files = list((ROOT / "alembic_like_migrations").rglob("*.postgres.sql"))
    statements = [one for path in files for one in schema.statements(path)]
    assert len(statements) > 200
    outside = re.compile(r"'[^']*'")
    assert [one for one in statements if ";" in outside.sub("", one).rstrip().rstrip(";")] == []

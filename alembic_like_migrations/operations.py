"""Operations that Tortoise lacks: SQL kept in a file, a table whose SQL stands there, a check put in other words.

Migrations begin with `class Migration(operations.Migration)`; Tortoise's own would take five times as long.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tortoise import migrations
from tortoise.migrations.operations import (
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    Operation,
    TortoiseOperation,
)
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.schema_generator.state_apps import StateApps

from ledger.schema import statements


class _InAFile(TortoiseOperation):
    """Changes what Tortoise knows; the database is changed by the SqlFile beside it."""

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Nothing: the SQL file does it."""


class CreateTable(_InAFile, CreateModel):
    """Tell Tortoise of a model whose table a SqlFile creates: STRICT and CHECK cannot be said in a model."""


class DropTable(_InAFile, DeleteModel):
    """Tell Tortoise that a model is gone whose table a SqlFile drops: there its guards are found to be gone too."""


class DropIndex(_InAFile, AlterField):
    """Tell Tortoise that a field has no index any more; a SqlFile drops it, as Tortoise would make the table anew."""


class SqlFile(TortoiseOperation):
    """Run `<migration>.<dialect>.sql`, which stands beside the migration, statement by statement in its transaction.

    RunSQL would split trigger bodies at their semicolons; here a statement ends where SQLite itself says it does.
    """

    def __init__(self) -> None:
        self.migration = Path(sys._getframe(1).f_code.co_filename)

    def describe(self) -> str:
        """What the migration's log says of it."""
        return f"Run {self.migration.stem}.*.sql"

    def file(self, dialect: str) -> Path:
        """The file for a dialect (`sqlite`, `postgres`)."""
        return self.migration.with_name(f"{self.migration.stem}.{dialect}.sql")

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Run the file's statements inside the migration's transaction."""
        if state_editor is not None:
            for statement in statements(self.file(state_editor.DIALECT)):
                await state_editor.client.execute_query(statement)

    async def database_backward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Refuse."""
        raise NotImplementedError("the history only grows: write a new migration instead of going back")


class LoosenCheck(TortoiseOperation):
    """Put a CHECK of an existing table in wider words, which every row that passed the old ones passes too.

    SQLite cannot alter a check. Its manual's way for a change that touches no row is to write the words into the
    schema (https://www.sqlite.org/lang_altertable.html#otheralter), which a book's own connections are denied. A book
    made with the wider words is left as it is.
    """

    def __init__(self, table: str, constraint: str, *, old: str, new: str, postgres: str) -> None:
        self.table, self.named = table, constraint
        self.old, self.new, self.postgres = old, new, postgres

    def describe(self) -> str:
        """What the migration's log says of it."""
        return f"Loosen a check of {self.table}"

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Change the words inside the migration's transaction, and read the schema anew."""
        if state_editor is None:
            return
        for statement in self._postgres() if state_editor.DIALECT == "postgres" else self._sqlite():
            await state_editor.client.execute_query(statement)

    def _postgres(self) -> tuple[str, ...]:
        alter = f"ALTER TABLE {self.table}"
        return (
            f"{alter} DROP CONSTRAINT {self.named}",
            f"{alter} ADD CONSTRAINT {self.named} CHECK ({self.postgres})",
        )

    def _sqlite(self) -> tuple[str, ...]:
        words = f"replace(sql, '{self.old}', '{self.new}')"
        where = f"type = 'table' AND name = '{self.table}'"
        update = f"UPDATE sqlite_master SET sql = {words} WHERE {where}"  # noqa: S608 - words of ours
        return ("PRAGMA writable_schema=ON", update, "PRAGMA writable_schema=RESET")

    async def database_backward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Refuse."""
        raise NotImplementedError("the history only grows: write a new migration instead of going back")


class Migration(migrations.Migration):
    """A migration that copies the state of all models before an operation only where one looks back at it.

    Tortoise copies a hundred models before each of a hundred operations: seconds, for every new book.
    """

    async def apply(
        self,
        state: State,
        *,
        dry_run: bool = False,
        schema_editor: BaseSchemaEditor | None = None,
        collect_sql: bool = False,
    ) -> State:
        """Run the operations forward."""
        given = _Uncopied(state, self.operations)
        await super().apply(given, dry_run=dry_run, schema_editor=schema_editor, collect_sql=collect_sql)
        return state


class _Uncopied(State):
    """A state that is its own copy, unless the operation that comes next looks back.

    Its models and apps are those of the state it stands for.
    """

    def __init__(self, state: State, operations: Sequence[Operation]) -> None:
        super().__init__(state.models, state.apps)
        self._coming = iter(operations)

    def clone(self) -> State:
        """What the next operation may call the old state."""
        if isinstance(next(self._coming), _FORWARD):
            return self
        return State(self.models, self.apps).clone()

    def _reload(self, models_to_reload: set[tuple[str, str]]) -> None:
        """As Tortoise does it, but the queries of a model that has not changed are not built anew.

        Tortoise builds those of a hundred models after each of two hundred operations.
        """
        changed = StateApps(self.apps._default_connections, self.apps._connections)
        for app_label, model_name in models_to_reload:
            self.apps.unregister_model(app_label, model_name)
            model = self.models[app_label, model_name].render(self.apps)
            self.apps.register_model(app_label, model)
            changed.register_model(app_label, model)
        self.apps._init_relations()
        changed._build_initial_querysets()


_FORWARD = (AddField, AddIndex, CreateModel, DropIndex, DropTable, LoosenCheck, SqlFile)
"""Operations that look at the new state alone when they go forward."""

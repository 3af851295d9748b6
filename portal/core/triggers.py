"""Migration operation: rows that the law or the log wants untouched, on both engines."""

from django.db.migrations.operations.base import Operation

_SQLITE = """
CREATE TRIGGER {name} BEFORE {action} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRES_TRIGGER = """
CREATE OR REPLACE TRIGGER {name} BEFORE {action} ON {table}
FOR EACH ROW {body} EXECUTE FUNCTION {name}()
"""


class AppendOnly(Operation):
    """Refuse UPDATE and DELETE on a table.

    `unless` is an SQL condition on OLD under which DELETE is still allowed (the log of a case
    that never was registered goes with it); UPDATE is always refused. To be repeated after every
    migration that alters the table: SQLite builds a new one then, without its triggers.
    """

    reversible = True

    def __init__(self, table: str, unless: str = ""):
        self.table, self.unless = table, unless

    def state_forwards(self, app_label, state):
        """Triggers are not part of Django's model state."""

    def _names(self):
        for action in ("UPDATE", "DELETE"):
            yield action, f"{self.table}_refuses_{action.lower()}"

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for action, name in self._names():
            values = {
                "name": name,
                "action": action,
                "table": self.table,
                "message": f"{self.table} is append-only",
            }
            guarded = self.unless and action == "DELETE"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
                when = f"WHEN NOT ({self.unless})" if guarded else ""
                schema_editor.execute(_SQLITE.format(when=when, **values))
                continue
            schema_editor.execute(_POSTGRES_FUNCTION.format(**values))
            schema_editor.execute(_POSTGRES_TRIGGER.format(body="", **values))
            if guarded:
                self._guard_in_function(schema_editor, name)

    def _guard_in_function(self, schema_editor, name):
        # PostgreSQL allows no subquery in a trigger's WHEN: the condition moves into the function.
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {self.unless} THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{self.table} is append-only' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for _action, name in self._names():
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {self.table}")
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")

    def describe(self):
        return f"Refuse UPDATE and DELETE on {self.table}"


class Sealed(AppendOnly):
    """Refuse UPDATE and DELETE of the rows for which a condition on OLD holds, in SQL of both
    engines: what has left the house, say, in a table whose drafts still change.
    """

    def __init__(self, table: str, when: str):
        super().__init__(table)
        self.when = when

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        when = f"WHEN ({self.when})"
        for action, name in self._names():
            values = {
                "name": name, "action": action, "table": self.table,
                "message": f"{self.table} is sealed",
            }  # fmt: skip
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
                schema_editor.execute(_SQLITE.format(when=when, **values))
            else:
                schema_editor.execute(_POSTGRES_FUNCTION.format(**values))
                schema_editor.execute(_POSTGRES_TRIGGER.format(body=when, **values))

    def describe(self):
        return f"Refuse UPDATE and DELETE of sealed rows in {self.table}"


class Guard(Operation):
    """Refuse INSERT and UPDATE of rows for which a condition on NEW holds, in SQL of both engines.

    SQLite builds a new table where a migration alters one. A guard goes with its table, and is in
    the way of a new table that its condition reads: such a migration begins with `LiftGuard`, and
    ends with the guard again.
    """

    reversible = True

    def __init__(self, table: str, name: str, when: str):
        self.table, self.name, self.when = table, name, when

    def state_forwards(self, app_label, state):
        """Triggers are not part of Django's model state."""

    def _names(self):
        for action in ("INSERT", "UPDATE"):
            yield action, f"{self.name}_{action.lower()}"

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for action, name in self._names():
            values = {"name": name, "action": action, "table": self.table, "message": self.name}
            if is_sqlite:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
                schema_editor.execute(_SQLITE.format(when=f"WHEN {self.when}", **values))
            else:
                schema_editor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                    f"BEGIN IF {self.when} THEN RAISE EXCEPTION '{self.name}' "
                    f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
                )
                schema_editor.execute(_POSTGRES_TRIGGER.format(body="", **values))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for _action, name in self._names():
            if is_sqlite:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {self.table}")
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")

    def describe(self):
        return f"Guard {self.table}: {self.name}"


class LiftGuard(Guard):
    """Take a guard away for the rest of a migration; backwards, it is there again."""

    def database_forwards(self, *args):
        super().database_backwards(*args)

    def database_backwards(self, *args):
        super().database_forwards(*args)

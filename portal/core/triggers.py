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

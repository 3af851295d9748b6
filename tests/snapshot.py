"""The test database as the migrations left it, kept to be put back after a committing test.

Django empties the tables instead. That would lose the rows made by migrations (the roles), and
SQLite would refuse it: the log and the decisions are append-only.
"""

import sqlite3

from django.db import connection

_kept: dict = {}


def take() -> None:
    """Keep the database as it is now; called once, when it has just been made."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _kept["pages"] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_kept["pages"])
    else:
        _kept["rows"] = connection.creation.serialize_db_to_string()


def put_back_pages() -> None:
    """SQLite: overwrite the file page by page, which asks no trigger."""
    connection.ensure_connection()
    _kept["pages"].backup(connection.connection)


def put_back_rows() -> None:
    """PostgreSQL: fill the emptied tables with what the migrations had written."""
    connection.creation.deserialize_db_from_string(_kept["rows"])

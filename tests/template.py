"""The migrated database, made once and copied by every test process.

Migrating takes longer than most tests together. What the migrations make depends on their files
alone: it is kept by a digest of them (a file under var/, or a template on the server), and made
anew when one of them changes.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

DIRECTORY = settings.VAR_DIR / "test-databases"
#: On a server that several checkouts share.
MOST_KEPT = 5
APPS = ("portal/*", "partners", "agreements", "grants", "networks")


def provide() -> bool:
    """Have the migrated database ready for this process; whether its file is in place already.

    Of several processes that start together, the first makes it for all.
    """
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    with (DIRECTORY / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _provide_file() if connection.vendor == "sqlite" else _provide_on_server()


def _digest() -> str:
    """Of every migration of ours, and of the locked packages, which bring their own."""
    found = hashlib.sha256(django.__version__.encode())
    migrations = [path for app in APPS for path in settings.BASE_DIR.glob(f"{app}/migrations/*.py")]
    for path in (*sorted(migrations), settings.BASE_DIR / "requirements.txt"):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _migrate(url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    env = {**os.environ, "DATABASE_URL": url}
    subprocess.run(command, check=True, cwd=settings.BASE_DIR, env=env)  # noqa: S603


def _provide_file() -> bool:
    kept = DIRECTORY / f"{_digest()}.sqlite3"
    if not kept.exists():
        for old in DIRECTORY.glob("*.sqlite3*"):
            old.unlink()
        part = kept.with_suffix(".part")
        _migrate(f"sqlite:///{part}")
        part.rename(kept)
    shutil.copyfile(kept, Path(connection.settings_dict["TEST"]["NAME"]))
    return True


def _provide_on_server() -> bool:
    """The server copies the template when Django makes the test database from it."""
    kept = f"migrated_{_digest()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'migrated\\_%' ORDER BY oid DESC"
        )
        found = [name for (name,) in cursor.fetchall()]
        if kept not in found:
            for old in found[MOST_KEPT:]:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
            part = f"{kept}_part"
            cursor.execute(f'CREATE DATABASE "{part}"')
            server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
            _migrate(f"{server}/{part}")
            cursor.execute(f'ALTER DATABASE "{part}" RENAME TO "{kept}"')
    connection.settings_dict["TEST"]["TEMPLATE"] = kept
    return False

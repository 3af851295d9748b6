"""The portal's settings, with what tests want otherwise: speed, guards, nothing left behind."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("SITE_URL", "https://portal.example.org")
# Playwright runs an event loop in the test's thread; the ORM is used beside it, not in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

# Every request is watched: a query in a loop fails the test.
INSTALLED_APPS = ["tests", *INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
# A verb locks its row and reads it again, one by one on purpose, and a packet is decided one
# application at a time, each copying the goals of its decision; other queries in loops still fail.
ZEAL_ALLOWLIST = [
    {"model": "*", "field": "get()"},
    {"model": "committee.Decision", "field": "goals"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ALLOWED_HOSTS = ["*"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # each client would read the whole static folder when it is made
_files = tempfile.TemporaryDirectory(prefix="portal-test-files-")  # goes with the process
MEDIA_ROOT = _files.name
OUTBOX_SEND_ON_COMMIT = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of race tests and the live server share it.
    # What survives a power cut is not asked here; the settings' own care for it costs time.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(MEDIA_ROOT, "test.sqlite3")}

"""A real Chromium for the pages: found on this machine, or the tests are skipped and say so."""

import os
import shutil
import threading
import time

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.dispatch import receiver
from django.test.testcases import LiveServerThread

from tests.conftest import BACKEND

# The shell draws pages as the browser does, with less around it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = "No Chromium on this machine: the browser tests need one."
        pytest.fail(missing) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(QUIET)}


_serving: set[int] = set()  # threads that are about to answer


@receiver(request_started)
def _begun(**_request):
    _serving.add(threading.get_ident())


@receiver(request_finished)
def _ended(**_request):
    _serving.discard(threading.get_ident())


@pytest.fixture(autouse=True)
def _answered(request):
    """No request outlives its test: it would be in the way where the database is emptied."""
    if "live_server" in request.fixturenames:
        request.getfixturevalue("transactional_db")
    yield
    own, until = threading.get_ident(), time.monotonic() + 5
    while _serving - {own} and time.monotonic() < until:
        time.sleep(0.01)


@pytest.fixture
def console(page):
    """What the page complains about: refused by the security policy, failed, or thrown."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def enter(page, live_server, client):
    """The browser carries this person's session."""

    def enter(user):
        client.force_login(user, BACKEND)
        session = client.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])

    return enter


@pytest.fixture
def compressed_server(transactional_db, settings, tmp_path):
    """The program as it is served: static files collected, named by content and compressed."""
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = tmp_path / "collected", False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    others = ["admin", "rest_framework", "modeltranslation", "swagger*", "redoc*"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=others)
    server = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()

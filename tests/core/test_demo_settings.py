"""The demo's conveniences, and Django's own error pages, are two switches."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASKED = """
import json, logging, django
from django.conf import settings
django.setup()
print(json.dumps([settings.DEMO, settings.DEBUG, settings.OUTBOX_SEND_ON_COMMIT, settings.HTTPS]))
logging.getLogger("django.request").warning("once")
"""


def started(**env):
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", ASKED],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "portal.settings", "PATH": "", **env},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.parametrize(
    ("env", "found"),
    [
        ({"DEBUG": "1"}, [True, False, True, False]),
        ({"DEBUG": "1", "DEBUG_PAGES": "1"}, [True, True, True, False]),
        ({"DEBUG_PAGES": "1", "SECRET_KEY": "x"}, [False, False, False, True]),
        ({"SECRET_KEY": "x"}, [False, False, False, True]),
    ],
)
def test_djangos_own_pages_are_shown_only_in_a_demo_that_asks_for_them(env, found):
    assert json.loads(started(**env).stdout) == found


def test_a_warning_is_logged_once():
    assert started(DEBUG="1", DEBUG_PAGES="1").stderr.count("once") == 1


@pytest.mark.parametrize(
    ("env", "origin"),
    [
        ({}, "http://127.0.0.1:8055"),
        ({"SITE_URL": "https://x.example.org"}, "https://x.example.org"),
    ],
)
def test_the_demo_links_to_where_it_is_served(env, origin):
    planned = subprocess.run(
        ["make", "--dry-run", "run", "PORT=8055"],  # noqa: S607
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    command = planned.stdout.strip().rpartition("\n")[2]
    serves = command.partition(".venv/bin/gunicorn")[0]
    asked = subprocess.run(  # noqa: S603
        [
            "/bin/sh",
            "-c",
            f"{serves} {sys.executable} -c \"import os; print(os.environ['SITE_URL'])\"",
        ],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.strip() == origin

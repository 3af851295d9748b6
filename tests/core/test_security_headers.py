"""Every response carries the strict policy and the security headers, the admin's too."""

import subprocess
import sys

import pytest
from django.conf import settings

PATHS = [
    "/",
    "/en/",
    "/partner/",
    "/konto/logga-in/",
    "/admin/login/",
    "/en/admin/login/",
    "/api/v1/",
    "/api/v1/partners/",
    "/api/v1/docs/",
    "/healthz",
    "/not-here/",
    "/partner/?country=XX",
    "/?q=%00",
]
STRICT = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
}


def directives(response):
    policy = response.headers["Content-Security-Policy"]
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_strict_policy(client, path):
    response = client.get(path, secure=True)
    found = directives(response)
    assert {name: found[name] for name in STRICT} == STRICT
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert {
        name: response.headers[name]
        for name in (
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
        )
    } == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
    assert response.headers["Permissions-Policy"].startswith("camera=()")


@pytest.mark.parametrize("secret", ["", "demo-only-secret-never-used-without-debug"])
def test_the_program_refuses_to_start_without_a_secret_of_its_own(secret):
    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={"SECRET_KEY": secret, "DEBUG": "0", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert "SECRET_KEY is missing" in started.stderr


def test_a_deployment_check_is_clean_with_none_silenced():
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={"SECRET_KEY": "0123456789abcdef" * 4, "SITE_URL": "https://x.example.org", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )
    assert settings.SILENCED_SYSTEM_CHECKS == []

"""What the repository must not hold."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Written so that this file does not find itself.
REGISTRIES = re.compile(
    r"pyp[i]\.org|files\.pythonhoste[d]|registry\.npmj[s]|npmj[s]\.com|deb\.debia[n]"
)
BUILT = re.compile(r"(\.mo|\.min\.js|\.min\.css|\.woff2?|\.sqlite3)$|^(var|node_modules|\.venv)/")


@pytest.fixture(scope="module")
def committed():
    listing = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_built_is_committed(committed):
    assert [name for name in committed if BUILT.search(name)] == []


def test_no_registry_host_is_committed(committed):
    texts = [name for name in committed if not name.endswith((".png", ".jpg"))]
    assert [name for name in texts if REGISTRIES.search((ROOT / name).read_text())] == []


def test_locked_front_end_packages_name_no_address(committed):
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()

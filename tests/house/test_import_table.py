"""Who may import whom: the table of CONTRIBUTING.md, executed."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

GROUND = {"portal.core"}
CASES = GROUND | {"portal.cases"}
COMMITTEE = CASES | {"portal.committee"}
PARTNERS = GROUND | {"partners"}
AGREEMENTS = COMMITTEE | PARTNERS | {"agreements"}
GRANTS = AGREEMENTS | {"grants"}
NETWORKS = COMMITTEE | PARTNERS | {"networks"}
EVERYTHING = GRANTS | NETWORKS | {"portal.site", "portal.api", "portal.urls", "portal.settings"}

MAY_IMPORT = {
    "portal.core": GROUND,
    "portal.cases": CASES,
    "portal.committee": COMMITTEE,
    "partners": PARTNERS,
    "agreements": AGREEMENTS,
    "grants": GRANTS,
    "networks": NETWORKS,
    "portal.site": EVERYTHING,
    "portal.api": EVERYTHING,
    "portal.urls": EVERYTHING,
}
ROOMS = sorted(EVERYTHING, key=len, reverse=True)


def room_of(module: str) -> str | None:
    """The room a module belongs to; None for libraries."""
    return next((room for room in ROOMS if f"{module}.".startswith(f"{room}.")), None)


def sources(room: str) -> list[Path]:
    place = ROOT / room.replace(".", "/")
    files = [place.with_suffix(".py")] if place.with_suffix(".py").exists() else place.rglob("*.py")
    return [path for path in files if "migrations" not in path.parts]


def imports(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_down_the_table(room):
    files = sources(room)
    assert files
    broken = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in files
        for line, module in imports(path)
        if room_of(module) and room_of(module) not in MAY_IMPORT[room]
    ]
    assert broken == []


def test_every_package_stands_in_the_table():
    packages = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for folder in (".", "portal")
        for path in (ROOT / folder).glob("*/__init__.py")
    }
    assert packages - {"tests", "portal"} == {
        room for room in MAY_IMPORT if (ROOT / room.replace(".", "/")).is_dir()
    }


def test_imports_stand_at_the_top():
    inline = []
    for room in MAY_IMPORT:
        for path in sources(room):
            tree = ast.parse(path.read_text())
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    inline += [
                        f"{path.relative_to(ROOT)}:{node.lineno}"
                        for node in ast.walk(function)
                        if isinstance(node, ast.Import | ast.ImportFrom)
                    ]
    assert inline == []


def test_only_the_settings_read_the_environment():
    readers = [
        str(path.relative_to(ROOT))
        for room in MAY_IMPORT
        for path in sources(room)
        if "environ" in path.read_text()
    ]
    assert readers == []

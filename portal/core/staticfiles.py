"""Of the package with the API's documentation pages, the files that our page uses."""

from pathlib import Path

import drf_spectacular_sidecar
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

PLACE = "drf_spectacular_sidecar/swagger-ui-dist"
# The style sheet names its map, and collectstatic wants to see it; the package's view looks up the
# preset's address, though our page does not load it.
NEEDED = (
    "swagger-ui.css",
    "swagger-ui.css.map",
    "swagger-ui-bundle.js",
    "swagger-ui-standalone-preset.js",
)


class ApiDocsFinder(FileSystemFinder):
    """Four files in place of all: the rest is megabytes that take long to compress."""

    def __init__(self, *args, **kwargs):
        root = str(Path(drf_spectacular_sidecar.__file__).parent / "static" / PLACE)
        storage = FileSystemStorage(location=root)
        storage.prefix = PLACE
        self.locations, self.storages = [(PLACE, root)], {root: storage}

    def check(self, **kwargs):
        return []

    def list(self, ignore_patterns):
        found = super().list(ignore_patterns)
        return ((path, storage) for path, storage in found if path in NEEDED)

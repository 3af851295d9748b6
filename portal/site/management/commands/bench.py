"""On-CPU time and queries of the workloads, in this process, medians of many requests."""

import gc
import time
from statistics import median
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import Agreement
from grants.models import Award
from partners.models import Partner
from portal.core.models import User

PAGES = {
    "front page": "/",
    "register, first page": "/beviljade-stod/",
    "register, text search": "/beviljade-stod/?q=dans",
    "register, one perspective": "/beviljade-stod/?perspective=kunskap",
    "map": "/karta/",
    "partners": "/partner/",
    "API awards, first page": "/api/v1/grants/",
    "API awards, 200 rows": "/api/v1/grants/?page_size=200",
    "API partners, GeoJSON": "/api/v1/partners.geojson",
    "agreements": "/avtal/",
    "agreements, text search": "/avtal/?q=avtal",
    "API agreements, 200 rows": "/api/v1/agreements/?page_size=200",
    "find partners": "/partner/hitta/?q=region&perspective=kunskap&seek=artists"
    "&offer=knowledge&weight_distance=2",
    "influence": "/paverkan/",
}
STAFF_PAGES = {
    "workroom": "/arbetsrum/",
    "overview of agreements": "/arbetsrum/avtal/",
    "overview, one year": "/arbetsrum/avtal/?year={year}",
    "overview, text search": "/arbetsrum/avtal/?q=avtal",
    "admin, start": "/admin/",
    "admin, commitments": "/admin/agreements/commitment/",
    "admin, agreements": "/admin/agreements/agreement/",
    "admin, partners": "/admin/partners/partner/",
}
OFFICER = "handlaggare@example.org"


class Command(BaseCommand):
    help = "Measure pages and endpoints, public ones and the staff's, on the present demo database."

    def add_arguments(self, parser):
        parser.add_argument("--rounds", type=int, default=20)
        parser.add_argument("--deep", type=int, default=1000, help="which page of the API is deep")

    def handle(self, *args, rounds, deep, **options):
        host = urlsplit(settings.SITE_URL).hostname
        # As a proxy in front would ask: without TLS the pages only lead on to where it is.
        self.client = Client(headers={"host": host, "x-forwarded-proto": "https"})
        self.stdout.write(f"{connection.vendor}, {Award.objects.count()} awards")
        self.stdout.write(f"{'workload':32}{'CPU ms':>8}{'wall ms':>9}{'queries':>9}{'KB':>8}")
        pages = dict(PAGES)
        pages[f"API awards, page {deep}"] = self.deep_page("/api/v1/grants/", deep)
        pages |= self.pages_of_many()
        for name, path in pages.items():
            self.report(name, path, rounds)
        self.client.force_login(
            User.objects.get(email=OFFICER), settings.AUTHENTICATION_BACKENDS[-1]
        )
        for name, path in STAFF_PAGES.items():
            self.report(name, path.format(year=timezone.localdate().year), rounds)

    def pages_of_many(self) -> dict[str, str]:
        """One of those made in bulk, where there are any."""
        agreement = Agreement.objects.filter(slug="many-1").first()
        partner = Partner.objects.filter(slug="many-1").first()
        found = {"agreement in bulk": agreement, "partner in bulk": partner}
        return {name: item.get_absolute_url() for name, item in found.items() if item}

    def deep_page(self, path: str, number: int) -> str:
        for _page in range(number - 1):
            following = self.client.get(path).json()["next"]
            if following is None:
                break
            parts = urlsplit(following)
            path = f"{parts.path}?{parts.query}"
        return path

    def report(self, name: str, path: str, rounds: int) -> None:
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(path)
        asked = len(queries)  # later requests empty the log
        if response.status_code != 200:
            self.stderr.write(f"{name}: {response.status_code} at {path}")
            return
        cpu, wall = zip(*(self.once(path) for _round in range(rounds)), strict=True)
        size = len(response.content) / 1024
        self.stdout.write(f"{name:32}{median(cpu):8.1f}{median(wall):9.1f}{asked:9}{size:8.1f}")

    def once(self, path: str) -> tuple[float, float]:
        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        self.client.get(path)
        return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000

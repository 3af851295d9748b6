"""`load_demo --scale N`: awards by the hundred thousand, for measuring."""

from datetime import datetime

from django.db import connection
from tqdm import tqdm

from grants.models import Application, Scheme
from grants.workflow import CallState
from portal.core.models import Perspective, User
from portal.site.demo.bulk import Batch
from portal.site.demo.copying import Actors
from portal.site.demo.inventing import SchemeFacts, facts_of, invent, make_organisations
from portal.site.demo.people import Cast
from portal.site.demo.rounds import close_decided, make_rounds

YEARS = 10
BATCH = 5_000


def make_many(count: int, at: datetime, *, cast: Cast, progress: bool) -> int:
    """Make invented awards until there are `count` in bulk; returns how many were added.

    Each batch is a transaction: an interrupted run goes on where it stopped.
    """
    actors = Actors(
        applicant=_stand_in(),
        officer=cast.users["handlaggare"],
        delegate=cast.users["handlaggare2"],
        secretary=cast.users["sekreterare"],
    )
    facts = _facts(cast, at)
    perspectives = list(Perspective.objects.all())
    there = Application.objects.filter(applicant=actors.applicant).count()
    # Without a terminal (None) the bar is silent.
    with tqdm(total=count, initial=there, unit="award", disable=None if progress else True) as bar:
        for first in range(there, count, BATCH):
            numbers = range(first, min(first + BATCH, count))
            inventions = [invent(number, facts, perspectives) for number in numbers]
            Batch(inventions, actors).write()
            # With DEBUG_PAGES every query is kept, and these hold whole tables.
            connection.queries_log.clear()
            bar.update(len(numbers))
    return max(count - there, 0)


def _facts(cast: Cast, at: datetime) -> list[SchemeFacts]:
    rounds = make_rounds(cast, at, years=YEARS)
    close_decided(cast, rounds, at)
    organisations = make_organisations()
    schemes = Scheme.objects.select_related("delegation_point", "line").in_bulk(
        list(rounds), field_name="slug"
    )
    return [
        facts_of(schemes[slug], [c for c in calls if c.state == CallState.DECIDED], organisations)
        for slug, calls in rounds.items()
    ]


def _stand_in() -> User:
    """One invented applicant for all of them, who cannot sign in."""
    user, is_new = User.objects.get_or_create(
        email="manga@example.org",
        defaults={"full_name": "Många Påhittade", "is_active": False},
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    return user

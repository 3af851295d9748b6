from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from grants.models import Scheme
from portal.site.demo.applications import make_applications
from portal.site.demo.briefings import make_briefing
from portal.site.demo.committee import make_committee
from portal.site.demo.influence import make_influence
from portal.site.demo.ledger import make_ledger
from portal.site.demo.manyagreements import make_many_agreements
from portal.site.demo.networks import make_networks
from portal.site.demo.people import ACCOUNTS, PASSWORD, Cast, make_people
from portal.site.demo.renewal import make_renewal
from portal.site.demo.rounds import (
    PLANS,
    close_decided,
    make_delegation,
    make_payment_plans,
    make_rounds,
)
from portal.site.demo.scale import make_many


class Command(BaseCommand):
    help = (
        "Make the demo's accounts, rounds, applications and awards around today; all invented. "
        "What is there already is left as it is. Refuses to run without DEBUG."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale",
            type=int,
            default=0,
            metavar="N",
            help="besides, N granted applications in bulk, with their history over ten years",
        )
        parser.add_argument(
            "--agreements",
            type=int,
            default=0,
            metavar="N",
            help="besides, N agreements in bulk, with ten commitments each and 2.5 N partners",
        )

    def handle(self, *args, scale, agreements, verbosity, **options):
        if not settings.DEMO:
            raise CommandError("The demo has well-known passwords: it is made only with DEBUG=1.")
        if scale < 0:
            raise CommandError("--scale takes the number of awards to make.")
        if agreements < 0:
            raise CommandError("--agreements takes the number of agreements to make.")
        schemes = [plan.scheme for plan in PLANS]
        if Scheme.objects.filter(slug__in=schemes).count() < len(schemes):
            call_command("load_reference", verbosity=verbosity, stdout=self.stdout._out)
        at = timezone.now()
        with translation.override("sv"):
            cast, made = self._make_demo(at)
            progress = verbosity > 0
            many = make_many(scale, at, cast=cast, progress=progress) if scale else 0
            if agreements:
                make_many_agreements(agreements, at, cast=cast, progress=progress)
        if verbosity:
            self._tell(made, many)

    @transaction.atomic
    def _make_demo(self, at) -> tuple[Cast, int]:
        day = timezone.localdate(at)
        cast = make_people(day)
        make_delegation(cast, day)
        make_payment_plans()
        rounds = make_rounds(cast, at)
        made = make_applications(cast, rounds, at)
        close_decided(cast, rounds, at)
        make_renewal(cast, at)
        make_ledger(cast, at)
        make_networks(cast, at)
        make_briefing(at)
        make_influence(cast, at)
        make_committee(cast, at)
        return cast, made

    def _tell(self, made: int, many: int) -> None:
        self.stdout.write(f"Demo: {made} invented applications made, and {many} awards in bulk.")
        self.stdout.write(f"Sign in with the password {PASSWORD} as")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:26} {account.doing}")

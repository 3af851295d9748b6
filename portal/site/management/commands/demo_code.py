import time

from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.site.demo.people import TOTP_SECRET


class Command(BaseCommand):
    help = (
        "The digits that the demo's staff sign in with just now, as an app in a phone shows them."
    )

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Only the demo's secret is known to all.")
        now = int(time.time()) // TOTP_PERIOD
        self.stdout.write(format_hotp_value(hotp_value(TOTP_SECRET, now)))

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.site.reminders import send_reminders


class Command(BaseCommand):
    help = "Remind the staff by mail of what falls due in 90, 30 and 7 days. Run it once a day."

    def handle(self, *args, **options):
        self.stdout.write(f"{send_reminders(timezone.now())} mails written")

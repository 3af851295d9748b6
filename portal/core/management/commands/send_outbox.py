import time

from django.core.management.base import BaseCommand

from portal.core.outbox import send_pending


class Command(BaseCommand):
    help = "Send the mails that wait in the outbox; with --watch, go on until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--watch", action="store_true", help="look again every five seconds")

    def handle(self, *args, watch, **options):
        while True:
            sent = send_pending()
            if sent or not watch:
                self.stdout.write(f"{sent} mails sent")
            if not watch:
                return
            time.sleep(5)

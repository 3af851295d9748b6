"""What Django runs after a test that commits: here it puts the migrated database back."""

from django.core.management.commands.flush import Command as Flush
from django.db import connection

from tests import snapshot


class Command(Flush):
    def handle(self, **options):
        if connection.vendor == "sqlite":
            snapshot.put_back_pages()
            return
        super().handle(**{**options, "inhibit_post_migrate": True})
        snapshot.put_back_rows()

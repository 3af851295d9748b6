from django.core.management.base import BaseCommand, CommandError

from portal.site import catalogue


class Command(BaseCommand):
    help = "Keep the translations: update from the code, compile for the program, or check."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["update", "compile", "check"])

    def handle(self, *args, action, **options):
        if action == "update":
            catalogue.update()
        elif action == "compile":
            catalogue.compile_all()
        elif found := catalogue.shortcomings():
            raise CommandError("\n".join(found))

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from portal.site.reference.files import Outcome
from portal.site.reference.loading import load_directory


class Command(BaseCommand):
    help = (
        "Load the reference files. A file with an error is refused whole, and each refused row is "
        "told; the files that do not build on it are loaded. Loading again changes nothing, and "
        "what staff have changed by hand is kept and told."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "directory",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "reference",
            help="where the files stand (default: reference/)",
        )

        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="put the files' values in place of what staff have changed; each is told",
        )

    @no_translations
    def handle(self, *args, directory, overwrite, verbosity, **options):
        if not Path(directory).is_dir():
            raise CommandError(f"{directory} is not a directory.")
        files = load_directory(Path(directory), overwrite=overwrite)
        for file in files:
            if file.problems:
                self.stderr.write(f"{file.name} refused, nothing of it is loaded:")
                self.stderr.write("\n".join(f"  {problem}" for problem in file.problems))
            elif verbosity:
                counts = ", ".join(f"{file.counts[outcome]} {outcome}" for outcome in Outcome)
                self.stdout.write(
                    "\n".join([f"{file.name}: {counts}", *map("  {}".format, file.told)])
                )
        refused = [file.name for file in files if file.problems]
        if refused:
            raise CommandError(
                f"{len(refused)} of {len(files)} files refused: {', '.join(refused)}"
            )

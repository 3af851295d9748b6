"""The reference files in the order they build on each other."""

from pathlib import Path

from django.db import transaction

from portal.site.reference import networks, partners, places, schemes, strategy
from portal.site.reference.checks import Refused
from portal.site.reference.files import File, FileType

FILES: tuple[FileType, ...] = (
    strategy.STRATEGY,
    places.MUNICIPALITIES,
    places.EU_MEMBERSHIP,
    partners.PARTNERS,
    networks.NETWORKS,
    schemes.SCHEMES,
)


def load_directory(directory: Path, *, overwrite: bool = False) -> list[File]:
    """Load every file that is right; a file with problems leaves no trace in the database.

    `overwrite` gives the files the last word about what staff have changed by hand.
    """
    loaded: dict[str, File] = {}
    for file_type in FILES:
        file = File(file_type.name, overwrite=overwrite)
        refused = [name for name in file_type.needs if loaded[name].problems]
        try:
            if refused:
                raise Refused(f"not loaded: it builds on {' and '.join(refused)}, refused above")
            _load(file, file_type, directory)
        except Refused as error:
            file.problems = error.problems
        loaded[file_type.name] = file
    return list(loaded.values())


@transaction.atomic
def _load(file: File, file_type: FileType, directory: Path) -> None:
    file.read(directory / file_type.name, file_type.sections)
    file_type.store(file)
    if file.problems:
        raise Refused(*file.problems)

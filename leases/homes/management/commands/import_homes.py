"""`manage.py import_homes FILE`: flats from XLSX or CSV, checked first, all or nothing."""

from __future__ import annotations

from leases.homes.imports import IMPORTER
from vuokra.imports.command import ImportCommand


class Command(ImportCommand):
    """Exit status 1 when the file has errors; then nothing of it was imported."""

    importer = IMPORTER
    help = (
        "Import flats from an XLSX or CSV file (docs/importing-homes.md). Every row is checked "
        "first; with one error nothing is imported."
    )

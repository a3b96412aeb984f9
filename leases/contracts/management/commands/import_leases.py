"""`manage.py import_leases FILE`: leases from XLSX or CSV, checked first, all or nothing."""

from __future__ import annotations

from leases.contracts.imports import IMPORTER
from vuokra.imports.command import ImportCommand


class Command(ImportCommand):
    """Exit status 1 when the file has errors; then nothing of it was imported."""

    importer = IMPORTER
    help = (
        "Import signed leases from an XLSX or CSV file (docs/importing-leases.md). Every row is "
        "checked first; with one error nothing is imported."
    )

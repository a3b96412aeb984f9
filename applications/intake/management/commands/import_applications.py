"""`manage.py import_applications FILE`: applications from JSON, XLSX or CSV, all or nothing."""

from __future__ import annotations

from applications.intake.imports import IMPORTER
from vuokra.imports.command import ImportCommand
from vuokra.policy.roles import Purpose


class Command(ImportCommand):
    """Exit status 1 when the file has errors; then nothing of it was imported."""

    importer = IMPORTER
    purpose = Purpose.HAKEMUS
    help = (
        "Import applications from a JSON, XLSX or CSV file (docs/importing-applications.md). "
        "Everything is checked first; with one error nothing is imported."
    )

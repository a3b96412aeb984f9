"""`manage.py dumpdata` is refused: it would write the whole register into a file, unrecorded."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.management.base import CommandError
from django.core.management.commands import dumpdata


class Command(dumpdata.Command):
    """Refuses, and says what to use."""

    def handle(self, *app_labels: Any, **options: Any) -> NoReturn:
        raise CommandError(
            "dumpdata is refused: backups are made by pg_dump in the backup role "
            "(docs/operations.md), a person's copy by the data-subject request."
        )

"""`manage.py update_messages`: bring the English catalogue up to date with code and templates."""

from __future__ import annotations

from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from vuokra.ui import translations


class Command(BaseCommand):
    """Merge new strings into locale/en, drop unused ones, compile the .mo file."""

    help = "Merges new strings into locale/en (without English), drops unused ones, compiles."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the catalogue and tell what is still to translate."""
        path = translations.catalogue_path(settings.BASE_DIR)
        catalogue = polib.pofile(str(path), wrapwidth=98)
        added, dropped = translations.merge(catalogue, translations.collect(settings.BASE_DIR))
        catalogue.save(newline="\n")
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        missing = translations.untranslated(catalogue)
        for fault in missing:
            self.stdout.write(fault)
        self.stdout.write(
            f"{len(catalogue)} strings, {added} added, {dropped} dropped, {len(missing)} to do."
        )

"""`manage.py rotate_keys`: move everything sealed with older keys to the key in use."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from vuokra.crypto import canary, rotation
from vuokra.crypto.keyring import ring


class Command(BaseCommand):
    help = "Re-seal encrypted columns and re-wrap subject keys and files with the key in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count what waits")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        canary.plant()
        if dry_run:
            self._count()
            return
        for table in rotation.sealed_tables():
            rotation.rotate_table(table, self._progress)
        for field in rotation.ring_files():
            rotation.rewrap_files(field, self._progress)
        for resealer in rotation.resealers():
            rotation.run_resealer(resealer, self._progress)
        rotation.rewrap_subject_keys(self._progress)
        self.stdout.write(_("Kaikki on salattu avaimella %(id)s.") % {"id": ring().current})

    def _count(self) -> None:
        for table in rotation.sealed_tables():
            self._progress(table.name, rotation.stale_rows(table))
        for resealer in rotation.resealers():
            self._progress(resealer.place, resealer.waiting())
        self._progress("vuokra_crypto_subject_key", rotation.stale_subject_keys().count())

    def _progress(self, place: str, rows: int) -> None:
        self.stdout.write(f"{place}: {rows}")
        self.stdout.flush()

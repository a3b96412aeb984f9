"""`manage.py nightly`: everything that is done every night, for a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vuokra.access import nightly


class Command(BaseCommand):
    help = "Run every night's jobs; exit status 1 when one of them failed."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for name, number in nightly.run_all():
            self.stdout.write(f"{name}: {'failed' if number is None else number}")
            failed += [name] if number is None else []
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")

"""`manage.py log_partitions`: the log's months, a year ahead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vuokra.access.partitions import FEWEST_AHEAD, make_partitions, months_ahead


class Command(BaseCommand):
    help = "Makes the monthly partitions of the log twelve months ahead; run every night."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, state in make_partitions():
            self.stdout.write(f"{name}: {state}")
        if (ahead := months_ahead()) < FEWEST_AHEAD:
            raise CommandError(f"The log has partitions for {ahead} coming months only.")

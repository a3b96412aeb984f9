"""`manage.py log_partitions`: the log's months, a year ahead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from vuokra.access.partitions import make_partitions


class Command(BaseCommand):
    help = "Makes the monthly partitions of the log twelve months ahead; run every night."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, state in make_partitions():
            self.stdout.write(f"{name}: {state}")

"""`manage.py seed_rules`: rules and holidays of the product, where they are missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from vuokra.rules.services import seed_holidays, seed_rules


class Command(BaseCommand):
    help = "Adds the rules and holidays of this release that are not there yet; changes none."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            rules, days = seed_rules(), seed_holidays()
        if options["verbosity"]:
            self.stdout.write(f"{rules} + {days}")

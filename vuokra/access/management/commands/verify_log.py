"""`manage.py verify_log`: is the log what was sealed?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vuokra.access import verifier
from vuokra.access.direct import parameters


class Command(BaseCommand):
    help = "Checks the access log against its seals and names the first row that does not fit."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with status 1 when the log was altered, 2 when it could not be checked."""
        try:
            keys = verifier.load_keys(settings.SEAL_PUBLIC_KEY_FILE)
            report = verifier.verify(None, keys, settings.HEADS_DIR, **parameters())
        except (OSError, ValueError, psycopg2.Error) as error:
            raise CommandError(f"The check could not be made: {error}", returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(verifier.describe(report))
        if report.finding_count:
            sys.exit(1)

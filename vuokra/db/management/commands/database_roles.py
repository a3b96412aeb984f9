"""`manage.py database_roles`: roles and databases as a psql script for a server of one's own."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vuokra.db import roles


class Command(BaseCommand):
    help = "Prints the psql script that makes the database roles and the two databases."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", default=roles.DATABASE)
        parser.add_argument("--keys-database", default=roles.KEYS_DATABASE)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(roles.script(options["database"], options["keys_database"]), ending="")

"""`manage.py migrate_all`: both databases up to date, rules seeded, and the keys theirs; quick when
they are."""

from __future__ import annotations

from io import StringIO
from typing import Any, Final

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from vuokra.crypto.router import KEYS

# The other rooms have no table in the database of the keys: going through their migrations there
# would cost as much as in the register and make nothing.
KEPT_IN_KEYS: Final = "vuokra_crypto"


def _migrate(alias: str, verbosity: int) -> None:
    executor = MigrationExecutor(connections[alias])
    only = KEPT_IN_KEYS if alias == KEYS else None
    if executor.migration_plan(executor.loader.graph.leaf_nodes(only)):
        rooms = [only] if only else []
        call_command("migrate", *rooms, database=alias, verbosity=verbosity)


class Command(BaseCommand):
    help = "Migrates both databases if they need it, and checks that the keys fit them."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for alias in connections:
            _migrate(alias, options["verbosity"])
        call_command("seed_rules", verbosity=0)
        call_command("keys", "check", stdout=StringIO())

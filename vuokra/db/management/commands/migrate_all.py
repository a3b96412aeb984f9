"""`manage.py migrate_all`: both databases up to date, rules seeded, and the keys theirs; quick when
they are."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Migrates both databases if they need it, and checks that the keys fit them."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for alias in connections:
            executor = MigrationExecutor(connections[alias])
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", database=alias, verbosity=options["verbosity"])
        call_command("seed_rules", verbosity=0)
        call_command("keys", "check", stdout=StringIO())

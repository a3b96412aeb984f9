"""`manage.py migrate_all`: both databases up to date, rules seeded, and the keys theirs; quick when
they are."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.migrations.executor import MigrationExecutor


def _migrate(alias: str, verbosity: int) -> None:
    executor = MigrationExecutor(connections[alias])
    for room in _rooms_of(alias):
        if executor.migration_plan(executor.loader.graph.leaf_nodes(room)):
            call_command("migrate", *([room] if room else []), database=alias, verbosity=verbosity)


def _rooms_of(alias: str) -> Sequence[str | None]:
    """The rooms with a table in a database; None for all of them. Going through the migrations of
    the others would cost as much as in the register and make nothing."""
    if alias == DEFAULT_DB_ALIAS:
        return [None]
    return sorted(
        {one._meta.app_label for one in apps.get_models() if router.allow_migrate_model(alias, one)}
    )


class Command(BaseCommand):
    help = "Migrates both databases if they need it, and checks that the keys fit them."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for alias in connections:
            _migrate(alias, options["verbosity"])
        call_command("seed_rules", verbosity=0)
        call_command("keys", "check", stdout=StringIO())

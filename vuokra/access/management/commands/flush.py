"""`manage.py flush`, refused outside tests: it would empty the register and its log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

TEST_NAMES = ("test_", "vuokra_test_")


class Command(flush.Command):
    help = "Refused outside tests: it would empty the register and its log."

    def handle(self, **options: Any) -> None:
        name = str(connections[options["database"]].settings_dict["NAME"])
        if not name.startswith(TEST_NAMES):
            raise CommandError("flush would empty the register and its log; it runs in tests only.")
        super().handle(**options)

"""`manage.py shell`: needs a purpose and a reason; everything it reads is in the access log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import shell

from vuokra.access.commands import demand_purpose, shell_access


class Command(shell.Command):
    """Django's shell inside an access context, which is one transaction."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        demand_purpose(parser)

    def handle(self, **options: Any) -> None:
        with shell_access("shell", options["purpose"], options["reason"]):
            super().handle(**options)

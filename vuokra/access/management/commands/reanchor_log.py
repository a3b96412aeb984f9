"""`manage.py reanchor_log`: go on sealing after a restore, in sight of everybody."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vuokra.access import sealing
from vuokra.access.commands import SHORTEST_REASON
from vuokra.access.direct import parameters


class Command(BaseCommand):
    help = "After a restore: names the exported heads given up, and lets sealing go on."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", required=True, help="why the database was restored")
        parser.add_argument("--approved-by", required=True, help="who approved it")

    def handle(self, *args: Any, **options: Any) -> None:
        reason, approver = options["reason"].strip(), options["approved_by"].strip()
        if len(reason) < SHORTEST_REASON or not approver:
            raise CommandError("State the reason in a sentence, and who approved.")
        try:
            one = sealing.connected(parameters(), settings.SEAL_KEY_FILE, settings.HEADS_DIR)
            with closing(one.connection):
                seal = one.reanchor(reason, approver)
        except sealing.FAILURES as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Sealing goes on from number {seal.number}; every check names it.")

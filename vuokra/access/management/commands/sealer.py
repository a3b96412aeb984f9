"""`manage.py sealer`: the process that seals the log."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from contextlib import closing
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vuokra.access import sealing
from vuokra.access.direct import parameters


class Command(BaseCommand):
    help = "Seals the access log every minute until it is told to stop (SIGTERM)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="seal what waits and end")
        parser.add_argument("--new-key", action="store_true", help="make a new signing key first")

    def handle(self, *args: Any, **options: Any) -> None:
        key_file = settings.SEAL_KEY_FILE
        opened = partial(sealing.connected, parameters(), key_file, settings.HEADS_DIR)
        try:
            if options["new_key"]:
                sealing.make_key(key_file)
            if options["once"]:
                self._seal_once(opened())
                return
        except sealing.FAILURES as error:
            raise CommandError(str(error)) from error
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        sealing.keep_sealing(opened, stop, settings.SEAL_SECONDS, self.stderr.write)

    def _seal_once(self, sealer: sealing.Sealer) -> None:
        with closing(sealer.connection):
            sealer.reconcile()
            self.stdout.write(f"{sealer.seal_waiting()} rows sealed.")

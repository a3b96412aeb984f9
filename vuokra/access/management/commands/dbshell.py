"""`manage.py dbshell`: needs a purpose and a reason, which are in the log before psql starts.

psql reads past the application, so its event can say only that it was opened and why; row-level
security and the row log still hold.
"""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import dbshell

from vuokra.access.commands import demand_purpose, operator, shell_access


class Command(dbshell.Command):
    """psql as the application's role, named in the database by the access id of its event."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        demand_purpose(parser)

    def handle(self, **options: Any) -> None:
        with shell_access("dbshell", options["purpose"], options["reason"]) as ctx:
            ctx.note_raw(["?"], "dbshell")
        settings = f"-c vuokra.access_id={ctx.id} -c vuokra.actor={operator('dbshell').key}"
        os.environ["PGOPTIONS"] = f"{os.environ.get('PGOPTIONS', '')} {settings}".strip()
        super().handle(**options)

"""What `manage.py` does before Django: which database role a command needs, and the server."""

from __future__ import annotations

import os

OWNER_COMMANDS = frozenset({"migrate", "makemigrations", "sqlmigrate", "showmigrations"})


def main(argv: list[str]) -> int:
    command = argv[1] if len(argv) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuokra.settings")
    if command in OWNER_COMMANDS:
        os.environ.setdefault("VUOKRA_PROCESS", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)
    return 0

"""What `manage.py` does before Django: which database role a command needs, and the server.

With the addresses given in the environment nothing is started. Without them the command uses the
embedded server of this folder: it attaches to a running one or starts it for its own duration.
"""

from __future__ import annotations

import os
import secrets
import signal
import sys
from pathlib import Path

VAR_DIR = Path(os.environ.get("VUOKRA_VAR") or Path(__file__).resolve().parent.parent / "var")

PROCESS_OF = {
    "migrate": "owner",
    "migrate_all": "owner",
    "makemigrations": "owner",
    "sqlmigrate": "owner",
    "showmigrations": "owner",
    "squashmigrations": "owner",
    "createcachetable": "owner",
    "sealer": "sealer",
    "reanchor_log": "sealer",
    "verify_log": "auditor",
}
WITHOUT_DATABASE = frozenset(
    {
        "catalogue", "check", "collectstatic", "compilemessages", "database_roles",
        "diffsettings", "findstatic", "help", "makemessages", "makemigrations", "startapp",
        "startproject", "update_messages", "version",
    }
)  # fmt: skip
HELP = frozenset({"--help", "-h", "--version"})
URL_OF = {
    "app": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "sealer": "DATABASE_SEALER_URL",
    "auditor": "DATABASE_AUDITOR_URL",
    "retention": "DATABASE_RETENTION_URL",
}
LOG_PROCESSES = frozenset({"sealer", "auditor"})
"""Processes that read the log alone: they are given no key and no subject keys' database."""

NO_DATABASE_URL = "postgres://nobody@/none?host=%2Fnonexistent"


def main(argv: list[str]) -> int:
    """Run one command; the status for the shell."""
    from vuokra.db.errors import ServerError

    command = argv[1] if len(argv) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuokra.settings")
    try:
        if command == "start":
            from vuokra.run.supervisor import run

            return run(VAR_DIR)
        process = os.environ.setdefault("VUOKRA_PROCESS", PROCESS_OF.get(command, "app"))
        if command in WITHOUT_DATABASE or HELP.intersection(argv):
            fill_in_placeholders(process)
        elif URL_OF[process] not in os.environ:
            return _with_server(argv)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    _execute(argv)
    return 0


def _execute(argv: list[str]) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)


def _with_server(argv: list[str]) -> int:
    from vuokra.db.attach import acquire
    from vuokra.db.instance import Instance

    lease = acquire(Instance.open(VAR_DIR))
    try:
        if lease.server is not None:  # so that the server is stopped, not merely lost
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        for name, value in lease.environment().items():
            os.environ.setdefault(name, value)
        programs = lease.programs()
        os.environ["PATH"] = f"{os.environ.get('PATH', os.defpath)}:{programs}"
        _execute(argv)
    finally:
        _close_connections()
        lease.release()
    return 0


def _close_connections() -> None:
    from django.conf import settings

    if settings.configured:
        from django.db import connections

        connections.close_all()


def fill_in_placeholders(process: str) -> None:
    """Settings are read whole even by commands that open no database."""
    if URL_OF[process] not in os.environ:
        os.environ.setdefault("VUOKRA_DEMO", "1")
        os.environ.setdefault("VUOKRA_EMBEDDED", "1")
        os.environ[URL_OF[process]] = NO_DATABASE_URL
    os.environ.setdefault("KEYS_DATABASE_URL", NO_DATABASE_URL)
    os.environ.setdefault("VUOKRA_SECRET_KEY", secrets.token_urlsafe(48))
